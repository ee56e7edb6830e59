"""The rows of a sheet as columns, of whole numbers if they are, or else of text."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Final

import polars as pl

from engine.facts_from_files.raw_table import cell_name, numbered

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank one is an empty text."""
Rows = list[list[Cell]]

_BLOCK: Final = 2**12
"""Rows. What was made just now is at hand; to fetch all of it later takes twice as long."""
_EXACT_FLOAT: Final = 2**53


def frame_of_rows(rows: Iterator[Sequence[Cell]], width: int) -> pl.DataFrame:
    """Return raw cells from rows that all have this width."""
    columns: list[list[pl.Series]] = [[] for _ in range(width)]
    while block := list(islice(rows, _BLOCK)):
        for parts, cells in zip(columns, zip(*block, strict=True), strict=True):
            parts.append(_part(cells))
    joined = {cell_name(at): _joined(parts) for at, parts in enumerate(columns)}
    return numbered(pl.DataFrame(joined))


def text_of(cell: Cell) -> str:
    """Return what a cell says, a number as a spreadsheet program shows it."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() | int():
            return _number_text(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)


def _part(cells: Sequence[Cell]) -> pl.Series:
    """Return a part of a column: as numbers if all that is not blank is, or as text."""
    kinds = set(map(type, cells))
    if kinds == {float}:
        return pl.Series(cells, dtype=pl.Float64)
    if kinds == {str} and any(cells):
        return pl.Series(cells, dtype=pl.String)
    if kinds <= {float, str}:
        numbers = [None if cell == "" else cell for cell in cells]
        if str not in set(map(type, numbers)):
            return pl.Series(numbers, dtype=pl.Float64)
    return pl.Series(_texts(cells, kinds), dtype=pl.String)


def _joined(parts: Sequence[pl.Series]) -> pl.Series:
    """Return a column from its parts, as whole numbers if all are, or else as text."""
    if parts and all(part.dtype == pl.Float64 for part in parts):
        given = pl.concat(parts)
        whole = given.cast(pl.Int64, strict=False)
        is_whole = (whole == given) & (given.abs() < _EXACT_FLOAT)
        if is_whole.sum() == len(given) - given.null_count():
            return whole
    return pl.concat([_NO_TEXT, *map(_as_text, parts)])


_NO_TEXT: Final = pl.Series(dtype=pl.String)


def _as_text(part: pl.Series) -> pl.Series:
    if part.dtype == pl.String:
        return part
    texts = [None if cell is None else text_of(cell) for cell in part]
    return pl.Series(texts, dtype=pl.String)


def _texts(column: Sequence[Cell], kinds: set[type]) -> list[str]:
    """Return a column's cells as text, each distinct one worked out once."""
    if bool in kinds:  # True would be found in place of 1
        return list(map(text_of, column))
    texts = {cell: text_of(cell) for cell in set(column)}
    return list(map(texts.__getitem__, column))


def _number_text(number: float) -> str:
    """Return the digits that a spreadsheet program shows, at most fifteen if broken."""
    if abs(number) < _EXACT_FLOAT and number == int(number):
        return str(int(number))
    return format(Decimal(f"{number:.15g}"), "f")
