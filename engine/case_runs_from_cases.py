"""From worked cases to what came of them: each is judged and held to its claims."""

from collections.abc import Iterable, Iterator

from engine.assess import assess
from engine.assessment import CheckResult, LocalityResult
from engine.case_run import CaseRun, Mismatch
from engine.errors import FactsError, Problems, RulesError
from engine.pack import Pack
from engine.worked_case import Claim, ClaimKind, Said, WorkedCase


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
            answers = assess(pack, case.facts, case.as_of).localities
        except FactsError as error:
            problems.extend(error.diagnostics)
            continue
        answer = next(each for each in answers if each.id == case.at)
        yield CaseRun(case, answer, tuple(_mismatches(case.claims, answer)))


def _mismatches(claims: Iterable[Claim], answer: LocalityResult) -> Iterator[Mismatch]:
    outcomes = {each.id: each.outcome.value for each in answer.criteria}
    checks = {check.id: check for each in answer.criteria for check in each.checks}
    for claim in claims:
        got = _got(claim, answer, outcomes, checks)
        if not _agree(claim, got):
            yield Mismatch(claim, got)


def _got(
    claim: Claim,
    answer: LocalityResult,
    outcomes: dict[str, str],
    checks: dict[str, CheckResult],
) -> Said:
    match claim.kind:
        case ClaimKind.VERDICT:
            return answer.verdict
        case ClaimKind.POSSIBLE:
            return answer.possible
        case ClaimKind.CRITERIA:
            return outcomes[claim.subject]
        case ClaimKind.CHECKS:
            return checks[claim.subject].truth.word
        case ClaimKind.SHORT:
            return checks[claim.subject].short
        case ClaimKind.VACUOUS:
            return "true" if checks[claim.subject].vacuous else "false"


def _agree(claim: Claim, got: Said) -> bool:
    """Tell whether the answer is as expected; the order of what is possible is none."""
    if isinstance(claim.expected, tuple) and isinstance(got, tuple):
        return sorted(claim.expected) == sorted(got)
    return claim.expected == got
