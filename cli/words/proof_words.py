"""The sentences of a proof that hold no numbers: the clause, a reading, a way out."""

from typing import Final

from cli.language import _
from cli.words.wording import Wording, said
from engine.assessment import Outcome
from engine.pack import Criterion, Pack, Reading
from engine.proof import Settling
from engine.truth import Truth

OUTCOME_OF: Final = {
    Truth.TRUE: Outcome.MET,
    Truth.FALSE: Outcome.NOT_MET,
    Truth.UNKNOWN: Outcome.UNKNOWN,
}
"""How a check came out, in the words of a criterion."""


def clause(pack: Pack, criterion: Criterion) -> str:
    """Return the document and the clause that a criterion stands in, if it says so."""
    if criterion.cites is None:
        return ""
    document = pack.documents[criterion.cites.document]
    named = (document.kind, document.number or document.date)
    return _("{document}, clause {clause}").format(
        document=" ".join(word for word in named if word) or document,
        clause=criterion.cites.clause,
    )


def reading(one: Reading) -> str:
    """Return how an ambiguous phrase is read."""
    return _("“{phrase}” is read so: {reading}").format(
        phrase=one.phrase, reading=said(one.reading)
    )


def way(settling: Settling, wording: Wording) -> str:
    """Return which answers would lead to a verdict."""
    answers = (_answer(check, truth) for check, truth in settling.answers)
    return _("“{verdict}” if {answers}").format(
        verdict=wording.verdict(settling.verdict), answers=_(" and ").join(answers)
    )


def _answer(check: str, truth: Truth) -> str:
    words = _("{check} is met") if truth is Truth.TRUE else _("{check} is not met")
    return words.format(check=check)
