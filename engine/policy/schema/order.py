"""The order of keys that the schemas name, given to the tree of a file of rules."""

from collections.abc import Iterator, Mapping
from typing import Final

from engine.policy.schema.documents import KINDS
from engine.policy.schema.pieces import Schema
from engine.yaml_source import nodes
from engine.yaml_source.nodes import Node, Scalar, Sequence

_FIRST_KEYS: Final = {"pack": "pack", "vocabulary": "vocabulary", "cases_of": "cases"}
"""By the key that a file of that kind cannot do without."""


def in_order(tree: Node) -> Node:
    """Return a file's tree with the keys of its mappings as the schemas list them.

    Ids stay in the order of the file, and so does a mapping that no schema knows.
    """
    keys = tree.values if isinstance(tree, nodes.Mapping) else {}
    kind = next((kind for key, kind in _FIRST_KEYS.items() if key in keys), None)
    if kind is None:
        return tree
    schema, definitions = KINDS[kind]
    return _Ordering(definitions).ordered(tree, schema)


class _Ordering:
    """Walks down a tree and its schema together."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self._definitions = definitions

    def ordered(self, node: Node, schema: Schema) -> Node:
        match node:
            case Scalar():
                return node
            case Sequence(file, line, column, items):
                inner = next(self._of_kind(schema, "items"), {})
                parts = (
                    self.ordered(item, self._part(inner, "items")) for item in items
                )
                return Sequence(file, line, column, tuple(parts))
            case nodes.Mapping():
                return self._mapping(node, schema)

    def _mapping(self, node: nodes.Mapping, schema: Schema) -> nodes.Mapping:
        known = next(
            (each for each in self._objects(schema) if _allows(each, node.keys)), {}
        )
        named = self._part(known, "properties")
        others = self._part(known, "additionalProperties")
        names = list(node.keys)
        if named.keys() >= node.keys.keys():
            names = [name for name in named if name in node.keys]
        return nodes.Mapping(
            node.file,
            node.line,
            node.column,
            {
                name: self.ordered(node.values[name], self._part(named, name) or others)
                for name in names
            },
            {name: node.keys[name] for name in names},
        )

    def _objects(self, schema: Schema) -> Iterator[Schema]:
        yield from self._of_kind(schema, "properties")
        yield from self._of_kind(schema, "additionalProperties")

    def _of_kind(self, schema: Schema, keyword: str) -> Iterator[Schema]:
        """Yield what of a schema's alternatives has a keyword."""
        if keyword in schema:
            yield schema
        name, alternatives = schema.get("$ref"), schema.get("anyOf")
        if isinstance(name, str):
            definition = self._definitions[name.rpartition("/")[-1]]
            yield from self._of_kind(definition, keyword)
        for each in alternatives if isinstance(alternatives, list) else ():
            yield from self._of_kind(each, keyword)

    @staticmethod
    def _part(schema: Schema, name: str) -> Schema:
        part = schema.get(name)
        return part if isinstance(part, Mapping) else {}


def _allows(schema: Schema, keys: Mapping[str, object]) -> bool:
    named = schema.get("properties", {})
    return schema.get("additionalProperties") is not False or (
        isinstance(named, Mapping) and named.keys() >= keys.keys()
    )
