"""The log of an import: what was done to which cell, or why a row was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from engine.desk.tables_from_workbooks.sheets import Sheet
from engine.facts_from_files.findings import column_letters

COLUMNS: Final = ("place", "column", "change", "before", "after")
HIDDEN_SHEET: Final = "hidden-sheet-read"
HIDDEN_ROW: Final = "hidden-row-read"


@dataclass(frozen=True, slots=True)
class Changes:
    """What was done in one column of a sheet, a row each; personal values are left out."""

    sheet: Sheet
    position: int
    column: str
    rows: Sequence[int]
    kinds: Sequence[str]
    before: Sequence[str] | None = None
    after: Sequence[str] | None = None


class Log:
    """Collects what was done, in the order in which it was done."""

    def __init__(self) -> None:
        self._blocks: list[Changes] = []
        self._lines: list[tuple[str, str, str, str, str]] = []

    def add(self, changes: Changes) -> None:
        """Record changes in a column."""
        self._blocks.append(changes)

    def note(
        self,
        place: object,
        kind: str,
        column: str = "",
        before: str = "",
        after: str = "",
    ) -> None:
        """Record a single thing."""
        # A file's name may hold what is no text.
        shown = str(place).encode(errors="replace").decode()
        self._lines.append((shown, column, kind, before, after))

    def noted(self, *kinds: str) -> int:
        """Return how many single things of these kinds were recorded."""
        return sum(kind in kinds for _, _, kind, _, _ in self._lines)

    def frame(self) -> pl.DataFrame:
        """Return the log as a table."""
        lines = pl.DataFrame(
            self._lines, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"
        )
        return pl.concat([lines, *map(_frame, self._blocks)])

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Yield its lines: place, column, change, before, after."""
        yield from self.frame().iter_rows()


def _frame(changes: Changes) -> pl.DataFrame:
    sheet, size = changes.sheet, len(changes.rows)
    blank = [""] * size
    if sheet.lines is None:
        start = f"{sheet.file}!{sheet.name}!{column_letters(changes.position + 1)}"
        numbers, end = [row + 1 for row in changes.rows], ""
    else:
        start, end = f"{sheet.file}:", f":{changes.position + 1}"
        numbers = [sheet.lines[row] for row in changes.rows]
    return pl.DataFrame(
        {
            "place": pl.Series(numbers, dtype=pl.Int64),
            "column": pl.repeat(changes.column, size, dtype=pl.String, eager=True),
            "change": pl.Series(changes.kinds, dtype=pl.String),
            "before": pl.Series(changes.before or blank, dtype=pl.String),
            "after": pl.Series(changes.after or blank, dtype=pl.String),
        }
    ).with_columns(
        pl.concat_str(pl.lit(start), pl.col("place"), pl.lit(end)).alias("place")
    )
