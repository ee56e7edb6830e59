"""A planned workbook as the bytes of an Excel file: the one door to XlsxWriter."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any, Final

from xlsxwriter import Workbook  # noqa: TID251  (this module is the door)
from xlsxwriter.utility import xl_range  # noqa: TID251  (the door)
from xlsxwriter.worksheet import Worksheet  # noqa: TID251  (the door)

from engine.desk.workbook_from_pack.instructions import long_lists
from engine.desk.workbook_from_pack.notes import refusal_of
from engine.desk.workbook_from_pack.sheets import (
    Column,
    Line,
    Need,
    Sheet,
    Speech,
    Style,
)
from engine.vocabulary import LARGEST_COUNT, LOCALITIES, FieldType

LAST_ROW: Final = 2**20 - 1
_NOTES: Final = "README"
_MADE: Final = datetime(2024, 1, 1)  # noqa: DTZ001  (a file has the time of no clock)
_ROOM: Final = 1_000
"""Rows that the filters reach over, beyond those that are filled in already."""
_LONGEST_LIST: Final = 255
_LONGEST_HINT: Final = 255
_FIRST_DAY: Final = date(1900, 3, 1)  # earlier, programs do not agree on the calendar
_LAST_DAY: Final = date(9999, 12, 31)
_YES_NO: Final = {"vi": ["có", "không"], "en": ["yes", "no"]}
_LINE: Final = 15.0
_A4: Final = 9
_COLOURS: Final = {Need.KEY: "#BDD7EE", Need.ASKED: "#E2EFDA", Need.OPTIONAL: "#EDEDED"}
_WIDTHS: Final = (28, 34, 90)
_TITLE_ROWS: Final = 2
_LONGEST_CELL: Final = 32_767
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def bytes_of(sheets: Sequence[Sheet], notes: Sequence[Line], speech: Speech) -> bytes:
    """Return the workbook; the same plan gives the same bytes."""
    file = BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"created": _MADE, "author": "diaban"})
        writer = _Writer(book, speech, long_lists(notes))
        writer.notes(notes)
        for sheet in sheets:
            writer.sheet(sheet)
    return file.getvalue()


def bytes_of_table(
    title: str, header: Sequence[str], rows: Sequence[Sequence[str | int]]
) -> bytes:
    """Return a workbook of one sheet to read and print; the same table, the same bytes."""
    file = BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"created": _MADE, "author": "diaban"})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "font_size": 13})
        ruled = {"border": 1, "text_wrap": True, "valign": "top"}
        heading = book.add_format(ruled | {"bold": True, "bg_color": "#D9E1F2"})
        cell = book.add_format(ruled)
        sheet.write_string(0, 0, title, bold)
        for row, cells in enumerate((header, *rows), start=_TITLE_ROWS):
            style = heading if row == _TITLE_ROWS else cell
            for column, value in enumerate(cells):
                # Never `write`: it would take some texts for formulas or numbers.
                if isinstance(value, int):
                    sheet.write_number(row, column, value, style)
                else:
                    sheet.write_string(row, column, value[:_LONGEST_CELL], style)
        for column in range(len(header)):
            longest = max(len(str(each[column])) for each in (header, *rows))
            sheet.set_column(column, column, min(max(longest + 2, 8), 40))
        sheet.freeze_panes(_TITLE_ROWS + 1, 0)
        sheet.repeat_rows(_TITLE_ROWS)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(
        self, book: Workbook, speech: Speech, lists: Mapping[str, tuple[int, int]]
    ) -> None:
        self._book = book
        self._speech = speech
        self._lists = lists
        top = {
            "valign": "top",
            "text_wrap": True,
            "border": 1,
            "border_color": "#A6A6A6",
        }
        self._headings = {
            need: book.add_format(top | {"bg_color": colour})
            for need, colour in _COLOURS.items()
        }
        self._label = book.add_format({"bold": True})
        self._small = book.add_format({"font_size": 9})
        self._id = book.add_format({"font_size": 8, "font_color": "#7F7F7F"})
        self._text = book.add_format({"num_format": "@"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})
        self._whole = book.add_format({"num_format": "0"})
        self._plain = book.add_format({})
        self._styles = {
            Style.TITLE: book.add_format({"bold": True, "font_size": 15}),
            Style.HEADING: book.add_format({"bold": True, "font_color": "#1F4E78"}),
            Style.PLAIN: self._plain,
            Style.TABLE: book.add_format(top),
        }

    def notes(self, lines: Sequence[Line]) -> None:
        """Write the instructions."""
        sheet = self._book.add_worksheet(_NOTES)
        sheet.hide_gridlines(2)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines):
            if line.style is Style.TABLE:
                sheet.set_row(row, _LINE * _lines_in(line.cells))
            for column, cell in enumerate(line.cells):
                sheet.write_string(row, column, cell, self._styles[line.style])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def sheet(self, planned: Sheet) -> None:
        """Write a table to fill in."""
        sheet = self._book.add_worksheet(planned.id)
        height = 1
        for at, column in enumerate(planned.columns):
            sheet.set_column(at, at, column.width, self._format(column))
            self._heading(sheet, at, column)
            self._validation(sheet, at, column, planned)
            height = max(height, _height(column))
        sheet.set_row(0, _LINE * height)
        for row, cells in enumerate(planned.rows, start=1):
            for at, cell in enumerate(cells):
                if cell:
                    sheet.write_string(row, at, cell, self._text)
        sheet.ignore_errors({"number_stored_as_text": _text_cells(planned)})
        sheet.freeze_panes(1, planned.frozen)
        last = min(LAST_ROW, len(planned.rows) + _ROOM)
        sheet.autofilter(0, 0, last, len(planned.columns) - 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, planned.frozen - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)

    def _format(self, column: Column) -> Any:
        match column.type:
            case FieldType.TEXT | FieldType.CHOICE:
                return self._text
            case FieldType.DATE:
                return self._day
            case FieldType.COUNT:
                return self._whole
            case FieldType.YES_NO | FieldType.ASSESSED | FieldType.NUMBER:
                return self._plain

    def _heading(self, sheet: Worksheet, at: int, column: Column) -> None:
        pieces: list[object] = [self._label, _capital(column.label)]
        if column.about:
            pieces += [self._small, f"\n{column.about}"]
        pieces += [self._id, f"\n[{column.id}]", self._headings[column.need]]
        sheet.write_rich_string(0, at, *pieces)
        lines = sum(1 + len(line) // 52 for line in column.note.split("\n"))
        size = {"x_scale": 2.6, "y_scale": max(1.0, lines / 4.2), "font_size": 9}
        sheet.write_comment(0, at, column.note, size | {"author": "diaban"})

    def _validation(
        self, sheet: Worksheet, at: int, column: Column, planned: Sheet
    ) -> None:
        rule = self._rule(column, f"{planned.id}: {column.id}")
        if rule is None:
            return
        refusal = {
            "ignore_blank": True,
            "error_title": "diaban",
            "error_message": refusal_of(column, self._speech)[:_LONGEST_HINT],
            "error_type": "warning"
            if column.is_open or column.names_locality
            else "stop",
        }
        sheet.data_validation(1, at, LAST_ROW, at, rule | refusal)

    def _rule(self, column: Column, place: str) -> dict[str, Any] | None:
        if column.names_locality:
            return {"validate": "list", "source": _IDS}
        match column.type:
            case FieldType.YES_NO | FieldType.ASSESSED:
                return {"validate": "list", "source": _YES_NO[self._speech.language]}
            case FieldType.CHOICE:
                return {"validate": "list", "source": self._source(column, place)} | (
                    _hint(column)
                )
            case FieldType.DATE:
                return _between("date", _FIRST_DAY, _LAST_DAY)
            case FieldType.COUNT:
                return _between("integer", 0, LARGEST_COUNT)
            case FieldType.NUMBER:
                return _between("decimal", -(10**15), 10**15)
            case FieldType.TEXT:
                return None

    def _source(self, column: Column, place: str) -> list[str] | str:
        """Return the choices, or where they stand if a list cannot hold them."""
        choices = list(column.choices)
        in_line = ",".join(choices)
        if len(in_line) <= _LONGEST_LIST and in_line.count(",") == len(choices) - 1:
            return choices
        first, last = self._lists[place]
        return f"={_NOTES}!$B${first + 1}:$B${last + 1}"


_IDS: Final = f"=OFFSET({LOCALITIES}!$A$2,0,0,MAX(1,COUNTA({LOCALITIES}!$A:$A)-1),1)"
"""The ids that stand in the sheet of localities, as many as there are."""


def _between(kind: str, least: object, most: object) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}


def _hint(column: Column) -> dict[str, str]:
    """Return what is shown beside the cell: what the choices mean, if it fits."""
    lines = [f"{each}: {label}" for each, label in column.choices.items() if label]
    text = "\n".join(lines)
    return {"input_message": text} if 0 < len(text) <= _LONGEST_HINT else {}


def _text_cells(planned: Sheet) -> str:
    """Return the ranges where digits are meant as text, such as ids."""
    return " ".join(
        xl_range(1, at, LAST_ROW, at)
        for at, column in enumerate(planned.columns)
        if column.type is FieldType.TEXT
    )


def _height(column: Column) -> int:
    parts = (column.label, column.about, f"[{column.id}]")
    return sum(ceil(len(part) * 1.15 / column.width) for part in parts)


def _lines_in(cells: Sequence[str]) -> int:
    return max(
        ceil(len(cell) * 1.1 / width)
        for cell, width in zip(cells, _WIDTHS, strict=False)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
