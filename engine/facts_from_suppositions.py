"""Facts as they are, but for what somebody supposes of a few localities."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import narwhals as nw
import polars as pl

from engine.errors import N_, Problems, QuestionError, nearest
from engine.facts import Facts
from engine.facts_from_files import cells
from engine.facts_from_files.columns import Column, shapes_of
from engine.facts_from_files.complaints import wrong_with
from engine.source import Place
from engine.supposition import Supposition, supposed_column
from engine.unchanged import collected
from engine.vocabulary import LOCALITIES, FieldType, Vocabulary

_ASKED: Final = Place("--set")
_FIXED: Final = frozenset({"id", "level", "name", "parent"})
"""What a locality is cannot be supposed away."""


def facts_from_suppositions(
    facts: Facts, vocabulary: Vocabulary, texts: Iterable[str]
) -> Facts:
    """Return facts in which each `LOCALITY.count=N` or `LOCALITY.field=value` holds.

    A count is then exactly that number at that locality, whatever its registers, its
    typed cell or the localities below say; what lies above adds it up as any other.

    Raises:
        QuestionError: there is no such locality, count or field, or the value is not
            of its kind.
    """
    known = collected(facts.localities, facts.localities.frame).to_native()
    reader, problems = _Reader(known, vocabulary), Problems()
    supposed = [reader.read(text, problems) for text in texts]
    problems.raise_as(QuestionError)
    found = tuple(each for each in supposed if each is not None)
    frame = nw.from_native(known.with_columns(_columns(found, known, reader)).lazy())
    return replace(facts, localities=facts.localities.held(frame), supposed=found)


class _Reader:
    """Reads suppositions: each names a locality and one of its columns."""

    def __init__(self, localities: pl.DataFrame, vocabulary: Vocabulary) -> None:
        self._ids = set(localities["id"])
        self.counts = vocabulary.counts
        columns = shapes_of(vocabulary)[LOCALITIES].columns
        self.columns = {name: columns[name] for name in columns.keys() - _FIXED}
        self.assessed = {
            field.id: field.columns
            for field in vocabulary.registers[LOCALITIES].fields.values()
            if field.type is FieldType.ASSESSED
        }

    def read(self, text: str, problems: Problems) -> Supposition | None:
        """Return what one text supposes; None if it is reported as a problem."""
        where, equals, written = text.partition("=")
        # Ids and names may hold dots themselves: what there is decides.
        cuts = [at for at, letter in enumerate(where) if letter == "."]
        known = [cut for cut in cuts if where[:cut] in self._ids]
        named = [cut for cut in known if where[cut + 1 :] in self.columns]
        at = next(iter(named + known), None)
        if not equals or not cuts:
            problems.error(
                "supposition-form",
                _ASKED,
                N_("'{text}' does not say what is supposed of which locality"),
                N_("write LOCALITY.count=NUMBER, such as 03389-02.households=96"),
                text=text,
            )
            return None
        if at is None:
            self._refuse_locality(where[: cuts[0]], problems)
            return None
        return self._read(where[:at], where[at + 1 :], written.strip(), problems)

    def _refuse_locality(self, locality: str, problems: Problems) -> None:
        near = nearest(locality, sorted(self._ids))
        problems.error(
            "unknown-locality",
            _ASKED,
            N_("there is no locality '{locality}'"),
            N_("the nearest is '{nearest}'; the ids stand in the table of localities")
            if near
            else N_("the ids stand in the table of localities"),
            locality=locality,
            nearest=near,
        )

    def _read(
        self, locality: str, name: str, written: str, problems: Problems
    ) -> Supposition | None:
        column = self.columns.get(name)
        if column is None:
            near = nearest(name, sorted(self.columns))
            problems.error(
                "supposition-name",
                _ASKED,
                N_("'{name}' is neither a count nor a field of localities"),
                N_("the nearest is '{nearest}'; the names stand in the vocabulary")
                if near
                else N_("the names stand in the vocabulary"),
                name=name,
                nearest=near,
            )
            return None
        value = _value(written, column)
        if value is None:
            problems.error(
                "supposition-value",
                _ASKED,
                wrong_with(column),
                N_("write one of these: {choices}")
                if column.of
                else N_("write it as a cell of that column would be written"),
                value=written,
                column=name,
                choices=", ".join(column.of),
            )
            return None
        return Supposition(locality, name, value)


def _value(written: str, column: Column) -> int | float | bool | str | None:
    """Read a value as a cell of the column would be read."""
    text = pl.DataFrame({"cell": [written or None]}, schema={"cell": pl.String})
    cell = cells.prepared(pl.col("cell"), pl.String(), column)
    prepared = text.select(cell=cell)
    value = prepared.select(cells.typed(pl.col("cell"), pl.String(), column)).item()
    return value.isoformat() if isinstance(value, date) else value


def _columns(
    supposed: Iterable[Supposition], localities: pl.DataFrame, reader: _Reader
) -> list[pl.Series]:
    """Return the columns of localities that suppositions make or change."""
    made: dict[str, dict[str, Any]] = {}
    for each in supposed:
        if each.name in reader.counts:
            made.setdefault(supposed_column(each.name), {})[each.locality] = each.value
            if each.name not in localities.columns:
                continue
        # A judgement counts only with who judged and why: here, whoever asks.
        judged = reader.assessed.get(each.name, (each.name,))
        for column in judged:
            value = each.value if column == each.name else "--set"
            made.setdefault(column, {})[each.locality] = value
    return [_changed(name, made[name], localities, reader.columns) for name in made]


def _changed(
    name: str,
    values: Mapping[str, Any],
    localities: pl.DataFrame,
    columns: Mapping[str, Column],
) -> pl.Series:
    ids = localities["id"]
    if name not in columns:
        return pl.Series(name, [values.get(each) for each in ids], dtype=pl.Int64)
    kind = columns[name].type
    if kind is FieldType.DATE:
        values = {each: date.fromisoformat(day) for each, day in values.items()}
    before = localities[name] if name in localities.columns else [None] * len(ids)
    told = [values.get(each, kept) for each, kept in zip(ids, before, strict=True)]
    return pl.Series(name, told, dtype=_TYPES[kind])


_TYPES: Final[Mapping[FieldType, type[pl.DataType]]] = {
    FieldType.YES_NO: pl.Boolean,
    FieldType.ASSESSED: pl.Boolean,
    FieldType.COUNT: pl.Int64,
    FieldType.NUMBER: pl.Float64,
    FieldType.DATE: pl.Date,
    FieldType.CHOICE: pl.String,
    FieldType.TEXT: pl.String,
}
