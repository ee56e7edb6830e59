"""From raw cells to a table of typed values, with whatever cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import narwhals as nw
import polars as pl

from engine.errors import N_
from engine.facts import Table
from engine.facts_from_files import cells
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.complaints import report_blank, report_unreadable
from engine.facts_from_files.file_column import FileColumn
from engine.facts_from_files.findings import TOLD_PER_FILE, Findings
from engine.facts_from_files.headings import positions_of
from engine.facts_from_files.raw_table import RawTable, cell_name
from engine.source import Place
from engine.vocabulary import LOCALITIES


def table_from_raw(raw: RawTable, shape: Shape, findings: Findings) -> Table | None:
    """Return the table with its cells read; none where a column is missing."""
    positions = positions_of(raw, shape, findings)
    reads = _reads(raw, shape, positions, findings)
    passed = _checked(raw, shape, reads, findings)
    if raw.headings and not {
        column.name for column in shape.columns.values() if column.required
    } <= set(positions):
        return None

    def place(row: int, column: str) -> Place:
        return raw.place(row, positions.get(column))

    completed = _completed(shape, {read.name for read in reads})
    frame = nw.from_native(passed.values.with_columns(completed))
    streamed = not isinstance(raw.cells, pl.DataFrame)
    return Table(
        raw.name,
        raw.file,
        frame,
        place,
        streamed,
        raw.is_changed,
        passed.named,
        passed.runs,
    )


def _reads(
    raw: RawTable, shape: Shape, positions: Mapping[str, int], findings: Findings
) -> list[FileColumn]:
    schema = raw.cells.collect_schema()
    reads = []
    for name, position in positions.items():
        kind = schema[cell_name(position)]
        if cells.can_be_read(kind):
            reads.append(FileColumn(shape.columns[name], position, kind))
            continue
        findings.error(
            "facts-column-type",
            raw.place(None, position),
            N_(
                "the column '{column}' is of the type {type}, which holds no plain values"
            ),
            N_("write the column as text, whole numbers, decimals, days or yes/no"),
            column=name,
            type=str(kind),
        )
    return reads


def _checked(
    raw: RawTable, shape: Shape, reads: list[FileColumn], findings: Findings
) -> "_Passed":
    """Return what a pass gives, after it reported what is amiss in each column."""
    passed = _in_one_pass(raw, reads)
    required = [read for read in passed.reads if read.column.required]
    if any(passed.blank[read.name] for read in required):
        passed = _in_one_pass(_without_blank_rows(raw), reads)
    for read in passed.reads:
        if passed.null[read.name] > passed.blank[read.name]:
            _report_unreadable(raw, shape, read, passed, findings)
    for read in required:
        if passed.blank[read.name]:
            _report_blank(raw, read, passed, findings)
    return passed


@dataclass(frozen=True, slots=True)
class _Passed:
    """What one pass over the cells gives."""

    reads: list[FileColumn]
    prepared: pl.LazyFrame
    values: pl.LazyFrame
    blank: Mapping[str, int]
    """How many cells of a column are blank."""
    null: Mapping[str, int]
    """How many values of a column are null: the cells that are blank or unreadable."""
    named: pl.Series | None = None
    runs: pl.Series | None = None
    """See `Table`, of both."""


def _in_one_pass(raw: RawTable, reads: list[FileColumn]) -> _Passed:
    if isinstance(raw.cells, pl.LazyFrame):
        return _scanned(raw.cells, [replace(read, trusted=True) for read in reads])
    reads = _trusted(raw.cells, reads)
    names = [read.name for read in reads]
    prepared = raw.cells.lazy().select("row", *(read.prepared for read in reads))
    values = [pl.col("row"), *(read.value for read in reads)]
    blank = [read.blank.sum().alias(_BLANK + read.name) for read in reads]
    both = prepared.select(*values, *blank).collect(optimizations=_AS_IT_IS)
    found = both.row(0, named=True) if both.height else {}
    blanks = {name: found.get(_BLANK + name, 0) for name in names}
    nulls = {name: both[name].null_count() for name in names}
    return _Passed(reads, prepared, both.lazy().select("row", *names), blanks, nulls)


def _trusted(held: pl.DataFrame, reads: list[FileColumn]) -> list[FileColumn]:
    """Trust the columns whose cells all stand as they are."""
    trusted = [replace(read, trusted=True) for read in reads]
    looks = [
        read.look.all().alias(read.name) for read in trusted if read.look is not None
    ]
    stands = held.select(looks).row(0, named=True) if looks else {}
    return [replace(read, trusted=stands.get(read.name, False)) for read in reads]


def _scanned(scanned: pl.LazyFrame, reads: list[FileColumn]) -> _Passed:
    """Count what is amiss in a file, whose rows may be too many to hold.

    Columns that turn out not to stand as they are have to be read once more.
    """
    prepared = scanned.select("row", *(read.prepared for read in reads))
    links = [read for read in reads if read.name == _LINK and read.look is not None]
    looked_at = [read for read in reads if read.look is not None and read not in links]
    counts = (_counts(read) for read in reads if read.look is None)
    asked = [prepared.select(pl.len(), *chain.from_iterable(counts))]
    asked += [prepared.select(*_counts(read)) for read in looked_at]
    asked += [_runs(prepared, read) for read in links]
    first, *others = pl.collect_all(asked, engine="streaming", optimizations=_APART)
    found = first.row(0, named=True)
    for told in others[: len(looked_at)]:
        found |= told.row(0, named=True)
    runs = others[len(looked_at) :]
    for read, told in zip(links, runs, strict=True):
        found |= told.select(*_counts(read)).row(0, named=True)
        # Of names that stand once each nobody can tell how many cells are blank.
        found[_STANDS + read.name] &= not found[_BLANK + read.name]
    stands = {read.name: found.get(_STANDS + read.name) for read in reads}
    if False in stands.values():
        again = [replace(read, trusted=stands[read.name] or False) for read in reads]
        return _scanned(scanned, again)
    blanks = {read.name: found[_BLANK + read.name] for read in reads}
    nulls = {read.name: found.get(read.name, blanks[read.name]) for read in reads}
    values = [replace(each, filled=not blanks[each.name]).value for each in reads]
    every = prepared.select("row", *values)
    passed = _Passed(reads, prepared, every, blanks, nulls)
    if not runs:
        return passed
    named, numbers, _ = runs[0].sort("first")
    in_runs = numbers.max() == 1 and found["len"] > _LONG * len(named)
    return replace(passed, named=named, runs=named if in_runs else None)


def _runs(prepared: pl.LazyFrame, link: FileColumn) -> pl.LazyFrame:
    """Return a column's cells, each once: how many runs each has, which is the first."""
    runs = prepared.select(link.firsts).with_row_index("run")
    return runs.group_by(link.cell).agg(pl.len(), first=pl.col("run").min())


