"""The schema of worked cases, as `engine.policy.worked_cases_from_yaml` reads them."""

from collections.abc import Iterable, Mapping
from typing import Final

from engine.assessment import Outcome
from engine.errors import N_
from engine.policy.schema.pieces import (
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


_TRUTH: Final[Schema] = {
    "enum": [True, False, "true", "false", "unknown", "yes", "no", "Yes", "No"]
}
EXPECT: Final = mapping(
    {
        "verdict": described(SINGLE, N_("a verdict of the pack, or undetermined")),
        "possible": described(
            some(SINGLE), N_("the verdicts that are still possible, all of them")
        ),
        "criteria": described(
            _claims(one_of(outcome.value for outcome in Outcome)),
            N_("how criteria come out"),
        ),
        "checks": described(
            _claims(_TRUTH), N_("whether checks are true, false or unknown")
        ),
        "short": described(
            _claims({"anyOf": [WHOLE_NUMBER, {"type": "null"}]}),
            N_("how many units checks lack; ~ where that is not known"),
        ),
        "missing": described(
            _claims(some(SINGLE)),
            N_("the registers, columns and counts that unknown checks wait for"),
        ),
        "vacuous": described(
            _claims(YES_NO), N_("whether a check is about nobody at all")
        ),
    },
    minProperties=1,
)
_SHORT: Final = ("locality", "tables", "whole", "parts")
_TOLD: Final[Mapping[str, Schema]] = {
    "as_of": described(DAY, N_("the day for which it is judged")),
    "locality": described(_ROW, N_("what is typed in about the locality")),
    "tables": described(_TABLES, N_("rows of registers and inspections")),
    "whole": described(_ROW, N_("a locality above, which is asked about instead")),
    "parts": described(
        {"type": "array", "items": _ROW},
        N_("how each locality below the whole differs from the locality"),
    ),
    "facts": described(_TABLES, N_("instead of all these, a whole facts document")),
    "at": described(SINGLE, N_("the id of the locality that is asked about")),
    "expect": described(ref("expect"), N_("what the answer must say")),
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
    {"variant": described(_TEXT, N_("what differs, in words")), **_TOLD},
    "variant",
    dependentSchemas=_ONE_FORM,
)
_CASE: Final = mapping(
    {
        "case": described(_TEXT, N_("the case in a sentence")),
        **_TOLD,
        "variants": described(
            some(_VARIANT), N_("cases that differ from this one in what they name")
        ),
    },
    "case",
    dependentSchemas=_ONE_FORM_IN_ALL,
    anyOf=[_CLAIMS_SOMETHING, _EACH_CLAIMS_SOMETHING],
)
CASES: Final = mapping(
    {
        "cases_of": described(SINGLE, N_("the id of the pack beside it")),
        "as_of": described(DAY, N_("the day for which the cases are judged")),
        "locality": described(_ROW, N_("what is typed in about the locality")),
        "cases": described(some(_CASE), N_("the cases, each with what is expected")),
    },
    "cases_of",
    "cases",
)
