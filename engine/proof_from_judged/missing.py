"""What nobody has said yet: the blank cells and registers behind an unknown check."""

from collections.abc import Iterator
from typing import Final

from engine.facts import Table
from engine.judged import Judged
from engine.measures import Exceptions, Measure, fields_named
from engine.pack import Amount, Check, Every, Holds, counts_named
from engine.proof import Lack, Missing
from engine.proof_from_judged.localities import Localities, Row
from engine.proof_from_judged.rows import RowsSeen
from engine.vocabulary import LOCALITIES

MOST: Final = 20
"""How many missing facts of one check are named."""


class Gaps:
    """Finds what is missing, down the tree to the cell."""

    def __init__(self, judged: Judged, localities: Localities, seen: RowsSeen) -> None:
        """Prepare to search the facts that were judged."""
        self._facts, self._localities, self._seen = judged.facts, localities, seen
        self._measures = {each.key: each for each in judged.measures.all}

    def of_check(self, check: Check, row: Row) -> tuple[Missing, ...]:
        """Return the facts that an unknown check waits for, the first few of them."""
        found: dict[Missing, None] = {}
        for each in self._of_check(check, row):
            found[each] = None
            if len(found) == MOST:  # a commune may have thousands below it
                break
        return tuple(found)

    def _of_check(self, check: Check, row: Row) -> Iterator[Missing]:
        match check.ask:
            case Every(whole, part):
                yield from self._of_measure(Exceptions(whole, part).key, row)
            case Holds(field):
                yield from self._of_cell(self._facts.localities, row, row, field)
            case Amount(_, bounds):
                for _, bound in bounds:
                    if isinstance(bound, str):
                        table = self._facts.localities
                        yield from self._of_cell(table, row, row, bound)
            case _:
                pass
        for count in counts_named(check.ask):
            yield from self._of_measure(count, row)

    def _of_measure(self, key: str, row: Row) -> Iterator[Missing]:
        if row[f"lo:{key}"] == row[f"hi:{key}"]:
            return
        measure = self._measures[key]
        children = self._localities.children(row)
        if measure.register == LOCALITIES:
            yield from self._of_fields(measure, self._facts.localities, row, row)
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
                table = self._facts.registers[register]
                at = self._seen.values(register, seen)
                yield from self._of_fields(measure, table, at, row)

    def _of_fields(
        self, measure: Measure, table: Table, at: Row, row: Row
    ) -> Iterator[Missing]:
        for field in fields_named(measure.rows):
            if field != "verdict":
                yield from self._of_cell(table, at, row, field)

    def _of_cell(
        self, table: Table, at: Row, locality: Row, field: str
    ) -> Iterator[Missing]:
        for column in self._seen.blank(table.name, at, field):
            place = self._seen.cell(table, at["row"], column)
            yield Missing(Lack.CELL, locality["id"], locality["name"], column, place)


def _missing(kind: Lack, row: Row, what: str) -> Missing:
    return Missing(kind, row["id"], row["name"], what, None)
