"""Two reviews side by side: which localities, counts, fields and checks differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from engine.assess import judge_localities
from engine.checks_from_counts import truth_column
from engine.counted import counted
from engine.desk.change import (
    CheckChange,
    CountChange,
    FieldChange,
    LocalityChange,
    Presence,
    TraitChange,
)
from engine.desk.changes_from_facts.touching import Touching
from engine.facts import Facts
from engine.interval import Interval
from engine.measures import measures_from_pack, measures_of_counts
from engine.meeting import end_names
from engine.names import folded
from engine.pack import Pack
from engine.truth import Truth
from engine.verdicts_from_checks import VERDICT
from engine.vocabulary import LOCALITIES, Field, FieldType, Vocabulary

Row = Mapping[str, Any]

_TRAITS: Final = ("name", "level", "parent")
_OLD: Final = " before"
_HERE: Final = "here"


@dataclass(frozen=True, slots=True)
class Review:
    """Facts, and the day for which they are asked about."""

    facts: Facts
    as_of: date


def changes_from_facts(
    old: Review, new: Review, vocabulary: Vocabulary, pack: Pack | None
) -> tuple[LocalityChange, ...]:
    """Return what changed, in the order of the new localities, then what is gone.

    With a pack, the counts that it needs, its checks and its verdicts; without one,
    every count of the vocabulary. Personal registers are only ever seen as counts.

    Raises:
        FactsError: the facts hold numbers too large to add up.
    """
    comparing = _Comparing(vocabulary, pack)
    before, after = comparing.frame(old), comparing.frame(new)
    gone = before.join(after, on="id", how="anti", maintain_order="left")
    both = after.join(before, on="id", how="left", suffix=_OLD, maintain_order="left")
    different = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}{_OLD}"))
        for name in after.columns
        if name != "id"
    )
    rows = both.filter(different).iter_rows(named=True)
    changes = [*map(comparing.change, rows)]
    changes += [_lone(row, Presence.REMOVED) for row in gone.iter_rows(named=True)]
    return tuple(each for each in changes if each is not None)


class _Comparing:
    def __init__(self, vocabulary: Vocabulary, pack: Pack | None) -> None:
        self._vocabulary, self._pack = vocabulary, pack
        self._touching = Touching(pack)
        measures = (
            measures_of_counts(vocabulary, vocabulary.counts)
            if pack is None
            else measures_from_pack(pack)
        )
        self._measures = measures
        self._counts = tuple(each.id for each in measures.counts)
        localities = vocabulary.registers[LOCALITIES]
        self._fields = () if localities.personal else tuple(localities.fields.values())

    def frame(self, review: Review) -> pl.DataFrame:
        """Return one review as columns that another of the same rules has too."""
        made: list[pl.Expr] = []
        if self._pack is None:
            frame, _ = counted(review.facts, self._measures, review.as_of)
        else:
            frame = judge_localities(
                self._pack,
                review.facts,
                review.as_of,
                outside_force=True,
            ).counted
            made = [pl.col(truth_column(each.id)) for each in self._pack.checks]
            made.append(pl.col(VERDICT))
        return frame.sort("row").select(
            "id",
            *_TRAITS,
            *(end for count in self._counts for end in end_names(count)),
            *(_own(field, frame.columns) for field in self._fields),
            *made,
            pl.lit(value=True).alias(_HERE),
        )

    def change(self, row: Row) -> LocalityChange | None:
        """Return what changed at a locality, given both its rows as one."""
        if row[f"{_HERE}{_OLD}"] is None:
            return _lone(row, Presence.ADDED)
        levels = (row["level"], row[f"level{_OLD}"])
        changed = LocalityChange(
            row["id"],
            row["name"],
            row["level"],
            Presence.CHANGED,
            traits=tuple(_traits(row)),
            counts=tuple(self._count_changes(row, levels)),
            fields=tuple(self._field_changes(row, levels)),
            checks=tuple(self._check_changes(row)),
            verdict=self._verdict(row),
        )
        is_same = LocalityChange(*_identity(row), Presence.CHANGED) == changed
        return None if is_same else changed

    def _count_changes(
        self, row: Row, levels: tuple[str, str]
    ) -> Iterator[CountChange]:
        for count in self._counts:
            before, after = _value(row, count, _OLD), _value(row, count, "")
            if before != after:
                touched = self._touching.criteria(count, levels)
                yield CountChange(count, before, after, touched)

    def _field_changes(
        self, row: Row, levels: tuple[str, str]
    ) -> Iterator[FieldChange]:
        for field in self._fields:
            before, after = row[f"own {field.id}{_OLD}"], row[f"own {field.id}"]
            if before != after:
                touched = self._touching.criteria(field.id, levels)
                yield FieldChange(field.id, before, after, touched)

    def _check_changes(self, row: Row) -> Iterator[CheckChange]:
        """Yield the checks that came out differently; both reviews must ask them."""
        asked_before = {
            check.id for check, _ in self._touching.checks(row[f"level{_OLD}"])
        }
        for check, criterion in self._touching.checks(row["level"]):
            column = truth_column(check.id)
            before, after = row[f"{column}{_OLD}"], row[column]
            if before != after and check.id in asked_before:
                yield CheckChange(check.id, criterion, Truth(before), Truth(after))

    def _verdict(self, row: Row) -> tuple[str | None, str | None] | None:
        if self._pack is None or row[VERDICT] == row[f"{VERDICT}{_OLD}"]:
            return None
        return row[f"{VERDICT}{_OLD}"], row[VERDICT]


def _own(field: Field, columns: list[str]) -> pl.Expr:
    """Return a locality's own value of a field, as `own <field>`.

    A judgement counts only with who judged, and why.
    """
    name = f"own {field.id}"
    if not set(field.columns) <= set(columns):
        return pl.lit(None, dtype=_DTYPES[field.type]).alias(name)
    signed = [pl.col(each).is_not_null() for each in field.columns]
    return pl.when(*signed).then(pl.col(field.id)).alias(name)


_DTYPES: Final[Mapping[FieldType, pl.DataType]] = {
    FieldType.YES_NO: pl.Boolean(),
    FieldType.ASSESSED: pl.Boolean(),
    FieldType.CHOICE: pl.String(),
    FieldType.TEXT: pl.String(),
    FieldType.DATE: pl.Date(),
    FieldType.COUNT: pl.Int64(),
    FieldType.NUMBER: pl.Float64(),
}


def _traits(row: Row) -> Iterator[TraitChange]:
    for trait in _TRAITS:
        before, after = row[f"{trait}{_OLD}"], row[trait]
        is_same = before == after
        if trait == "name" and not is_same:
            is_same = folded(before) == folded(after)
        if not is_same:
            yield TraitChange(trait, before, after)


def _lone(row: Row, presence: Presence) -> LocalityChange:
    return LocalityChange(*_identity(row), presence)


def _identity(row: Row) -> tuple[str, str, str]:
    return row["id"], row["name"], row["level"]


def _value(row: Row, count: str, suffix: str) -> Interval:
    lo, hi = end_names(count)
    return Interval(row[f"{lo}{suffix}"], row[f"{hi}{suffix}"])
