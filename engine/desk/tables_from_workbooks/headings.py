"""Where the headings of a sheet stand, and which column each of them means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from engine.desk.tables_from_workbooks.decisions import IGNORE, Decision, Decisions
from engine.desk.tables_from_workbooks.folding import folded, unnumbered
from engine.desk.tables_from_workbooks.personal import tells_a_person
from engine.desk.tables_from_workbooks.sheets import Sheet
from engine.desk.tables_from_workbooks.spellings import Spellings, is_serial
from engine.facts_from_files.columns import Column
from engine.vocabulary import LOCALITIES, FieldType

_ROWS_LOOKED_AT: Final = 40
_DEEPEST: Final = 4
_LEAST_KNOWN: Final = 2
_JOIN: Final = " – "
_NEUTRAL: Final = re.compile(
    r"(?:(?:tieu chi|tieu chuan|noi dung|dieu|khoan|muc|phan|criterion)(?: so)?)?"
    r"(?: ?[ivxlcdm0-9]+)*"
)
"""Group headings that only number what stands below them."""
_PUBLIC: Final = {
    FieldType.COUNT, FieldType.NUMBER, FieldType.YES_NO, FieldType.CHOICE,
}  # fmt: skip
"""Types whose values cannot hold a person's name or address."""


class Kind(Enum):
    """What is to be done with a column of a sheet."""

    TAKEN = auto()
    """It is a column of the vocabulary."""
    SERIAL = auto()
    """It only numbers the rows."""
    IGNORED = auto()
    """Somebody decided to leave it out."""
    PERSONAL = auto()
    """It tells who a person is: refused."""
    UNDECIDED = auto()
    """Nobody knows what it means."""
    MISDECIDED = auto()
    """It was decided to mean a column that the table does not have."""
    BLANK = auto()
    """It has no heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet: its heading, where that stands, what it means."""

    position: int
    row: int
    text: str
    kind: Kind
    column: Column | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet whose headings are found, and the table it holds."""

    sheet: Sheet
    table: str
    top: int
    first: int
    """The first row below the headings."""
    headings: tuple[Heading, ...]

    @property
    def known(self) -> int:
        """How many headings say something."""
        unknown = {Kind.UNDECIDED, Kind.BLANK, Kind.MISDECIDED}
        return sum(each.kind not in unknown for each in self.headings)

    @property
    def filled(self) -> int:
        """How many columns have a heading."""
        return sum(each.kind is not Kind.BLANK for each in self.headings)

    @property
    def taken(self) -> Mapping[str, Heading]:
        """The columns of the vocabulary, each with its first heading."""
        found: dict[str, Heading] = {}
        for each in self.headings:
            if each.column is not None:
                found.setdefault(each.column.name, each)
        return found

    @property
    def serial(self) -> int | None:
        """Where the rows are numbered."""
        numbered = (each.position for each in self.headings if each.kind is Kind.SERIAL)
        return next(numbered, None)


def headed_sheets(
    sheet: Sheet, spellings: Mapping[str, Spellings], decisions: Decisions
) -> list[Headed]:
    """Return the tables that a sheet may hold, those most alike; none if it has none.

    A sheet that bears the name of a table holds that one.
    """
    named = _table_named(sheet.name, spellings)
    tables = [named] if named else list(spellings)
    found = [
        best
        for table in tables
        if (best := _best(sheet, spellings[table], decisions)) is not None
    ]
    least = 1 if named else _LEAST_KNOWN
    most = max((each.known for each in found), default=0)
    return [each for each in found if each.known == most >= least]


def _table_named(name: str | None, spellings: Mapping[str, Spellings]) -> str | None:
    texts = {folded(table): table for table in spellings}
    return texts.get(folded(name)) if name else None


def _best(sheet: Sheet, spellings: Spellings, decisions: Decisions) -> Headed | None:
    """Return the rows that hold the most known headings, the fewest rows of these."""
    best: Headed | None = None
    for top in range(min(_ROWS_LOOKED_AT, len(sheet.rows))):
        if not _may_head(sheet, top):
            continue
        least = _depth(sheet, top)
        for depth in range(least, max(least, _DEEPEST) + 1):
            last = top + depth - 1
            if depth > least and (
                last >= len(sheet.rows) or not _may_head(sheet, last)
            ):
                break
            headings = _headings(sheet, range(top, top + depth), spellings, decisions)
            found = Headed(sheet, spellings.shape.name, top, top + depth, headings)
            if best is None or found.known > best.known:
                best = found
    return best


def _may_head(sheet: Sheet, row: int) -> bool:
    """Return whether a row holds words, and is not one of numbers."""
    filled = [cell for cell in sheet.rows[row] if cell != ""]
    words = sum(isinstance(cell, str) and not cell.isdecimal() for cell in filled)
    return words * 2 >= len(filled) > 0


def _depth(sheet: Sheet, top: int) -> int:
    """Return how many rows belong together from `top` on, as their merging shows."""
    end = top
    row = top
    while row <= end < top + _DEEPEST:
        for each in sheet.merged:
            if each.top == row and sheet.rows[each.top][each.left] != "":
                is_group = each.left < each.right and not _is_title(sheet, row)
                end = max(end, each.bottom + is_group)
        row += 1
    return min(end, len(sheet.rows) - 1) - top + 1


def _is_title(sheet: Sheet, row: int) -> bool:
    """Return whether a row holds one text alone."""
    return sum(cell != "" for cell in sheet.rows[row]) <= 1


def _headings(
    sheet: Sheet, rows: range, spellings: Spellings, decisions: Decisions
) -> tuple[Heading, ...]:
    grid = [_filled(sheet, row) for row in rows]
    if not sheet.merged:
        grid = [*map(_spread, grid[:-1], grid[1:]), grid[-1]]
    found = []
    for position, texts in enumerate(zip(*grid, strict=True)):
        path = tuple(dict.fromkeys(filter(None, texts)))
        at = [row for row, text in zip(rows, texts, strict=True) if text]
        row = _anchor(sheet, at[-1] if at else rows[-1], position)
        found.append(_heading(position, row, path, spellings, decisions))
    return tuple(found)


def _filled(sheet: Sheet, row: int) -> list[str]:
    """Return the texts of a row, each merged cell holding its range's text."""
    texts = [sheet.text(row, column) for column in range(sheet.width)]
    for each in sheet.merged:
        if each.top <= row <= each.bottom:
            for column in range(each.left, min(each.right, sheet.width - 1) + 1):
                texts[column] = sheet.text(each.top, each.left)
    return texts


