"""A day that a pack sets, and what it is the day of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueKind(StrEnum):
    """Whether a day ends the time for something or begins it."""

    BY = "by"
    """The last day that is in time: of *trước ngày 04/7* it is 3 July."""
    FROM = "from"
    """The first day on which something is asked, or holds."""


@dataclass(frozen=True, slots=True)
class Due:
    """A day that a criterion, a verdict's condition or the pack itself sets."""

    day: date
    kind: DueKind
    levels: tuple[str, ...]
    """Whose business it is: the levels of the localities that are asked."""
    criterion: str | None = None
    verdict: str | None = None
    """Where a verdict's own condition sets the day; with no criterion either, the pack
    does, by being in force."""
    check: str | None = None
