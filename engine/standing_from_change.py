"""Judging again after a change: only what the change touches, and what lies above it."""

from dataclasses import dataclass, replace

import polars as pl

from engine.assess import judge_localities
from engine.chain import Chain
from engine.facts import Facts
from engine.judged import Judged
from engine.measures import Measures
from engine.meeting import end_names
from engine.tallies_from_facts import tallies_from_facts

_TREE = ("row", "id", "level", "parent")


@dataclass(frozen=True, slots=True)
class Standing:
    """Verdicts, with the tallies that they rest on, for the next change."""

    judged: Judged
    tallied: pl.DataFrame
    """What `tallies_from_facts` returned."""
    touched: frozenset[int]
    """The `row` of every locality that the last change made to be judged again."""


def standing_from_judged(judged: Judged) -> Standing:
    """Return verdicts as what a first change is compared with."""
    tallied = tallies_from_facts(judged.facts, judged.measures, judged.as_of)
    return Standing(judged, tallied, frozenset(tallied["row"]))


def standing_from_change(before: Standing, facts: Facts) -> Standing:
    """Return the verdicts on changed facts: the same as judging everything anew.

    Raises:
        FactsError: the facts hold numbers too large to add up.
    """
    old = before.judged
    tallied = tallies_from_facts(facts, old.measures, old.as_of)
    if not _is_same_tree(before.tallied, tallied):
        anew = judge_localities(
            old.pack, facts, old.as_of, outside_force=old.outside_force
        )
        return Standing(anew, tallied, frozenset(tallied["row"]))
    touched = _touched(before.tallied, tallied)
    if touched.is_empty():
        return Standing(replace(old, facts=facts), tallied, frozenset())
    is_touched = pl.col("row").is_in(touched.implode())
    kept = old.frame.filter(~is_touched)
    again = tallied.filter(is_touched)
    chain = Chain(old.pack, old.measures, old.judge, again, old.as_of)
    parts, rows = [kept], frozenset(touched)
    conflicts = {row: old.conflicts[row] for row in old.conflicts.keys() - rows}
    for part, found in chain.judged(_beside(kept, again, old.measures)):
        parts.append(part)
        conflicts |= found
    frame = pl.concat(parts, how="diagonal").sort("row")
    judged = replace(old, facts=facts, frame=frame, conflicts=conflicts)
    return Standing(judged, tallied, rows)


def _is_same_tree(old: pl.DataFrame, new: pl.DataFrame) -> bool:
    same_columns = old.schema == new.schema
    return same_columns and old.select(_TREE).equals(new.select(_TREE))


def _touched(old: pl.DataFrame, new: pl.DataFrame) -> pl.Series:
    """Return the rows that differ, with all that lie above them."""
    differs = pl.any_horizontal(
        (old[name].ne_missing(new[name])).alias(name) for name in old.columns
    )
    found = new.filter(old.select(differs).to_series())
    parents = new.select(parent="id", above="row")
    touched = layer = found["row"]
    while not layer.is_empty():
        of = new.filter(pl.col("row").is_in(layer.implode())).select("parent")
        layer = of.unique().join(parents, on="parent")["above"]
        touched = touched.append(layer)
    return touched.unique()


def _beside(
    kept: pl.DataFrame, again: pl.DataFrame, measures: Measures
) -> pl.DataFrame:
    """Return what kept localities add to the sums of those that are judged again."""
    values = kept.join(again.select(parent="id", parent_row="row"), on="parent")
    there = set(values.columns)
    ends = [name for key in measures.keys for name in end_names(key)]
    # What a locality passes up may differ from what it is judged by (its verdict).
    passed = {name: f"passed.{name}" for name in ends if f"passed.{name}" in there}
    return values.select(
        "row",
        "parent_row",
        *(pl.col(passed.get(name, name)).alias(name) for name in ends),
    )
