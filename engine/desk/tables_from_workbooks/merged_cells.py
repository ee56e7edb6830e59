"""Merged cells among the data: one value for several rows, or for nobody knows which."""

from collections.abc import Mapping
from typing import Final

from engine.desk.tables_from_workbooks.complaints import report_merged
from engine.desk.tables_from_workbooks.extract import Extract
from engine.desk.tables_from_workbooks.sheets import Range
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.workbook_cells import Cell
from engine.vocabulary import FieldType

_NEVER_FILLED: Final = frozenset({"id", "name"})
_SHARED_BY_NONE: Final = frozenset({FieldType.COUNT, FieldType.NUMBER})


def values_of_merged_cells(
    extract: Extract, findings: Findings
) -> Mapping[str, Mapping[int, Cell]]:
    """Return the values of merged cells that hold for each of their rows."""
    sheet = extract.headed.sheet
    data = set(extract.rows)
    by_position = {each.position: name for name, each in extract.headed.taken.items()}
    filled: dict[str, dict[int, Cell]] = {}
    for each in sheet.merged:
        if each.bottom < extract.headed.first or sheet.rows[each.top][each.left] == "":
            continue
        rows = [row for row in range(each.top, each.bottom + 1) if row in data]
        names = [
            by_position[at]
            for at in range(each.left, each.right + 1)
            if at in by_position
        ]
        if not rows or not names or (len(rows) == 1 and _is_one(each, by_position)):
            continue
        if _may_be_filled(extract, each, names):
            value = sheet.rows[each.top][each.left]
            filled.setdefault(names[0], {}).update(
                {row: value for row in rows if row != each.top}
            )
        else:
            report_merged(findings, sheet.place(each.top, each.left))
            for name in names:
                extract.unread.setdefault(name, set()).update(rows)
    return filled


def _is_one(each: Range, by_position: Mapping[int, str]) -> bool:
    """Return whether merged cells of one row lie under the one column they begin in."""
    others = range(each.left + 1, each.right + 1)
    return each.left in by_position and by_position.keys().isdisjoint(others)


def _may_be_filled(extract: Extract, each: Range, names: list[str]) -> bool:
    column = extract.shape.columns[names[0]]
    return (
        each.left == each.right
        and column.type not in _SHARED_BY_NONE
        and column.name not in _NEVER_FILLED
    )
