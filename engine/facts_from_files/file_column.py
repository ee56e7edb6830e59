"""A column of a file beside the column of a table that it is read as."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from engine.facts_from_files import cells
from engine.facts_from_files.columns import Column
from engine.facts_from_files.raw_table import cell_name
from engine.runs import starts_run

_EACH_ITS_OWN: Final = frozenset({"id", "name"})
"""The columns that seldom say the same twice, so that looking for runs is wasted."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: which it is, where it stands, of what type its cells."""

    column: Column
    position: int
    kind: pl.DataType
    trusted: bool = False
    """Whether its cells are taken to stand as they are; `look` tells whether they do."""
    filled: bool = False
    """Whether none of its cells is blank."""

    @property
    def name(self) -> str:
        """The column of the table."""
        return self.column.name

    @property
    def cell(self) -> pl.Expr:
        """The raw cell, and then the prepared one: both bear the same name."""
        return pl.col(cell_name(self.position))

    @property
    def look(self) -> pl.Expr | None:
        """Whether the cells stand as they are; none where they are not trusted to."""
        if not self.trusted:
            return None
        seen = self.cell if self.name in _EACH_ITS_OWN else self.firsts
        return cells.stands_as_it_is(seen, self.kind, self.column)

    @property
    def firsts(self) -> pl.Expr:
        """The first cell of each run; rows of one locality mostly stand together."""
        return self.cell.filter(starts_run(self.cell))

    @property
    def prepared(self) -> pl.Expr:
        """The cell as `value` and `blank` take it."""
        if self.look is not None:
            return self.cell
        return cells.prepared(self.cell, self.kind, self.column)

    @property
    def prepared_kind(self) -> pl.DataType:
        """The type of the prepared cells."""
        as_text = cells.is_read_as_text(self.kind, self.column)
        return pl.String() if as_text else self.kind

    @property
    def value(self) -> pl.Expr:
        """The value, from the prepared cell."""
        if self.look is not None:
            cell = self.cell if self.filled else cells.as_it_is(self.cell)
            return cell.alias(self.name)
        value = cells.typed(self.cell, self.prepared_kind, self.column)
        return value.alias(self.name)

    @property
    def blank(self) -> pl.Expr:
        """Whether the prepared cell is blank; of text, no white space stands around it."""
        if self.prepared_kind == pl.String:
            return (self.cell == "").fill_null(value=True)
        return self.cell.is_null()
