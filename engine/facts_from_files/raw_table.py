"""A table as its file holds it: headings, and cells that are not understood yet."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

import polars as pl

from engine.facts import never
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
    """The names of the columns, as `column_name` gives them."""
    cells: pl.DataFrame | pl.LazyFrame
    """A column a heading, named `cell_name(0)` and so on, beside `row` (Int64); the cells
    are of whatever type. A LazyFrame is scanned, never held."""
    place: PlaceOf
    is_changed: Callable[[], bool] = never
    """See `engine.facts.Table`."""


def cell_name(position: int) -> str:
    """Return the name of the raw cells' column at a position."""
    return f"cell {position}"


def tidy(text: str) -> str:
    """Return the text without white space around it, composed (NFC)."""
    return normalize("NFC", text).strip()


def column_name(heading: str) -> str:
    """Return the name of a column from its heading: the whole, or `words [name]`.

    So a heading can say to a person what it says to the machine, in one cell that stays
    whole when a sheet is sorted, copied or saved as something else.
    """
    text = tidy(heading)
    found = _NAMED.search(text) if text.endswith("]") else None
    return found[1] if found else text


_NAMED: Final = re.compile(r"\[\s*([^\[\]\s]+)\s*\]\Z")


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
