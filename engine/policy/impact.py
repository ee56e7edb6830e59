"""What a change of rules does: whose verdict changes, from what to what, because of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Final

import polars as pl

from engine.assessment import Outcome
from engine.judged import Judged
from engine.verdicts_from_checks import OUTCOMES

BEFORE: Final = "before"
AFTER: Final = "after"
BECAUSE: Final = "because"
_KEPT: Final = ("id", "name", "level", "parent", BEFORE, AFTER, BECAUSE)


@dataclass(frozen=True, slots=True)
class Move:
    """How many localities of a level have one verdict before and another, or it, after."""

    level: str
    before: str | None
    """None where the level is not judged."""
    after: str | None
    number: int


@dataclass(frozen=True, slots=True)
class PlaceImpact:
    """What changes right below one locality, or among those that belong to none."""

    id: str | None
    name: str | None
    changed: int
    judged: int


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A criterion that comes out differently; None where a pack does not have it."""

    criterion: str
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One locality whose verdict changes."""

    id: str
    name: str
    level: str
    parent: str | None
    before: str | None
    after: str | None
    because: tuple[str, ...]
    """The criteria that make the difference; none where the decision list does."""
    outcomes: tuple[OutcomeChange, ...]
    """All criteria that come out differently."""


@dataclass(frozen=True)
class Impact:
    """The same facts judged by two packs.

    `frame` has a row for each locality that either judges, in the order of the facts:
    `id`, `name`, `level`, `parent`, `before` and `after` (verdicts; null: not judged).
    `changed` has those of its rows of which the two differ, with `because` (the
    criteria that make the difference, a list of ids) and for each pair of `criteria`,
    by its place in the tuple, the codes `before:0` and `after:0` of the outcomes.
    """

    before: Judged
    after: Judged
    criteria: tuple[tuple[str | None, str | None], ...]
    """The criteria of the first pack and of the second, side by side."""
    frame: pl.DataFrame
    changed: pl.DataFrame

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Count the verdicts before and after by level, the unchanged among them."""
        found = self.frame.group_by("level", BEFORE, AFTER, maintain_order=True).len()
        return tuple(Move(*row) for row in found.iter_rows())

    @cached_property
    def causes(self) -> tuple[tuple[str, int], ...]:
        """Count the changes by criterion; one change may have several, or none."""
        found = self.changed.select(BECAUSE).explode(BECAUSE).drop_nulls()
        numbers = dict(found.group_by(BECAUSE).len().iter_rows())
        names = [new or old or "" for old, new in self.criteria]
        return tuple((name, numbers[name]) for name in names if name in numbers)

    @cached_property
    def places(self) -> tuple[PlaceImpact, ...]:
        """Count the changes by the locality above, the most first."""
        known = self.before.frame.select(parent="id", place="name")
        judged = self.frame.group_by("parent", maintain_order=True).agg(
            changed=pl.col(BEFORE).ne_missing(pl.col(AFTER)).sum(), judged=pl.len()
        )
        found = (
            judged.filter(pl.col("changed") > 0)
            .join(known, on="parent", how="left", maintain_order="left")
            .sort("changed", descending=True, maintain_order=True)
            .select("parent", "place", "changed", "judged")
        )
        return tuple(PlaceImpact(*row) for row in found.iter_rows())

    @property
    def changes(self) -> Iterator[VerdictChange]:
        """Yield the localities whose verdict changes."""
        places = range(len(self.criteria))
        codes = [f"{side}:{at}" for at in places for side in (BEFORE, AFTER)]
        known: dict[tuple[int | None, ...], tuple[OutcomeChange, ...]] = {}
        for row in self.changed.select(*_KEPT, *codes).iter_rows():
            place, name, level, parent, before, after, because, *pattern = row
            case = tuple(pattern)
            if case not in known:
                known[case] = tuple(self._outcomes(case))
            yield VerdictChange(
                place,
                name,
                level,
                parent,
                before,
                after,
                tuple(because),
                known[case],
            )

    def _outcomes(self, codes: tuple[int | None, ...]) -> Iterator[OutcomeChange]:
        pairs = zip(codes[::2], codes[1::2], strict=True)
        for (old, new), (before, after) in zip(self.criteria, pairs, strict=True):
            if before != after:
                yield OutcomeChange(new or old or "", _outcome(before), _outcome(after))

    def parquet(self) -> bytes:
        """Return the localities whose verdict changes as a Parquet file."""
        file = BytesIO()
        self.changed.select(_KEPT).write_parquet(file)
        return file.getvalue()


def _outcome(code: int | None) -> Outcome | None:
    return None if code is None else OUTCOMES[code]
