"""Packs that come along, held to their documents' words and to the second evaluator."""

from functools import cache
from pathlib import Path
from typing import Any

from engine.pack import Pack
from engine.vocabulary import Text
from tests import reference
from tests.support import plain_yaml
from tests.support.bundled import PACKS, ROOT, RULES
from tests.support.engine_runner import answer, compared, read_facts, read_pack
from tests.support.plain_facts import typed
from tests.support.worked_cases import PlainCase, agrees, plain_cases

EXAMPLES = ROOT / "examples"
VOCABULARY = RULES / "vocabulary.yaml"


@cache
def pack_called(name: str) -> Pack:
    """Return a pack that comes along, by its id."""
    return read_pack(
        VOCABULARY.read_text(encoding="utf-8"),
        (RULES / f"{name}.yaml").read_text(encoding="utf-8"),
    )


@cache
def source_of(issuer: str) -> str:
    """Return what a document says in the clauses that its pack quotes."""
    return (PACKS / issuer / "source-clauses.txt").read_text(encoding="utf-8")


def stands_in(quote: str, source: str) -> bool:
    """Tell whether a quote's words stand there, in their order; "…" leaves words out."""
    at = 0
    for piece in filter(None, map(str.strip, quote.split("…"))):
        found = source.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def loose_readings(pack: Pack, source: str) -> list[str]:
    """Return the phrases that are read although the document does not say them."""
    return [each.phrase for each in pack.readings if each.phrase not in source]


def in_one_language(pack: Pack) -> list[Text | None]:
    """Return what a pack says in one language only."""
    said: list[Text | None] = [pack.title, pack.issuer]
    said += [each.reading for each in pack.readings]
    said += [each.label for each in pack.verdicts]
    said += [each.title for each in pack.criteria]
    said += [each.remedy for each in pack.criteria if each.remedy is not None]
    return [text for text in said if text is None or text.vi == text.en]


@cache
def cases_of(name: str) -> dict[str, PlainCase]:
    """Return the worked cases beside a pack."""
    return plain_cases(RULES / f"{name}.tests.yaml")


@cache
def _documents(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return plain_yaml.load_file(VOCABULARY), plain_yaml.load_file(
        RULES / f"{name}.yaml"
    )


def told_twice(name: str, case: PlainCase) -> tuple[Any, Any, bool]:
    """Return the engine's answer, the reference's, and whether that is as expected."""
    vocabulary, written = _documents(name)
    facts = read_facts(pack_called(name), vocabulary, case.facts)
    told = answer(pack_called(name), facts, case.as_of)
    plain = typed(vocabulary, case.facts)
    second = reference.evaluate(vocabulary, written, plain, case.as_of)
    return compared(told), compared(second), agrees(second, case.expect)


def example(folder: str) -> Path:
    """Return the folder of an example."""
    return EXAMPLES / folder
