"""A workbook as raw tables, a sheet a table."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Final

import polars as pl
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
from engine.facts_from_files.raw_table import (
    RawTable,
    cell_name,
    column_name,
    numbered,
    tidy,
)
from engine.facts_from_files.workbook_parts import (
    Doubt,
    Doubts,
    NotAWorkbookError,
    Parts,
    TooLargeError,
    parts_of,
)
from engine.source import Place

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank one is an empty text."""
Rows = list[list[Cell]]
_Range = tuple[tuple[int, int], tuple[int, int]]

_NOTES: Final = "readme"
_EXACT_FLOAT: Final = 2**53


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet as it is kept: from its first cell, blank ones too."""

    name: str
    rows: Rows
    doubts: Doubts
    merged: tuple[_Range, ...]
    """The first and the last cell of each, as row and column from 0."""
    is_hidden: bool


def raws_from_workbook(
    data: bytes, file: str, shapes: Mapping[str, Shape], findings: Findings
) -> list[RawTable]:
    """Return the tables of a workbook; what is amiss goes to `findings`."""
    raws = []
    for sheet in sheets_of(data, file, findings):
        if (name := tidy(sheet.name)) in shapes:
            _report_doubts(findings, file, sheet.name, sheet.doubts)
            raws.append(_raw(name, file, sheet.name, sheet.rows))
        else:
            _report_unknown(findings, file, sheet.name, shapes)
    return raws


def sheets_of(data: bytes, file: str, findings: Findings) -> list[SheetCells]:
    """Return the sheets that hold anything and are no notes, or report why not."""
    try:
        with parts_of(data) as parts:
            return list(_sheets(parts, data))
    except NotAWorkbookError:
        _report_not_a_workbook(findings, file)
    except TooLargeError:
        _report_too_large(findings, file)
    return []


def _sheets(parts: Parts, data: bytes) -> Iterator[SheetCells]:
    with _damage_named():
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
        with _damage_named():
            found = workbook.get_sheet_by_name(sheet)
            rows = found.to_python(skip_empty_area=False)
            merged = tuple(found.merged_cell_ranges or ())
        if doubts or any(cell != "" for row in rows for cell in row):
            yield SheetCells(
                sheet, rows, doubts, merged, is_hidden=sheet not in visible
            )


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


def _raw(name: str, file: str, sheet: str, rows: Rows) -> RawTable:
    headings, *body = rows or [[]]

    def place(row: int | None, column: int | None) -> Place:
        line = 1 if row is None else row + 2
        letters = "" if column is None else column_letters(column + 1)
        return Place.in_sheet(file, sheet, f"{letters or 'A'}{line}")

    columns = list(zip(*body, strict=True)) or [() for _ in headings]
    named = {cell_name(at): _series(column) for at, column in enumerate(columns)}
    cells = numbered(pl.DataFrame(named))
    texts = tuple(column_name(_text(heading)) for heading in headings)
    return RawTable(name, file, texts, cells, place)


def _series(column: Sequence[Cell]) -> pl.Series:
    """Return a column's cells, as whole numbers if they are, or else as text."""
    kinds = set(map(type, column))
    if float in kinds and kinds <= {float, str}:
        whole = _whole_numbers(column)
        if whole is not None:
            return whole
    texts = column if kinds <= {str} else _texts(column)
    return pl.Series(texts, dtype=pl.String)


def _whole_numbers(column: Sequence[Cell]) -> pl.Series | None:
    """Return the whole numbers of a column of these and blank cells; else none."""
    numbers = [None if cell == "" else cell for cell in column]
    if str in set(map(type, numbers)):
        return None
    given = pl.Series(numbers, dtype=pl.Float64)
    whole = given.cast(pl.Int64, strict=False)
    is_whole = (whole == given) & (given.abs() < _EXACT_FLOAT)
    return whole if is_whole.sum() == len(given) - given.null_count() else None


def _texts(column: Sequence[Cell]) -> list[str]:
    """Return a column's cells as text, each distinct one worked out once."""
    if bool in set(map(type, column)):  # True would be found in place of 1
        return list(map(_text, column))
    texts = {cell: _text(cell) for cell in set(column)}
    return list(map(texts.__getitem__, column))


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() | int():
            return _number_text(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)


def _number_text(number: float) -> str:
    """Return the digits that a spreadsheet program shows, at most fifteen if broken."""
    if abs(number) < _EXACT_FLOAT and number == int(number):
        return str(int(number))
    return format(Decimal(f"{number:.15g}"), "f")


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
