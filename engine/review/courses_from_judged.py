"""From the verdicts of several reviews to the course of every target."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final

import polars as pl

from engine.assessment import Outcome
from engine.checks_from_counts import truth_column
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import own_column
from engine.meeting import end_names
from engine.pack import (
    Amount,
    Ask,
    Check,
    Criterion,
    Every,
    Pack,
    Share,
)
from engine.policy.polarity import criteria_wanted, turned_leaves
from engine.review.calendar_from_pack import calendar_from_pack
from engine.review.course import Course, Courses, Point
from engine.review.due import Due, DueKind
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, outcome_column
from engine.vocabulary import Operator

_NOT_APPLICABLE: Final = OUTCOMES.index(Outcome.NOT_APPLICABLE)
_LEAST: Final = (Operator.AT_LEAST, Operator.MORE_THAN)

Row = Mapping[str, Any]


def courses_from_judged(reviews: Sequence[Judged]) -> Courses:
    """Return where every target stood in these reviews by one pack, in order of days.

    A target is a number to be reached: a count that is to be at least so many, a share
    or all of another. Localities come in the order of the last review that has them.
    """
    pack = reviews[0].pack
    dues = calendar_from_pack(pack)
    courses = (
        course
        for criterion, check in _targets(pack)
        for course in _courses(reviews, criterion, check, due_of(criterion, pack, dues))
    )
    return Courses(tuple(each.as_of for each in reviews), tuple(courses))


def _targets(pack: Pack) -> Iterator[tuple[Criterion, Check]]:
    """Yield the checks that set a target: of what speaks against passing none does."""
    passing = [each for each in pack.verdicts if each.passes]
    wanted = {name for rule in passing for name in criteria_wanted(rule, pack)}
    for criterion in pack.criteria:
        if criterion.id in wanted:
            for leaf, straight in turned_leaves(criterion.requires):
                if isinstance(leaf, Check) and straight and _counted(leaf.ask):
                    yield criterion, leaf


def due_of(criterion: Criterion, pack: Pack, dues: Sequence[Due]) -> Due | None:
    """Return the day by which a criterion is to be met, if the pack says one.

    The first of those that are last good days, else of those from which it is asked or
    missed, else the last day of the pack.
    """
    own = [each for each in dues if each.criterion == criterion.id]
    own = [each for each in own if each.kind is DueKind.BY] or own
    if own:
        return min(own, key=lambda each: each.day)
    end = pack.in_force.end
    return None if end is None else Due(end, DueKind.BY, criterion.levels)


def _counted(ask: Ask) -> str | None:
    """Return the count that is to be large, if a check sets a target."""
    match ask:
        case Amount(count, bounds) if any(op in _LEAST for op, _ in bounds):
            return count
        case Share(count, _, shares) if any(op in _LEAST for op, _ in shares):
            return count
        case Every(_, part):
            return part
        case _:
            return None


def _courses(
    reviews: Sequence[Judged], criterion: Criterion, check: Check, due: Due | None
) -> Iterator[Course]:
    points: dict[str, list[Point]] = {}
    rows: dict[str, Row] = {}
    for judged in reviews:
        for row in _rows(judged, criterion):
            points.setdefault(row["id"], []).append(_point(judged, check, row))
            rows.pop(row["id"], None)
            rows[row["id"]] = row
    for name, row in rows.items():
        if points[name][-1].target != 0:
            yield Course(
                locality=name,
                name=row["name"],
                level=row["level"],
                criterion=criterion.id,
                check=check.id,
                due=due,
                points=tuple(points[name]),
            )


def _rows(judged: Judged, criterion: Criterion) -> Iterator[Row]:
    """Yield the judged localities to which the criterion applies; others have no outcome."""
    applies = pl.col(outcome_column(criterion.id)) != _NOT_APPLICABLE
    return judged.counted.filter(applies).iter_rows(named=True)


def _point(judged: Judged, check: Check, row: Row) -> Point:
    count = _counted(check.ask) or ""
    whole = judged.pack.vocabulary.counts[count].within
    return Point(
        day=judged.as_of,
        value=_value(row, count),
        target=_target(check.ask, row),
        most=None if whole is None else _value(row, whole).hi,
        truth=Truth(row[truth_column(check.id)]),
    )


def _value(row: Row, count: str) -> Interval:
    least, most = end_names(count)
    return Interval(row[least], row[most])


def _target(ask: Ask, row: Row) -> int | None:
    """Return the least number that meets a check, where it is known."""
    match ask:
        case Amount(_, bounds):
            numbers = [(op, _number(bound, row)) for op, bound in bounds]
        case Share(_, whole, shares):
            of = _value(row, whole)
            exact = of.lo if of.is_exact else None
            numbers = [(op, None if exact is None else p * exact) for op, p in shares]
        case Every(whole, _):
            of = _value(row, whole)
            return of.lo if of.is_exact else None
        case _:
            return None
    least = [_least(op, number) for op, number in numbers if op in _LEAST]
    known = [each for each in least if each is not None]
    return max(known) if len(known) == len(least) else None


def _number(bound: int | str, row: Row) -> Fraction | None:
    number = row[own_column(bound)] if isinstance(bound, str) else bound
    return None if number is None else Fraction(number)


def _least(operator: Operator, number: Fraction | None) -> int | None:
    """Return the least whole number that is at least, or more than, a number."""
    if number is None:
        return None
    return ceil(number) if operator is Operator.AT_LEAST else floor(number) + 1
