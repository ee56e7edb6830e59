"""Verdicts that no locality can ever have."""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Final

from engine.errors import N_, Diagnostic
from engine.network.cases import Casebook
from engine.network.productions import Question
from engine.network.productions_from_pack import productions_from_pack
from engine.pack import Always, Pack
from engine.policy.findings_from_pack.noted import noted

_MOST_PATTERNS: Final = 1024
"""More are left to a proof; a network judges about a thousand a second."""
_MET, _NOT_MET, _LEFT_OUT = 1, 0, 3
"""The codes of a case's inputs. An unknown one never helps to a verdict."""


def findings_about_verdicts(pack: Pack) -> Iterator[Diagnostic]:
    """Yield rules behind an `always`, and verdicts that nothing leads to."""
    behind = _behind_always(pack)
    for rule in pack.verdicts[behind:]:
        yield noted(
            "verdict-after-always",
            rule.place,
            N_(
                "'{verdict}' stands behind an 'always', so that nobody ever comes to it"
            ),
            N_("move it up, or remove it"),
            verdict=rule.verdict,
        )
    before = pack.verdicts[:behind]
    wanted = {rule.verdict for rule in before}
    reached = _reached(productions_from_pack(pack).verdict, wanted)
    if reached is None:
        return
    told: set[str] = set()
    for rule in before:
        if rule.verdict in reached or rule.verdict in told:
            continue
        told.add(rule.verdict)
        yield noted(
            "verdict-unreachable",
            rule.place,
            N_("whatever comes out of the criteria, '{verdict}' is never the verdict"),
            N_("look at the conditions above it: they already take every case"),
            verdict=rule.verdict,
        )


def _behind_always(pack: Pack) -> int:
    places = (
        at for at, rule in enumerate(pack.verdicts) if isinstance(rule.when, Always)
    )
    return next(places, len(pack.verdicts)) + 1


def _reached(question: Question, wanted: set[str]) -> set[str] | None:
    """Return the verdicts that some pattern leads to, or nothing if they are too many.

    Each pattern is judged by the rule network. That criteria hang together is left
    aside, so that what is not reached here is not reached at all.
    """
    ways = [
        (_MET, _NOT_MET) if each.na is None else (_MET, _NOT_MET, _LEFT_OUT)
        for each in question.inputs
    ]
    if prod(map(len, ways)) > _MOST_PATTERNS:
        return None
    book = Casebook(question)
    reached: set[str] = set()
    for codes in product(*ways):
        pattern = 0
        for code in codes:
            pattern = pattern * 4 + code
        reached.add(book.case(pattern).answer)
        if wanted <= reached:
            break
    return reached
