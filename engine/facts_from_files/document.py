"""What YAML and JSON documents share: tables as lists of rows, cells by their names."""

from collections.abc import Callable, Mapping, Sequence

from engine.errors import N_, nearest
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.findings import Findings, listed, shown
from engine.facts_from_files.raw_table import RawTable, frame_of_text, tidy
from engine.source import Place

Row = Mapping[str, str | None]
PlaceInRow = Callable[[int, str | None], Place]
"""The place of a value, or of a key, by row and key (none: the whole row)."""


def raw_from_rows(
    name: str,
    start: Place,
    rows: Sequence[Row],
    value_place: PlaceInRow,
    key_place: PlaceInRow,
) -> RawTable:
    """Return the table of these rows; a key that a row lacks is a blank cell."""
    keys = list(dict.fromkeys(key for row in rows for key in row))

    def place(row: int | None, column: int | None) -> Place:
        key = None if column is None else keys[column]
        if row is not None:
            return value_place(row, key if key in rows[row] else None)
        if key is None:
            return start
        first = next(at for at, each in enumerate(rows) if key in each)
        return key_place(first, key)

    cells = frame_of_text([[row.get(key) for row in rows] for key in keys])
    return RawTable(name, start.file, tuple(map(tidy, keys)), cells, place)


def report_twice(findings: Findings, place: Place, key: str) -> None:
    """Say that a key stands twice in one object."""
    findings.error(
        "facts-key-twice",
        place,
        N_("the key '{key}' stands here a second time"),
        N_("keep one of the two"),
        key=shown(key),
    )


def report_unknown_table(
    findings: Findings, place: Place, name: str, shapes: Mapping[str, Shape]
) -> None:
    """Say that the vocabulary knows no such table."""
    near = nearest(name, shapes)
    findings.error(
        "facts-unknown-table",
        place,
        N_("'{table}' is no table of the vocabulary"),
        N_("did you mean '{near}'?")
        if near
        else N_("remove it, or name it as one of these: {tables}"),
        table=shown(name),
        near=near,
        tables=listed(shapes),
    )


def report_not_tables(findings: Findings, place: Place) -> None:
    """Say that a document is no mapping of tables."""
    findings.error(
        "facts-not-tables",
        place,
        N_("the document is not a mapping from the names of tables to their rows"),
        N_("write it as 'localities: [...]' and so on"),
    )


def report_not_rows(findings: Findings, place: Place, name: str) -> None:
    """Say that a table is no list."""
    findings.error(
        "facts-not-rows",
        place,
        N_("the table '{table}' is not a list of rows"),
        N_("write each row as an item of a list"),
        table=name,
    )


def report_not_a_row(findings: Findings, place: Place) -> None:
    """Say that a row is no mapping."""
    findings.error(
        "facts-not-a-row",
        place,
        N_("this row is not a mapping from columns to values"),
        N_("write it as 'column: value', a value a column"),
    )


def report_not_a_cell(findings: Findings, place: Place, key: str) -> None:
    """Say that a value is a list or a mapping."""
    findings.error(
        "facts-not-a-cell",
        place,
        N_("{column}: this is not a single value"),
        N_("write one text, number, day or yes/no"),
        column=shown(key),
    )
    findings.close(place)
