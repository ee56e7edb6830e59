"""What nobody has said yet: the blank cells and registers behind an unknown check."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import polars as pl

from engine.facts import Table
from engine.judged import Judged
from engine.measures import Exceptions, Measure, fields_named
from engine.pack import Amount, Check, Every, Holds, counts_named
from engine.proof import Lack, Missing
from engine.proof_from_judged.rows import RowsSeen
from engine.vocabulary import LOCALITIES

Row = Mapping[str, Any]

MOST: Final = 20
"""How many missing facts of one check are named."""


class Gaps:
    """Finds what is missing, down the tree to the cell."""

    def __init__(self, judged: Judged, seen: RowsSeen) -> None:
        """Prepare to search the facts that were judged."""
        self._judged, self._seen = judged, seen
        self._measures = {each.key: each for each in judged.measures.all}

    def of_check(self, check: Check, row: Row) -> tuple[Missing, ...]:
        """Return the facts that an unknown check waits for, the first few of them."""
        found = dict.fromkeys(self._of_check(check, row))
        return tuple(islice(found, MOST))

    def _of_check(self, check: Check, row: Row) -> Iterator[Missing]:
        match check.ask:
            case Every(whole, part):
                yield from self._of_measure(Exceptions(whole, part).key, row)
            case Holds(field):
                yield from self._of_cell(self._judged.facts.localities, row, row, field)
            case Amount(_, bounds):
                table = self._judged.facts.localities
                for _, bound in bounds:
                    if isinstance(bound, str):
                        yield from self._of_cell(table, row, row, bound)
            case _:
                pass
        for count in counts_named(check.ask):
            yield from self._of_measure(count, row)

    def _of_measure(self, key: str, row: Row) -> Iterator[Missing]:
        if row[f"lo:{key}"] == row[f"hi:{key}"]:
            return
        measure = self._measures[key]
        children = self._children(row)
        if measure.register == LOCALITIES:
            table = self._judged.facts.localities
            yield from self._of_fields(measure, table, row["row"], row)
        elif measure.register is None and not children:
            yield _missing(Lack.NUMBER, row, key.split(" ", maxsplit=1)[0])
        elif measure.register is not None:
            yield from self._of_register(measure, measure.register, row, children)
        for child in children:
            yield from self._of_measure(key, child)

    def _of_register(
        self, measure: Measure, register: str, row: Row, children: list[Row]
    ) -> Iterator[Missing]:
        rows = self._seen.of(measure, row["id"])
        if rows is None or not (rows.surveyed or children):
            yield _missing(Lack.REGISTER, row, register)
            return
        for seen in self._seen.rows(measure, row["id"]):
            if seen.truth is None:
                table = self._judged.facts.registers[register]
                yield from self._of_fields(measure, table, seen.row, row)

    def _of_fields(
        self, measure: Measure, table: Table, at: int, row: Row
    ) -> Iterator[Missing]:
        for field in fields_named(measure.rows):
            if field != "verdict":
                yield from self._of_cell(table, {"row": at}, row, field)

    def _of_cell(
        self, table: Table, at: Row, locality: Row, field: str
    ) -> Iterator[Missing]:
        for column in self._seen.blank(table, at["row"], field):
            place = self._seen.cell(table, at["row"], column)
            yield Missing(Lack.CELL, locality["id"], locality["name"], column, place)

    def _children(self, row: Row) -> list[Row]:
        below = self._judged.frame.filter(pl.col("parent") == row["id"])
        return list(below.iter_rows(named=True))


def _missing(kind: Lack, row: Row, what: str) -> Missing:
    return Missing(kind, row["id"], row["name"], what, None)
