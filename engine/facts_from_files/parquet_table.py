"""A Parquet file as a raw table: a long one is scanned, never held in memory whole."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from engine.errors import N_
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.raw_table import PlaceOf, RawTable, cell_name, tidy
from engine.source import Place

_LONGEST_HELD: Final = 2**18
"""Rows; more than twice the localities of a country."""
_LARGEST_HELD: Final = 2**26
"""Bytes of a file."""


def is_long(path: Path) -> bool:
    """Tell whether a Parquet file holds more than should be held in memory."""
    rows: int = _scanned(path).select(pl.len()).collect().item()
    return rows > _LONGEST_HELD or path.stat().st_size > _LARGEST_HELD


def raw_from_parquet(parts: Iterable[bytes], file: str, name: str) -> RawTable:
    """Return the table that the bytes of Parquet files hold, one after another."""
    headings, cells = _numbered([*parts])
    return RawTable(name, file, headings, cells.collect(), _places_in(file))


def raw_scanned_from_parquet(path: Path, file: str, name: str) -> RawTable:
    """Return the table that a Parquet file holds; only its schema is read now."""
    before = _stamp(path)
    headings, cells = _numbered(path)
    place = _places_in(file)
    return RawTable(name, file, headings, cells, place, lambda: _stamp(path) != before)


def _numbered(
    source: Path | list[bytes],
) -> tuple[tuple[str, ...], pl.LazyFrame]:
    """Return the headings, and the cells as `RawTable` has them."""
    first = source if isinstance(source, Path) else source[0]
    names = list(pl.read_parquet_schema(first))
    index = "row"
    while index in names:
        index += "_"
    columns = (pl.col(each).alias(cell_name(at)) for at, each in enumerate(names))
    row = pl.col(index).cast(pl.Int64).alias("row")
    return tuple(map(tidy, names)), _scanned(source, index).select(row, *columns)


def _scanned(source: Path | list[bytes], index: str | None = None) -> pl.LazyFrame:
    return pl.scan_parquet(
        source, glob=False, hive_partitioning=False, row_index_name=index
    )


def _places_in(file: str) -> PlaceOf:
    """Tell places in a file by row and column, both counted from 1."""

    def place(row: int | None, column: int | None) -> Place:
        line = None if row is None else row + 1
        return Place(file, line, None if column is None or line is None else column + 1)

    return place


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what differs once a file was written anew; nothing if it is gone."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def parquet_damage_reported(file: str, findings: Findings) -> Iterator[None]:
    """Turn what polars raises over a damaged file into a problem of that file."""
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        findings.error(
            "facts-not-parquet",
            Place(file),
            N_("this is not a Parquet file, or it is damaged"),
            N_("write or copy it anew"),
        )
