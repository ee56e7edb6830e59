"""The sheets of the files to import, as they are kept: cells, merged ranges, doubts."""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from engine.desk.tables_from_workbooks.days import EPOCH, EPOCH_OF_1904
from engine.errors import N_
from engine.facts_from_files.csv_text import (
    CsvText,
    Disorder,
    report_disorder,
    report_not_utf8,
)
from engine.facts_from_files.findings import Findings, column_letters
from engine.facts_from_files.workbook import sheets_of
from engine.facts_from_files.workbook_cells import Cell, Rows
from engine.facts_from_files.workbook_parts import Doubts
from engine.source import Place

_LARGEST: Final = {".xlsx": 2**28, ".csv": 2**28}
_MARK: Final = b"\xef\xbb\xbf"
_DELIMITERS: Final = (",", ";", "\t")
_LINES_LOOKED_AT: Final = 50
_MACROS: Final = ("vbaproject", "xl/macrosheets/", "xl/dialogsheets/")
_LINKS: Final = "xl/externallinks/"
_SETTINGS: Final = 2**20
"""Bytes of a workbook's index; its settings stand at its beginning."""
_COUNTS_FROM_1904: Final = re.compile(rb"date1904\s*=\s*[\"'](?:1|true)[\"']")
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """Merged cells, from the first to the last, both included; all count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a CSV file; a blank cell is an empty text."""

    file: str
    name: str | None
    rows: Rows
    merged: tuple[Range, ...] = ()
    doubts: Doubts = field(default_factory=dict)
    lines: Sequence[int] | None = None
    """Where each row of a CSV file begins."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """By a filter, too."""
    epoch: date = EPOCH
    """The day from which its bare numbers count days."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, both counted from 0."""
        if self.lines is not None:
            return Place(self.file, self.lines[row], column + 1)
        cell = f"{column_letters(column + 1)}{row + 1}"
        return Place.in_sheet(self.file, self.name or "", cell)

    def text(self, row: int, column: int) -> str:
        """Return what a cell of a heading or a title says, on one line."""
        cell: Cell = self.rows[row][column]
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return " ".join(str(cell).split())


def sheets_in(path: Path, findings: Findings) -> list[Sheet]:
    """Return the sheets of a file; what is amiss goes to `findings`."""
    kind, file = path.suffix.lower(), str(path)
    if kind not in _LARGEST:
        _report_kind(kind, file, findings)
        return []
    data = _bytes_of(path, _LARGEST[kind], findings)
    if data is None:
        return []
    if kind == ".csv":
        return list(_of_csv(data, file, findings))
    names, epoch = _index_of(data)
    if _holds_what_is_refused(names, file, findings):
        return []
    return [
        Sheet(
            file,
            each.name,
            each.rows,
            tuple(Range(*first, *last) for first, last in each.merged),
            each.doubts,
            is_hidden=each.is_hidden,
            hidden_rows=each.hidden_rows,
            epoch=epoch,
        )
        for each in sheets_of(data, file, findings)
    ]


def _bytes_of(path: Path, limit: int, findings: Findings) -> bytes | None:
    file = str(path)
    try:
        with path.open("rb") as opened:
            data = opened.read(limit + 1)
    except OSError:
        findings.error(
            "import-not-readable",
            Place(file),
            N_("this file cannot be opened"),
            N_("check that it exists, that you may read it, and that it is closed"),
        )
        return None
    if len(data) <= limit:
        return data
    findings.error(
        "import-too-large",
        Place(file),
        N_("this file has more than {limit} bytes"),
        N_("split it, a workbook a commune"),
        limit=limit,
    )
    return None


def _index_of(data: bytes) -> tuple[list[str], date]:
    """Return the names of a workbook's parts, and the day from which it counts days."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = [name.lower() for name in parts.namelist()]
            with parts.open("xl/workbook.xml") as part:
                settings = part.read(_SETTINGS)
    except (*_DAMAGE, KeyError):
        return [], EPOCH  # its reader will say so
    return names, EPOCH_OF_1904 if _COUNTS_FROM_1904.search(settings) else EPOCH


def _holds_what_is_refused(names: list[str], file: str, findings: Findings) -> bool:
    """Report macros and links to other files."""
    if any(mark in name for name in names for mark in _MACROS):
        _report_macros(file, findings)
        return True
    if any(name.startswith(_LINKS) for name in names):
        findings.error(
            "import-external-links",
            Place(file),
            N_("this workbook takes values from other files, which may have changed"),
            N_("break the links (Data, Edit Links, Break Link), check, and save it"),
        )
        return True
    return False


def _report_macros(file: str, findings: Findings) -> None:
    findings.error(
        "import-macros",
        Place(file),
        N_("this workbook holds macros, and is not opened"),
        N_("save it as .xlsx, which holds none"),
    )


def _report_kind(kind: str, file: str, findings: Findings) -> None:
    if kind in {".xlsm", ".xltm", ".xlsb", ".xlam"}:
        _report_macros(file, findings)
        return
    findings.error(
        "import-unknown-kind",
        Place(file),
        N_("this is neither an .xlsx workbook nor a .csv file"),
        N_("save it as .xlsx (.xls and .ods too)"),
    )


def _of_csv(data: bytes, file: str, findings: Findings) -> Iterator[Sheet]:
    data = data.removeprefix(_MARK)
    try:
        # UTF-16, or no text at all, holds bytes that are zero.
        text = data.replace(b"\0", b"\xff").decode()
        delimiter = _delimiter(text)
        records = list(CsvText(data, file, 1, delimiter, ()).records())
    except UnicodeDecodeError as error:
        report_not_utf8(findings, error, file, 1)
        return
    except Disorder as disorder:
        report_disorder(findings, disorder, file)
        return
    width = max((len(row) for _, row in records), default=0)
    rows: Rows = [[*row, *[""] * (width - len(row))] for _, row in records]
    if width:
        yield Sheet(file, None, rows, lines=[line for line, _ in records])


def _delimiter(text: str) -> str:
    """Return the sign that splits the first lines into the most cells."""
    lines = text.splitlines()[:_LINES_LOOKED_AT]

    def cells(delimiter: str) -> int:
        try:
            return sum(map(len, csv.reader(lines, delimiter=delimiter)))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=cells)
