"""How much of a pack its cases hold fast: what they expect, of all that it could say.

Only what a case expects counts. What an answer says besides could change unnoticed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.assessment import Outcome
from engine.pack import (
    UNDETERMINED,
    All,
    Always,
    Any_,
    Asked,
    AtLeast,
    Check,
    Criterion,
    CriterionRef,
    Formula,
    Negation,
    Pack,
)
from engine.policy.worked_case import ClaimKind, Said, WorkedCase
from engine.truth import Truth

Outcomes = frozenset[Outcome]
_Told = tuple[ClaimKind, str, Said]

_MET, _NOT_MET = Outcome.MET, Outcome.NOT_MET
_UNKNOWN, _LEFT_OUT = Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
_WORDS: Final = {
    _MET: Truth.TRUE.word,
    _NOT_MET: Truth.FALSE.word,
    _UNKNOWN: Truth.UNKNOWN.word,
}


class Sort(StrEnum):
    """What is covered."""

    CHECKS = "checks"
    CRITERIA = "criteria"
    VERDICTS = "verdicts"


@dataclass(frozen=True, slots=True)
class Covered:
    """What can be said about one sort of things, and what of it no case expects."""

    possible: tuple[tuple[str, str], ...]
    """The thing and the word said of it; the thing is empty for a verdict."""
    lacking: tuple[tuple[str, str], ...]

    @property
    def seen(self) -> int:
        """How many of the possible words some case expects."""
        return len(self.possible) - len(self.lacking)

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down: only all of it is 100."""
        return 100 * self.seen // len(self.possible) if self.possible else 100

    def reaches(self, percent: int) -> bool:
        """Tell whether at least so many per cent are expected, without rounding."""
        return self.seen * 100 >= percent * len(self.possible)


def coverage_from_cases(
    pack: Pack, cases: Iterable[WorkedCase]
) -> Mapping[Sort, Covered]:
    """Return what the cases expect, of all that the pack could say."""
    claims = [claim for case in cases for claim in case.claims]
    expected = {(each.kind, each.subject, each.expected) for each in claims}
    expected.update(_implied(pack, expected))
    criteria = _outcomes_by_criterion(pack)
    checks = [(each.id, word) for each in pack.checks for word in _truths(each)]
    outcomes = [
        (each.id, outcome.value)
        for each in pack.criteria
        for outcome in Outcome
        if outcome in criteria[each.id]
    ]
    verdicts = [("", verdict) for verdict in _verdicts(pack, criteria)]
    told = {
        Sort.CHECKS: (ClaimKind.CHECKS, checks),
        Sort.CRITERIA: (ClaimKind.CRITERIA, outcomes),
        Sort.VERDICTS: (ClaimKind.VERDICT, verdicts),
    }
    return {
        sort: Covered(
            tuple(possible),
            tuple(each for each in possible if (kind, *each) not in expected),
        )
        for sort, (kind, possible) in told.items()
    }


def _implied(pack: Pack, expected: set[_Told]) -> Iterator[_Told]:
    """Yield what is said of a check by saying it of the criterion that is that check."""
    for each in pack.criteria:
        if isinstance(each.requires, Check) and each.when is None:
            for outcome, word in _WORDS.items():
                if (ClaimKind.CRITERIA, each.id, outcome.value) in expected:
                    yield ClaimKind.CHECKS, each.requires.id, word


def _truths(check: Check) -> Iterator[str]:
    yield from (Truth.TRUE.word, Truth.FALSE.word)
    if not isinstance(check.ask, Asked):
        yield Truth.UNKNOWN.word


def _verdicts(pack: Pack, criteria: Mapping[str, Outcomes]) -> Iterator[str]:
    yield from pack.verdict_names
    if any(_UNKNOWN in _outcomes(rule.when, criteria) for rule in pack.verdicts):
        yield UNDETERMINED


def _outcomes_by_criterion(pack: Pack) -> Mapping[str, Outcomes]:
    found: dict[str, Outcomes] = {}
    for criterion in pack.criteria_by_need():
        found[criterion.id] = _of_criterion(criterion, pack, found)
    return found


def _of_criterion(
    criterion: Criterion, pack: Pack, known: Mapping[str, Outcomes]
) -> Outcomes:
    possible = _outcomes(criterion.requires, known)
    if set(pack.levels) - set(criterion.levels):
        possible |= {_LEFT_OUT}
    if criterion.when is not None:
        when = _outcomes(criterion.when, known)
        possible |= {_UNKNOWN} & when
        possible |= {_LEFT_OUT} if when & {_NOT_MET, _LEFT_OUT} else frozenset()
    return possible


def _outcomes(formula: Formula, known: Mapping[str, Outcomes]) -> Outcomes:
    """Return what a formula could come to if its leaves had nothing to do with another."""
    match formula:
        case Check():
            asks_data = not isinstance(formula.ask, Asked)
            return frozenset((_MET, _NOT_MET) + (_UNKNOWN,) * asks_data)
        case CriterionRef(criterion):
            return known[criterion]
        case Always():
            return frozenset((_MET,))
        case Negation(part):
            turned = {_MET: _NOT_MET, _NOT_MET: _MET}
            return frozenset(turned.get(x, x) for x in _outcomes(part, known))
        case All(parts):
            return _all([_outcomes(part, known) for part in parts])
        case Any_(parts):
            return _some([_outcomes(part, known) for part in parts], 1)
        case AtLeast(number, parts):
            return _some([_outcomes(part, known) for part in parts], number)


def _all(parts: list[Outcomes]) -> Outcomes:
    """Return what *all* could come to; a part that is left out asks for nothing."""
    found = set().union(*parts) & {_NOT_MET, _UNKNOWN}
    if all(part & {_MET, _LEFT_OUT} for part in parts):
        found.add(_MET)
    return frozenset(found)


def _some(parts: list[Outcomes], needed: int) -> Outcomes:
    """Return what *at least `needed` of* could come to; left out, a part is no help."""
    found = set().union(*parts) & {_UNKNOWN}
    if sum(_MET in part for part in parts) >= needed:
        found.add(_MET)
    if sum(part.isdisjoint({_NOT_MET, _LEFT_OUT}) for part in parts) < needed:
        found.add(_NOT_MET)
    return frozenset(found)