def _counts(read: FileColumn) -> Iterator[pl.Expr]:
    """Yield how many cells are blank, and how many nothing or whether all stand."""
    yield read.blank.sum().alias(_BLANK + read.name)
    if read.look is None:
        yield read.value.is_null().sum()
    else:
        yield read.look.all().alias(_STANDS + read.name)


_LONG: Final = 32
"""Rows; if runs are longer, on average, to group by them is faster than by names."""
_LINK: Final = "locality"
"""The column by which rows name a locality: few of them, and each name in a run."""
_BLANK: Final = "blank "  # no column has a space in its name
_STANDS: Final = "stands "
_APART: Final = pl.QueryOptFlags(comm_subplan_elim=False)
"""One scan for all queries would hold the file until the slowest has looked at it."""
_AS_IT_IS: Final = pl.QueryOptFlags.none()
"""There is nothing to gain in a table in memory; to look for it takes a tenth longer."""


def _completed(shape: Shape, names: set[str]) -> list[pl.Expr]:
    """Return the columns that are not as in the file (see `Table`)."""
    missing = {
        column.name: pl.lit(None, pl.String)
        for column in shape.columns.values()
        if column.required and column.name not in names
    }
    if shape.name == LOCALITIES:
        own = [pl.col("name")] if "name" in names else []
        missing["name"] = pl.coalesce(*own, missing.get("id", pl.col("id")))
        if "parent" not in names:
            missing["parent"] = pl.lit(None, pl.String)
    elif "n" in names:
        missing["n"] = pl.col("n").fill_null(1)
    return [value.alias(name) for name, value in missing.items()]


def _without_blank_rows(raw: RawTable) -> RawTable:
    """Leave out the rows of blank cells that spreadsheet programs write."""
    schema = raw.cells.collect_schema()
    blank = [cells.is_blank(pl.col(name), schema[name]) for name in schema]
    filled = raw.cells.filter(~pl.all_horizontal(blank[1:]))  # the first is `row`
    return replace(raw, cells=filled)


def _report_unreadable(
    raw: RawTable, shape: Shape, read: FileColumn, passed: _Passed, findings: Findings
) -> None:
    bad = passed.prepared.filter(~read.blank & read.value.is_null())
    rows = bad.select("row", text=read.cell.cast(pl.String)).sort("row")
    for row, text in rows.head(TOLD_PER_FILE).collect().iter_rows():
        place = raw.place(row, read.position)
        report_unreadable(
            findings, place, read.column, None if shape.personal else text
        )
    number = passed.null[read.name] - passed.blank[read.name]
    findings.also(raw.file, max(0, number - TOLD_PER_FILE))


def _report_blank(
    raw: RawTable, read: FileColumn, passed: _Passed, findings: Findings
) -> None:
    rows = passed.prepared.filter(read.blank).select("row").sort("row")
    for row in rows.head(TOLD_PER_FILE).collect()["row"]:
        report_blank(findings, raw.place(row, read.position), read.column)
    findings.also(raw.file, max(0, passed.blank[read.name] - TOLD_PER_FILE))
