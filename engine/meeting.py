"""Values as intervals in two columns, and two statements that meet in one value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from engine.assessment import Conflict, ConflictKind
from engine.interval import Interval

ZERO: Final = pl.lit(0, dtype=pl.Int64)
"""The low end of what nothing is said of; no count lies below."""
OPEN: Final = pl.lit(None, dtype=pl.Int64)
"""The high end of what nothing is said of: unbounded."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of an interval, as columns."""

    lo: pl.Expr
    hi: pl.Expr

    @property
    def are_free(self) -> bool:
        """Whether nothing is said at any locality, so that everything is allowed."""
        return self.hi is OPEN


def ends(key: str) -> Ends:
    """Return the columns of a measure's value."""
    return Ends(*map(pl.col, end_names(key)))


def end_names(key: str) -> tuple[str, str]:
    """Return the names of the two columns of a measure's value."""
    return f"lo:{key}", f"hi:{key}"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two statements about one measure: its value is what both allow.

    Where they allow nothing in common they conflict, and the value is the hull of both.
    """

    key: str
    kind: ConflictKind
    counts: tuple[str, ...]
    left: Ends
    right: Ends

    @property
    def flag(self) -> str:
        """The Boolean column that says where the two conflict."""
        return f"{self.kind}!{self.key}"

    @property
    def may_clash(self) -> bool:
        """Whether both sides say anything; what says nothing allows everything."""
        return not (self.left.are_free or self.right.are_free)

    def common(self) -> tuple[pl.Expr, pl.Expr]:
        """Return what both allow; its low end is above its high one in a conflict."""
        lo, hi = end_names(self.key)
        common = _common(self.left, self.right)
        return common.lo.alias(lo), common.hi.alias(hi)

    def clash(self) -> pl.Expr:
        """Return where `common` allows nothing, as the column of `flag`."""
        lo, hi = map(pl.col, end_names(self.key))
        return (lo > hi).fill_null(value=False).alias(self.flag)

    def clashes(self) -> pl.Expr:
        """Return whether `clash` is true anywhere."""
        lo, hi = map(pl.col, end_names(self.key))
        return (lo > hi).any().alias(self.flag)

    def hull(self) -> Iterator[pl.Expr]:
        """Yield what one or the other allows, where `flag` says that they conflict."""
        lo, hi = end_names(self.key)
        highs = self.left.hi, self.right.hi
        bounded = highs[0].is_not_null() & highs[1].is_not_null()
        flag, (lo_, hi_) = pl.col(self.flag), self.common()
        lows = pl.min_horizontal(self.left.lo, self.right.lo)
        open_or_most = pl.when(bounded).then(pl.max_horizontal(*highs))
        yield pl.when(flag).then(lows).otherwise(lo_).alias(lo)
        yield pl.when(flag).then(open_or_most).otherwise(hi_).alias(hi)

    def conflicts(self, flagged: pl.DataFrame) -> Iterator[tuple[int, Conflict]]:
        """Yield the conflict of each row where `flag` says that there is one."""
        sides = (self.left.lo, self.left.hi, self.right.lo, self.right.hi)
        named = [side.alias(str(at)) for at, side in enumerate(sides)]
        found = flagged.filter(pl.col(self.flag)).select("row", *named)
        for row, *numbers in found.iter_rows():
            left, right = Interval(*numbers[:2]), Interval(*numbers[2:])
            yield row, Conflict(self.kind, self.counts, left, right)


def _common(one: Ends, other: Ends) -> Ends:
    """Return the ends of what both allow; a side that says nothing costs no time."""
    if one.are_free:
        return other
    if other.are_free:
        return one
    lo = one.lo if other.lo is ZERO else pl.max_horizontal(one.lo, other.lo)
    # The least of the bounds there are: null, unbounded, gives way to any. This takes
    # a third of the time of `min_horizontal`.
    least = pl.when(other.hi < one.hi).then(other.hi)
    return Ends(lo, least.otherwise(pl.coalesce(one.hi, other.hi)))
