"""A YAML text as a tree of values, lists and mappings, each with its place."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from engine.source import Place


class Unread(Enum):
    """The value of a scalar whose error is already reported."""

    VALUE = "unread"


Value = str | int | Decimal | date | bool | Unread | None


@dataclass(frozen=True, slots=True)
class _Placed:
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where the node begins; lines and columns count from 1."""
        return Place(self.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Scalar(_Placed):
    """A single value. All text is in Unicode's composed form (NFC)."""

    value: Value
    """Typed as LANGUAGE §2 says; whatever is quoted is a `str`."""
    raw: str | None
    """The text as it was written, without quotes; none where the value is null."""
    plain: bool
    """Whether it stands without quotes and not as a block."""


@dataclass(frozen=True, slots=True)
class Sequence(_Placed):
    """A list."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping(_Placed):
    """Values by key, in the order of the file. Of two equal keys the first is kept."""

    values: dict[str, "Node"]
    keys: dict[str, Scalar]
    """The same keys as nodes, which know their places."""


Node = Scalar | Sequence | Mapping


_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None,
    "yes": True, "Yes": True, "true": True, "True": True,
    "no": False, "No": False, "false": False, "False": False,
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_NUMBER: Final = 1000


def typed(text: str) -> str | int | Decimal | date | bool | None:
    """Read a plain scalar as LANGUAGE §2 says.

    Raises:
        ValueError: It is a day that is not in the calendar.
        OverflowError: It is a number longer than `LONGEST_NUMBER`.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-0123456789":
        return text
    if found := _NUMBER.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            raise OverflowError
        return Decimal(text) if found[1] else int(text)
    return date.fromisoformat(text) if _DATE.fullmatch(text) else text
