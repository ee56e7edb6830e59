"""The answer as JSON (LANGUAGE §7), written in columns.

Each locality becomes one line. A country has a hundred thousand of them, so the lines
are put together by Polars; and what is the same for many, such as a derivation or all
that is said of a criterion, is written once for each distinct case.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

import polars as pl

from engine.assessment import Conflict
from engine.assessment_from_judged import exceptions_asked, summary_of, told_in_pieces
from engine.checks_from_counts import truth_column
from engine.interval import Interval
from engine.judged import Judged
from engine.meeting import end_names
from engine.pack import Check, Criterion, counts_named
from engine.shortfall import short_column, vacuous_column
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, outcome_column
from engine.version import VERSION

_WRITTEN_AT_ONCE: Final = 4_000
_TRUTHS: Final = {truth.value: truth.word for truth in Truth}
_OUTCOMES: Final = {code: str(outcome) for code, outcome in enumerate(OUTCOMES)}

Part = str | pl.Expr
"""Text that stands in every line, or a column of text."""


def json_from_judged(judged: Judged) -> Iterator[bytes]:
    """Yield the answer piece by piece, in UTF-8; same answer, same bytes."""
    yield _written(head_of(judged))[:-1].encode() + b', "localities": ['
    separator = b"\n "
    for lines in _lines(judged, ",\n "):
        yield separator
        yield lines
        separator = b",\n "
    yield b"\n]}\n"


def ndjson_from_judged(judged: Judged) -> Iterator[bytes]:
    """Yield the same in lines: what the answer rests on, then a locality a line."""
    yield _written(head_of(judged)).encode() + b"\n"
    for lines in _lines(judged, "\n"):
        yield lines
        yield b"\n"


def head_of(judged: Judged) -> dict[str, object]:
    """Return all but the localities."""
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
    head["summary"] = summary_of(judged)
    return head


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(judged: Judged, separator: str) -> Iterator[bytes]:
    """Yield the lines of the judged localities, some thousands of them at once."""
    cases = _cases(judged.said)
    texts = {each.id: _joined(_criterion(each)) for each in judged.pack.criteria}
    line = _joined(_line(texts)).str.join(separator).cast(pl.Binary)
    for many in told_in_pieces(judged):
        rows = _beside(many, cases)
        for criterion, text in texts.items():
            asked = many.select(pl.col(*set(text.meta.root_names()))).unique()
            told_once = asked.with_columns(text.alias(_criterion_name(criterion)))
            rows = _beside(rows, told_once)
        for few in rows.iter_slices(_WRITTEN_AT_ONCE):
            names = (_quoted(few[name]) for name in _NAMED)
            written = few.with_columns(*names, _conflicts(judged, few["row"]))
            yield written.select(line).item()


def _beside(rows: pl.DataFrame, told_once: pl.DataFrame) -> pl.DataFrame:
    """Put what is said once of rows that are alike beside each of them."""
    by = [name for name in told_once.columns if name in rows.columns]
    joined = rows.select(by).join(
        told_once, on=by, how="left", nulls_equal=True, maintain_order="left"
    )
    return rows.hstack(joined.drop(by))


_NAMED: Final = ("id", "name", "level", "parent")
# No other column has such a name.
_VERDICT, _WHY, _CONFLICTS = "written verdict", "written why", "written conflicts"


def _line(criteria: Iterable[str]) -> Iterator[Part]:
    """Yield the parts of a locality's line."""
    for name in _NAMED:
        yield f'{"{" if name == _NAMED[0] else ", "}"{name}": '
        yield pl.col(_written_name(name))
    yield ", "
    yield pl.col(_VERDICT)
    yield ', "criteria": ['
    for at, criterion in enumerate(criteria):
        yield ", " if at else ""
        yield pl.col(_criterion_name(criterion))
    yield '], "conflicts": '
    yield pl.col(_CONFLICTS)
    yield ", "
    yield pl.col(_WHY)
    yield "}"


def _written_name(column: str) -> str:
    return f"written {column}"


def _criterion_name(criterion: str) -> str:
    # A criterion may have any id, such as `name` or `verdict`.
    return f"written criterion {criterion}"


def _quoted(texts: pl.Series) -> pl.Series:
    """Return texts as JSON; most hold no sign that has to be escaped."""
    name = _written_name(texts.name)
    if texts.str.contains(_ESCAPED).any():
        return pl.Series(name, map(_written, texts), dtype=pl.String)
    return ('"' + texts + '"').fill_null("null").alias(name)


_ESCAPED: Final = r'["\\\x00-\x1f]'


def _cases(judged: Judged) -> pl.DataFrame:
    """Return each distinct case, with what is said of its verdict and of the reasons."""
    checks = [check.id for check in judged.pack.checks]
    cases = judged.frame.select("level", *map(truth_column, checks)).unique()
    judgements = [
        judged.judge.ask(level, dict(zip(checks, map(int, truths), strict=True)))
        for level, *truths in cases.rows()
    ]
    verdicts = (
        {"verdict": one.verdict, "possible": one.possible} for one in judgements
    )
    reasons = ({"derivation": one.derivation} for one in judgements)
    return cases.with_columns(
        pl.Series(name, [_written(each)[1:-1] for each in told], dtype=pl.String)
        for name, told in ((_VERDICT, verdicts), (_WHY, reasons))
    )


def _conflicts(judged: Judged, rows: pl.Series) -> pl.Series:
    found = {
        row: _written([_conflict(each) for each in judged.conflicts[row]])
        for row in judged.conflicts.keys() & set(rows)
    }
    written = rows.replace_strict(found, default="[]", return_dtype=pl.String)
    return written.alias(_CONFLICTS)


def _conflict(one: Conflict) -> dict[str, object]:
    return {
        "kind": one.kind,
        "counts": one.counts,
        "left": _interval(one.left),
        "right": _interval(one.right),
    }


def _interval(value: Interval) -> list[int | None]:
    return [value.lo, value.hi]


def _criterion(criterion: Criterion) -> Iterator[Part]:
    yield f'{{"id": {_written(criterion.id)}, "outcome": "'
    outcome = pl.col(outcome_column(criterion.id))
    yield outcome.replace_strict(_OUTCOMES, return_dtype=pl.String)
    yield '", "checks": ['
    for at, check in enumerate(criterion.checks):
        yield from _check(check, ", " if at else "")
    yield "]}"


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
