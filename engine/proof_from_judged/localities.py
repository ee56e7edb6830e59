"""The judged localities as rows, found by their ids and by what they belong to."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from engine.judged import Judged

Row = Mapping[str, Any]

_KEPT: Final = 2**10
"""How many rows are kept: a city is asked for again with each of its wards."""


class Localities:
    """Finds rows of `Judged.counted`; what is found is looked up once."""

    def __init__(self, judged: Judged) -> None:
        """Prepare to look into what was judged."""
        self._judged = judged
        self._row = lru_cache(maxsize=_KEPT)(self._row_at)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where in the frame each locality stands."""
        ids = self._judged.frame.get_column("id").to_list()
        return {each: at for at, each in enumerate(ids)}

    @cached_property
    def _below(self) -> Mapping[str | None, list[str]]:
        below: dict[str | None, list[str]] = {}
        for each, parent in self._judged.frame.select("id", "parent").iter_rows():
            below.setdefault(parent, []).append(each)
        return below

    def row(self, locality: str) -> Row:
        """Return the row of a locality."""
        return self._row(self.positions[locality])

    def children(self, row: Row) -> list[Row]:
        """Return the rows directly below one."""
        below = self._below.get(row["id"], ())
        if len(below) <= _KEPT:
            return [self.row(each) for each in below]
        # More than are kept: one by one, each would be looked up anew whenever asked for.
        at = [self.positions[each] for each in below]
        return [*self._judged.counted[at].iter_rows(named=True)]

    def _row_at(self, position: int) -> Row:
        return self._judged.counted.row(position, named=True)
