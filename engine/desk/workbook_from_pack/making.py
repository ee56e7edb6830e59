"""From a pack to the bytes of its workbook, or why there can be none."""

from collections.abc import Sequence
from typing import Final

from engine.desk.localities_from_file import Locality
from engine.desk.workbook_from_pack.excel import LAST_ROW, bytes_of
from engine.desk.workbook_from_pack.instructions import instructions_for
from engine.desk.workbook_from_pack.planning import sheets_of
from engine.desk.workbook_from_pack.sheets import Sheet, Speech
from engine.desk.workbook_from_pack.uses import uses_in
from engine.errors import N_, Problems, QuestionError
from engine.pack import Pack

_LONGEST_NAME: Final = 31
_TAKEN: Final = ("readme", "history")
"""Names of sheets that mean something else: our instructions, and Excel's own."""
_MOST_COLUMNS: Final = 2**14
_LONGEST_TEXT: Final = 32_767


def workbook_from_pack(
    pack: Pack, localities: Sequence[Locality], speech: Speech
) -> bytes:
    """Return the workbook to fill in, with the localities in it.

    Raises:
        QuestionError: a workbook cannot hold what the pack and the localities need.
    """
    uses = uses_in(pack)
    sheets = tuple(sheets_of(pack, uses, localities, speech))
    problems = Problems()
    _refuse_names(pack, sheets, problems)
    _refuse_sizes(pack, sheets, problems)
    problems.raise_as(QuestionError)
    return bytes_of(sheets, tuple(instructions_for(pack, uses, sheets, speech)), speech)


def _refuse_names(pack: Pack, sheets: Sequence[Sheet], problems: Problems) -> None:
    seen = set(_TAKEN)
    for sheet in sheets:
        name = sheet.id.casefold()
        if len(sheet.id) > _LONGEST_NAME or name in seen:
            problems.error(
                "template-sheet-name",
                pack.place,
                N_("no sheet of a workbook can be called like the register '{name}'"),
                N_(
                    "give the register a name of at most {longest} letters that differs "
                    "from the others, README and History by more than capitals, or fill "
                    "in CSV files"
                ),
                name=sheet.id,
                longest=_LONGEST_NAME,
            )
        seen.add(name)


def _refuse_sizes(pack: Pack, sheets: Sequence[Sheet], problems: Problems) -> None:
    for sheet in sheets:
        if (
            len(sheet.rows) > LAST_ROW
            or len(sheet.columns) > _MOST_COLUMNS
            or any(len(cell) > _LONGEST_TEXT for row in sheet.rows for cell in row)
        ):
            problems.error(
                "template-too-large",
                pack.place,
                N_("the table '{name}' is larger than a sheet of a workbook can be"),
                N_(
                    "make a workbook for each part of the territory, or fill in CSV files"
                ),
                name=sheet.id,
            )
