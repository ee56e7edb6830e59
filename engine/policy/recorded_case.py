"""A locality as judged, written down as a worked case that names nobody.

What is kept is what a pack asks: the level, the numbers, the yes and no. Names, free
text, and the rows of registers stay behind; who judged something, and why, is replaced.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from engine.assessment import LocalityResult
from engine.errors import N_, Problems, QuestionError
from engine.judged import Judged
from engine.pack import UNDETERMINED, Pack
from engine.policy.case_runs_from_cases import case_runs_from_cases
from engine.policy.worked_cases_from_yaml import worked_cases_from_yaml
from engine.proof_from_judged import proof_of
from engine.source import Place
from engine.vocabulary import LOCALITIES, Field, FieldType
from engine.yaml_source.nodes import typed

_NAME: Final = "recorded.tests.yaml"
_JUDGED_BY: Final = "recorded"
_WIDTH: Final = 96
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A case to add under `cases:`, and how the locality it comes from was judged."""

    text: str
    verdict: str
    """What the case expects."""
    was: str
    """The verdict on the locality itself."""


def recorded_case(judged: Judged, locality: str, sentence: str | None) -> Recorded:
    """Write a locality down as a case.

    A number that is not exactly known is written as not known. The case expects what
    the pack says of what is written, which `was` may differ from.

    Raises:
        QuestionError: there is no such locality, or others lie below it.
    """
    pack = judged.pack
    was = proof_of(judged, locality).locality
    _refuse_whole(judged, locality)
    (row,) = judged.among(pl.col("id") == locality).counted.to_dicts()
    words = sentence or f"{was.level}, {judged.as_of}: {was.verdict}"
    telling = [
        f"  - case: {_text(words)}",
        f"    as_of: {judged.as_of}",
        *_block("locality", {"level": was.level, **dict(_facts(judged, row))}, 4),
    ]
    answer = _answer_on(pack, telling)
    lines = [*telling, *_expectation(answer)]
    return Recorded("".join(f"{line}\n" for line in lines), answer.verdict, was.verdict)


def _refuse_whole(judged: Judged, locality: str) -> None:
    if not (judged.frame["parent"] == locality).any():
        return
    problems = Problems()
    problems.error(
        "recorded-whole",
        Place(judged.facts.localities.file),
        N_("other localities lie below '{locality}'"),
        N_("record one of those, and write the whole with its parts by hand"),
        locality=locality,
    )
    problems.raise_as(QuestionError)


def _facts(judged: Judged, row: Row) -> Iterator[tuple[str, object]]:
    """Yield the cells of the locality's own row that rules may ask for, then its numbers.

    What is blank is said to be: the cases' common locality might fill it in.
    """
    for field in judged.pack.vocabulary.registers[LOCALITIES].fields.values():
        if field.id in row and field.type is not FieldType.TEXT:
            yield from _cell(field, row[field.id])
    for count in judged.measures.counts:
        if count.register != LOCALITIES:
            least, most = row[f"lo:{count.id}"], row[f"hi:{count.id}"]
            yield count.id, least if least == most else None


def _cell(field: Field, value: object) -> Iterator[tuple[str, object]]:
    yield field.id, value
    if field.type is FieldType.ASSESSED and value is not None:
        yield from ((other, _JUDGED_BY) for other in field.columns[1:])


def _answer_on(pack: Pack, telling: list[str]) -> LocalityResult:
    """Return what the pack says of what was written, and nothing else."""
    head = [f"cases_of: {pack.id}", "cases:"]
    some = [f"    expect: {{verdict: {UNDETERMINED}}}"]
    text = "\n".join([*head, *telling, *some])
    cases = worked_cases_from_yaml(text.encode(), _NAME, pack)
    (run,) = case_runs_from_cases(pack, cases)
    return run.answer


def _expectation(answer: LocalityResult) -> Iterator[str]:
    yield "    expect:"
    yield f"      verdict: {_text(answer.verdict)}"
    if answer.verdict == UNDETERMINED:
        yield f"      possible: [{', '.join(map(_text, answer.possible))}]"
    outcomes = {each.id: each.outcome.value for each in answer.criteria}
    yield from _block("criteria", outcomes, 6)
    checks = (check for each in answer.criteria for check in each.checks)
    yield from _block("checks", {each.id: _Word(each.truth.word) for each in checks}, 6)


class _Word(str):
    """A word that stands without quotes although it may look like a value."""

    __slots__ = ()


def _block(key: str, values: Mapping[str, object], indent: int) -> Iterator[str]:
    """Yield a mapping in one line if it fits, else a line a value."""
    written = [f"{name}: {_text(value)}" for name, value in values.items()]
    line = f"{' ' * indent}{key}: {{{', '.join(written)}}}"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{' ' * indent}{key}:"
    yield from (f"{' ' * indent}  {each}" for each in written)


def _text(value: object) -> str:
    match value:
        case None:
            return "~"
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case _Word():
            return str(value)
        case str():
            is_name = value.replace("_", "").isalpha() and typed(value) == value
            return value if is_name else json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
