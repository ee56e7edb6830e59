"""What if: a fact that somebody supposes in place of what is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supposition:
    """A count or a field of one locality, and what it is taken to be."""

    locality: str
    name: str
    value: int | float | bool | str
    """A day as YYYY-MM-DD."""


def supposed_column(count: str) -> str:
    """Return the column of `localities` that holds what a count is taken to be."""
    return f"supposed:{count}"
