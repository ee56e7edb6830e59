"""From tallies to verdicts, layer by layer up the tree."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from engine.checks_from_counts import Checking
from engine.counts_from_tallies import Conflicts, Counting, said_in
from engine.measures import Measures, own_column
from engine.meeting import end_names
from engine.pack import UNDETERMINED, Pack
from engine.tallies_from_facts import own_rows
from engine.tree import layers_of
from engine.verdicts_from_checks import VERDICT, Judge
from engine.vocabulary import LOCALITIES


class Chain:
    """The steps from counts to verdicts, prepared once for every layer of the tree."""

    def __init__(
        self,
        pack: Pack,
        measures: Measures,
        judge: Judge,
        localities: pl.DataFrame,
        day: date,
        *,
        keep_parts: bool = False,
    ) -> None:
        """Prepare to judge `localities`, as `tallies_from_facts` returns them."""
        self._measures, self._judge, self._day = measures, judge, day
        self._keep_parts, self._by_layer = keep_parts, measures.use_verdicts
        self._layers = layers_of(localities)
        self._counting = Counting(measures, said_in(localities))
        self._checking = Checking(pack.checks, self._counting.meetings, day)

    def judged(
        self, beside: pl.DataFrame | None = None
    ) -> Iterator[tuple[pl.DataFrame, Conflicts]]:
        """Yield the localities with verdicts and conflicts, from the bottom up.

        They come layer by layer where counts ask for the verdicts below, else at once.
        `beside` holds values of others, not judged here but added up as well: what
        `Counting.sums` takes.
        """
        upward = self._layers[::-1]
        groups = [[each] for each in upward] if self._by_layer else [upward]
        below = None if beside is None else self._counting.sums(beside)
        for group in groups:
            before, conflicts, counted = below, Conflicts(), []
            for layer in group:
                frame, found = self._counting.count(layer, below)
                if not self._by_layer:
                    below = self._summed(layer, frame, beside)
                conflicts.update(found)
                counted.append(self._kept(frame))
            judged = self._judged(pl.concat(counted, how="diagonal"))
            if self._by_layer:
                passed = self._passed(group[0], before, judged)
                below = self._summed(group[0], passed, beside)
                judged = judged.hstack(self._renamed(passed))
            yield judged, conflicts

    def _summed(
        self, layer: pl.DataFrame, counted: pl.DataFrame, beside: pl.DataFrame | None
    ) -> pl.DataFrame | None:
        """Add a layer up for the one above it; above the roots there is none."""
        if layer is self._layers[0]:
            return None
        if beside is not None:
            counted = pl.concat((counted, beside), how="diagonal")
        return self._counting.sums(counted)

    def _kept(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Leave out what only a proof needs: a country has a million rows of it."""
        if self._keep_parts:
            return counted
        named = {end for key in self._measures.keys for end in end_names(key)}
        named.update(map(own_column, self._measures.fields))
        named.update(("row", "id", "name", "level", "parent"))
        return counted.select(
            name for name in counted.columns if name in named or "!" in name
        )

    def _judged(self, counted: pl.DataFrame) -> pl.DataFrame:
        truths = self._checking.check(counted)
        return counted.hstack(truths.drop("level")).hstack(self._judge.judge(truths))

    def _passed(
        self, layer: pl.DataFrame, below: pl.DataFrame | None, judged: pl.DataFrame
    ) -> pl.DataFrame:
        """Count a layer again now that the verdicts on it are known."""
        known = layer.with_columns(judged.select(_known()).to_series())
        return self._counting.count(own_rows(known, self._measures, self._day), below)[
            0
        ]

    def _renamed(self, passed: pl.DataFrame) -> pl.DataFrame:
        keys = [measure.key for measure in self._measures.on(LOCALITIES)]
        return passed.select(
            pl.col(end).alias(f"passed.{end}") for key in keys for end in end_names(key)
        )


def _known() -> pl.Expr:
    """Return the verdicts below as facts: an undetermined one reads as missing."""
    verdict = pl.col(VERDICT)
    return pl.when(verdict != UNDETERMINED).then(verdict).alias("verdict")
