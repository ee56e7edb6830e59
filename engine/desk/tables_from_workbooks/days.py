"""Days, in whatever form they are written."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from engine.desk.tables_from_workbooks.folding import folded
from engine.desk.tables_from_workbooks.readings import Change, Fault, Reading
from engine.facts_from_files.workbook_cells import Cell
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
EPOCH: Final = date(1899, 12, 30)
"""From which spreadsheet programs count, but for those that once ran on a Macintosh."""
EPOCH_OF_1904: Final = date(1904, 1, 1)
_YEARS: Final = (1900, 2100)
_YEARS_OF_SERIALS: Final = (1950, 2100)
"""So a year alone, such as 2024, is not taken for a day of 1905."""


def day_in(text: str, epoch: date = EPOCH) -> Reading:
    """Read a text as a day; a bare number is a serial, counted from `epoch`."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY.fullmatch(text):
        day, _, month, year = found.groups()
    elif found := _IN_WORDS.fullmatch(folded(text)):
        day, month, year = found.groups()
    elif _SHORT_YEAR.fullmatch(text):
        return Reading(fault=Fault.AMBIGUOUS_YEAR)
    elif _DIGITS.fullmatch(text):
        return _serial(int(text), epoch)
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


def _serial(days: int, epoch: date) -> Reading:
    first, last = _YEARS_OF_SERIALS
    earliest, latest = date(first, 1, 1) - epoch, date(last, 12, 31) - epoch
    if not earliest.days <= days <= latest.days:
        return _NOT_A_DAY
    return Reading((epoch + timedelta(days=days)).isoformat(), Change.SERIAL_DAY)


def day_of(cell: Cell, epoch: date = EPOCH) -> Reading:
    """Read a typed cell as a day; a bare number is a serial, counted from `epoch`."""
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
            return _serial(int(cell), epoch)
        case _:
            return _NOT_A_DAY
