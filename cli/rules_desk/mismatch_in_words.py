"""An answer that is not what a case expects, in words, with what is behind it."""

from collections.abc import Mapping
from typing import Final

from cli.language import _
from cli.words.wording import interval
from engine.assessment import CheckResult, LocalityResult, Outcome
from engine.errors import N_
from engine.policy.case_run import Mismatch
from engine.policy.worked_case import ClaimKind, Said

_WORDS: Final[Mapping[ClaimKind, str]] = {
    ClaimKind.VERDICT: N_("verdict: expected {expected}, got {got}"),
    ClaimKind.POSSIBLE: N_("possible verdicts: expected {expected}; got {got}"),
    ClaimKind.CRITERIA: N_("{subject}: expected {expected}, got {got}"),
    ClaimKind.CHECKS: N_("{subject}: expected {expected}, got {got}"),
    ClaimKind.SHORT: N_(
        "{subject}: units that are short: expected {expected}, got {got}"
    ),
    ClaimKind.MISSING: N_("{subject}: missing: expected {expected}; got {got}"),
    ClaimKind.VACUOUS: N_(
        "{subject}: nobody is concerned: expected {expected}, got {got}"
    ),
}


_OF_FILES: Final = {"true": "yes", "false": "no"}
"""How a file of cases says whether nobody is concerned."""


def in_words(mismatch: Mismatch) -> str:
    """Return what was expected and what came."""
    claim = mismatch.claim
    expected, got = _said(claim.expected), _said(mismatch.got)
    if claim.kind is ClaimKind.VACUOUS:
        expected, got = _OF_FILES[expected], _OF_FILES[got]
    return _(_WORDS[claim.kind]).format(
        subject=claim.subject, expected=expected, got=got
    )


def _said(said: Said) -> str:
    match said:
        case None:
            return _("not known")
        case tuple():
            return ", ".join(said) or "–"
        case _:
            return str(said)


def behind(mismatch: Mismatch, answer: LocalityResult) -> str:
    """Return what the answer rests on there: counts, checks, criteria; or nothing."""
    subject = mismatch.claim.subject
    match mismatch.claim.kind:
        case ClaimKind.VERDICT | ClaimKind.POSSIBLE:
            return "; ".join(
                f"{each.id} {each.outcome.value}"
                for each in answer.criteria
                if each.outcome in {Outcome.NOT_MET, Outcome.UNKNOWN}
            )
        case ClaimKind.CRITERIA:
            return "; ".join(
                f"{check.id} {check.truth.word}"
                for each in answer.criteria
                if each.id == subject
                for check in each.checks
            )
        case ClaimKind.CHECKS | ClaimKind.SHORT | ClaimKind.MISSING | ClaimKind.VACUOUS:
            checks = (check for each in answer.criteria for check in each.checks)
            # The checks of verdict rules are not told with the answer, but judged.
            return "; ".join(_counts(each) for each in checks if each.id == subject)


def _counts(check: CheckResult) -> str:
    parts = [f"{name} {interval(value)}" for name, value in check.counts.items()]
    if check.exceptions is not None:
        parts.append(_("exceptions {number}").format(number=interval(check.exceptions)))
    return "; ".join(parts)
