"""What is asked of every engine that diaban is compared with, and how it answers.

The question: of each hamlet, the outcome of the eight criteria of `lai-chau/city-2024`,
where a number that is not known leaves a check open unless something else decides it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import polars as pl

from benchmarks.hamlets import COUNTS
from benchmarks.typed_localities import BOARD

NOT_MET: Final = 0
MET: Final = 1
OPEN: Final = 2
COLUMNS: Final = (*COUNTS, BOARD)

Record = dict[str, int | bool | None]
Outcomes = Sequence[int]
"""One of the three for each criterion, in the pack's order."""


@dataclass(frozen=True, slots=True)
class NoneOf:
    """There must be none."""

    count: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of the whole must be the part; of no whole at all, where it `must_be`, unknown."""

    whole: str
    part: str
    must_be: bool = False


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """There must be one."""

    count: str


@dataclass(frozen=True, slots=True)
class Yes:
    """It must be so."""

    field: str


Check = NoneOf | Every | AtLeastOne | Yes

CRITERIA: Final[dict[str, tuple[Check, ...]]] = {
    "C1": (NoneOf("hot_spots"), NoneOf("retail_dealers"), NoneOf("use_points")),
    "C2": (
        NoneOf("offenders_past_year"),
        NoneOf("crime_groups_past_year"),
        NoneOf("crime_networks_past_year"),
    ),
    "C3": (
        Every("addicts_file_due", "addicts_with_file"),
        Every("addicts_present_rehab_due", "addicts_present_in_rehab"),
        Every("post_rehab_file_due", "post_rehab_with_file"),
    ),
    "C4": (
        Every("substitution_over_12_months", "substitution_clean"),
        Every("substitution_over_12_months", "substitution_compliant"),
    ),
    "C5": (Every("users_present_file_due", "users_present_supervised"),),
    "C6": (Every("households", "households_pledged", must_be=True), Yes(BOARD)),
    "C7": (AtLeastOne("models_effective"),),
    "C8": (NoneOf("cultivation_past_year"),),
}


class Peer(ABC):
    """An engine with the eight criteria, ready to be asked. Its making compiles them."""

    title: ClassVar[str]
    package: ClassVar[str | None] = None
    """Its distribution, if it is none of Python's own."""
    on_polars: ClassVar[bool] = False
    """Whether to import Polars is part of its start."""
    way: ClassVar[str]
    """How its documentation has one use it, and how it says that something is unknown."""

    def load(self, rows: pl.DataFrame) -> Any:
        """Return the hamlets in the form that the engine takes; this is not timed."""
        return rows.select(COLUMNS).to_dicts()

    @abstractmethod
    def judge(self, loaded: Any) -> Any:
        """Judge what was loaded: this is what is timed."""

    def told(self, answer: Any) -> list[tuple[int, ...]]:
        """Return the outcomes of each hamlet, from what `judge` returned; not timed."""
        return [tuple(map(int, outcomes)) for outcomes in answer]


class RecordPeer(Peer):
    """An engine that judges one record at a time."""

    @abstractmethod
    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""

    def judge(self, loaded: list[Record]) -> list[Outcomes]:
        """Judge them one after another."""
        return list(map(self.one, loaded))


class ColumnPeer(Peer):
    """An engine that judges whole columns; its answer is a column a criterion."""

    def told(self, answer: Iterable[Iterable[int]]) -> list[tuple[int, ...]]:
        """Return the rows of the columns."""
        return [tuple(map(int, row)) for row in zip(*answer, strict=True)]
