"""Counts alone, for questions that need no verdict."""

from datetime import date

import polars as pl

from engine.counts_from_tallies import Conflicts, Counting, said_in
from engine.facts import Facts
from engine.measures import Measures
from engine.tallies_from_facts import tallies_from_facts
from engine.tree import layers_of


def counted(
    facts: Facts, measures: Measures, as_of: date
) -> tuple[pl.DataFrame, Conflicts]:
    """Return the localities with the value of every measure, and the conflicts.

    Nothing is judged, so a count that asks for the verdicts below stays open.

    Raises:
        FactsError: the facts hold numbers too large to add up.
    """
    localities = tallies_from_facts(facts, measures, as_of)
    counting = Counting(measures, said_in(localities))
    conflicts: Conflicts = {}
    layers: list[pl.DataFrame] = []
    below: pl.DataFrame | None = None
    for layer in reversed(layers_of(localities)):
        frame, found = counting.count(layer, below)
        conflicts.update(found)
        layers.append(frame)
        below = counting.sums(frame)
    return pl.concat(layers, how="diagonal").sort("row"), conflicts
