"""A YAML document as raw tables; its scalars are read by their text, as cells are."""

from collections.abc import Mapping
from typing import Final

from engine.errors import Problems
from engine.facts_from_files.columns import Shape
from engine.facts_from_files.document import (
    Row,
    raw_from_rows,
    report_not_a_cell,
    report_not_a_row,
    report_not_rows,
    report_not_tables,
    report_unknown_table,
)
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.raw_table import RawTable
from engine.source import Place
from engine.yaml_source import Limits, nodes, read_text

FOR_FACTS: Final = Limits(size=2**24, depth=16, nodes=2_000_000)


def raws_from_yaml(
    data: bytes, file: str, shapes: Mapping[str, Shape], findings: Findings
) -> list[RawTable]:
    """Return the tables of a document; what is amiss goes to `findings`."""
    problems = Problems()
    personal = any(shape.personal for shape in shapes.values())
    root = read_text(data, file, FOR_FACTS, problems, personal=personal)
    findings.adopt(problems)
    return [] if root is None else raws_from_node(root, shapes, findings)


def raws_from_node(
    root: nodes.Node, shapes: Mapping[str, Shape], findings: Findings
) -> list[RawTable]:
    """Return the tables of a document that is read already."""
    if not isinstance(root, nodes.Mapping):
        report_not_tables(findings, root.place)
        return []
    raws = []
    for name, node in root.values.items():
        key = root.keys[name]
        if name not in shapes:
            report_unknown_table(findings, key.place, name, shapes)
            continue
        match node:
            case nodes.Sequence(items=items):
                raws.append(_raw(name, key.place, items, findings))
            case nodes.Scalar(value=None):
                raws.append(_raw(name, key.place, (), findings))
            case _:
                report_not_rows(findings, node.place, name)
    return raws


def _raw(
    name: str, start: Place, items: tuple[nodes.Node, ...], findings: Findings
) -> RawTable:
    rows = [item for item in items if isinstance(item, nodes.Mapping)]
    for item in items:
        if not isinstance(item, nodes.Mapping):
            report_not_a_row(findings, item.place)

    def value_place(row: int, key: str | None) -> Place:
        return rows[row].place if key is None else rows[row].values[key].place

    def key_place(row: int, key: str | None) -> Place:
        return rows[row].place if key is None else rows[row].keys[key].place

    cells = [_row(row, findings) for row in rows]
    return raw_from_rows(name, start, cells, value_place, key_place)


def _row(row: nodes.Mapping, findings: Findings) -> Row:
    cells: dict[str, str | None] = {}
    for key, node in row.values.items():
        if isinstance(node, nodes.Scalar):
            cells[key] = node.raw
        else:
            cells[key] = None
            report_not_a_cell(findings, node.place, key)
    return cells
