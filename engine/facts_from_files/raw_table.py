"""A table as its file holds it: headings, and cells that are not understood yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

import polars as pl

from engine.source import Place

PlaceOf = Callable[[int | None, int | None], Place]
"""The place of a cell by its row (0 is the first below the headings, none the headings
themselves) and its column (none: the whole row)."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table before its cells are read."""

    name: str
    file: str
    headings: tuple[str, ...]
    """Trimmed and composed (NFC)."""
    cells: pl.DataFrame | pl.LazyFrame
    """A column a heading, named `cell_name(0)` and so on, beside `row` (Int64). A
    DataFrame holds text only; a LazyFrame is scanned, its cells of whatever type."""
    place: PlaceOf


def cell_name(position: int) -> str:
    """Return the name of the raw cells' column at a position."""
    return f"cell {position}"


def tidy(text: str) -> str:
    """Return the text without white space around it, composed (NFC)."""
    return normalize("NFC", text).strip()


def frame_of_text(columns: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Return raw cells from columns of text."""
    cells = (
        pl.Series(cell_name(position), column, dtype=pl.String)
        for position, column in enumerate(columns)
    )
    return numbered(pl.DataFrame(cells))


def numbered(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with their rows' numbers, in place."""
    row = pl.Series("row", range(cells.height), dtype=pl.Int64)
    return cells.insert_column(0, row)
