"""The rows and cells of the facts that localities' counts were made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import narwhals as nw

from engine.expressions_from_conditions import Columns
from engine.facts import Table
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Measure
from engine.proof import Rows
from engine.source import Place
from engine.unchanged import collected
from engine.vocabulary import LOCALITIES, Field

SHOWN: Final = 5
"""How many rows are named; their sum counts them all."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row of a register, and whether it is one of those that are counted."""

    row: int
    truth: bool | None
    n: int
    at: int
    """Where it stands among the rows that were looked up."""


class RowsSeen:
    """Looks rows up again: each table once, for all localities that are asked about."""

    def __init__(self, judged: Judged, asked: Collection[str] | None = None) -> None:
        """Prepare to look into the facts that were judged.

        Only rows of the localities `asked` are found; without, those of all.
        """
        self._judged = judged
        self._asked = None if asked is None else list(asked)
        self._held = cache(self._hold)
        self._inspections = cache(self._inspected)
        self._names = cache(self._names_of)
        self._truths: dict[str, nw.Series[Any]] = {}

    def of(self, measure: Measure, locality: str) -> Rows | None:
        """Return a locality's own rows for a measure, if it stands in a register."""
        register = measure.register
        if register is None or register == LOCALITIES:
            return None
        seen = self.rows(measure, locality)
        certain = [one for one in seen if one.truth]
        doubtful = [one for one in seen if one.truth is None]
        least = sum(one.n for one in certain)
        inspection = self._inspection(register, locality)
        return Rows(
            register=register,
            certain=self._places(register, certain),
            doubtful=self._places(register, doubtful),
            number=Interval(least, least + sum(one.n for one in doubtful)),
            surveyed_by=inspection,
            surveyed=bool(seen) or inspection is not None,
        )

    def rows(self, measure: Measure, locality: str) -> list[SeenRow]:
        """Return all rows of the measure's register that name the locality."""
        held = self._held(measure.register or "")
        begin, end = held.spans.get(locality, (0, 0)) if held else (0, 0)
        if held is None or begin == end:
            return []
        truths = self._truth(measure, held)
        columns = (held.rows, truths, held.numbers)
        own = (each[begin:end].to_list() for each in columns)
        return list(map(SeenRow, *own, range(begin, end)))

    def values(self, register: str, seen: SeenRow) -> Mapping[str, Any]:
        """Return the cells of a row by their columns."""
        held = self._held(register)
        if held is None:
            return {}
        return dict(zip(held.frame.columns, held.frame.row(seen.at), strict=True))

    def blank(
        self, register: str, values: Mapping[str, Any], field: str
    ) -> tuple[str, ...]:
        """Return the columns of a field that are blank in a row.

        Of a judgement that is there, but unsigned, those that should say who or why.
        """
        known = self.fields(register).get(field)
        needed = known.columns if known else (field,)
        return tuple(name for name in needed if values.get(name) is None)

    def cell(self, table: Table, row: int, column: str) -> Place:
        """Return the place of a cell; of a column that is not there, the table's."""
        if column in self._names(table.name):
            return table.places(row, column)
        return Place(table.file)

    def fields(self, register: str) -> Mapping[str, Field]:
        """Return the fields of a register."""
        return self._judged.pack.vocabulary.registers[register].fields

    def _hold(self, register: str) -> "_Held | None":
        table = self._judged.facts.registers.get(register)
        if table is None:
            return None
        frame = collected(table, self._asked_of(table)).sort("locality", "row")
        if "n" not in frame.columns:
            frame = frame.with_columns(n=nw.lit(1))
        spans: dict[str, tuple[int, int]] = {}
        for at, locality in enumerate(frame.get_column("locality").to_list()):
            begin, _end = spans.get(locality, (at, at))
            spans[locality] = begin, at + 1
        return _Held(frame, frame.get_column("row"), frame.get_column("n"), spans)

    def _truth(self, measure: Measure, held: "_Held") -> "nw.Series[Any]":
        """Return of each row that is held whether the measure counts it."""
        if measure.key not in self._truths:
            names, day = held.frame.columns, self._judged.as_of
            columns = Columns(names, self.fields(measure.register or ""), day)
            truth = columns.truth(measure.rows).alias("truth")
            found = held.frame.select("row", truth).get_column("truth")
            self._truths[measure.key] = found
        return self._truths[measure.key]

    def _inspection(self, register: str, locality: str) -> Place | None:
        table = self._judged.facts.inspections
        row = self._inspections().get((locality, register))
        return None if table is None or row is None else table.places(row, "register")

    def _inspected(self) -> Mapping[tuple[str, str], int]:
        """Return the row where each locality's inspection of a register stands first."""
        table = self._judged.facts.inspections
        if table is None:
            return {}
        named = self._asked_of(table).select("locality", "register", "row")
        known = collected(table, named)
        found: dict[tuple[str, str], int] = {}
        for locality, register, row in known.iter_rows():
            found.setdefault((locality, register), row)
        return found

    def _asked_of(self, table: Table) -> "nw.LazyFrame[Any]":
        if self._asked is None:
            return table.frame
        return table.frame.filter(nw.col("locality").is_in(self._asked))

    def _names_of(self, name: str) -> tuple[str, ...]:
        facts = self._judged.facts
        table = facts.localities if name == LOCALITIES else facts.registers[name]
        return tuple(table.frame.collect_schema().names())

    def _places(self, register: str, rows: list[SeenRow]) -> tuple[Place, ...]:
        places = self._judged.facts.registers[register].places if rows else None
        return tuple(places(one.row, "locality") for one in rows[:SHOWN] if places)


@dataclass(frozen=True, slots=True)
class _Held:
    """The rows of a register, those of one locality side by side and in their order."""

    frame: "nw.DataFrame[Any]"
    rows: "nw.Series[Any]"
    """Their numbers in the file."""
    numbers: "nw.Series[Any]"
    """How many each of them stands for."""
    spans: Mapping[str, tuple[int, int]]
    """Where the rows of each locality begin and end."""
