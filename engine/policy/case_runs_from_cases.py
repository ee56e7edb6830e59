"""From worked cases to what came of them: each is judged and held to its claims."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from engine.assess import judge_localities
from engine.assessment import LocalityResult
from engine.assessment_from_judged import results_of, told
from engine.checks_from_counts import truth_column
from engine.errors import FactsError, Problems, RulesError
from engine.judged import Judged
from engine.pack import Pack
from engine.policy.case_run import CaseRun, Mismatch
from engine.policy.worked_case import Claim, ClaimKind, Said, WorkedCase
from engine.proof_from_judged import proof_of
from engine.shortfall import short_column, vacuous_column
from engine.truth import Truth


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
    problems = Problems()
    runs = tuple(_runs(pack, cases, problems))
    problems.raise_as(RulesError)
    return runs


def _runs(
    pack: Pack, cases: Iterable[WorkedCase], problems: Problems
) -> Iterator[CaseRun]:
    for case in cases:
        try:
            answer = _answer(pack, case)
        except FactsError as error:
            problems.extend(error.diagnostics)
            continue
        mismatches = tuple(_mismatches(case.claims, answer))
        yield CaseRun(case, answer.result, mismatches)


def _answer(pack: Pack, case: WorkedCase) -> _Answer:
    claims_missing = any(each.kind is ClaimKind.MISSING for each in case.claims)
    judged = judge_localities(pack, case.facts, case.as_of)
    asked = judged.among(pl.col("id") == case.at)
    frame = told(asked)
    (result,), (row,) = results_of(asked, frame), frame.to_dicts()
    return _Answer(result, row, _waits(judged, case.at) if claims_missing else {})


def _waits(judged: Judged, locality: str) -> Mapping[str, tuple[str, ...]]:
    checks = (
        each for part in proof_of(judged, locality).criteria for each in part.checks
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
