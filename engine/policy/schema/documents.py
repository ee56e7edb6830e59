"""The schemas of whole files: a vocabulary, a pack, the cases beside one."""

from collections.abc import Callable, Mapping
from typing import Final

from engine.policy.schema.cases import CASES, EXPECT
from engine.policy.schema.conditions import CONDITIONS
from engine.policy.schema.formulas import FORMULAS
from engine.policy.schema.pack import PACK
from engine.policy.schema.pieces import COMMON, Schema
from engine.policy.schema.vocabulary import FIELD, VOCABULARY

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
KINDS: Final[Mapping[str, tuple[Schema, Mapping[str, Schema]]]] = {
    "pack": (PACK, {**COMMON, **FORMULAS}),
    "vocabulary": (VOCABULARY, {**COMMON, "field": FIELD, **CONDITIONS}),
    "cases": (CASES, {**COMMON, "expect": EXPECT}),
}
"""The files that have a schema, each with its definitions."""


def schema_of(kind: str, say: Callable[[str], str] = str) -> Schema:
    """Return the JSON Schema (2020-12) of one of `KINDS`; `say` translates its words."""
    schema, definitions = KINDS[kind]
    whole = {"$schema": _DIALECT, **schema, "$defs": dict(definitions)}
    return {key: _said(value, say) for key, value in whole.items()}


def _said(value: object, say: Callable[[str], str]) -> object:
    match value:
        case Mapping():
            return {
                key: say(part)
                if key == "description" and isinstance(part, str)
                else _said(part, say)
                for key, part in value.items()
            }
        case list() | tuple():
            return [_said(part, say) for part in value]
        case _:
            return value
