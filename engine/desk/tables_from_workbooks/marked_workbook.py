"""The one door to openpyxl: a workbook handed back with its bad cells marked."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import openpyxl  # noqa: TID251  (this module is the door)
from openpyxl.comments import Comment  # noqa: TID251  (the door)
from openpyxl.styles import PatternFill  # noqa: TID251  (the door)

from engine.errors import Diagnostic

_PICTURES: Final = re.compile(r"xl/(?:media|charts|diagrams|drawings/drawing)")
_COLOUR: Final = "FFFF9999"
_AUTHOR: Final = "diaban"
_WIDTH, _HEIGHT = 320, 120


class NotMarkedError(Exception):
    """The workbook was sound enough to be read, but not to be written again."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked copy, and whether something drawn was lost on the way."""

    data: bytes
    lacks_pictures: bool


def marked_workbook(
    file: Path, diagnostics: Iterable[Diagnostic], told: Callable[[Diagnostic], str]
) -> Marked | None:
    """Return the workbook with a colour and a comment on each bad cell.

    What is wrong with a sheet as a whole is told in its first cell. None comes back
    where nothing can be marked: the file is no workbook, or no problem lies in it.

    Args:
        file: The workbook, which was found sound enough to be read.
        diagnostics: What is wrong, in this file and others.
        told: How a problem is said to a person.

    Raises:
        NotMarkedError: it can be read, but it is too damaged to be written again.
    """
    wrong = _by_cell(str(file), diagnostics, told)
    if not wrong or file.suffix.lower() != ".xlsx":
        return None
    try:
        return Marked(_marked(file, wrong), _holds_pictures(file))
    except Exception as error:
        # What a part out of order makes of openpyxl is of any kind.
        raise NotMarkedError from error


def _marked(file: Path, wrong: Mapping[tuple[str, str], list[str]]) -> bytes:
    with file.open("rb") as opened:  # by itself it leaves a damaged one open
        book = openpyxl.load_workbook(opened)
    fill = PatternFill("solid", start_color=_COLOUR, end_color=_COLOUR)
    for (name, address), words in wrong.items():
        if name not in book.sheetnames:
            continue
        sheet = book[name]
        sheet[address].fill = fill
        # Where cells are merged, only the first can bear a comment.
        target = sheet[_anchor(sheet, address)]
        before = f"{target.comment.text}\n\n" if target.comment else ""
        target.comment = Comment(before + "\n".join(words), _AUTHOR, _HEIGHT, _WIDTH)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _holds_pictures(file: Path) -> bool:
    """Return whether there is something that openpyxl leaves out."""
    with zipfile.ZipFile(file) as parts:
        return any(map(_PICTURES.match, parts.namelist()))


def _by_cell(
    file: str, diagnostics: Iterable[Diagnostic], told: Callable[[Diagnostic], str]
) -> Mapping[tuple[str, str], list[str]]:
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in diagnostics:
        if each.place.file == file and each.place.sheet is not None:
            wrong[each.place.sheet, each.place.cell or "A1"].append(told(each))
    return wrong


def _anchor(sheet: openpyxl.worksheet.worksheet.Worksheet, address: str) -> str:
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return str(merged.start_cell.coordinate)
    return address
