"""Counts and numbers, in whatever form they are written."""

import re
from decimal import Decimal
from typing import Final

from engine.desk.tables_from_workbooks.folding import folded
from engine.desk.tables_from_workbooks.readings import Change, Fault, Reading
from engine.facts_from_files.workbook_cells import Cell
from engine.vocabulary import LARGEST_COUNT, MOST_DIGITS

_NONE: Final = frozenset({"khong", "khong co", "ko", "none"})
_DIGITS: Final = re.compile("[0-9]+")
_GROUPS: Final = re.compile("[1-9][0-9]{0,2}(?:[. \u00a0\u202f][0-9]{3})+")
_WITH_UNIT: Final = re.compile("([0-9]+)\\s*([^0-9\\s].*)")
_ZERO_DECIMALS: Final = re.compile("([0-9]+),0{1,2}")
_DECIMAL: Final = re.compile(r"(-?[0-9]+)([.,])([0-9]+)")
_MAY_BE_THOUSANDS: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
"""A part of a whole to one reader, and thousands to another."""
_GROUPED: Final = re.compile(r"(-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")


def count_in(text: str, unit: frozenset[str]) -> Reading:
    """Read a text as a whole number from 0."""
    if _DIGITS.fullmatch(text):
        return _whole(text, Change.NUMBER_AS_TEXT)
    if _GROUPS.fullmatch(text):
        return _whole(re.sub("[^0-9]", "", text), Change.THOUSANDS)
    if found := _ZERO_DECIMALS.fullmatch(text):
        return _whole(found[1], Change.DECIMAL_COMMA)
    fold = folded(text)
    if fold in _NONE or any(
        fold == f"{none} {each}" for none in _NONE for each in unit
    ):
        return Reading("0", Change.WORD_FOR_NONE)
    if (found := _WITH_UNIT.fullmatch(text)) and folded(found[2]) in unit:
        return _whole(found[1], Change.UNIT)
    return Reading(fault=Fault.NOT_A_COUNT)


def _whole(digits: str, change: Change) -> Reading:
    number = digits.lstrip("0") or "0"
    if len(number) > MOST_DIGITS or int(number) > LARGEST_COUNT:
        return Reading(fault=Fault.NOT_A_COUNT)
    return Reading(number, change)


def count_of(cell: Cell) -> Reading:
    """Read a typed cell as a whole number from 0."""
    match cell:
        case bool():
            return Reading(fault=Fault.NOT_A_COUNT)
        case int() | float() if 0 <= cell <= LARGEST_COUNT and cell % 1 == 0:
            return Reading(str(int(cell)))
        case _:
            return Reading(fault=Fault.NOT_A_COUNT)


def number_in(text: str) -> Reading:
    """Read a text as a number."""
    if _DIGITS.fullmatch(text.removeprefix("-")):
        return _exact(text, Change.NUMBER_AS_TEXT)
    if found := _DECIMAL.fullmatch(text):
        whole, sign, decimals = found.groups()
        if _MAY_BE_THOUSANDS.fullmatch(f"{whole}.{decimals}"):
            return Reading(fault=Fault.AMBIGUOUS_NUMBER)
        change = Change.DECIMAL_COMMA if sign == "," else Change.NUMBER_AS_TEXT
        return _exact(f"{whole}.{decimals}", change)
    if found := _GROUPED.fullmatch(text):
        whole = found[1].replace(".", "")
        return _exact(f"{whole}.{found[2]}" if found[2] else whole, Change.THOUSANDS)
    if folded(text) in _NONE:
        return Reading("0", Change.WORD_FOR_NONE)
    return Reading(fault=Fault.NOT_A_NUMBER)


def _exact(text: str, change: Change) -> Reading:
    number = Decimal(text)
    if len(number.as_tuple().digits) > MOST_DIGITS:
        return Reading(fault=Fault.NOT_A_NUMBER)
    return Reading(format(number, "f"), change)


def number_of(cell: Cell) -> Reading:
    """Read a typed cell as a number."""
    match cell:
        case bool():
            return Reading(fault=Fault.NOT_A_NUMBER)
        case int() | float() if abs(cell) < 10**MOST_DIGITS:
            return Reading(digits_of(cell))
        case _:
            return Reading(fault=Fault.NOT_A_NUMBER)


def digits_of(number: float) -> str:
    """Return the digits that a spreadsheet program shows."""
    return format(Decimal(f"{number:.15g}"), "f")
