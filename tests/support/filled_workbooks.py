"""A workbook filled in as a spreadsheet program would store what a person types."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl  # noqa: TID251  (tests write what the engine reads)

Rows = Iterable[Mapping[str, str]]
Keep = Callable[[str], Any]

DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBER = re.compile(r"0|[1-9]\d*(\.\d+)?")
ID_IN_HEADING = re.compile(r"\[(.+)\]$")
TEXT_COLUMNS = ("id", "name", "parent", "locality", "decision", "document")


def tables_in(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return the CSV tables of a folder as they are written."""
    return {
        file.stem: list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
        for file in sorted(folder.glob("*.csv"))
    }


def as_typed(column: str, text: str) -> Any:
    """Return what a spreadsheet program stores: days as moments, numbers as floats."""
    if not text:
        return None
    if column in TEXT_COLUMNS:
        return text
    if DAY.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    if NUMBER.fullmatch(text):
        return float(text)
    return {"yes": "có", "no": False}.get(text, text)


def fill(book: Path, tables: Mapping[str, Rows]) -> Path:
    """Write rows under the headings of a workbook, over what stands there."""
    opened = openpyxl.load_workbook(book)
    for name, rows in tables.items():
        sheet = opened[name]
        columns = columns_of(sheet)
        for at, row in enumerate(rows, start=2):
            for column, text in row.items():
                if text:
                    value = as_typed(column, text)
                    sheet.cell(at, columns[column]).value = value
    opened.save(book)
    return book


def columns_of(sheet: Any) -> dict[str, int]:
    """Return the number of each column by the id in its heading."""
    found = {}
    for cell in sheet[1]:
        named = ID_IN_HEADING.search(cell.value)
        assert named, f"{cell.coordinate} names no column"
        found[named[1]] = cell.column
    return found
