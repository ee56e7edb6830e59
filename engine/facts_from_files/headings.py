"""Which column of a raw table is which: headings against the table's shape."""

from collections.abc import Mapping

import polars as pl

from engine.errors import N_, nearest
from engine.facts_from_files import cells
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.findings import TOLD_PER_FILE, Findings, listed, shown
from engine.facts_from_files.raw_table import RawTable, cell_name


def positions_of(raw: RawTable, shape: Shape, findings: Findings) -> Mapping[str, int]:
    """Return where each known column stands; everything amiss goes to `findings`."""
    if any(raw.headings) and not set(raw.headings) & set(shape.columns):
        _report_no_headings(raw, shape, findings)
        return {}
    positions: dict[str, int] = {}
    for position, heading in enumerate(raw.headings):
        if not heading:
            continue
        if heading in positions:
            _report_twice(raw, position, findings)
        elif heading not in shape.columns:
            _report_unknown(raw, position, shape, findings)
        else:
            positions[heading] = position
    _refuse_data_without_heading(raw, findings)
    _report_missing(raw, shape, positions, findings)
    return positions


def _report_no_headings(raw: RawTable, shape: Shape, findings: Findings) -> None:
    """The first row may be a row of data, so nothing of it is shown."""
    findings.error(
        "facts-no-headings",
        raw.place(None, None),
        N_("the first row holds no heading of the table '{table}'"),
        N_("put the names of the columns into the first row: {columns}"),
        table=shape.name,
        columns=_known(shape),
    )


def _refuse_data_without_heading(raw: RawTable, findings: Findings) -> None:
    """One pass tells which: a stray cell far to the right makes thousands of columns."""
    blank = [at for at, heading in enumerate(raw.headings) if not heading]
    if not blank:
        return
    schema, held = raw.cells.collect_schema(), raw.cells.lazy()
    holds = {
        at: ~cells.is_blank(pl.col(cell_name(at)), schema[cell_name(at)])
        for at in blank
    }
    found = held.select(each.any().alias(str(at)) for at, each in holds.items())
    filled = [
        int(at)
        for at, is_filled in found.collect().row(0, named=True).items()
        if is_filled
    ]
    for at in filled[:TOLD_PER_FILE]:
        first = held.filter(holds[at]).select(pl.col("row").min()).collect().item()
        findings.error(
            "facts-no-heading",
            raw.place(first, at),
            N_("a value stands here under a blank heading"),
            N_("give the column its heading, or clear it"),
        )
    findings.also(raw.file, len(filled[TOLD_PER_FILE:]))


def _report_twice(raw: RawTable, position: int, findings: Findings) -> None:
    heading = raw.headings[position]
    findings.error(
        "facts-column-twice",
        raw.place(None, position),
        N_("the column '{column}' already stands at {first}"),
        N_("keep one of the two"),
        column=shown(heading),
        first=raw.place(None, raw.headings.index(heading)),
    )


def _report_unknown(
    raw: RawTable, position: int, shape: Shape, findings: Findings
) -> None:
    heading = raw.headings[position]
    near = nearest(heading, shape.columns)
    findings.error(
        "facts-unknown-column",
        raw.place(None, position),
        N_("the table '{table}' has no column '{column}'"),
        N_("did you mean '{near}'?")
        if near
        else N_(
            "remove it, so that nothing enters that is not counted, or write it as one of "
            "these: {columns}"
        ),
        table=shape.name,
        column=shown(heading),
        near=near,
        columns=_known(shape),
    )


def _report_missing(
    raw: RawTable, shape: Shape, positions: Mapping[str, int], findings: Findings
) -> None:
    if not raw.headings:  # a table without rows in a document
        return
    for column in shape.columns.values():
        if column.required and column.name not in positions:
            findings.error(
                "facts-missing-column",
                raw.place(None, None),
                N_("the table '{table}' has no column '{column}', and needs it"),
                N_("add the column '{column}' and fill it in for every row"),
                table=shape.name,
                column=column.name,
            )


def _known(shape: Shape) -> str:
    return listed(shape.columns)
