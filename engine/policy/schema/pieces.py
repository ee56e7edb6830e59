"""Pieces of JSON Schema: the kinds of values that `engine.rules_from_yaml.kinds` reads.

A schema sees values and not how they were written: an editor reads `yes` as a text and a
date as one too. So a piece takes whatever the loader takes in either reading.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from engine.rules_from_yaml.kinds import ID
from engine.vocabulary import OF_DATES, Operator

Schema = Mapping[str, object]

BOUNDS: Final = tuple(operator.value for operator in Operator)
DAY: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
DATE_OR_MONTH: Final[Schema] = {
    "anyOf": [
        {
            "type": "string",
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$",
        },
        {"type": "integer", "minimum": 0, "maximum": 9999},
    ]
}
DURATION: Final[Schema] = {
    "type": "string",
    "pattern": r"^[0-9]{1,9}\s+(day|week|month|year)s?$",
}
PERCENT: Final[Schema] = {
    "type": "string",
    "pattern": r"^(?=[0-9]{1,9}[.%])0*(100(\.0{1,9})?|[0-9]{1,2}(\.[0-9]{1,9})?)%$",
}
YES_NO: Final[Schema] = {
    "enum": [True, False, "yes", "no", "Yes", "No"],
}
WHOLE_NUMBER: Final[Schema] = {"type": "integer", "minimum": 0}
ANY_NAME: Final[Schema] = {"type": ["string", "boolean"], "pattern": f"^{ID.pattern}$"}
"""A boolean too: unquoted, `true` is a name like any other."""
TEXT: Final[Schema] = {"type": ["string", "number"]}
SINGLE: Final[Schema] = {"type": ["string", "number", "boolean"]}
CELL: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}


def ref(name: str) -> Schema:
    """Refer to a definition of the same schema."""
    return {"$ref": f"#/$defs/{name}"}


def one_of(words: Iterable[str]) -> Schema:
    """Allow some words."""
    return {"enum": list(words)}


def mapping(
    keys: Mapping[str, Schema], *needed: str, **more: object
) -> dict[str, object]:
    """Allow these keys and no others."""
    schema: dict[str, object] = {
        "type": "object",
        "properties": dict(keys),
        "additionalProperties": False,
    }
    if needed:
        schema["required"] = list(needed)
    return schema | more


def by_id(values: Schema, *reserved: str) -> Schema:
    """Allow any ids as keys, but the reserved ones."""
    names: dict[str, object] = {"pattern": f"^{ID.pattern}$"}
    if reserved:
        names["not"] = {"enum": list(reserved)}
    return {"type": "object", "propertyNames": names, "additionalProperties": values}


def some(items: Schema) -> Schema:
    """Allow a list of at least one."""
    return {"type": "array", "items": items, "minItems": 1}


def different(items: Schema) -> Schema:
    """Allow a list of at least one, of which no two texts are equal."""
    unique = {"if": {"items": {"type": "string"}}, "then": {"uniqueItems": True}}
    return {**some(items), **unique}


def or_nothing(schema: Schema) -> Schema:
    """Allow a key without a value as well."""
    return {"anyOf": [schema, {"type": "null"}]}


def described(schema: Schema, words: str) -> Schema:
    """Say what a value means, in words that an editor shows."""
    return {"description": words, **schema}


WORDS: Final[Schema] = {
    "anyOf": [TEXT, mapping({"vi": ref("text"), "en": ref("text")}, minProperties=1)]
}
NAMES: Final[Schema] = different(ANY_NAME)
COMMON: Final[Mapping[str, Schema]] = {"text": TEXT, "words": WORDS, "name": ANY_NAME}

_DAYS: Final = tuple(OF_DATES)
DAYS: Final[Schema] = mapping(dict.fromkeys(_DAYS, DAY), minProperties=1)
"""Comparisons with days."""
