"""Up the tree: what each locality's counts may be, and where statements conflict.

A value is an interval in two columns, `lo:<key>` and `hi:<key>`; no `hi` (null) means
unbounded. The steps are those of LANGUAGE §4, "The value of count c at locality u".
What comes here is one row a locality, so this is Polars itself: building the same few
hundred small expressions through narwhals takes six to ten times as long as running
them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from engine.assessment import Conflict, ConflictKind
from engine.interval import Interval
from engine.measures import Measure, Measures
from engine.supposition import supposed_column

Conflicts = dict[int, tuple[Conflict, ...]]
"""By the locality's `row`; only where there is one."""

_NONE: Final = pl.lit(0, dtype=pl.Int64)
_OPEN: Final = pl.lit(None, dtype=pl.Int64)


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of an interval, as columns."""

    lo: pl.Expr
    hi: pl.Expr


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

    def common(self) -> tuple[pl.Expr, pl.Expr]:
        """Return what both allow; its low end is above its high one in a conflict."""
        lo, hi = end_names(self.key)
        return (
            pl.max_horizontal(self.left.lo, self.right.lo).alias(lo),
            # The least of the bounds there are: null, unbounded, gives way to any.
            pl.min_horizontal(self.left.hi, self.right.hi).alias(hi),
        )

    def clash(self) -> pl.Expr:
        """Return where `common` allows nothing, as the column of `flag`."""
        lo, hi = map(pl.col, end_names(self.key))
        return (lo > hi).fill_null(value=False).alias(self.flag)

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


class Counting:
    """Counts one layer of the tree after another, from the bottom up."""

    def __init__(self, measures: Measures, columns: Collection[str]) -> None:
        """Prepare to count localities whose table has `columns`."""
        self._measures = measures
        self._supposed = list(_supposing(measures, columns))
        self.stages: tuple[tuple[Meeting, ...], ...] = tuple(
            stage for stage in _stages(measures, columns) if stage
        )
        self._common = [
            [end for meeting in stage for end in meeting.common()]
            for stage in self.stages
        ]

    def count(
        self, layer: pl.DataFrame, below: pl.DataFrame | None
    ) -> tuple[pl.DataFrame, Conflicts]:
        """Return a layer with values and its conflicts, given `sums` of the one below.

        The `flag` of a meeting is among the columns where the layer has such conflicts.
        """
        if below is not None:
            layer = layer.join(below, on="row", how="left", maintain_order="left")
        frame = layer.with_columns(self._leaves if below is None else self._parents)
        frame = frame.with_columns(self._supposed)
        conflicts: Conflicts = {}
        for stage, common in zip(self.stages, self._common, strict=True):
            frame = _settled(frame, frame.with_columns(common), stage, conflicts)
        return frame, conflicts

    @cached_property
    def _leaves(self) -> list[pl.Expr]:
        measures = self._measures.all
        return [end for each in measures for end in _subtree(each, leaves=True)]

    @cached_property
    def _parents(self) -> list[pl.Expr]:
        measures = self._measures.all
        return [end for each in measures for end in _subtree(each, leaves=False)]

    def sums(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Add the values of a layer by parent: `row` and the columns that `count` takes.

        Intervals add end by end; with one unbounded child the sum is unbounded.
        """
        # One expression for all measures: writing one for each takes longer than adding.
        keys = self._measures.keys
        lows, highs = (pl.col([end_names(key)[at] for key in keys]) for at in (0, 1))
        known = pl.when(highs.is_not_null().all()).then(highs.sum())
        children = counted.filter(pl.col("parent_row").is_not_null())
        if children["parent_row"].is_sorted():  # adding up takes half as long
            children = children.with_columns(pl.col("parent_row").set_sorted())
        return children.group_by(row="parent_row").agg(
            pl.len().alias("children"),
            lows.sum().name.prefix("below."),
            known.name.prefix("below."),
        )


