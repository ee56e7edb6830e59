"""What changed at a locality between two reviews, as data."""

from dataclasses import dataclass
from enum import StrEnum

from engine.interval import Interval
from engine.truth import Truth


class Presence(StrEnum):
    """In which of the two reviews a locality stands."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TraitChange:
    """Another name, level or parent."""

    trait: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class CountChange:
    """Another value of a count."""

    count: str
    before: Interval
    after: Interval
    criteria: tuple[str, ...]
    """The criteria of the pack whose checks name it at this level."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Another value of a field of the locality's own row; None where it is not known."""

    field: str
    before: object
    after: object
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckChange:
    """Another truth of a check."""

    check: str
    criterion: str | None
    """None of a check in a verdict's own condition."""
    before: Truth
    after: Truth


@dataclass(frozen=True, slots=True)
class LocalityChange:
    """All that changed at one locality; of an added or removed one, only that it is."""

    id: str
    name: str
    level: str
    presence: Presence
    traits: tuple[TraitChange, ...] = ()
    counts: tuple[CountChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    checks: tuple[CheckChange, ...] = ()
    verdict: tuple[str | None, str | None] | None = None
    """Before and after, where the two differ and there is a pack."""
