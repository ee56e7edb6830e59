"""Intervals to truths: what each check says at each locality (LANGUAGE §5)."""

from collections.abc import Collection, Iterable, Set
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import Final

import polars as pl

from engine.measures import Exceptions, own_column
from engine.meeting import ZERO, Ends, Meeting, end_names, ends
from engine.pack import (
    Amount,
    Ask,
    Asked,
    Check,
    Every,
    Falls,
    Holds,
    NoneOf,
    Share,
    counts_named,
)
from engine.truth import Truth
from engine.vocabulary import Operator

Sides = tuple[pl.Expr, pl.Expr]
"""Where a check is surely true, and where it is surely false; neither is unknown."""

_CODES: Final = {truth: pl.lit(truth.value, dtype=pl.Int8) for truth in Truth}
_NEVER: Final = pl.lit(False, dtype=pl.Boolean)  # noqa: FBT003  (a value, not a flag)
_EVER: Final = pl.lit(True, dtype=pl.Boolean)  # noqa: FBT003  (as above)


def truth_column(check: str) -> str:
    """Return the name of the column that holds a check's truth."""
    return f"truth:{check}"


def nobody(ask: Ask) -> pl.Expr:
    """Return where a check is vacuous: those it speaks of are exactly nobody."""
    match ask:
        case Every(whole, _) | Share(_, whole, _):
            population = whole
        case Falls(_, before, _):
            population = before
        case _:
            return _NEVER
    # No count is below zero: at most nobody is exactly nobody.
    return (ends(population).hi == ZERO).fill_null(_NEVER)


class Checking:
    """Turns a layer of counted localities into the truths of a pack's checks."""

    def __init__(
        self, checks: Collection[Check], meetings: Collection[Meeting], day: date
    ) -> None:
        """Prepare for localities whose conflicts `meetings` flag."""
        self._checks, self._meetings = tuple(checks), tuple(meetings)
        self._day = day
        self._truths = {
            check.id: _truth(check, self._sides(check.ask)) for check in checks
        }
        self._truths_without_exceptions = {
            check.id: _truth(
                check, _all_are(ends(check.ask.part), ends(check.ask.whole))
            )
            for check in checks
            if isinstance(check.ask, Every)
        }

    def check(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Return `level`, and for each check an Int8 `truth_column` of `Truth`."""
        there = set(counted.columns)
        flagged = [each for each in self._meetings if each.flag in there]
        return counted.select(
            "level", *(self._told(check, flagged, there) for check in self._checks)
        )

    def _told(
        self, check: Check, flagged: Collection[Meeting], there: Set[str]
    ) -> pl.Expr:
        """Return a check's truth: unknown where a count that it names is in conflict."""
        named = counts_named(check.ask)
        doubts = [
            pl.col(meeting.flag)
            for meeting in flagged
            if any(count in named for count in meeting.counts)
        ]
        truth = self._truths[check.id]
        if isinstance(check.ask, Every) and not _has_exceptions(check.ask, there):
            truth = self._truths_without_exceptions[check.id]
        if doubts:
            in_doubt = pl.when(reduce(or_, doubts))
            truth = in_doubt.then(_CODES[Truth.UNKNOWN]).otherwise(truth)
        return truth.alias(truth_column(check.id))

    def _sides(self, ask: Ask) -> Sides:
        match ask:
            case NoneOf(count):
                return _none(ends(count))
            case Every(whole, part):
                return _none(ends(Exceptions(whole, part).key))
            case Amount(count, bounds):
                value = ends(count)
                return _both(
                    _bounded(value, operator, number(bound))
                    for operator, bound in bounds
                )
            case Share(part, whole, bounds):
                return _both(
                    _bounded(times(ends(part), p.denominator), operator, of)
                    for operator, p in bounds
                    for of in (times(ends(whole), p.numerator),)
                )
            case Falls(now, before, by):
                return _falls(ends(now), ends(before), 1 - by)
            case Holds(field):
                said = pl.col(own_column(field))
                return said, ~said
            case Asked(bounds):
                return self._asked(bounds)

    def _asked(self, bounds: tuple[tuple[Operator, date], ...]) -> Sides:
        holds = all(operator.compare(self._day, bound) for operator, bound in bounds)
        return (_EVER, _NEVER) if holds else (_NEVER, _EVER)


def _truth(check: Check, sides: Sides) -> pl.Expr:
    # Where a side is null it is not sure: `when` passes it by.
    true, false = sides
    empty = pl.when(nobody(check.ask)).then(_CODES[check.if_empty])
    holds = empty.when(true).then(_CODES[Truth.TRUE])
    fails = holds.when(false).then(_CODES[Truth.FALSE])
    return fails.otherwise(_CODES[Truth.UNKNOWN])


def number(bound: int | str) -> Ends:
    """Return a bound as an interval; a locality's own number may be unknown."""
    exact = pl.col(own_column(bound)) if isinstance(bound, str) else pl.lit(bound)
    return Ends(exact, exact)


def _none(value: Ends) -> Sides:
    return value.hi == ZERO, value.lo > ZERO


def _has_exceptions(ask: Every, there: Set[str]) -> bool:
    """Tell whether exceptions were counted, not left out as what only follows."""
    return not there.isdisjoint(end_names(Exceptions(ask.whole, ask.part).key))


def _all_are(part: Ends, whole: Ends) -> Sides:
    """Say where no exceptions are left if nothing but whole and part is known of them."""
    return whole.hi <= part.lo, part.hi < whole.lo


def _bounded(value: Ends, operator: Operator, bound: Ends) -> Sides:
    """Say where every value in one interval stands so to every value in another."""
    match operator:
        case Operator.AT_LEAST:
            return value.lo >= bound.hi, value.hi < bound.lo
        case Operator.MORE_THAN:
            return value.lo > bound.hi, value.hi <= bound.lo
        case Operator.AT_MOST:
            return value.hi <= bound.lo, value.lo > bound.hi
        case Operator.LESS_THAN:
            return value.hi < bound.lo, value.lo >= bound.hi


def times(value: Ends, factor: int) -> Ends:
    """Multiply an interval; no times anything is nothing, even if it is unbounded."""
    if factor == 0:
        nothing = pl.lit(0, dtype=pl.Int128)
        return Ends(nothing, nothing)
    # Counts below 2^62 times denominators up to 10^11 stay below 2^127.
    wide = pl.lit(factor, dtype=pl.Int128)
    return Ends(value.lo * wide, value.hi * wide)


def _falls(now: Ends, before: Ends, kept: Fraction) -> Sides:
    now_, kept_ = times(now, kept.denominator), times(before, kept.numerator)
    return kept_.lo >= now_.hi, kept_.hi < now_.lo


def _both(sides: Iterable[Sides]) -> Sides:
    trues, falses = zip(*sides, strict=True)
    return reduce(and_, trues), reduce(or_, falses)
