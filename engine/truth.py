"""True, false or unknown: strong Kleene logic (K3)."""

from enum import IntEnum
from typing import NoReturn


class Truth(IntEnum):
    """A truth value; the integers are those of the columns that carry truths."""

    FALSE = 0
    TRUE = 1
    UNKNOWN = 2

    def __bool__(self) -> NoReturn:
        message = "a truth has three values; compare it with Truth.TRUE"
        raise TypeError(message)

    @property
    def word(self) -> str:
        """The value as the answer and the network write it."""
        return self.name.lower()
