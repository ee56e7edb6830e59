"""The schema of worked cases, as `engine.worked_cases_from_yaml` reads them."""

from collections.abc import Iterable, Mapping
from typing import Final

from engine.assessment import Outcome
from engine.errors import N_
from engine.schema.pieces import (
    CELL,
    DAY,
    SINGLE,
    WHOLE_NUMBER,
    YES_NO,
    Schema,
    described,
    mapping,
    one_of,
    or_nothing,
    ref,
    some,
)

_TEXT: Final = ref("text")
_ROW: Final[Schema] = {"type": "object", "additionalProperties": CELL}
_ROWS: Final = or_nothing({"type": "array", "items": _ROW})
_TABLES: Final[Schema] = {"type": "object", "additionalProperties": _ROWS}


def _claims(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values, "minProperties": 1}


EXPECT: Final = mapping(
    {
        "verdict": SINGLE,
        "possible": some(SINGLE),
        "criteria": _claims(one_of(outcome.value for outcome in Outcome)),
        "checks": _claims(
            {
                "enum": [
                    True,
                    False,
                    "true",
                    "false",
                    "unknown",
                    "yes",
                    "no",
                    "Yes",
                    "No",
                ]
            }
        ),
        "short": _claims({"anyOf": [WHOLE_NUMBER, {"type": "null"}]}),
        "missing": _claims(some(SINGLE)),
        "vacuous": _claims(YES_NO),
    },
    minProperties=1,
)
_SHORT: Final = ("locality", "tables", "whole", "parts")
_TOLD: Final[Mapping[str, Schema]] = {
    "as_of": DAY,
    "locality": _ROW,
    "tables": _TABLES,
    "whole": _ROW,
    "parts": {"type": "array", "items": _ROW},
    "facts": _TABLES,
    "at": SINGLE,
    "expect": ref("expect"),
}


def _none_of(keys: Iterable[str]) -> Schema:
    return {"not": {"anyOf": [{"required": [key]} for key in keys]}}


# Facts are told in short or written out; of a case that writes them out, no variant
# tells them once more.
_ONE_FORM: Final = {"facts": _none_of(_SHORT)}
_ONE_FORM_IN_ALL: Final = {
    "facts": {
        **_none_of(_SHORT),
        "properties": {"variants": {"items": _none_of(("facts", *_SHORT))}},
    }
}
_CLAIMS_SOMETHING: Final[Schema] = {"required": ["expect"]}
_EACH_CLAIMS_SOMETHING: Final[Schema] = {
    "required": ["variants"],
    "properties": {"variants": {"items": _CLAIMS_SOMETHING}},
}
_VARIANT: Final = mapping(
    {"variant": _TEXT, **_TOLD}, "variant", dependentSchemas=_ONE_FORM
)
_CASE: Final = mapping(
    {"case": _TEXT, **_TOLD, "variants": some(_VARIANT)},
    "case",
    dependentSchemas=_ONE_FORM_IN_ALL,
    anyOf=[_CLAIMS_SOMETHING, _EACH_CLAIMS_SOMETHING],
)
CASES: Final = mapping(
    {
        "cases_of": described(SINGLE, N_("the id of the pack beside it")),
        "as_of": described(DAY, N_("the day for which the cases are judged")),
        "locality": described(_ROW, N_("what is typed in about the locality")),
        "cases": some(_CASE),
    },
    "cases_of",
    "cases",
)
