"""The schema of conditions (`where`), as `engine.rules_from_yaml.conditions` reads them."""

from collections.abc import Mapping
from typing import Final

from engine.policy.schema.pieces import (
    BOUNDS,
    DAY,
    DURATION,
    SINGLE,
    Schema,
    mapping,
    ref,
    some,
)
from engine.rules_from_yaml.kinds import ID
from engine.vocabulary import OF_DATES

_PARTS: Final[Schema] = {"type": "array", "items": ref("condition")}
_AGAINST_NUMBER: Final[Schema] = {"anyOf": [{"type": "number"}, DURATION]}
_AGAINST_DAY: Final[Schema] = {
    "type": "string",
    "pattern": f"{DAY['pattern']}|^{ID.pattern}$",
}
_COMPARISONS: Final = mapping(
    {
        **dict.fromkeys(BOUNDS, _AGAINST_NUMBER),
        **dict.fromkeys(OF_DATES, _AGAINST_DAY),
    },
    minProperties=1,
    allOf=[
        {
            "if": {"properties": {word: {"type": "string"}}, "required": [word]},
            "then": {"required": ["before"]},
        }
        for word in BOUNDS
    ],
)

CONDITIONS: Final[Mapping[str, Schema]] = {
    "condition": {
        "type": "object",
        "properties": {"all": _PARTS, "any": _PARTS, "not": ref("condition")},
        "additionalProperties": ref("compared"),
    },
    "compared": {"anyOf": [SINGLE, some(SINGLE), _COMPARISONS]},
}
