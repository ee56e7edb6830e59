"""From worked cases to what came of them: each is judged and held to its claims."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from engine.assess import judge_localities
from engine.assessment import LocalityResult
from engine.assessment_from_judged import results_of, told
from engine.checks_from_counts import truth_column
from engine.errors import FactsError, Problems, RulesError
from engine.judged import Judged
from engine.pack import Pack
from engine.policy.case_run import CaseRun, Mismatch
from engine.policy.facts_from_cases import (
    asks_for_names,
    facts_from_cases,
    named_in_case,
)
from engine.policy.worked_case import Claim, ClaimKind, Said, WorkedCase
from engine.proof_from_judged import proof_of
from engine.shortfall import short_column, vacuous_column
from engine.truth import Truth

if TYPE_CHECKING:
    from datetime import date

_Numbered = Mapping[int, WorkedCase]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said of a case's locality."""

    result: LocalityResult
    row: Mapping[str, Any]
    """What `told` says of every check, those of verdict rules too."""
    missing: Mapping[str, tuple[str, ...]]
    """By check, the names of the facts that it waits for; only where a case claims it."""


def case_runs_from_cases(
    pack: Pack, cases: Iterable[WorkedCase]
) -> tuple[CaseRun, ...]:
    """Judge every case by the pack, in their order.

    Raises:
        RulesError: the facts of a case hold numbers too large to add up.
    """
    numbered = dict(enumerate(cases))
    problems = Problems()
    answers: dict[int, _Answer] = {}
    for some in _groups(pack, numbered):
        answers |= _answers(pack, some, problems)
    problems.raise_as(RulesError)
    return tuple(
        CaseRun(case, answers[at].result, tuple(_mismatches(case.claims, answers[at])))
        for at, case in numbered.items()
    )


def _groups(pack: Pack, cases: _Numbered) -> Iterator[_Numbered]:
    """Yield cases that can be judged together: of one day, whatever names they use."""
    by_day: dict[date, dict[int, WorkedCase]] = {}
    names_count = asks_for_names(pack)
    for at, case in cases.items():
        if names_count or _claims_missing(case):
            yield {at: case}
        else:
            by_day.setdefault(case.as_of, {})[at] = case
    yield from by_day.values()


def _claims_missing(case: WorkedCase) -> bool:
    """Tell whether a case asks for a proof, which names its own cells."""
    return any(each.kind is ClaimKind.MISSING for each in case.claims)


def _answers(pack: Pack, cases: _Numbered, problems: Problems) -> dict[int, _Answer]:
    """Return the answers on cases, one after another if together they hold too much."""
    if len(cases) > 1:
        with suppress(FactsError):  # whichever holds too much by itself is found below
            return dict(zip(cases, _together(pack, [*cases.values()]), strict=True))
    answers = {}
    for at, case in cases.items():
        try:
            answers[at] = _alone(pack, case)
        except FactsError as error:
            problems.extend(error.diagnostics)
    return answers


def _alone(pack: Pack, case: WorkedCase) -> _Answer:
    judged = judge_localities(pack, case.facts, case.as_of)
    ((result, row),) = _said(judged, [case.at])
    return _Answer(result, row, _missing(judged, case))


def _together(pack: Pack, cases: Sequence[WorkedCase]) -> Iterator[_Answer]:
    """Yield the answers on cases of one day, in their order."""
    judged = judge_localities(pack, facts_from_cases(cases), cases[0].as_of)
    names = [named_in_case(number, case.at) for number, case in enumerate(cases)]
    for case, (result, row) in zip(cases, _said(judged, names), strict=True):
        yield _Answer(_as_named(case, result), row, {})


def _said(
    judged: Judged, localities: Sequence[str]
) -> Iterator[tuple[LocalityResult, Mapping[str, Any]]]:
    """Return what is said of some localities, in the order of the facts."""
    asked = judged.among(pl.col("id").is_in(localities))
    frame = told(asked)
    return zip(results_of(asked, frame), frame.to_dicts(), strict=True)


def _as_named(case: WorkedCase, result: LocalityResult) -> LocalityResult:
    """Return what was said of a case's locality, under the names that the case uses."""
    before = result.id.removesuffix(case.at)
    parent = None if result.parent is None else result.parent.removeprefix(before)
    return replace(result, id=case.at, parent=parent)


def _missing(judged: Judged, case: WorkedCase) -> Mapping[str, tuple[str, ...]]:
    if not _claims_missing(case):
        return {}
    checks = (
        each for part in proof_of(judged, case.at).criteria for each in part.checks
    )
    return {
        each.check.id: tuple(sorted({lack.what for lack in each.missing}))
        for each in checks
    }


def _mismatches(claims: Iterable[Claim], answer: _Answer) -> Iterator[Mismatch]:
    for claim in claims:
        got = _got(claim, answer)
        if not _agree(claim, got):
            yield Mismatch(claim, got)


def _got(claim: Claim, answer: _Answer) -> Said:
    subject, result = claim.subject, answer.result
    match claim.kind:
        case ClaimKind.VERDICT:
            return result.verdict
        case ClaimKind.POSSIBLE:
            return result.possible
        case ClaimKind.CRITERIA:
            outcomes = {each.id: each.outcome.value for each in result.criteria}
            return outcomes[subject]
        case ClaimKind.CHECKS:
            return Truth(answer.row[truth_column(subject)]).word
        case ClaimKind.SHORT:
            short: int | None = answer.row[short_column(subject)]
            return short
        case ClaimKind.MISSING:
            return answer.missing.get(subject, ())
        case ClaimKind.VACUOUS:
            return "true" if answer.row[vacuous_column(subject)] else "false"


def _agree(claim: Claim, got: Said) -> bool:
    """Tell whether the answer is as expected; the order of what is possible is none."""
    if isinstance(claim.expected, tuple) and isinstance(got, tuple):
        return sorted(claim.expected) == sorted(got)
    return claim.expected == got
