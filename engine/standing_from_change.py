"""Judging again after a change: only what the change touches, and what lies above it."""

from dataclasses import dataclass, replace

import polars as pl

from engine.assess import judge_localities
from engine.chain import Chain
from engine.facts import Facts
from engine.judged import Judged, in_order
from engine.meeting import end_names
from engine.tallies import TREE
from engine.tallies_from_facts import tallies_from_facts

_TREE = ("row", "id", "level", "parent")


@dataclass(frozen=True, slots=True)
class Standing:
    """Verdicts, with the tallies that they rest on, for the next change."""

    judged: Judged
    tallied: pl.DataFrame
    """All of `Judged.recount.tallies`."""
    touched: frozenset[int]
    """The `row` of every locality that the last change made to be judged again."""
    were: frozenset[int]
    """The `row` that those had before, and such as are gone."""


def standing_from_judged(judged: Judged) -> Standing:
    """Return verdicts as what a first change is compared with."""
    tallied = judged.recount.tallies.whole()
    rows = frozenset(tallied["row"])
    return Standing(judged, tallied, rows, rows)


def standing_from_change(before: Standing, facts: Facts) -> Standing:
    """Return the verdicts on changed facts: the same as judging everything anew.

    Raises:
        FactsError: the facts hold numbers too large to add up.
    """
    old = before.judged
    tallies = tallies_from_facts(facts, old.measures, old.as_of)
    tallied = tallies.whole()
    if not _is_same_tree(before.tallied, tallied):
        anew = judge_localities(
            old.pack, facts, old.as_of, outside_force=old.outside_force
        )
        rows, were = frozenset(tallied["row"]), frozenset(before.tallied["row"])
        return Standing(anew, tallied, rows, were)
    touched = _touched(before.tallied, tallied)
    if touched.is_empty():
        return Standing(replace(old, facts=facts), tallied, frozenset(), frozenset())
    again = tallies.among(touched)
    beside = _beside(old, again.by_register, touched)
    chain = Chain(old.pack, old.judge, again, beside)
    is_touched = pl.col("row").is_in(touched.implode())
    kept = old.frame.filter(~is_touched).drop(set(TREE) - {"row"})
    parts, rows = [kept], frozenset(touched)
    conflicts = {row: old.conflicts[row] for row in old.conflicts.keys() - rows}
    for part, found in chain.judged():
        parts.append(part)
        conflicts |= found
    judged = replace(
        old,
        facts=facts,
        frame=in_order(tallies.by_register, parts),
        recount=old.recount.changed(tallies, chain.recount),
        conflicts=conflicts,
    )
    return Standing(judged, tallied, rows, rows)


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


def _beside(old: Judged, again: pl.DataFrame, touched: pl.Series) -> pl.DataFrame:
    """Return what kept localities add to the sums of those that are judged again."""
    parents = again.select(parent="id", parent_row="row")
    kept = old.among(~pl.col("row").is_in(touched.implode()))
    near = kept.among(pl.col("parent").is_in(parents["parent"].implode())).counted
    values = near.join(parents, on="parent")
    there = set(values.columns)
    ends = [name for key in old.measures.keys for name in end_names(key)]
    # What a locality passes up may differ from what it is judged by (its verdict).
    passed = {name: f"passed.{name}" for name in ends if f"passed.{name}" in there}
    return values.select(
        "row",
        "parent_row",
        *(pl.col(passed.get(name, name)).alias(name) for name in ends),
    )
