"""Counts of localities, made again for those who ask about them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Self

import polars as pl

from engine.counts_from_tallies import Counting
from engine.tallies import Tallies

_BUT_SUMS: Final = pl.exclude(r"^below\..*$")


@dataclass(frozen=True, slots=True)
class Recount:
    """What the counts of localities follow from; to keep them all would fill a memory."""

    counting: Counting
    tallies: Tallies
    below: pl.DataFrame
    """What `Counting.sums` returns, for every locality that has others below it."""

    def at(self, rows: pl.Series, names: Collection[str] | None = None) -> pl.DataFrame:
        """Return some localities, by their `row` and in its order, as they are counted.

        Of the columns of `Tallies` and all that `Counting.count` adds they have `row`
        and those that are named; without names, all but the sums from below.
        """
        whole = len(rows) == len(self.tallies)
        some = (self.tallies if whole else self.tallies.among(rows)).whole()
        wanted = _BUT_SUMS if names is None else pl.col("row", *names)
        counted, _ = self.counting.count(some, self.below)
        return counted.select(wanted)

    def changed(self, tallies: Tallies, again: Self) -> Self:
        """Return the counts of `tallies`, of which some localities are counted again."""
        anew = pl.col("row").is_in(again.tallies.by_register["row"].implode())
        below = pl.concat((again.below, self.below.filter(~anew)))
        counting = Counting(tallies.measures, tallies.said)
        return replace(self, counting=counting, tallies=tallies, below=below)
