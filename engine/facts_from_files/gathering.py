"""The tables of one set of facts, while they come in from its files."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.errors import N_
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.raw_table import RawTable
from engine.facts_from_files.typed_table import table_from_raw
from engine.source import Place

if TYPE_CHECKING:
    from pathlib import Path

    from engine.facts import Table


class Gathering:
    """Takes raw tables in, and holds those that have the columns they need."""

    def __init__(self, shapes: Mapping[str, Shape], findings: Findings) -> None:
        self.shapes = shapes
        self.findings = findings
        self.tables: dict[str, Table] = {}
        self.seen: set[str] = set()
        """The tables that there are, even if nothing could be read of them."""
        self._starts: dict[str, Place] = {}

    def add(self, raw: RawTable) -> None:
        """Read a table's cells, unless the same table came in before."""
        start = raw.place(None, None)
        self.seen.add(raw.name)
        first = self._starts.setdefault(raw.name, start)
        if first is not start:
            self.findings.error(
                "facts-table-twice",
                start,
                N_("the table '{table}' already stands at {first}"),
                N_("keep one of the two, or put all rows into one"),
                table=raw.name,
                first=first,
            )
            return
        table = table_from_raw(raw, self.shapes[raw.name], self.findings)
        if table is not None:
            self.tables[raw.name] = table

    def report_not_readable(self, path: "Path") -> None:
        """Say that the system gives no access to a file or folder."""
        self.findings.error(
            "facts-not-readable",
            Place(str(path)),
            N_("this cannot be opened"),
            N_("check that it exists, and that you may read it"),
        )
