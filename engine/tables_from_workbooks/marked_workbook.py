"""The one door to openpyxl: a workbook handed back with its bad cells marked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import openpyxl  # noqa: TID251  (this module is the door)
from openpyxl.comments import Comment  # noqa: TID251
from openpyxl.styles import PatternFill  # noqa: TID251

from engine.errors import Diagnostic

_COLOUR: Final = "FFFF9999"
_AUTHOR: Final = "diaban"
_WIDTH, _HEIGHT = 320, 120


def marked_workbook(
    file: Path, diagnostics: Iterable[Diagnostic], told: Callable[[Diagnostic], str]
) -> bytes | None:
    """Return the workbook with a colour and a comment on each bad cell.

    What is wrong with a sheet as a whole is told in its first cell. None comes back
    where nothing can be marked: the file is no workbook, or no problem lies in it.

    Args:
        file: The workbook, which was found sound enough to be read.
        diagnostics: What is wrong, in this file and others.
        told: How a problem is said to a person.
    """
    wrong = _by_cell(str(file), diagnostics, told)
    if not wrong or file.suffix.lower() != ".xlsx":
        return None
    book = openpyxl.load_workbook(file)
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