def _settled(
    frame: pl.DataFrame,
    met: pl.DataFrame,
    stage: tuple[Meeting, ...],
    conflicts: Conflicts,
) -> pl.DataFrame:
    """Return what a stage made of `frame`: hulls instead where statements conflict."""
    found = met.select(meeting.clash().any() for meeting in stage).row(0, named=True)
    clashing = [meeting for meeting in stage if found[meeting.flag]]
    if not clashing:
        return met
    flags = met.select(meeting.clash() for meeting in clashing)
    flagged = frame.hstack(flags)
    for meeting in clashing:
        for row, conflict in meeting.conflicts(flagged):
            conflicts[row] = (*conflicts.get(row, ()), conflict)
    hulls = flagged.select(end for meeting in clashing for end in meeting.hull())
    return met.with_columns(*hulls, *flags)


def _subtree(measure: Measure, *, leaves: bool) -> tuple[pl.Expr, pl.Expr]:
    """Return own rows and the sum of the children, end by end."""
    alone = pl.col("children").is_null()  # no column of leaves, nor asked of them
    unsurveyed = _OPEN if leaves else pl.when(~alone).then(_NONE)
    lo, hi = _NONE, unsurveyed
    if measure.register is not None:
        lo = pl.col(f"rows.lo:{measure.key}").fill_null(0)
        hi = pl.coalesce(f"rows.hi:{measure.key}", unsurveyed)
    if not leaves:
        lo = lo + pl.col(f"below.lo:{measure.key}").fill_null(0)
        below = pl.when(alone).then(_NONE).otherwise(pl.col(f"below.hi:{measure.key}"))
        hi = hi + below
    names = end_names(measure.key)
    return lo.alias(names[0]), hi.alias(names[1])


def _supposing(measures: Measures, columns: Collection[str]) -> Iterator[pl.Expr]:
    """Yield counts as they are supposed to be, where they are, whatever rows say.

    The exceptions of such a count are open by the rows; they follow from whole and part.
    """
    supposed = {name for name in measures.keys if supposed_column(name) in columns}
    for name in sorted(supposed):
        for end in end_names(name):
            yield pl.coalesce(supposed_column(name), end).alias(end)
    for pair in measures.exceptions:
        named = [each for each in (pair.whole, pair.part) if each in supposed]
        if named:
            asked = (pl.col(supposed_column(each)).is_not_null() for each in named)
            either = pl.any_horizontal(*asked)
            for end, free in zip(end_names(pair.key), (_NONE, _OPEN), strict=True):
                yield pl.when(either).then(free).otherwise(end).alias(end)


def _stages(
    measures: Measures, columns: Collection[str]
) -> Iterator[tuple[Meeting, ...]]:
    yield tuple(
        Meeting(
            count.id,
            ConflictKind.TYPED,
            (count.id,),
            Ends(pl.col(count.id).fill_null(0), pl.col(count.id)),
            ends(count.id),
        )
        for count in measures.counts
        if count.id in columns
    )
    yield from _part_stages(measures)
    yield tuple(
        Meeting(
            pair.key,
            ConflictKind.EXCEPTIONS,
            (pair.whole, pair.part),
            ends(pair.key),
            _left_over(ends(pair.whole), ends(pair.part)),
        )
        for pair in measures.exceptions
    )


def _part_stages(measures: Measures) -> Iterator[tuple[Meeting, ...]]:
    """Yield the parts by how deep they lie, since a whole must be settled first."""
    by_depth: dict[int, list[Meeting]] = {}
    for count in measures.counts:
        if count.within is not None:
            depth = sum(1 for _ in measures.vocabulary.wholes(count.id))
            at_most = Ends(_NONE, ends(count.within).hi)
            both = (count.id, count.within)
            kind = ConflictKind.PART_WHOLE
            meeting = Meeting(count.id, kind, both, ends(count.id), at_most)
            by_depth.setdefault(depth, []).append(meeting)
    for depth in sorted(by_depth):
        yield tuple(by_depth[depth])


def _left_over(whole: Ends, part: Ends) -> Ends:
    least = pl.max_horizontal(_NONE, whole.lo - part.hi)
    most = pl.max_horizontal(_NONE, whole.hi - part.lo)
    return Ends(least, pl.when(whole.hi.is_not_null()).then(most))
