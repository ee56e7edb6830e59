"""Formulas, outcomes and verdicts read plainly, by recursion (LANGUAGE §6)."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.pack import (
    All,
    Always,
    Any_,
    AtLeast,
    Check,
    Criterion,
    CriterionRef,
    Formula,
    Negation,
    Pack,
)
from engine.truth import Truth

NA: Any = "not applicable"
Value = Any
"""True, False, None for unknown, or `NA`."""

OF_TRUTH = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}
OUTCOMES = {True: "met", False: "not_met", None: "unknown", NA: "not_applicable"}


def value(
    formula: Formula, truths: Mapping[str, int], outcomes: Mapping[str, Value]
) -> Value:
    match formula:
        case Check(id=check):
            return OF_TRUTH[Truth(truths[check])]
        case CriterionRef(criterion):
            return outcomes[criterion]
        case Always():
            return True
        case Negation(part):
            found = value(part, truths, outcomes)
            return found if found in (NA, None) else not found
        case All(parts) | Any_(parts) | AtLeast(_, parts):
            values = [value(part, truths, outcomes) for part in parts]
            if isinstance(formula, All):
                return at_least(None, values)
            return at_least(getattr(formula, "number", 1), values)


def at_least(number: int | None, values: Sequence[Value]) -> Value:
    """Whether enough of the applicable values are true; without a number, all."""
    applicable = [each for each in values if each != NA]
    needed = len(applicable) if number is None else number
    sure = sum(each is True for each in applicable)
    open_ = sum(each is None for each in applicable)
    return True if sure >= needed else False if sure + open_ < needed else None


def outcome(
    criterion: Criterion,
    level: str,
    truths: Mapping[str, int],
    outcomes: Mapping[str, Value],
) -> Value:
    if level not in criterion.levels:
        return NA
    if criterion.when is not None:
        when = value(criterion.when, truths, outcomes)
        if when is not True:
            return None if when is None else NA
    return value(criterion.requires, truths, outcomes)


def judged(
    pack: Pack, level: str, truths: Mapping[str, int]
) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """The outcomes, the verdict, and the verdicts still possible."""
    outcomes: dict[str, Value] = {}
    for criterion in pack.criteria_by_need():
        outcomes[criterion.id] = outcome(criterion, level, truths, outcomes)
    words = {each.id: OUTCOMES[outcomes[each.id]] for each in pack.criteria}
    verdict, possible = None, []
    for rule in pack.verdicts:
        found = value(rule.when, truths, outcomes)
        if found in (True, None):
            possible.append(rule.verdict)
            verdict = verdict or (rule.verdict if found else "undetermined")
        if found is True:
            break
    assert verdict is not None
    left = [name for name in pack.verdict_names if name in possible]
    return words, verdict, tuple(left)
