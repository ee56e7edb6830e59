"""From a pack to its calendar: every day that it sets, in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from engine.pack import (
    Always,
    Asked,
    Check,
    Criterion,
    CriterionRef,
    Formula,
    NoneOf,
    Pack,
    VerdictRule,
    counts_named,
)
from engine.policy.bounds import Bound, Sort, bounds_of_condition, of_day
from engine.policy.polarity import criteria_wanted, turned_leaves
from engine.review.due import Due, DueKind
from engine.vocabulary import (
    Operator,
    Vocabulary,
)

_DAY: Final = timedelta(days=1)

_Leaf = tuple[Check | CriterionRef, bool]
"""A part of a formula, and whether it is asked as it is and not under a `not`."""
_Day = tuple[str, date, DueKind]
"""A check, and the last or first day that it sets."""


def calendar_from_pack(pack: Pack) -> tuple[Due, ...]:
    """Return the days of the pack, the earliest first; of one day, in the pack's order.

    They stand in the checks of criteria and verdicts (`as_of`), in the conditions of
    the counts that these ask for, and in `in_force`. A criterion that sets no day has
    those after which the verdict that it leads to is missed, if the pack has such.
    """
    return tuple(sorted(dict.fromkeys(_dues(pack)), key=lambda due: due.day))


def _dues(pack: Pack) -> Iterator[Due]:
    if pack.in_force.start is not None:
        yield Due(pack.in_force.start, DueKind.FROM, pack.levels)
    missed = _missed(pack)
    for criterion in pack.criteria:
        own = _days(_leaves_of(criterion, pack), pack.vocabulary)
        for check, day, kind in own or missed.get(criterion.id, ()):
            yield Due(day, kind, criterion.levels, criterion=criterion.id, check=check)
    for rule in pack.verdicts:
        for check, day, kind in _days(turned_leaves(rule.when), pack.vocabulary):
            # The last day of being "not yet due" is nobody's deadline.
            if rule.passes or kind is DueKind.FROM:
                yield Due(day, kind, pack.levels, verdict=rule.verdict, check=check)
    if pack.in_force.end is not None:
        yield Due(pack.in_force.end, DueKind.BY, pack.levels)


def _missed(pack: Pack) -> Mapping[str, Sequence[_Day]]:
    """Return from when on each criterion counts as missed.

    A verdict that passes and rests on it is followed by one that does not pass, and
    that the calendar alone gives.
    """
    found: dict[str, list[_Day]] = {}
    for passing, after in pairwise(pack.verdicts):
        if passing.passes and not after.passes:
            for day in _days(_calendar_alone(after, pack), pack.vocabulary):
                for name in criteria_wanted(passing, pack):
                    found.setdefault(name, []).append(day)
    return found


def _calendar_alone(rule: VerdictRule, pack: Pack) -> tuple[_Leaf, ...]:
    """Return the days' checks of a verdict's condition, if it asks for nothing else."""
    by_id = {each.id: each for each in pack.criteria}
    found: list[_Leaf] = []
    for leaf, straight in turned_leaves(rule.when):
        match leaf:
            case Check(ask=Asked()):
                found.append((leaf, straight))
            case CriterionRef(name) if isinstance(by_id[name].requires, Always):
                found += _leaves_of(by_id[name], pack)
            case _:
                return ()
    return tuple(found)


def _leaves_of(criterion: Criterion, pack: Pack) -> Iterator[_Leaf]:
    """Yield a criterion's own checks, and those that say when it is asked."""
    by_id = {each.id: each for each in pack.criteria}
    yield from turned_leaves(criterion.requires)
    seen, waiting = {criterion.id}, _leaves_or_none(criterion.when)
    while waiting:
        leaf, straight = waiting.pop(0)
        yield leaf, straight
        if isinstance(leaf, CriterionRef) and leaf.id not in seen:
            seen.add(leaf.id)
            for each in by_id[leaf.id].formulas:
                waiting += turned_leaves(each, straight=straight)


def _leaves_or_none(formula: Formula | None) -> list[_Leaf]:
    return [] if formula is None else [*turned_leaves(formula)]


def _days(leaves: Iterable[_Leaf], vocabulary: Vocabulary) -> tuple[_Day, ...]:
    """Return the days of checks; asking from the day after the last good one adds none."""
    found = [
        (leaf.id, *_last_or_first(bound if straight else bound.opposite))
        for leaf, straight in leaves
        if isinstance(leaf, Check)
        for bound in _bounds(leaf, vocabulary)
    ]
    after = {
        day + _DAY for _, day, kind in found if kind is DueKind.BY and day < date.max
    }
    return tuple(
        (check, day, kind)
        for check, day, kind in found
        if kind is DueKind.BY or day not in after
    )


def _bounds(check: Check, vocabulary: Vocabulary) -> Iterator[Bound]:
    if isinstance(check.ask, Asked):
        yield from (of_day(*each) for each in check.ask.bounds)
    # What there may be none of, such as late reports, is wanted the other way round.
    turned = isinstance(check.ask, NoneOf)
    for count in counts_named(check.ask):
        for bound in bounds_of_condition(vocabulary.rows_of(count)):
            if bound.sort is Sort.DAY:
                yield bound.opposite if turned else bound


def _last_or_first(bound: Bound) -> tuple[date, DueKind]:
    """Return the last day that a bound allows, or the first."""
    day = date.fromordinal(int(bound.number or 1))
    match bound.operator:
        case Operator.AT_MOST:
            return day, DueKind.BY
        case Operator.LESS_THAN:
            return max(day, date.min + _DAY) - _DAY, DueKind.BY
        case Operator.AT_LEAST:
            return day, DueKind.FROM
        case Operator.MORE_THAN:
            return min(day, date.max - _DAY) + _DAY, DueKind.FROM
