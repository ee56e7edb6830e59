"""What the parts of a workbook say that its reader keeps to itself.

The reader gives the same empty text for a blank cell, for an error such as #N/A and for
a formula that was never calculated. And it reserves room for every cell between the
first and the last, so that two cells in opposite corners could fill the memory.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from io import BytesIO
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree as ET

from engine.facts_from_files.findings import column_number
from engine.facts_from_files.sheet_extent import (
    Look,
    cells_within,
    looked_over,
)

LARGEST_CONTENT: Final = 2**30
"""Bytes, all parts unpacked."""
MOST_TIMES_SMALLER: Final = 300
"""How much smaller the packed file may be than its content, once that is large."""
MOST_CELLS: Final = 2**25

_LARGE: Final = 2**26
_LARGEST_INDEX: Final = 2**24
_CHUNK: Final = 2**20
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_NUMBER: Final = re.compile(rb"\br=[\"']([0-9]{1,7})[\"']")
_HIDDEN: Final = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_REF: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ET.ParseError,
    ArithmeticError, EOFError, LookupError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What reading a damaged archive, and the XML in it, is seen to raise."""

Doubts = Mapping[tuple[int, int], "Doubt"]
"""By row and column, both from 0."""


class Doubt(Enum):
    """Why a cell that seems blank is not."""

    ERROR = auto()
    NOT_CALCULATED = auto()


class NotAWorkbookError(Exception):
    """The file is not a workbook, or it is damaged."""


class TooLargeError(Exception):
    """The workbook would fill the memory."""


class Parts:
    """The parts of a workbook, none of them larger than can be read."""

    def __init__(self, parts: zipfile.ZipFile) -> None:
        self._parts = parts
        _refuse_bombs(parts)  # by what it says of itself
        index = self._index("xl/workbook.xml")
        targets = {
            str(each.get("Id")): normpath(join("/xl", str(each.get("Target"))))[1:]
            for each in self._index("xl/_rels/workbook.xml.rels")
            if str(each.get("Type")).endswith("/worksheet")
        }
        sheets = [each for each in index.iter() if _local(each.tag) == "sheet"]
        self._sheets = {
            str(each.get("name")): targets[relation]
            for each in sheets
            for name, relation in each.items()
            if _local(name) == "id" and relation in targets
        }
        if len({each.get("name") for each in sheets}) < len(sheets):
            raise NotAWorkbookError  # its reader would take one, and this the other
        self._is_calculated = not any(
            each.get("fullCalcOnLoad") in {"1", "true"}
            for each in index.iter()
            if _local(each.tag) == "calcPr"
        )

        self._unpack_others()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets of cells, in their order."""
        return tuple(self._sheets)

    def doubts(self, sheet: str) -> Doubts:
        """Return the cells of a sheet that seem blank and are not.

        Where the workbook asks to be calculated when it is opened, as programs write it
        that do not calculate, no formula's value counts.
        """
        name = self._sheets[sheet]
        look = looked_over(self._chunks(name))
        if not look.is_small and self._within(name, look) > MOST_CELLS:
            raise TooLargeError
        if look.is_plain and not look.may_be_doubtful:
            return {}
        return {
            position: doubt
            for position, cell in self._cells(name)
            if (doubt := self._doubt(cell))
        }

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """Return the rows of a sheet, from 0, that say their number and are hidden."""
        return frozenset(
            int(number[1]) - 1
            for chunk in self._chunks(self._sheets[sheet])
            if b"hidden" in chunk
            for row in _ROW.findall(chunk)
            if _HIDDEN.search(row) and (number := _NUMBER.search(row))
        )

    def _unpack_others(self) -> None:
        """Unpack each part once: an archive may be larger than it says.

        Not the sheets: each is unpacked when it is looked over, before its reader does.
        """
        for name in set(self._parts.namelist()) - set(self._sheets.values()):
            with self._parts.open(name) as part:
                while part.read(_CHUNK):
                    pass

    def _index(self, name: str) -> ET.Element:
        if self._parts.getinfo(name).file_size > _LARGEST_INDEX:
            raise TooLargeError
        return ET.fromstring(self._parts.read(name))  # noqa: S314  (expat is limited)

    def _chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part, cut where a tag ends."""
        before = b""
        with self._parts.open(name) as part:
            while chunk := part.read(_CHUNK):
                end = chunk.rfind(b">") + 1
                if not end and len(chunk) == _CHUNK:
                    raise NotAWorkbookError  # no text in a cell is as long as that
                yield before + chunk[:end]
                before = chunk[end:]

    def _within(self, name: str, look: Look) -> int:
        """Return how many cells lie between the first of a sheet and its last."""
        if look.is_plain:
            return cells_within(self._chunks(name))
        rows = columns = 1
        for (row, column), _ in self._cells(name):
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        return rows * columns

    def _cells(self, name: str) -> Iterator[tuple[tuple[int, int], ET.Element]]:
        """Yield the cells of a sheet, each with its row and column from 0."""
        row = column = -1
        with self._parts.open(name) as part:
            for event, element in ET.iterparse(part, ("start", "end")):  # noqa: S314  (as above)
                match event, _local(element.tag):
                    case "start", "row":
                        row, column = int(element.get("r", row + 2)) - 1, -1
                    case "start", "c":
                        row, column = _position(element.get("r"), (row, column + 1))
                    case "end", "c":
                        yield (row, column), element
                    case "end", "row":
                        element.clear()
                    case _:
                        pass

    def _doubt(self, cell: ET.Element) -> Doubt | None:
        kind = cell.get("t")
        if kind == "e":
            return Doubt.ERROR
        inner = {_local(each.tag): each.text for each in cell}
        has_value = bool(inner.get("v")) or kind == "str"
        if "f" in inner and not (has_value and self._is_calculated):
            return Doubt.NOT_CALCULATED
        return None


@contextmanager
def parts_of(data: bytes) -> Iterator[Parts]:
    """Open a workbook's parts.

    Raises:
        NotAWorkbookError: the file is not a workbook, or it is damaged.
        TooLargeError: the workbook would fill the memory.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            yield Parts(parts)
    except _DAMAGE as error:
        raise NotAWorkbookError from error


def _refuse_bombs(parts: zipfile.ZipFile) -> None:
    """Refuse an archive that says it would fill the memory, or holds a part twice."""
    entries = parts.infolist()
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if size > LARGEST_CONTENT or size > max(_LARGE, packed * MOST_TIMES_SMALLER):
        raise TooLargeError
    if len({entry.filename for entry in entries}) < len(entries):
        raise NotAWorkbookError


def _position(ref: str | None, following: tuple[int, int]) -> tuple[int, int]:
    if ref is None:
        return following
    found = _REF.fullmatch(ref)
    if found is None:
        raise NotAWorkbookError
    return int(found[2]) - 1, column_number(found[1].upper()) - 1


def _local(name: str) -> str:
    return name.rpartition("}")[2]
