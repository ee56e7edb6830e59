"""Up the tree piece by piece: who has none below first, then layer after layer."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from engine.counts_from_tallies import Conflicts, Counting, joined_sums
from engine.recount import Recount
from engine.tallies import Tallies
from engine.tree import has_below, layers_of, places_in_tree

_AT_ONCE: Final = 2**18
"""How many localities are counted together: few enough to stay near the processor."""


class Climb:
    """Goes through localities so that each comes when all below it were passed up."""

    def __init__(self, tallies: Tallies, beside: pl.DataFrame | None = None) -> None:
        """Prepare to count localities.

        `beside` holds values of others, not counted here but added up as well: what
        `Counting.sums` takes.
        """
        self.counting = Counting(tallies.measures, tallies.said)
        self._tallies = tallies
        self._places = places_in_tree(tallies.by_register)
        self._below = None if beside is None else self.counting.sums(beside)
        self._passed: list[pl.DataFrame] = []

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Yield the localities as `count` takes them; each piece must be passed up."""
        inner, at = [], 0
        for piece in self._tallies.pieces(_AT_ONCE):
            placed = piece.hstack(self._places.slice(at, piece.height))
            at += piece.height
            above = placed.filter(has_below())
            inner.append(above)
            yield placed if above.is_empty() else placed.filter(~has_below())
        for layer in reversed(layers_of(pl.concat(inner))):
            self._below, self._passed = self._sums(), []
            yield from layer.iter_slices(_AT_ONCE)

    def count(self, piece: pl.DataFrame) -> tuple[pl.DataFrame, Conflicts]:
        """Return a piece with its values, and its conflicts."""
        return self.counting.count(piece, self._below)

    def pass_up(self, counted: pl.DataFrame) -> None:
        """Add what `count` returned to the localities above."""
        below_none = counted["parent_row"].null_count() == counted.height
        if not (below_none and self._passed):  # one at least, for its columns
            self._passed.append(self.counting.sums(counted))

    @property
    def recount(self) -> Recount:
        """The counts of all localities, once all pieces were passed up."""
        return Recount(self.counting, self._tallies, self._sums())

    def _sums(self) -> pl.DataFrame:
        known = () if self._below is None else (self._below,)
        return joined_sums((*known, *self._passed))
