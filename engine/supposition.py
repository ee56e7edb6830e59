"""What if: a fact that somebody supposes in place of what is known."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supposition:
    """A count or a field of one locality, and what it is taken to be."""

    locality: str
    name: str
    value: int | float | bool | str
    """A day as YYYY-MM-DD."""

    def __str__(self) -> str:
        """Return it as it may be asked for: `LOCALITY.NAME=VALUE`."""
        value = self.value
        if isinstance(value, bool):
            value = "yes" if value else "no"
        return f"{self.locality}.{self.name}={value}"


def supposed_column(count: str) -> str:
    """Return the column of `localities` that holds what a count is taken to be."""
    return f"supposed:{count}"


def in_a_cell(supposed: Iterable[Supposition]) -> str:
    """Return what was supposed as one cell of a table, empty where nothing was."""
    return "; ".join(map(str, supposed))
