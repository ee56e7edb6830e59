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

LARGEST_CONTENT: Final = 2**30
"""Bytes, all parts unpacked."""
MOST_TIMES_SMALLER: Final = 300
"""How much smaller the packed file may be than its content, once that is large."""
MOST_CELLS: Final = 2**25

_LARGE: Final = 2**26
_LARGEST_INDEX: Final = 2**24
_CHUNK: Final = 2**20
_LONGEST_REF: Final = 16
_WIDE: Final = re.compile(rb'r="([A-Z]{2,3})[0-9]')
_MANY: Final = 32
"""Columns up to which a sheet may have all the rows that a program allows (2 ** 20)."""
_ONE_LETTER: Final = 26  # columns that `_WIDE` does not see
_LOW: Final = rb'r="[A-Z]{1,3}([0-9]{%d,7})'
_MAY_BE_DOUBTFUL: Final = (b"<f", b":f", b't="e"')
_DOUBTFUL: Final = re.compile(rb'<(?:\w+:)?f[\s/>]|t="e"')
_REF: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

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
        _refuse_bombs(parts)
        index = self._index("xl/workbook.xml")
        targets = {
            str(each.get("Id")): normpath(join("/xl", str(each.get("Target"))))[1:]
            for each in self._index("xl/_rels/workbook.xml.rels")
            if str(each.get("Type")).endswith("/worksheet")
        }
        self._sheets = {
            str(each.get("name")): targets[relation]
            for each in index.iter()
            if _local(each.tag) == "sheet"
            for name, relation in each.items()
            if _local(name) == "id" and relation in targets
        }
        self._is_calculated = not any(
            each.get("fullCalcOnLoad") in {"1", "true"}
            for each in index.iter()
            if _local(each.tag) == "calcPr"
        )

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
        if not self._looked_over(name):
            return {}
        return dict(self._doubtful_cells(name))

    def _index(self, name: str) -> ET.Element:
        if self._parts.getinfo(name).file_size > _LARGEST_INDEX:
            raise TooLargeError
        return ET.fromstring(self._parts.read(name))  # noqa: S314  (expat is limited)

    def _chunks(self, name: str) -> Iterator[bytes]:
        """Yield the text of a part; what spans two chunks stands whole in the second."""
        before = b""
        with self._parts.open(name) as part:
            while chunk := part.read(_CHUNK):
                both = before + chunk
                yield both.replace(b"='", b'="') if b"='" in both else both
                before = chunk[-_LONGEST_REF:]

    def _looked_over(self, name: str) -> bool:
        """Return whether a cell of a sheet may be doubtful; refuse one too large."""
        columns, is_doubtful = _ONE_LETTER, False
        low = _below(MOST_CELLS // columns)
        for chunk in self._chunks(name):
            for letters in set(_WIDE.findall(chunk)):
                columns = max(columns, column_number(letters.decode()))
            # The quick search first: it is hundreds of megabytes that have no formula.
            is_doubtful = is_doubtful or (
                any(each in chunk for each in _MAY_BE_DOUBTFUL)
                and _DOUBTFUL.search(chunk) is not None
            )
            _refuse_low(low, chunk, MOST_CELLS // columns)
        narrower = _below(MOST_CELLS // columns)
        if narrower != low or columns > _MANY:  # the first pass did not know how wide
            for chunk in self._chunks(name):
                _refuse_low(narrower, chunk, MOST_CELLS // columns)
        return is_doubtful

    def _doubtful_cells(self, name: str) -> Iterator[tuple[tuple[int, int], Doubt]]:
        row = column = -1
        with self._parts.open(name) as part:
            for event, element in ET.iterparse(part, ("start", "end")):  # noqa: S314
                match event, _local(element.tag):
                    case "start", "row":
                        row, column = int(element.get("r", row + 2)) - 1, -1
                    case "start", "c":
                        row, column = _position(element.get("r"), (row, column + 1))
                    case "end", "c" if doubt := self._doubt(element):
                        yield (row, column), doubt
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
    """Unpack every part once: an archive may be larger than it says."""
    entries = parts.infolist()
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if size > LARGEST_CONTENT or size > max(_LARGE, packed * MOST_TIMES_SMALLER):
        raise TooLargeError
    if len({entry.filename for entry in entries}) < len(entries):
        raise NotAWorkbookError
    for entry in entries:
        with parts.open(entry) as part:
            while part.read(_CHUNK):
                pass


def _below(most: int) -> re.Pattern[bytes]:
    """Return what finds the rows that may lie below row `most`, by their digits."""
    return re.compile(_LOW % len(str(most)))


def _refuse_low(low: re.Pattern[bytes], chunk: bytes, most: int) -> None:
    if any(int(row) > most for row in low.findall(chunk)):
        raise TooLargeError


def _position(ref: str | None, following: tuple[int, int]) -> tuple[int, int]:
    if ref is None:
        return following
    found = _REF.fullmatch(ref)
    if found is None:
        raise NotAWorkbookError
    return int(found[2]) - 1, column_number(found[1]) - 1


def _local(name: str) -> str:
    return name.rpartition("}")[2]
