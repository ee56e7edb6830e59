"""What a cell was found to say, what was done to it, or why it cannot be read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize

_EDGES: Final = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u2007\u202f\u2060\ufeff"


class Change(StrEnum):
    """What was done to a value, as the log of the import names it."""

    NUMBER_AS_TEXT = "number-as-text"
    THOUSANDS = "thousands-separator"
    DECIMAL_COMMA = "decimal-comma"
    UNIT = "unit-left-out"
    WORD_FOR_NONE = "word-for-none"
    DASH = "dash-is-not-known"
    SAID_UNKNOWN = "said-not-known"
    DAY_AS_TEXT = "day-as-text"
    SERIAL_DAY = "serial-day"
    YES_NO = "yes-or-no"
    CHOICE = "choice"
    TIDIED = "text-tidied"
    NUMBER_IN_TEXT = "number-in-text"
    NAME_TO_ID = "name-to-id"
    LISTED_NAME = "name-as-listed"
    MADE_ID = "made-id"
    ZEROS = "leading-zeros"
    UNMERGED = "unmerged"


class Fault(StrEnum):
    """Why a cell cannot be read."""

    NOT_A_COUNT = "import-not-a-count"
    NOT_A_NUMBER = "import-not-a-number"
    AMBIGUOUS_NUMBER = "import-ambiguous-number"
    NOT_A_DAY = "import-not-a-day"
    AMBIGUOUS_YEAR = "import-ambiguous-year"
    NOT_YES_OR_NO = "import-not-yes-or-no"
    NOT_A_CHOICE = "import-not-a-choice"
    NOT_TEXT = "import-not-text"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as the clean table writes it (blank: not known), or a fault."""

    value: str = ""
    change: Change | None = None
    fault: Fault | None = None


def tidied(text: str) -> str:
    """Return a text composed (NFC), without white space and apostrophes around it."""
    return normalize("NFC", text).strip(_EDGES).removeprefix("'").strip(_EDGES)
