"""The answer as JSON (LANGUAGE §7), written in columns.

Each locality becomes one line. A country has a hundred thousand of them, so the lines
are put together by Polars; only what is the same for many, such as a derivation, is
written by Python, once for each distinct case.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

import polars as pl

from engine.assessment import Conflict
from engine.assessment_from_judged import exceptions_asked, summary_of, told
from engine.checks_from_counts import truth_column
from engine.interval import Interval
from engine.judged import Judged
from engine.meeting import end_names
from engine.pack import Check, Criterion, counts_named
from engine.shortfall import short_column, vacuous_column
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, outcome_column
from engine.version import VERSION

_AT_ONCE: Final = 10_000
_TRUTHS: Final = {truth.value: truth.word for truth in Truth}
_OUTCOMES: Final = {code: str(outcome) for code, outcome in enumerate(OUTCOMES)}

Part = str | pl.Expr
"""Text that stands in every line, or a column of text."""


def json_from_judged(judged: Judged) -> Iterator[str]:
    """Yield the answer piece by piece; same answer, same bytes."""
    frame = told(judged)
    yield _written(head_of(judged, frame))[:-1] + ', "localities": ['
    line, separator = _Line(judged), "\n "
    for part in frame.iter_slices(_AT_ONCE):
        yield separator + ",\n ".join(line.of(part))
        separator = ",\n "
    yield "\n]}\n"


def ndjson_from_judged(judged: Judged) -> Iterator[str]:
    """Yield the same in lines: what the answer rests on, then a locality a line."""
    frame = told(judged)
    yield _written(head_of(judged, frame)) + "\n"
    line = _Line(judged)
    for part in frame.iter_slices(_AT_ONCE):
        yield "\n".join(line.of(part)) + "\n"


def head_of(judged: Judged, frame: pl.DataFrame) -> dict[str, object]:
    """Return all but the localities; `frame` is what `told` returns."""
    head: dict[str, object] = {
        "diaban": VERSION,
        "pack": {"id": judged.pack.id, "sha256": judged.pack.sha256},
        "facts": {"sha256": judged.facts.sha256},
        "as_of": judged.as_of.isoformat(),
    }
    if judged.outside_force:
        head["outside_force"] = True
    if judged.facts.supposed:
        head["supposed"] = [asdict(each) for each in judged.facts.supposed]
    head["summary"] = summary_of(judged.pack, frame)
    return head


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Line:
    """Writes the lines of localities."""

    def __init__(self, judged: Judged) -> None:
        self._judged = judged
        self._truths = [truth_column(each.id) for each in judged.pack.checks]
        self._criteria = _joined(_criteria(judged.pack.criteria))
        self._cases: dict[tuple[str | int, ...], tuple[str, str]] = {}

    def of(self, frame: pl.DataFrame) -> pl.Series:
        """Return the line of each row of what `told` returned."""
        named = {
            name: pl.Series([_written(value) for value in frame[name]], dtype=pl.String)
            for name in ("id", "name", "level", "parent")
        }
        cases = [self._case(row) for row in frame.select("level", *self._truths).rows()]
        written = frame.select(
            **named,
            case=pl.Series([verdict for verdict, _ in cases], dtype=pl.String),
            why=pl.Series([derivation for _, derivation in cases], dtype=pl.String),
            conflicts=pl.Series(map(self._conflicts, frame["row"]), dtype=pl.String),
            criteria=self._criteria,
        )
        line: list[Part] = []
        for name in named:
            line += [f', "{name}": ' if line else f'{{"{name}": ', pl.col(name)]
        line += [", ", pl.col("case"), ', "criteria": [', pl.col("criteria")]
        line += ['], "conflicts": ', pl.col("conflicts"), ", ", pl.col("why"), "}"]
        return written.select(line=_joined(line)).to_series()

    def _case(self, row: tuple[str | int, ...]) -> tuple[str, str]:
        """Return what is said of a verdict and of its reasons."""
        if row not in self._cases:
            level, *truths = row
            checks = (check.id for check in self._judged.pack.checks)
            known = dict(zip(checks, map(int, truths), strict=True))
            judgement = self._judged.judge.ask(str(level), known)
            verdict = {"verdict": judgement.verdict, "possible": judgement.possible}
            why = {"derivation": judgement.derivation}
            self._cases[row] = _written(verdict)[1:-1], _written(why)[1:-1]
        return self._cases[row]

    def _conflicts(self, row: int) -> str:
        found = self._judged.conflicts.get(row)
        return _written([_conflict(each) for each in found]) if found else "[]"


def _conflict(one: Conflict) -> dict[str, object]:
    return {
        "kind": one.kind,
        "counts": one.counts,
        "left": _interval(one.left),
        "right": _interval(one.right),
    }


def _interval(value: Interval) -> list[int | None]:
    return [value.lo, value.hi]


def _criteria(criteria: Iterable[Criterion]) -> Iterator[Part]:
    separator = ""
    for criterion in criteria:
        yield f'{separator}{{"id": {_written(criterion.id)}, "outcome": "'
        yield pl.col(outcome_column(criterion.id)).replace_strict(
            _OUTCOMES, return_dtype=pl.String
        )
        yield '", "checks": ['
        for at, check in enumerate(criterion.checks):
            yield from _check(check, ", " if at else "")
        yield "]}"
        separator = ", "


def _check(check: Check, separator: str) -> Iterator[Part]:
    yield f'{separator}{{"id": {_written(check.id)}, "truth": "'
    yield pl.col(truth_column(check.id)).replace_strict(_TRUTHS, return_dtype=pl.String)
    yield '", "vacuous": '
    yield _number(vacuous_column(check.id))
    yield ', "counts": {'
    for at, count in enumerate(dict.fromkeys(counts_named(check.ask))):
        yield f"{', ' if at else ''}{_written(count)}: "
        yield from _ends(end_names(count))
    yield "}"
    exceptions = exceptions_asked(check.ask)
    if exceptions is not None:
        yield ', "exceptions": '
        yield from _ends(exceptions)
    yield ', "short": '
    yield _number(short_column(check.id))
    yield "}"


def _ends(names: tuple[str, str]) -> Iterator[Part]:
    yield "["
    yield _number(names[0])
    yield ", "
    yield _number(names[1])
    yield "]"


def _number(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).fill_null("null")


def _joined(parts: Iterable[Part]) -> pl.Expr:
    """Put parts together; text that meets text is joined beforehand."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return pl.concat_str(
        pl.lit(part) if isinstance(part, str) else part for part in joined
    )
