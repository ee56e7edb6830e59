"""What a cell says, in whatever form it was written, or why it cannot be read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from engine.desk.tables_from_workbooks.days import EPOCH, day_in, day_of
from engine.desk.tables_from_workbooks.folding import folded
from engine.desk.tables_from_workbooks.numbers import (
    count_in,
    count_of,
    digits_of,
    number_in,
    number_of,
)
from engine.desk.tables_from_workbooks.readings import Change, Fault, Reading, tidied
from engine.facts_from_files.columns import Column
from engine.facts_from_files.workbook_cells import Cell
from engine.vocabulary import FieldType

_BLANK: Final = Reading()
_DASHES: Final = re.compile("[-\u2010-\u2015\u2212_.…/\\s]+")
_UNKNOWN: Final = frozenset(
    {
        "chua ro", "khong ro", "chua biet", "khong biet", "chua co so lieu",
        "khong co so lieu", "chua thong ke", "chua kiem tra", "chua ra soat",
        "not known", "unknown",
    }
)  # fmt: skip
_YES: Final = frozenset({"yes", "true", "co", "x", "1"})
_NO: Final = frozenset({"no", "false", "khong", "ko", "0"})
_TICKS: Final = frozenset("✓✔☑")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
Read = Callable[[Cell], Reading]


def reader_of(
    column: Column,
    unit: frozenset[str] = frozenset(),
    labels: Mapping[str, str] = MappingProxyType({}),
    epoch: date = EPOCH,
) -> Read:
    """Return what reads the cells of a column.

    Args:
        column: Its type and choices decide.
        unit: Folded words that may stand behind a number, such as `nguoi`.
        labels: The choices by their folded labels.
        epoch: The day from which the serial numbers of days count.
    """
    match column.type:
        case FieldType.COUNT:
            return lambda cell: _known_or(
                cell, lambda text: count_in(text, unit), count_of
            )
        case FieldType.NUMBER:
            return lambda cell: _known_or(cell, number_in, number_of)
        case FieldType.DATE:
            return lambda cell: _known_or(
                cell, lambda text: day_in(text, epoch), lambda cell: day_of(cell, epoch)
            )
        case FieldType.YES_NO | FieldType.ASSESSED:
            return lambda cell: _known_or(cell, _yes_no, _yes_no_of)
        case FieldType.CHOICE:
            words = {**labels, **{folded(each): each for each in column.of}}
            return lambda cell: _known_or(
                digits_of(cell) if isinstance(cell, float) else cell,
                lambda text: _choice(text, words),
                _no_choice,
            )
        case FieldType.TEXT:
            return _text_cell


def _known_or(
    cell: Cell,
    of_text: Callable[[str], Reading],
    of_value: Callable[[Cell], Reading],
) -> Reading:
    """Read a text or a value, unless it says that nothing is known."""
    if not isinstance(cell, str):
        return of_value(cell)
    text = tidied(cell)
    if not text:
        return _BLANK
    if _DASHES.fullmatch(text):
        return Reading("", Change.DASH)
    if folded(text) in _UNKNOWN:
        return Reading("", Change.SAID_UNKNOWN)
    return of_text(text)


def _yes_no(text: str) -> Reading:
    fold = folded(text)
    if fold in _YES or text in _TICKS:
        return Reading("yes", None if text == "yes" else Change.YES_NO)
    if fold in _NO:
        return Reading("no", None if text == "no" else Change.YES_NO)
    return Reading(fault=Fault.NOT_YES_OR_NO)


def _yes_no_of(cell: Cell) -> Reading:
    match cell:
        case bool() | int() | float() if cell in {0, 1}:
            return Reading("yes" if cell else "no", Change.YES_NO)
        case _:
            return Reading(fault=Fault.NOT_YES_OR_NO)


def _choice(text: str, words: Mapping[str, str]) -> Reading:
    found = words.get(folded(text))
    if found is None:
        return Reading(fault=Fault.NOT_A_CHOICE)
    return Reading(found, None if text == found else Change.CHOICE)


def _no_choice(cell: Cell) -> Reading:
    del cell  # a number or a day is never one of the choices' words
    return Reading(fault=Fault.NOT_A_CHOICE)


def _text_cell(cell: Cell) -> Reading:
    match cell:
        case str():
            text = tidied(cell)
            if _CONTROL.search(text):
                return Reading(fault=Fault.NOT_TEXT)
            return Reading(text, None if text == cell else Change.TIDIED)
        case bool():
            return Reading("yes" if cell else "no", Change.YES_NO)
        case int() | float():
            number = number_of(cell)
            return Reading(number.value, Change.NUMBER_IN_TEXT, number.fault)
        case datetime() if cell.time() == time():
            return Reading(cell.date().isoformat())
        case date() | time():
            return Reading(cell.isoformat())
        case timedelta():
            return Reading(fault=Fault.NOT_TEXT)