def _spread(group: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return a row of groups, each spread to the right over what stands below it.

    A file without merged cells shows only where a group begins.
    """
    spread, last = [], ""
    for text, under in zip(group, below, strict=True):
        last = text or (last if under else "")
        spread.append(last)
    return spread


def _anchor(sheet: Sheet, row: int, column: int) -> int:
    for each in sheet.merged:
        if each.top <= row <= each.bottom and each.left <= column <= each.right:
            return each.top
    return row


def _heading(
    position: int,
    row: int,
    path: tuple[str, ...],
    spellings: Spellings,
    decisions: Decisions,
) -> Heading:
    text = _JOIN.join(path)
    if not path:
        return Heading(position, row, text, Kind.BLANK)
    column = next(filter(None, map(spellings.find, _readings(path))), None)
    of_localities = spellings.shape.name == LOCALITIES
    if (column is None or column.type not in _PUBLIC) and any(
        tells_a_person(each, of_localities=of_localities) for each in (*path, text)
    ):
        return Heading(position, row, text, Kind.PERSONAL)
    if column is not None:
        return Heading(position, row, text, Kind.TAKEN, column)
    decision = decisions.of(text)
    if decision is None:
        is_number = any(map(is_serial, path))
        kind = Kind.SERIAL if is_number else Kind.UNDECIDED
        return Heading(position, row, text, kind)
    if decision.column == IGNORE:
        return Heading(position, row, text, Kind.IGNORED, decision=decision)
    column = spellings.shape.columns.get(decision.column)
    kind = Kind.MISDECIDED if column is None else Kind.TAKEN
    return Heading(position, row, text, kind, column, decision)


def _readings(path: tuple[str, ...]) -> Iterator[str]:
    """Yield what a heading may be called: with its groups, or without mere numbers."""
    yield _JOIN.join(path)
    telling = [text for text in path[:-1] if not _NEUTRAL.fullmatch(folded(text))]
    telling = [unnumbered(text) for text in (*telling, path[-1])]
    yield _JOIN.join(telling)
