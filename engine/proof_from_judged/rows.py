"""The rows and cells of the facts that a locality's counts were made of."""

from dataclasses import dataclass
from typing import Final

import narwhals as nw

from engine.expressions_from_conditions import Columns
from engine.facts import Table
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Measure
from engine.proof import Rows
from engine.source import Place
from engine.vocabulary import LOCALITIES, Field

SHOWN: Final = 5
"""How many rows are named; their sum counts them all."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row of a register, and whether it is one of those that are counted."""

    row: int
    truth: bool | None
    n: int


class RowsSeen:
    """Looks rows up again, one locality at a time."""

    def __init__(self, judged: Judged) -> None:
        """Prepare to look into the facts that were judged."""
        self._judged = judged

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
        table = self._judged.facts.registers.get(measure.register or "")
        if table is None:
            return []
        columns = Columns(
            table.frame.collect_schema().names(),
            self.fields(table.name),
            self._judged.as_of,
        )
        truth = columns.truth(measure.rows).alias("truth")
        found = table.frame.filter(nw.col("locality") == locality)
        picked = found.select(nw.col("row"), truth, nw.col("n")).collect()
        return [SeenRow(*values) for values in picked.sort("row").iter_rows()]

    def blank(self, table: Table, row: int, field: str) -> tuple[str, ...]:
        """Return the columns of a field that are blank in a row.

        Of a judgement that is there, but unsigned, those that should say who or why.
        """
        known = self.fields(table.name).get(field)
        needed = known.columns if known else (field,)
        present = [
            name for name in needed if name in table.frame.collect_schema().names()
        ]
        found = table.frame.filter(nw.col("row") == row).select("row", *present)
        values = dict(zip(("row", *present), found.collect().row(0), strict=True))
        return tuple(name for name in needed if values.get(name) is None)

    def cell(self, table: Table, row: int, column: str) -> Place:
        """Return the place of a cell; of a column that is not there, the table's."""
        if column in table.frame.collect_schema().names():
            return table.places(row, column)
        return Place(table.file)

    def fields(self, register: str) -> "dict[str, Field]":
        """Return the fields of a register."""
        return dict(self._judged.pack.vocabulary.registers[register].fields)

    def _places(self, register: str, rows: list[SeenRow]) -> tuple[Place, ...]:
        places = self._judged.facts.registers[register].places if rows else None
        return tuple(places(one.row, "locality") for one in rows[:SHOWN] if places)

    def _inspection(self, register: str, locality: str) -> Place | None:
        table = self._judged.facts.inspections
        if table is None:
            return None
        asked = (nw.col("locality") == locality) & (nw.col("register") == register)
        found = table.frame.filter(asked).select("row").collect()
        rows = found.get_column("row").to_list()
        return table.places(rows[0], "register") if rows else None
