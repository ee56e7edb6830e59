"""The keys that a schema allows, as Markdown tables: the reference of the language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cli.language import _
from engine.errors import N_
from engine.policy.schema.pieces import (
    ANY_NAME,
    CELL,
    DATE_OR_MONTH,
    DAY,
    DURATION,
    PERCENT,
    SINGLE,
    TEXT,
    WHOLE_NUMBER,
    YES_NO,
    Schema,
)

_KINDS: Final = (
    (DAY, N_("a date")),
    (DATE_OR_MONTH, N_("a date, a month or a year")),
    (DURATION, N_("a duration")),
    (PERCENT, N_("a percentage")),
    (YES_NO, N_("yes or no")),
    (WHOLE_NUMBER, N_("a whole number")),
    (TEXT, N_("a text")),
    (SINGLE, N_("a text")),
    (CELL, N_("a value")),
    (ANY_NAME, N_("a name")),
)
_DEFINED: Final[Mapping[str, str]] = {
    "text": N_("a text"),
    "words": N_("words for people"),
    "name": N_("a name"),
    "formula": N_("a formula"),
    "verdict_formula": N_("a formula"),
    "condition": N_("a condition"),
    "field": N_("a type, or a mapping (below)"),
    "expect": N_("a mapping (below)"),
}


def keys_as_markdown(schema: Schema) -> Iterator[str]:
    """Yield a table for each mapping of a file, those within others after them."""
    separator = ""
    for table in _Tables(schema).all():
        yield separator + "\n".join(table.lines()) + "\n"
        separator = "\n"


@dataclass(frozen=True, slots=True)
class _Table:
    path: str
    keys: Mapping[str, Schema]
    needed: Sequence[object]

    def lines(self) -> Iterator[str]:
        value_head, meaning_head, required = _("value"), _("meaning"), _("required")
        yield f"| {self.path} | {value_head} | {meaning_head} |"
        yield "|---|---|---|"
        for name, value in self.keys.items():
            must = f" ({required})" if name in self.needed else ""
            words = value.get("description", "")
            yield f"| `{name}`{must} | {_value(value)} | {words} |"


class _Tables:
    """Finds the mappings of a schema that have keys of their own."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._definitions = _mapping(schema, "$defs")

    def all(self) -> Iterator[_Table]:
        yield from self._within(self._schema, _("key"))
        for name in ("expect", "field"):
            if name in self._definitions:
                yield from self._within(self._definitions[name], f"`{name}`")

    def _within(self, schema: Schema, path: str) -> Iterator[_Table]:
        """Yield the table of a mapping, then those of what its keys hold."""
        of_keys = [each for each in _alternatives(schema) if "properties" in each]
        if not of_keys:
            yield from self._deeper(schema, path)
            return
        # Alternatives are told as one: they differ in a key or two.
        keys: dict[str, Schema] = {}
        for each in of_keys:
            for name, value in _mapping(each, "properties").items():
                keys[name] = _either(keys[name], value) if name in keys else value
        needed = [
            name
            for name in keys
            if all(name in _texts(each, "required") for each in of_keys)
        ]
        yield _Table(path, keys, needed)
        for name, value in keys.items():
            yield from self._deeper(value, f"`{name}`")

    def _deeper(self, schema: Schema, path: str) -> Iterator[_Table]:
        for each in _alternatives(schema):
            inner = each.get("items") or each.get("additionalProperties")
            if isinstance(inner, Mapping):
                yield from self._within(inner, path)
            elif "properties" in each:
                yield from self._within(each, path)


def _either(one: Schema, other: Schema) -> Schema:
    """Return what allows either; where it is a choice of words, all the words."""
    words = [*_words(one), *_words(other)]
    return {**one, "enum": list(dict.fromkeys(words))} if words else one


def _words(schema: Schema) -> Sequence[str]:
    if "const" in schema:
        return [str(schema["const"])]
    # Yes and no are read as words by editors, and stand there in every spelling.
    return [
        each
        for each in _texts(schema, "enum")
        if isinstance(each, str) and each.lower() not in {"yes", "no"}
    ]


def _value(schema: Schema) -> str:
    """Return what kind of value a key takes."""
    more = {"description", "not"}
    bare = {key: value for key, value in schema.items() if key not in more}
    known = [words for kind, words in _KINDS if kind == bare]
    return _(known[0]) if known else _composed(bare)


def _composed(schema: Schema) -> str:
    inner, several = _mapping(schema, "items"), schema.get("anyOf")
    name, values = schema.get("$ref"), _mapping(schema, "additionalProperties")
    if isinstance(name, str):
        return _(_DEFINED[name.rpartition("/")[-1]])
    if words := _words(schema):
        return ", ".join(f"`{word}`" for word in words)
    if inner:
        return _("a list: {items}").format(items=_value(inner))
    if values:
        return _("by name: {values}").format(values=_value(values))
    if "properties" in schema:
        return _("a mapping (below)")
    if isinstance(several, Sequence):
        told = (_value(each) for each in several if each != {"type": "null"})
        return _(" or ").join(dict.fromkeys(told))
    return _("a name")


def _alternatives(schema: Schema) -> Iterator[Schema]:
    several = schema.get("anyOf")
    if isinstance(several, Sequence) and "properties" not in schema:
        for each in several:
            yield from _alternatives(each)
    else:
        yield schema


def _mapping(schema: Schema, key: str) -> Mapping[str, Schema]:
    found = schema.get(key, {})
    return found if isinstance(found, Mapping) else {}


def _texts(schema: Schema, key: str) -> Sequence[object]:
    found = schema.get(key, ())
    return found if isinstance(found, Sequence) else ()
