"""The same facts judged several times: who passes where, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

import polars as pl

from engine.judged import Judged

DIFFERS: Final = "differs"


class Standing(StrEnum):
    """What a verdict comes to, whatever a pack calls it."""

    PASSES = "passes"
    FAILS = "fails"
    """Also where several verdicts are still possible, but none that passes."""
    UNDETERMINED = "undetermined"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Position:
    """One locality in one judgement."""

    standing: Standing
    verdict: str | None
    in_the_way: tuple[str, ...]
    """The criteria that keep it from passing, where it does not pass."""


@dataclass(frozen=True, slots=True)
class ComparedLocality:
    """One locality in all judgements."""

    id: str
    name: str
    level: str
    parent: str | None
    differs: bool
    """Whether those that judge it disagree on whether it passes."""
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """How many localities of a level stand alike in every judgement."""

    level: str
    standings: tuple[Standing, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several judgements on the same facts.

    `frame` has a row for each locality that any of them judges, in the order of the
    facts: `id`, `name`, `level`, `parent`, `differs`, and for each judgement by its
    place `verdict:0`, `standing:0` (a `Standing`) and `way:0`, a list of criteria.
    """

    judgements: tuple[Judged, ...]
    frame: pl.DataFrame

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Count the localities by level and standings, in the order of the facts."""
        columns = [f"standing:{at}" for at in range(len(self.judgements))]
        found = self.frame.group_by("level", *columns, maintain_order=True).len()
        return tuple(
            Pattern(level, tuple(map(Standing, standings)), number)
            for level, *standings, number in found.iter_rows()
        )

    @property
    def agrees(self) -> bool:
        """Whether no locality differs."""
        return not self.frame.get_column(DIFFERS).any()

    def only_different(self) -> Self:
        """Return the comparison of those that differ."""
        return replace(self, frame=self.frame.filter(pl.col(DIFFERS)))

    @property
    def localities(self) -> Iterator[ComparedLocality]:
        """Yield the localities, those that differ and those that do not."""
        for row in self.frame.iter_rows(named=True):
            positions = (
                Position(
                    Standing(row[f"standing:{at}"]),
                    row[f"verdict:{at}"],
                    tuple(row[f"way:{at}"]),
                )
                for at in range(len(self.judgements))
            )
            yield ComparedLocality(
                row["id"],
                row["name"],
                row["level"],
                row["parent"],
                row[DIFFERS],
                tuple(positions),
            )
