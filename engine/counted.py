"""Counts alone, for questions that need no verdict."""

from datetime import date

import polars as pl

from engine.climb import Climb
from engine.counts_from_tallies import Conflicts
from engine.facts import Facts
from engine.measures import Measures
from engine.tallies_from_facts import tallies_from_facts


def counted(
    facts: Facts, measures: Measures, as_of: date
) -> tuple[pl.DataFrame, Conflicts]:
    """Return the localities with the value of every measure, and the conflicts.

    Nothing is judged, so a count that asks for the verdicts below stays open.

    Raises:
        FactsError: the facts hold numbers too large to add up.
    """
    tallies = tallies_from_facts(facts, measures, as_of)
    climb = Climb(tallies)
    conflicts: Conflicts = {}
    for piece in climb.pieces():
        frame, found = climb.count(piece)
        climb.pass_up(frame)
        conflicts.update(found)
    return climb.recount.at(tallies.by_register["row"]), conflicts
