"""From worked cases to what came of them: each is judged and held to its claims."""

from collections.abc import Iterable, Iterator, Mapping

from engine.assess import judge_localities
from engine.assessment import CheckResult, LocalityResult
from engine.assessment_from_judged import assessment_from_judged
from engine.case_run import CaseRun, Mismatch
from engine.errors import FactsError, Problems, RulesError
from engine.pack import Pack
from engine.proof_from_judged import proof_of
from engine.worked_case import Claim, ClaimKind, Said, WorkedCase

_Missing = Mapping[str, tuple[str, ...]]
"""By check, the names of the facts that it waits for."""


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
            answer, missing = _answer(pack, case)
        except FactsError as error:
            problems.extend(error.diagnostics)
            continue
        mismatches = tuple(_mismatches(case.claims, answer, missing))
        yield CaseRun(case, answer, mismatches)


def _answer(pack: Pack, case: WorkedCase) -> tuple[LocalityResult, _Missing]:
    """Return the answer on a case; what is missing only where the case claims it."""
    claims_missing = any(each.kind is ClaimKind.MISSING for each in case.claims)
    judged = judge_localities(pack, case.facts, case.as_of, keep_parts=claims_missing)
    if claims_missing:
        proof = proof_of(judged, case.at)
        checks = (check for each in proof.criteria for check in each.checks)
        waits = {
            each.check.id: tuple(sorted({lack.what for lack in each.missing}))
            for each in checks
        }
        return proof.locality, waits
    answers = assessment_from_judged(judged).localities
    return next(each for each in answers if each.id == case.at), {}


def _mismatches(
    claims: Iterable[Claim], answer: LocalityResult, missing: _Missing
) -> Iterator[Mismatch]:
    checks = {check.id: check for each in answer.criteria for check in each.checks}
    for claim in claims:
        got = _got(claim, answer, checks, missing)
        if not _agree(claim, got):
            yield Mismatch(claim, got)


def _got(
    claim: Claim,
    answer: LocalityResult,
    checks: Mapping[str, CheckResult],
    missing: _Missing,
) -> Said:
    match claim.kind:
        case ClaimKind.VERDICT:
            return answer.verdict
        case ClaimKind.POSSIBLE:
            return answer.possible
        case ClaimKind.CRITERIA:
            outcomes = {each.id: each.outcome.value for each in answer.criteria}
            return outcomes[claim.subject]
        case ClaimKind.CHECKS:
            return checks[claim.subject].truth.word
        case ClaimKind.SHORT:
            return checks[claim.subject].short
        case ClaimKind.MISSING:
            return missing[claim.subject]
        case ClaimKind.VACUOUS:
            return "true" if checks[claim.subject].vacuous else "false"


def _agree(claim: Claim, got: Said) -> bool:
    """Tell whether the answer is as expected; the order of what is possible is none."""
    if isinstance(claim.expected, tuple) and isinstance(got, tuple):
        return sorted(claim.expected) == sorted(got)
    return claim.expected == got
