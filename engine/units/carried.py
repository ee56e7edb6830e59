"""Facts of old units, told by the units that came after them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import polars as pl

FORMER: Final = "former_"
"""Before the level of a unit that has ended: its rows are counted, it is not judged."""
PARTIAL: Final = "partial_"
"""Before the level of a new unit of which something is not known: it is not judged."""


class How(StrEnum):
    """What became of an old unit."""

    WHOLE = "whole"
    """All of it went into the new unit, and its facts are there."""
    PART = "part"
    """Only a part of it did, and nobody knows what of its numbers."""
    MISSING = "missing"
    """It went into the new unit, but the facts do not hold it."""
    ENDED = "ended"
    """Nothing came after it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One old unit of a new one, or one that nothing came after."""

    id: str
    """Of its row, or of the empty row that stands for it, in the carried facts."""
    old_code: str
    old_name: str
    how: How
    source: str


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that came after others."""

    code: str
    name: str
    level: str
    """That of its old units."""
    parent: str | None
    origins: tuple[Origin, ...]
    is_whole: bool
    """Whether all that is in it is known, so that it can be judged."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The tables as they are from a day on, and where each unit came from."""

    since: date
    units: tuple[NewUnit, ...]
    """In the order in which their first old unit stood."""
    ended: tuple[Origin, ...]
    """Old units that nothing came after."""
    partial_above: Sequence[tuple[str, str]]
    """Ids and names of localities above a new unit that is not whole: not judged."""
    kept: Sequence[tuple[str, str]]
    """Ids and names of units of an old unit's level that the table does not name."""
    tables: Mapping[str, pl.DataFrame]
    """By name, `localities` first; their columns as in a folder of facts."""
