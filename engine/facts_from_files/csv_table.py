"""A CSV file as a raw table: quickly by polars, or by hand where it is out of order."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

import polars as pl

from engine.errors import N_
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.csv_text import (
    CsvText,
    Disorder,
    csv_text,
    report_disorder,
    report_not_utf8,
)
from engine.facts_from_files.findings import TOLD_PER_FILE, Findings
from engine.facts_from_files.raw_table import (
    RawTable,
    cell_name,
    frame_of_text,
    numbered,
)
from engine.source import Place

_QUOTED: Final = rb'(?<![^%b\n])"(?:[^"]++|"")*+"(?=[%b\r\n]|\Z)'
"""A quoted cell, from its delimiter to the next."""


def raw_from_csv(
    data: bytes, file: str, shape: Shape, findings: Findings
) -> RawTable | None:
    """Return the table that stands in a CSV file, or report why it cannot be read."""
    text = csv_text(data, file, shape.columns.keys(), findings)
    if text is None:
        return None
    return _quickly(text, shape.name) or _by_hand(text, shape.name, findings)


def _raw(
    text: CsvText, name: str, cells: pl.DataFrame, line_of: Callable[[int], int]
) -> RawTable:
    def place(row: int | None, column: int | None) -> Place:
        line = text.first_line if row is None else line_of(row)
        return Place(text.file, line, None if column is None else column + 1)

    return RawTable(name, text.file, text.headings, cells, place)


def _quickly(text: CsvText, name: str) -> RawTable | None:
    """Return the table, or none if polars might not read it as everybody does.

    It does if each quotation mark opens, closes or is doubled within a quoted cell, and
    each line ends as it does on Unix or Windows.
    """
    data, sign = text.data, text.delimiter.encode()
    quoted = b'"' in data
    if data.count(b"\r") != data.count(b"\r\n") or (
        quoted and b'"' in re.sub(_QUOTED % (sign, sign), b"", data)
    ):
        return None
    schema = {cell_name(each): pl.String for each in range(len(text.headings))}
    try:
        cells = pl.read_csv(
            data, has_header=False, separator=text.delimiter, schema=schema
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    if quoted:
        return _raw(text, name, numbered(cells[1:]), _lines_by_counting(text))
    if cells.height != data.count(b"\n") + (not data.endswith(b"\n")):
        return None  # the lines' numbers would be wrong
    first = text.first_line + 1
    return _raw(text, name, numbered(cells[1:]), lambda row: first + row)


def _lines_by_counting(text: CsvText) -> Callable[[int], int]:
    @cache
    def lines() -> list[int]:
        return [line for line, _ in text.records()]

    return lambda row: lines()[row + 1]


def _by_hand(text: CsvText, name: str, findings: Findings) -> RawTable | None:
    """Return the table, or report where it is out of order."""
    rows: list[list[str]] = []
    lines: list[int] = []
    width, longer = len(text.headings), []
    try:
        for line, row in text.records():
            if any(map(str.strip, row[width:])):
                longer.append(line)
            rows.append(row[:width] + [""] * (width - len(row)))
            lines.append(line)
    except UnicodeDecodeError as error:
        report_not_utf8(findings, error, text.file, text.first_line)
        return None
    except Disorder as disorder:
        report_disorder(findings, disorder, text.file)
        return None
    _report_longer(findings, text, longer)
    columns = [list(column) for column in zip(*rows, strict=True)]
    cells = frame_of_text([column[1:] for column in columns])
    return _raw(text, name, cells, lambda row: lines[row + 1])


def _report_longer(findings: Findings, text: CsvText, lines: list[int]) -> None:
    for line in lines[:TOLD_PER_FILE]:
        findings.error(
            "facts-extra-cells",
            Place(text.file, line, len(text.headings) + 1),
            N_("this row has more cells than there are headings ({number})"),
            N_(
                "put a cell that holds the delimiter into quotation marks, or remove "
                "what stands beyond the last heading"
            ),
            number=len(text.headings),
        )
    findings.also(text.file, len(lines[TOLD_PER_FILE:]))
