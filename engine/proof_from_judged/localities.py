"""The judged localities as rows, found by their ids and by what they belong to."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from engine.judged import Judged
from engine.tree import beneath

Row = Mapping[str, Any]

_KEPT: Final = 2**10
"""How many rows are kept: a city is asked for again with each of its wards."""


class Localities:
    """Finds rows of a judgement's frame; what is found is looked up once."""

    def __init__(self, judged: Judged) -> None:
        """Prepare to look into what was judged."""
        self._frame = judged.frame
        self._row = lru_cache(maxsize=_KEPT)(self._row_at)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where in the frame each locality stands."""
        ids = self._frame.get_column("id").to_list()
        return {each: at for at, each in enumerate(ids)}

    @cached_property
    def _below(self) -> Mapping[str | None, list[str]]:
        below: dict[str | None, list[str]] = {}
        for each, parent in self._frame.select("id", "parent").iter_rows():
            below.setdefault(parent, []).append(each)
        return below

    def row(self, locality: str) -> Row:
        """Return the row of a locality."""
        return self._row(self.positions[locality])

    def children(self, row: Row) -> list[Row]:
        """Return the rows directly below one."""
        return [self.row(each) for each in self._below.get(row["id"], ())]

    def beneath(self, localities: Iterable[str]) -> tuple[str, ...]:
        """Return localities and all below them, down to the last, each once."""
        return beneath(localities, self._frame.select("id", "parent").iter_rows())

    def _row_at(self, position: int) -> Row:
        return self._frame.row(position, named=True)
