"""What each row below the headings is: data, a total, or something beside the table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from engine.desk.tables_from_workbooks.folding import folded
from engine.desk.tables_from_workbooks.headings import Headed, Kind
from engine.facts_from_files.workbook_cells import Cell
from engine.vocabulary import FieldType

_UNIT: Final = (
    "xa|phuong|thi tran|dac khu|huyen|quan|tinh|thanh pho|thon|ban|to dan pho|don vi"
)
_TOTAL: Final = re.compile(
    rf"(?:tong|tong cong|tong so|tong hop|cong|cong don|total|sum|grand total)"
    rf"(?: (?:toan |ca )?(?:{_UNIT})(?: .*)?)?"
    rf"|(?:tong cong |tong so |tong |cong )?(?:toan|ca) (?:{_UNIT})(?: .*)?"
)
_MAY_BE_TOTAL: Final = re.compile("[tcsg][^ ]*(?:[nm]g|[aà]n|al|m|ả)", re.IGNORECASE)
_FOOTER: Final = re.compile(
    r"nguoi (?:lap|tong hop|kiem tra|bao cao|ky)(?: bieu| bang| phieu)?"
    r"|(?:tm|kt|tl|tuq) .*|tm|chu tich|pho chu tich|noi nhan.*|ghi chu.*|xac nhan cua .*"
    r"|truong cong an.*|thu truong.*|ky ten.*|luu .*|(?:.* )?ngay [0-9 ]*thang [0-9 ]*nam.*"
)
_NUMBERED: Final = re.compile(r"\(?([0-9]{1,3})\)?(?:\s*=.*)?")
_NUMBERS_AT_LEAST: Final = 3
_NUMERIC: Final = {FieldType.COUNT, FieldType.NUMBER}
_NUMBER: Final = (int, float)  # asked for in each row; a union takes twice as long


class RowKind(Enum):
    """What a row is."""

    DATA = auto()
    TOTAL = auto()
    NUMBERS = auto()
    """It numbers the columns."""
    BESIDE = auto()
    """A signature, a date, a note, or a heading within the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank, by its number in the sheet."""

    number: int
    kind: RowKind


class Rows:
    """Tells the rows of one sheet apart."""

    def __init__(self, headed: Headed) -> None:
        self._rows = headed.sheet.rows
        self._first = headed.first
        taken = headed.taken
        keys = [
            taken[name].position for name in ("id", "name", "locality") if name in taken
        ]
        self._keys = keys
        self._labels = list(
            dict.fromkeys(
                [*keys, *([headed.serial] if headed.serial is not None else [])]
            )
        )
        self._numeric = [
            each.position
            for each in taken.values()
            if each.column and each.column.type in _NUMERIC
        ]
        self._read = [
            each.position for each in headed.headings if each.kind is not Kind.SERIAL
        ]
        self._headings = sum(each.kind is not Kind.BLANK for each in headed.headings)
        self._doubted = {row for row, _ in headed.sheet.doubts}
        self._wide = {
            each.top
            for each in headed.sheet.merged
            if each.top == each.bottom
            and each.right - each.left + 1 > max(2, headed.sheet.width // 2)
        }

    def __iter__(self) -> Iterator[Row]:
        """Yield every row that is not blank."""
        totalled = ended = False
        for number in range(self._first, len(self._rows)):
            row = self._rows[number]
            if number not in self._doubted and self._is_blank(row):
                continue
            if number <= self._first + 1 and self._numbers_columns(row):
                yield Row(number, RowKind.NUMBERS)
            elif self._is_total(row):
                totalled = True
                yield Row(number, RowKind.TOTAL)
            elif (
                number not in self._doubted
                and not self._has_number(row)
                and (
                    ended
                    or number in self._wide
                    or (totalled and not self._has_key(row))
                    or self._is_footer(row)
                )
            ):
                ended = ended or self._is_footer(row)
                yield Row(number, RowKind.BESIDE)
            else:
                yield Row(number, RowKind.DATA)

    def _is_blank(self, row: list[Cell]) -> bool:
        """Return whether nothing stands in a row but perhaps its number."""
        return all(row[at] == "" or row[at] in _SPACES for at in self._read)

    def _has_number(self, row: list[Cell]) -> bool:
        return any(
            isinstance(row[at], _NUMBER) or str(row[at]).strip().isdecimal()
            for at in self._numeric
        )

    def _has_key(self, row: list[Cell]) -> bool:
        return any(row[at] != "" for at in self._keys)

    def _is_total(self, row: list[Cell]) -> bool:
        first = next((cell for cell in row if cell != ""), "")
        return any(map(_says_total, {first, *(row[at] for at in self._labels)}))

    def _is_footer(self, row: list[Cell]) -> bool:
        first = next((cell for cell in row if cell != ""), "")
        return isinstance(first, str) and _says_footer(first)

    def _numbers_columns(self, row: list[Cell]) -> bool:
        found = [
            int(match[1])
            for cell in row
            if (match := _NUMBERED.fullmatch(_plain(cell).strip()))
        ]
        others = [
            cell
            for cell in row
            if cell != "" and not _NUMBERED.fullmatch(_plain(cell).strip())
        ]
        return (
            len(found) >= _NUMBERS_AT_LEAST
            and len(found) + len(others) >= self._headings - 1
            and all(len(_plain(cell).strip()) == 1 for cell in others)
            and found == list(range(found[0], found[0] + len(found)))
            and found[0] <= 1 + len(others)
        )


_SPACES: Final = frozenset({" ", "  ", "\u00a0", "\n"})


def _plain(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell % 1 == 0 else str(cell)


def _says_total(cell: Cell) -> bool:
    return isinstance(cell, str) and cell != "" and _total(cell)


def _total(text: str) -> bool:
    # Most texts are codes and names of hamlets, each another one: they are told apart
    # quickly.
    if text.isdecimal() or not _MAY_BE_TOTAL.search(text):
        return False
    return _TOTAL.fullmatch(folded(text)) is not None


@lru_cache(maxsize=2**12)
def _says_footer(text: str) -> bool:
    return _FOOTER.fullmatch(folded(text)) is not None
