"""The clean values of one sheet, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.desk.tables_from_workbooks.headings import Headed
from engine.desk.tables_from_workbooks.values import Read
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.workbook_cells import Cell


@dataclass(slots=True)
class Extract:
    """What a sheet holds for one table; the columns are as long as `rows`."""

    headed: Headed
    shape: Shape
    rows: list[int]
    """The rows of data, by their numbers in the sheet."""
    totals: list[int]
    readers: Mapping[str, Read]
    columns: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, set[int]] = field(default_factory=dict)
    """By column, the rows whose cell is an error."""

    @property
    def file(self) -> str:
        """The file that the sheet is in."""
        return self.headed.sheet.file

    def cell(self, row: int, column: str) -> Cell:
        """Return what stands in a row of the sheet under a column of the vocabulary."""
        return self.headed.sheet.rows[row][self.headed.taken[column].position]

    def is_alone(self, at: int) -> bool:
        """Return whether a row of data says one thing, as signatures and titles do."""
        sheet, row = self.headed.sheet, self.rows[at]
        if sum(cell != "" for cell in sheet.rows[row]) > 1:
            return False
        known = sum(values[at] != "" for values in self.columns.values())
        return known == 1 and not any(doubted == row for doubted, _ in sheet.doubts)

    @property
    def naming(self) -> int:
        """The column that names a locality: by its name, or by its code."""
        taken = self.headed.taken
        return taken["name" if "name" in taken else "id"].position


def plainly(cell: Cell) -> str:
    """Return a cell's value as the log and messages show it."""
    if isinstance(cell, float) and cell % 1 == 0:
        return str(int(cell))
    return str(cell)
