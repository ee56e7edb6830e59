"""A Parquet file as a raw table that is scanned, never held in memory whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from engine.errors import N_
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.raw_table import RawTable, cell_name, tidy
from engine.source import Place


def raw_from_parquet(path: Path, file: str, name: str) -> RawTable:
    """Return the table that a Parquet file holds; only its schema is read now.

    A place in it is a row and a column, both counted from 1.
    """
    before = _stamp(path)
    names = list(pl.read_parquet_schema(path))
    index = "row"
    while index in names:
        index += "_"
    scanned = pl.scan_parquet(
        path, glob=False, hive_partitioning=False, row_index_name=index
    )
    columns = (pl.col(each).alias(cell_name(at)) for at, each in enumerate(names))

    def place(row: int | None, column: int | None) -> Place:
        line = None if row is None else row + 1
        return Place(file, line, None if column is None or line is None else column + 1)

    headings = tuple(map(tidy, names))
    cells = scanned.select(pl.col(index).cast(pl.Int64).alias("row"), *columns)
    return RawTable(name, file, headings, cells, place, lambda: _stamp(path) != before)


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
