"""A JSON document as raw tables."""

import json
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import N_
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.document import (
    PlaceInRow,
    Row,
    raw_from_rows,
    report_not_a_cell,
    report_not_a_row,
    report_not_rows,
    report_not_tables,
    report_twice,
    report_unknown_table,
)
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.json_text import JsonText
from engine.facts_from_files.raw_table import RawTable
from engine.source import Place


def raws_from_json(
    data: bytes, file: str, shapes: Mapping[str, Shape], findings: Findings
) -> list[RawTable]:
    """Return the tables of a document; what is amiss goes to `findings`."""
    try:
        text = JsonText(data.decode("utf-8-sig"), file)
        return _Document(text, shapes, findings).tables()
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        findings.error(
            "facts-not-utf8",
            Place(file, line),
            N_("this file is not text in UTF-8"),
            N_("save it in the encoding UTF-8"),
        )
    except json.JSONDecodeError as error:
        findings.error(
            "facts-not-json",
            Place(file, error.lineno, error.colno),
            N_("from here on this is not JSON"),
            N_("look at the commas, quotation marks and brackets here and just before"),
        )
    except RecursionError:
        findings.error(
            "facts-too-deep",
            Place(file),
            N_("lists and objects stand too deep in each other"),
            N_("write each table as a list of rows, and each row with single values"),
        )
    return []


class _Document:
    """One document while it is read."""

    def __init__(
        self, text: JsonText, shapes: Mapping[str, Shape], findings: Findings
    ) -> None:
        self._text = text
        self._shapes = shapes
        self._findings = findings

    def tables(self) -> list[RawTable]:
        """Return the tables, in their order."""
        text, findings = self._text, self._findings
        if (half := text.half_a_character()) is not None:
            _report_half(findings, text.place(half))
            return []
        if text.next_sign() != "{":
            text.value()
            report_not_tables(findings, text.place(0))
            return []
        raws: dict[str, RawTable | None] = {}
        for name, at in text.entries():
            if name in raws:
                report_twice(findings, text.place(at), name)
                text.value()
            elif name in self._shapes:
                raws[name] = self._table(name, at)
            else:
                report_unknown_table(findings, text.place(at), name, self._shapes)
                raws[name] = None
                text.value()
        text.end()
        return [raw for raw in raws.values() if raw is not None]

    def _table(self, name: str, at: int) -> RawTable | None:
        """Read the value that follows a table's name."""
        text, findings = self._text, self._findings
        rows: list[Row] = []
        starts = array("Q")
        if text.next_sign() == "[":
            for start in text.items():
                text.found_twice = False
                row = text.value()
                if isinstance(row, dict):
                    starts.append(start)
                    rows.append(self._row(row, start))
                else:
                    report_not_a_row(findings, text.place(start))
        elif text.value() is not None:
            report_not_rows(findings, text.place(at), name)
            return None
        return raw_from_rows(name, text.place(at), rows, *self._places(starts))

    def _places(self, starts: Sequence[int]) -> tuple[PlaceInRow, PlaceInRow]:
        def value_place(row: int, key: str | None) -> Place:
            return self._value_place(starts[row], key)

        def key_place(row: int, key: str | None) -> Place:
            found = {each: at for each, at, _ in self._text.members_at(starts[row])}
            return self._text.place(starts[row] if key is None else found[key])

        return value_place, key_place

    def _value_place(self, start: int, key: str | None) -> Place:
        found = {each: at for each, _, at in self._text.members_at(start)}
        return self._text.place(start if key is None else found[key])

    def _row(self, row: Mapping[str, Any], start: int) -> Row:
        """Return the row with its cells as text, and report what is no cell."""
        if self._text.found_twice:
            self._report_twice(start)
        cells: dict[str, str | None] = {}
        for key, value in row.items():
            match value:
                case str() | None:
                    cells[key] = value
                case bool():
                    cells[key] = "true" if value else "false"
                case _:
                    cells[key] = None
                    place = self._value_place(start, key)
                    report_not_a_cell(self._findings, place, key)
        return cells

    def _report_twice(self, start: int) -> None:
        seen: set[str] = set()
        for key, at, _ in self._text.members_at(start):
            if key in seen:
                report_twice(self._findings, self._text.place(at), key)
            seen.add(key)


def _report_half(findings: Findings, place: Place) -> None:
    findings.error(
        "facts-half-a-character",
        place,
        N_("this escape stands for only one half of a character"),
        N_("write the character itself"),
    )
