"""What a workbook to fill in consists of: sheets, columns, and what is said of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from math import ceil
from types import MappingProxyType

from engine.vocabulary import FieldType, Text


@dataclass(frozen=True, slots=True)
class Speech:
    """Says things in one language: words of the rules, and messages of the program."""

    language: str
    translate: Callable[[str], str]

    def words(self, text: Text) -> str:
        """Return words of a vocabulary or a pack."""
        return text.said_in(self.language)

    def __call__(self, message: str, **values: object) -> str:
        """Return a message, translated and then filled in."""
        return self.translate(message).format(**values)


class Need(Enum):
    """How much a column matters; it decides the colour of its heading."""

    KEY = auto()
    """Without it a row says nothing."""
    ASKED = auto()
    """The pack's checks rest on it."""
    OPTIONAL = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column to fill in."""

    id: str
    label: str
    type: FieldType
    need: Need
    about: str
    """The unit and the clauses it serves, in one line."""
    note: str
    """What to write, and what it is for."""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What may be chosen, each with what it means, if that is said."""
    is_open: bool = False
    """Whether something else than the choices may stand here after all."""
    names_locality: bool = False
    """Whether the ids of the sheet of localities may be chosen."""

    @property
    def width(self) -> int:
        """How many letters wide the column is: its id stands in one line, but small."""
        match self.type:
            case FieldType.TEXT if self.id != "name" and self.need is Need.KEY:
                usual = 14
            case FieldType.TEXT:
                usual = 26
            case _:
                usual = 15
        return max(usual, ceil((len(self.id) + 2) * _SMALL))


_SMALL = 0.9


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to fill in; `rows` stand in it already, as text."""

    id: str
    label: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    frozen: int = 1
    """How many columns stay in sight."""


class Style(Enum):
    """How a line of the instructions looks."""

    TITLE = auto()
    HEADING = auto()
    PLAIN = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the instructions: one text, or the cells of a table's row."""

    style: Style
    cells: tuple[str, ...]
    lists: str = ""
    """The sheet and column, `people: standing`, of which the second cell is a choice."""
