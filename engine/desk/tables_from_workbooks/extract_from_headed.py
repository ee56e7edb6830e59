"""From a sheet whose headings are found to its clean values, each change recorded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Final

from engine.desk.tables_from_workbooks.changes import HIDDEN_ROW, Changes, Log
from engine.desk.tables_from_workbooks.complaints import (
    report_doubt,
    report_fault,
)
from engine.desk.tables_from_workbooks.extract import Extract, plainly
from engine.desk.tables_from_workbooks.folding import folded
from engine.desk.tables_from_workbooks.headings import Headed, Heading, Kind
from engine.desk.tables_from_workbooks.merged_cells import values_of_merged_cells
from engine.desk.tables_from_workbooks.readings import Change, Reading
from engine.desk.tables_from_workbooks.rows import Row, RowKind, Rows
from engine.desk.tables_from_workbooks.values import reader_of
from engine.facts_from_files.columns import Column, Shape
from engine.facts_from_files.findings import TOLD_PER_FILE, Findings
from engine.facts_from_files.workbook_cells import Cell
from engine.vocabulary import INSPECTIONS, FieldType, Text, Vocabulary

_REGISTER: Final = "register"


def extract_from(
    headed: Headed, shape: Shape, vocabulary: Vocabulary, log: Log, findings: Findings
) -> Extract:
    """Read the values of a sheet; what is amiss goes to `findings`."""
    rows = list(Rows(headed))
    readers = {
        name: reader_of(
            _as_read(heading.column, shape, vocabulary),
            _units(name, vocabulary),
            _labels(name, shape, vocabulary),
            headed.sheet.epoch,
        )
        for name, heading in headed.taken.items()
        if heading.column is not None
    }
    extract = Extract(
        headed,
        shape,
        [row.number for row in rows if row.kind is RowKind.DATA],
        [row.number for row in rows if row.kind is RowKind.TOTAL],
        readers,
    )
    _note_rows(headed, rows, log)
    _report_doubts(extract, rows, findings)
    filled = values_of_merged_cells(extract, findings)
    grid = headed.sheet.rows
    columns = list(zip(*(grid[row] for row in extract.rows), strict=True))
    for heading in headed.taken.values():
        cells = columns[heading.position] if columns else ()
        _read(extract, heading, cells, filled, log, findings)
    return extract


def _as_read(column: Column, shape: Shape, vocabulary: Vocabulary) -> Column:
    """Return a column as it is read: the inspected register is one of the registers."""
    if shape.name == INSPECTIONS and column.name == _REGISTER:
        return replace(column, type=FieldType.CHOICE, of=tuple(vocabulary.registers))
    return column


def _labels(column: str, shape: Shape, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the choices of a column by their labels, those that stand for one only."""
    labels: Mapping[str, Text] = {}
    if shape.name == INSPECTIONS and column == _REGISTER:
        labels = {each.id: each.label for each in vocabulary.registers.values()}
    elif shape.name in vocabulary.registers:
        field = vocabulary.registers[shape.name].fields.get(column)
        labels = field.labels if field is not None else {}
    found: dict[str, set[str]] = defaultdict(set)
    for choice, label in labels.items():
        for words in (label.vi, label.en):
            found[folded(words)].add(choice)
    return {words: min(of) for words, of in found.items() if len(of) == 1}


def _units(count: str, vocabulary: Vocabulary) -> frozenset[str]:
    found = vocabulary.counts.get(count)
    if found is None or found.unit is None:
        return frozenset()
    return frozenset(map(folded, (found.unit.vi, found.unit.en)))


def _note_rows(headed: Headed, rows: Sequence[Row], log: Log) -> None:
    kinds = {
        RowKind.TOTAL: "total-left-out",
        RowKind.NUMBERS: "column-numbers-left-out",
        RowKind.BESIDE: "row-left-out",
    }
    for row in rows:
        if row.kind in kinds:
            log.note(headed.sheet.place(row.number, 0), kinds[row.kind])
        elif row.kind is RowKind.DATA and row.number in headed.sheet.hidden_rows:
            log.note(headed.sheet.place(row.number, 0), HIDDEN_ROW)


