"""How far a check is from being true, in units that must change (LANGUAGE §7)."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

import polars as pl

from engine.checks_from_counts import nobody, number, truth_column
from engine.measures import Exceptions
from engine.meeting import Ends, ends
from engine.pack import Amount, Ask, Asked, Check, Every, Falls, Holds, NoneOf, Share
from engine.truth import Truth
from engine.vocabulary import Operator

_UPWARD: Final = (Operator.AT_LEAST, Operator.MORE_THAN)
_NOTHING: Final = pl.lit(None, dtype=pl.Int64)


def short_column(check: str) -> str:
    """Return the name of the column of a check's shortfall."""
    return f"short:{check}"


def vacuous_column(check: str) -> str:
    """Return the name of the column that says where a check is about nobody."""
    return f"vacuous:{check}"


def shortfalls(checks: Iterable[Check]) -> Iterator[pl.Expr]:
    """Yield for each check its `vacuous_column` (Boolean) and `short_column` (Int64).

    A shortfall is the least number of units that must change for the check to be true:
    0 where it is, null where that is unknown. The day that is asked for is no unit.
    """
    for check in checks:
        truth, empty = pl.col(truth_column(check.id)), nobody(check.ask)
        yield empty.alias(vacuous_column(check.id))
        yield (
            pl.when(truth == Truth.TRUE.value)
            .then(0)
            .when(truth == Truth.UNKNOWN.value)
            .then(None)
            # Nobody is there, and that is not enough: one must be.
            .when(empty)
            .then(1)
            .otherwise(_gap(check.ask).cast(pl.Int64))
            .alias(short_column(check.id))
        )


def _gap(ask: Ask) -> pl.Expr:
    """Return the shortfall where the check is false; of several bounds the largest."""
    match ask:
        case NoneOf(count):
            return ends(count).lo
        case Every(whole, part):
            return ends(Exceptions(whole, part).key).lo
        case Amount(count, bounds):
            return pl.max_horizontal(
                _to(ends(count), operator, number(bound).lo)
                for operator, bound in bounds
            )
        case Share(part, whole, bounds):
            return pl.max_horizontal(
                _to_share(ends(part), operator, p, ends(whole))
                for operator, p in bounds
            )
        case Falls(now, before, by):
            return _to_share(ends(now), Operator.AT_MOST, 1 - by, ends(before))
        case Holds():
            return pl.lit(1)
        case Asked():
            return _NOTHING


def _to(value: Ends, operator: Operator, bound: pl.Expr) -> pl.Expr:
    if operator in _UPWARD:
        return bound + int(operator is Operator.MORE_THAN) - value.hi
    return value.lo - bound + int(operator is Operator.LESS_THAN)


def _to_share(part: Ends, operator: Operator, p: Fraction, whole: Ends) -> pl.Expr:
    of = whole.lo if operator in _UPWARD else whole.hi
    # No share of anything is nothing, even where the whole is unbounded.
    share = of.cast(pl.Int128) * p.numerator if p else pl.lit(0, dtype=pl.Int128)
    # Rounded up by adding, because 128-bit columns cannot be negated.
    down = share // p.denominator
    up = (share + (p.denominator - 1)) // p.denominator
    match operator:
        case Operator.AT_LEAST:
            return up - part.hi
        case Operator.MORE_THAN:
            return down + 1 - part.hi
        case Operator.AT_MOST:
            return part.lo - down
        case Operator.LESS_THAN:
            return part.lo - up + 1
