"""Facts in short form, written out in full as the nodes of a facts document.

What is written out keeps the places of what was written, so that a complaint about a
cell points into the file of cases.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.source import Place
from engine.vocabulary import LOCALITIES
from engine.yaml_source import nodes
from engine.yaml_source.nodes import Node

_HERE: Final = "here"
_WHOLE: Final = "whole"

Tables = Mapping[str, tuple[nodes.Scalar, Node]]
"""Tables by their names: the key and the rows."""


@dataclass(frozen=True, slots=True)
class ShortFacts:
    """One locality, with what stands in registers about it or lies above and beside it."""

    row: nodes.Mapping
    """What is typed in about the locality."""
    tables: Tables
    whole: nodes.Mapping | None
    """The locality above, which is then the one that is asked about."""
    parts: tuple[Node, ...]
    """How each locality below `whole` differs from `row`."""


def over(base: nodes.Mapping, changes: nodes.Mapping | None) -> nodes.Mapping:
    """Return a mapping whose keys are those of both, the values those of the changes."""
    if changes is None:
        return base
    return nodes.Mapping(
        changes.file,
        changes.line,
        changes.column,
        base.values | changes.values,
        base.keys | changes.keys,
    )


def written_out(short: ShortFacts, level: str) -> nodes.Mapping:
    """Return the facts document; `level` is the locality's if it names none.

    The locality that is asked about comes first.
    """
    row = _with(short.row, id=_HERE, level=level)
    if short.whole is None:
        own: tuple[Node, ...] = (row,)
    else:
        whole = _with(short.whole, id=_WHOLE)
        own = (whole, *_below(row, short.parts, _raw(whole, "id")))
    at = _raw(own[0], "id")
    tables = dict(short.tables)
    key, others = tables.pop(LOCALITIES, (None, _sequence(row.place, ())))
    if isinstance(others, nodes.Sequence):
        others = _sequence(short.row.place, (*own, *others.items))
    values: dict[str, Node] = {LOCALITIES: others}
    values |= {name: _rows(node, at) for name, (_key, node) in tables.items()}
    keys = {LOCALITIES: key or _scalar(row.place, LOCALITIES)} | {
        name: heading for name, (heading, _node) in tables.items()
    }
    return nodes.Mapping(*_at(short.row.place), values, keys)


def _below(row: nodes.Mapping, parts: tuple[Node, ...], whole: str) -> Iterator[Node]:
    start = _raw(row, "id")
    plain = nodes.Mapping(
        row.file,
        row.line,
        row.column,
        {name: node for name, node in row.values.items() if name != "id"},
        {name: node for name, node in row.keys.items() if name != "id"},
    )
    for number, part in enumerate(parts, start=1):
        if isinstance(part, nodes.Mapping):
            yield _with(over(plain, part), id=f"{start}-{number}", parent=whole)
        else:
            yield part


def _rows(node: Node, at: str) -> Node:
    """Return a register's rows; those that name no locality are about this one."""
    match node:
        case nodes.Sequence(items=items):
            located = (
                _with(item, locality=at) if isinstance(item, nodes.Mapping) else item
                for item in items
            )
            return _sequence(node.place, tuple(located))
        case _:
            return node


def _with(mapping: nodes.Mapping, **defaults: str) -> nodes.Mapping:
    """Return a mapping in which these keys have a value."""
    made = {
        key: _scalar(mapping.place, text)
        for key, text in defaults.items()
        if key not in mapping.values
    }
    named = {key: _scalar(mapping.place, key) for key in made}
    return nodes.Mapping(
        mapping.file,
        mapping.line,
        mapping.column,
        made | mapping.values,
        named | mapping.keys,
    )


def _raw(row: Node, key: str) -> str:
    node = row.values.get(key) if isinstance(row, nodes.Mapping) else None
    return (node.raw or "") if isinstance(node, nodes.Scalar) else ""


def _scalar(place: Place, text: str) -> nodes.Scalar:
    return nodes.Scalar(*_at(place), text, text, plain=True)


def _sequence(place: Place, items: tuple[Node, ...]) -> nodes.Sequence:
    return nodes.Sequence(*_at(place), items)


def _at(place: Place) -> tuple[str, int, int]:
    return place.file, place.line or 1, place.column or 1
