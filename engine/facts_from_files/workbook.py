"""A workbook as raw tables, a sheet a table."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final, TypeVar

import python_calamine as calamine  # noqa: TID251  (this module is the door)

from engine.errors import N_, nearest
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.findings import (
    TOLD_PER_FILE,
    Findings,
    column_letters,
    listed,
    shown,
)
from engine.facts_from_files.raw_table import RawTable, column_name, tidy
from engine.facts_from_files.workbook_cells import Cell, Rows, frame_of_rows, text_of
from engine.facts_from_files.workbook_parts import (
    Doubt,
    Doubts,
    NotAWorkbookError,
    Parts,
    TooLargeError,
    parts_of,
)
from engine.source import Place

_Taken = TypeVar("_Taken")
_Range = tuple[tuple[int, int], tuple[int, int]]

_NOTES: Final = "readme"


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet as it is kept: from its first cell, blank ones too."""

    name: str
    rows: Rows
    doubts: Doubts
    merged: tuple[_Range, ...]
    """The first and the last cell of each, as row and column from 0."""
    is_hidden: bool
    hidden_rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that holds anything, as its reader keeps it."""

    name: str
    read: calamine.CalamineSheet
    doubts: Doubts
    is_hidden: bool
    parts: Parts

    def each_row(self) -> Iterator[list[Cell]]:
        """Yield its rows from the first cell on, each made when it is asked for."""
        _, left = self.read.start or (0, 0)
        rows = self.read.iter_rows()
        return map([""].__mul__(left).__add__, rows) if left else rows


def raws_from_workbook(
    data: bytes, file: str, shapes: Mapping[str, Shape], findings: Findings
) -> list[RawTable]:
    """Return the tables of a workbook; what is amiss goes to `findings`."""

    def take(sheet: _Sheet) -> RawTable | None:
        name = tidy(sheet.name)
        if name not in shapes:
            _report_unknown(findings, file, sheet.name, shapes)
            return None
        _report_doubts(findings, file, sheet.name, sheet.doubts)
        _report_merged(findings, file, sheet)
        return _raw(name, file, sheet)

    return list(filter(None, _taken(data, file, take, findings)))


def sheets_of(data: bytes, file: str, findings: Findings) -> list[SheetCells]:
    """Return the sheets that hold anything and are no notes, or report why not."""

    def take(sheet: _Sheet) -> SheetCells:
        rows = sheet.read.to_python(skip_empty_area=False)
        merged = tuple(sheet.read.merged_cell_ranges or ())
        hidden = sheet.parts.hidden_rows(sheet.name)
        return SheetCells(
            sheet.name, rows, sheet.doubts, merged, sheet.is_hidden, hidden
        )

    return _taken(data, file, take, findings)


def _taken(
    data: bytes, file: str, take: Callable[[_Sheet], _Taken], findings: Findings
) -> list[_Taken]:
    """Return what is taken of each sheet, one at a time, or report why not."""
    try:
        with parts_of(data) as parts, _damage_named():
            return list(map(take, _sheets(parts, data)))
    except NotAWorkbookError:
        _report_not_a_workbook(findings, file)
    except TooLargeError:
        _report_too_large(findings, file)
    return []


def _sheets(parts: Parts, data: bytes) -> Iterator[_Sheet]:
    workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    visible = {
        each.name
        for each in workbook.sheets_metadata
        if each.visible == calamine.SheetVisibleEnum.Visible
    }
    for sheet in parts.sheets:
        if tidy(sheet).casefold() == _NOTES:
            continue
        doubts = parts.doubts(sheet)
        found = workbook.get_sheet_by_name(sheet)
        if doubts or any(cell != "" for row in found.iter_rows() for cell in row):
            yield _Sheet(sheet, found, doubts, sheet not in visible, parts)


@contextmanager
def _damage_named() -> Iterator[None]:
    """Turn what the reader raises over a damaged workbook into one exception."""
    try:
        yield
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise NotAWorkbookError from error
    except BaseException as error:
        # A panic of the reader's own language; its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise NotAWorkbookError from error


def _raw(name: str, file: str, sheet: _Sheet) -> RawTable:
    rows = sheet.each_row()
    headings = next(rows, [])
    cells = frame_of_rows(rows, len(headings))
    texts = tuple(column_name(text_of(heading)) for heading in headings)
    title = sheet.name  # not the sheet itself, which would stay in memory

    def place(row: int | None, column: int | None) -> Place:
        line = 1 if row is None else row + 2
        letters = "" if column is None else column_letters(column + 1)
        return Place.in_sheet(file, title, f"{letters or 'A'}{line}")

    return RawTable(name, file, texts, cells, place)


def _report_doubts(findings: Findings, file: str, sheet: str, doubts: Doubts) -> None:
    for (row, column), doubt in list(doubts.items())[:TOLD_PER_FILE]:
        place = Place.in_sheet(file, sheet, f"{column_letters(column + 1)}{row + 1}")
        match doubt:
            case Doubt.ERROR:
                findings.error(
                    "facts-error-cell",
                    place,
                    N_("this cell holds an error (such as #N/A), not a value"),
                    N_("correct its formula, or clear the cell if it is not known"),
                )
            case Doubt.NOT_CALCULATED:
                findings.error(
                    "facts-not-calculated",
                    place,
                    N_("the formula in this cell was never calculated"),
                    N_("open the workbook in a spreadsheet program and save it there"),
                )
        findings.close(place)
    findings.also(file, max(0, len(doubts) - TOLD_PER_FILE))


def _report_merged(findings: Findings, file: str, sheet: _Sheet) -> None:
    """Report merged cells among the rows: those that are covered only seem blank."""
    last, rightmost = sheet.read.end or (0, 0)
    among = [
        (top, left)
        for (top, left), (bottom, _) in sheet.read.merged_cell_ranges or ()
        if bottom > 0 and top <= last and left <= rightmost
    ]
    for top, left in among[:TOLD_PER_FILE]:
        cell = f"{column_letters(left + 1)}{top + 1}"
        place = Place.in_sheet(file, sheet.name, cell)
        findings.error(
            "facts-merged-cells",
            place,
            N_(
                "one value stands here in cells that are merged, and cannot be each one's"
            ),
            N_("unmerge them, and write each cell its own value"),
        )
        findings.close(place)
    findings.also(file, max(0, len(among) - TOLD_PER_FILE))


def _report_unknown(
    findings: Findings, file: str, sheet: str, shapes: Mapping[str, Shape]
) -> None:
    near = nearest(sheet, shapes)
    findings.error(
        "facts-unknown-table",
        Place(file, sheet=sheet),
        N_("the sheet '{sheet}' is no table of the vocabulary"),
        N_("did you mean '{near}'?")
        if near
        else N_(
            "call it README if it holds notes, or name it as one of these: {tables}"
        ),
        sheet=shown(sheet),
        near=near,
        tables=listed(shapes),
    )


def _report_not_a_workbook(findings: Findings, file: str) -> None:
    findings.error(
        "facts-not-a-workbook",
        Place(file),
        N_("this is not an Excel workbook, or it is damaged or locked with a password"),
        N_("open it in a spreadsheet program and save it as .xlsx without a password"),
    )


def _report_too_large(findings: Findings, file: str) -> None:
    findings.error(
        "facts-too-large",
        Place(file),
        N_("this workbook would take too much memory"),
        N_(
            "clear the cells far to the right and far below the tables, "
            "or save large tables as CSV or Parquet"
        ),
    )
