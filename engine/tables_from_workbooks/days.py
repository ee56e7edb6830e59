"""Days, in whatever form they are written."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from engine.facts_from_files.workbook import Cell
from engine.tables_from_workbooks.folding import folded
from engine.tables_from_workbooks.readings import Change, Fault, Reading
from engine.vocabulary import LARGEST_COUNT

_DIGITS: Final = re.compile("[0-9]{1,15}")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
_DAY: Final = re.compile(
    r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})(?: 0?0:00(?::00)?)?"
)
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_IN_WORDS: Final = re.compile(
    "(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2}) nam ([0-9]{4})"
)
_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = (18_264, 73_415)
"""1950 to 2100; so a year alone, such as 2024, is not taken for a day of 1905."""
_YEARS: Final = (1900, 2100)


def day_in(text: str) -> Reading:
    """Read a text as a day."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY.fullmatch(text):
        day, _, month, year = found.groups()
    elif found := _IN_WORDS.fullmatch(folded(text)):
        day, month, year = found.groups()
    elif _SHORT_YEAR.fullmatch(text):
        return Reading(fault=Fault.AMBIGUOUS_YEAR)
    elif _DIGITS.fullmatch(text):
        return _serial(int(text))
    else:
        return _NOT_A_DAY
    return _calendar(int(year), int(month), int(day), Change.DAY_AS_TEXT)


_NOT_A_DAY: Final = Reading(fault=Fault.NOT_A_DAY)


def _calendar(year: int, month: int, day: int, change: Change | None) -> Reading:
    try:
        found = date(year, month, day)
    except ValueError:
        return _NOT_A_DAY
    first, last = _YEARS
    if not first <= found.year <= last:
        return _NOT_A_DAY
    return Reading(found.isoformat(), change)


def _serial(days: int) -> Reading:
    first, last = _SERIALS
    if not first <= days <= last:
        return _NOT_A_DAY
    return Reading((_EPOCH + timedelta(days=days)).isoformat(), Change.SERIAL_DAY)


def day_of(cell: Cell) -> Reading:
    """Read a typed cell as a day; a bare number is a spreadsheet program's serial."""
    match cell:
        case bool():
            return _NOT_A_DAY
        case datetime() if cell.time() == time():
            return _calendar(cell.year, cell.month, cell.day, None)
        case datetime():
            return _NOT_A_DAY
        case date():
            return _calendar(cell.year, cell.month, cell.day, None)
        case int() | float() if abs(cell) < LARGEST_COUNT and cell % 1 == 0:
            return _serial(int(cell))
        case _:
            return _NOT_A_DAY