def _report_doubts(extract: Extract, rows: Sequence[Row], findings: Findings) -> None:
    """Report the cells that are read and only seem blank."""
    headed = extract.headed
    quiet = {Kind.SERIAL, Kind.IGNORED, Kind.BLANK}
    read = {each.position: each for each in headed.headings if each.kind not in quiet}
    kinds = {row.number: row.kind for row in rows}
    told = 0
    for (row, position), doubt in headed.sheet.doubts.items():
        is_read = kinds.get(row) in {RowKind.DATA, RowKind.TOTAL} and position in read
        if not is_read and not headed.top <= row < headed.first:
            continue
        told += 1
        if told <= TOLD_PER_FILE:
            report_doubt(findings, headed.sheet.place(row, position), doubt)
        if is_read and (column := read[position].column):
            extract.unread.setdefault(column.name, set()).add(row)
    findings.also(extract.file, max(0, told - TOLD_PER_FILE))


def _read(
    extract: Extract,
    heading: Heading,
    cells: Sequence[Cell],
    all_filled: Mapping[str, Mapping[int, Cell]],
    log: Log,
    findings: Findings,
) -> None:
    """Read one column, each distinct cell once."""
    if heading.column is None:
        return
    name = heading.column.name
    filled = all_filled.get(name, {})
    if bool in set(map(type, cells)):  # True would be found in place of 1
        cells = [
            str(cell).lower() if isinstance(cell, bool) else cell for cell in cells
        ]
    if filled:
        cells = [
            filled.get(row, cell) for row, cell in zip(extract.rows, cells, strict=True)
        ]
        _log_filled(extract, name, filled, log)
    read = extract.readers[name]
    known = {cell: read(cell) for cell in set(cells)}
    values = {cell: reading.value for cell, reading in known.items()}
    extract.columns[name] = list(map(values.__getitem__, cells))
    _report_faults(extract, heading, cells, known, findings)
    _log_changes(extract, heading, cells, known, log)


def _report_faults(
    extract: Extract,
    heading: Heading,
    cells: Sequence[Cell],
    known: Mapping[Cell, Reading],
    findings: Findings,
) -> None:
    faults = {cell for cell, reading in known.items() if reading.fault}
    if not faults or heading.column is None:
        return
    found = [
        (row, cell)
        for row, cell in zip(extract.rows, cells, strict=True)
        if cell in faults
    ]
    unread = extract.unread.setdefault(heading.column.name, set())
    unread.update(row for row, _ in found)
    for row, cell in found[:TOLD_PER_FILE]:
        fault = known[cell].fault
        if fault is not None:
            place = extract.headed.sheet.place(row, heading.position)
            value = None if extract.shape.personal else plainly(cell)
            report_fault(findings, place, heading.column, fault, value)
    findings.also(extract.file, len(found[TOLD_PER_FILE:]))


def _log_changes(
    extract: Extract,
    heading: Heading,
    cells: Sequence[Cell],
    known: Mapping[Cell, Reading],
    log: Log,
) -> None:
    kinds = {
        cell: reading.change.value
        for cell, reading in known.items()
        if reading.change and not _is_canonical(extract, cell, reading)
    }
    if not kinds or heading.column is None:
        return
    is_changed = list(map(kinds.__contains__, cells))
    changed = list(compress(cells, is_changed))
    before = after = None
    if not extract.shape.personal:
        texts = {cell: plainly(cell) for cell in kinds}
        values = {cell: known[cell].value for cell in kinds}
        before = list(map(texts.__getitem__, changed))
        after = list(map(values.__getitem__, changed))
    log.add(
        Changes(
            extract.headed.sheet,
            heading.position,
            heading.column.name,
            list(compress(extract.rows, is_changed)),
            list(map(kinds.__getitem__, changed)),
            before,
            after,
        )
    )


def _is_canonical(extract: Extract, cell: Cell, reading: Reading) -> bool:
    """Return whether a text of a CSV file stands as it is: there, all is text."""
    return extract.headed.sheet.lines is not None and cell == reading.value


def _log_filled(
    extract: Extract, name: str, filled: Mapping[int, Cell], log: Log
) -> None:
    heading = extract.headed.taken[name]
    shown = (
        [] if extract.shape.personal else [plainly(cell) for cell in filled.values()]
    )
    log.add(
        Changes(
            extract.headed.sheet,
            heading.position,
            name,
            list(filled),
            [Change.UNMERGED.value] * len(filled),
            None,
            shown or None,
        )
    )
