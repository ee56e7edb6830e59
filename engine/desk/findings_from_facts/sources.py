"""Where a count's value at a locality stands: cells, rows, inspections, down the tree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any, Final

import narwhals as nw
import polars as pl

from engine.facts import Facts, Table
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Measure
from engine.proof_from_judged.rows import RowsSeen
from engine.source import Place
from engine.unchanged import collected
from engine.vocabulary import LOCALITIES

Row = Mapping[str, Any]

MOST: Final = 8
"""How many places are named for one statement."""


class Sources:
    """Looks up where numbers stand, for some localities and all that lies below them."""

    def __init__(
        self, judged: Judged, counted: pl.DataFrame, concerned: Iterable[int]
    ) -> None:
        """Prepare to look below the localities of these rows of `counted`."""
        self._judged, self._counted = judged, counted
        self._concerned = tuple(concerned)

    def of(self, count: str, row: Row) -> tuple[Place, ...]:
        """Return where the value of a count stands, the first few places."""
        return tuple(islice(dict.fromkeys(self._of(count, row)), MOST))

    def beneath(self, count: str, row: Row) -> tuple[Place, ...]:
        """Return the same without the number that is typed in for the locality itself."""
        return tuple(islice(dict.fromkeys(self._beneath(count, row)), MOST))

    def typed(self, count: str, row: Row) -> Place | None:
        """Return the cell of the number that is typed in, if one is."""
        if row.get(count) is None:
            return None
        return self._judged.facts.localities.places(row["row"], count)

    def children(self, row: Row) -> list[Row]:
        """Return the localities directly below."""
        return self._below.get(row["id"], [])

    def value(self, count: str, row: Row) -> Interval:
        """Return what a locality adds above."""
        passed = "passed." if f"passed.lo:{count}" in row else ""
        return Interval(row[f"{passed}lo:{count}"], row[f"{passed}hi:{count}"])

    def _of(self, count: str, row: Row) -> Iterator[Place]:
        typed = self.typed(count, row)
        if typed is not None:
            yield typed
        else:
            yield from self._beneath(count, row)

    def _beneath(self, count: str, row: Row) -> Iterator[Place]:
        if row.get(f"rows.hi:{count}") is not None:
            yield from self._rows(self._measure(count), row)
        for child in self.children(row):
            known_to_be_none = self.value(count, child) == Interval(0, 0)
            if child.get(count) is not None or not known_to_be_none:
                yield from self._of(count, child)

    def _rows(self, measure: Measure, row: Row) -> Iterator[Place]:
        if measure.register == LOCALITIES:
            if row[f"rows.hi:{measure.key}"]:
                yield self._judged.facts.localities.places(row["row"], "id")
        elif (rows := self._seen.of(measure, row["id"])) is not None:
            yield from rows.certain
            yield from rows.doubtful
            if rows.surveyed_by is not None and not rows.certain:
                yield rows.surveyed_by

    def _measure(self, count: str) -> Measure:
        vocabulary = self._judged.pack.vocabulary
        register = vocabulary.counts[count].register
        return Measure(count, register, vocabulary.rows_of(count))

    @cached_property
    def _below(self) -> Mapping[str, list[Row]]:
        below: dict[str, list[Row]] = {}
        frame = self._frame.filter(pl.col("parent").is_not_null())
        for row in frame.iter_rows(named=True):
            below.setdefault(row["parent"], []).append(row)
        return below

    @cached_property
    def _frame(self) -> pl.DataFrame:
        """The localities concerned and all below them."""
        frame = self._counted
        layer = frame.filter(pl.col("row").is_in(self._concerned)).select("row", "id")
        kept = [layer]
        while not layer.is_empty():
            above = layer.select(parent="id")
            layer = frame.join(above, on="parent", how="semi").select("row", "id")
            kept.append(layer)
        return frame.join(pl.concat(kept).unique(), on="row", how="semi").sort("row")

    @cached_property
    def _seen(self) -> RowsSeen:
        """Looks only among the rows of these localities, so that each look is quick."""
        facts = self._judged.facts
        ids = self._frame.get_column("id")
        inspections = facts.inspections
        few = Facts(
            facts.localities,
            {name: _among(table, ids) for name, table in facts.registers.items()},
            None if inspections is None else _among(inspections, ids),
            facts.sha256,
        )
        return RowsSeen(replace(self._judged, facts=few))


def _among(table: Table, localities: pl.Series) -> Table:
    rows = table.frame.filter(nw.col("locality").is_in(localities.to_list()))
    return table.held(collected(table, rows).lazy())
