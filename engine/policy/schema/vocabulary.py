"""The schema of a vocabulary, as `engine.rules_from_yaml` reads it."""

from collections.abc import Mapping
from typing import Final

from engine.errors import N_
from engine.policy.schema.pieces import (
    NAMES,
    SINGLE,
    YES_NO,
    Schema,
    by_id,
    described,
    mapping,
    one_of,
    or_nothing,
    ref,
    some,
)
from engine.rules_from_yaml.formulas import CRITERIA
from engine.rules_from_yaml.vocabulary_from_yaml import VERSION
from engine.vocabulary import BUILT_IN, INSPECTIONS, LOCALITIES, FieldType

_RESERVED: Final = ("locality", "n", "row", "all", "any", "not")
_TYPES: Final = [kind.value for kind in FieldType]
_CHOICE: Final = FieldType.CHOICE.value
_DATE: Final = FieldType.DATE.value
_PLAIN_TYPES: Final = one_of(kind for kind in _TYPES if kind != _CHOICE)
_TEXTS: Final = some(SINGLE)
_WORDS, _NAME = ref("words"), ref("name")

_OF_EVERY_FIELD: Final[Mapping[str, Schema]] = {
    "label": described(_WORDS, N_("what it is called, for people")),
    "synonyms": described(
        _TEXTS, N_("other headings under which people keep the column")
    ),
}
FIELD: Final[Schema] = {
    "anyOf": [
        described(_PLAIN_TYPES, N_("how a cell of this column is read")),
        mapping(
            {
                "type": described(
                    _PLAIN_TYPES, N_("how a cell of this column is read")
                ),
                **_OF_EVERY_FIELD,
            },
            "type",
        ),
        mapping(
            {
                "type": {"const": _DATE},
                "not_before": described(
                    ref("text"), N_("the date field that this day cannot lie before")
                ),
                **_OF_EVERY_FIELD,
            },
            "type",
        ),
        mapping(
            {
                "type": {"const": _CHOICE},
                "of": described(_TEXTS, N_("the words to choose from")),
                "labels": described(
                    {"type": "object", "additionalProperties": _WORDS},
                    N_("what each choice means, for people"),
                ),
                **_OF_EVERY_FIELD,
            },
            "type",
            "of",
        ),
    ]
}


def _register(*reserved: str) -> Schema:
    keys = {
        "label": described(_WORDS, N_("what it is called, for people")),
        "personal": described(
            YES_NO, N_("health or crime data: masked, never in a public copy")
        ),
        "fields": described(
            by_id(ref("field"), *_RESERVED, *reserved), N_("its columns")
        ),
    }
    return or_nothing(mapping(keys))


_COUNT: Final = mapping(
    {
        "label": described(_WORDS, N_("what it is called, for people")),
        "unit": described(_WORDS, N_("what its numbers are of, in the plural")),
        "synonyms": described(
            _TEXTS, N_("other headings under which people keep the number")
        ),
        "personal": described(
            YES_NO, N_("of people: masked in a public copy, and its parts with it")
        ),
        "in": described(_NAME, N_("the register whose rows are counted")),
        "within": described(_NAME, N_("the count of which this is a part")),
        "where": described(ref("condition"), N_("only rows that meet all of this")),
    },
    dependentSchemas={
        "where": {"anyOf": [{"required": ["in"]}, {"required": ["within"]}]}
    },
    **{"not": {"required": ["in", "within"]}},
)
_LABEL: Final = mapping(
    {"label": described(_WORDS, N_("what it is called, for people"))}, "label"
)
_LABELS: Final = by_id(or_nothing({"anyOf": [_LABEL, _WORDS]}))
_NAME_OR_NAMES: Final[Schema] = {"anyOf": [_NAME, NAMES]}
_EXPECTATION: Final = mapping(
    {
        "levels": described(
            NAMES, N_("only at these levels; without it, at every level")
        ),
        "if_any": described(
            _NAME_OR_NAMES, N_("only where one of these counts is not zero")
        ),
        "then_any": described(
            _NAME_OR_NAMES, N_("counts, of which some are expected not to be zero")
        ),
        "say": described(_WORDS, N_("what is told where all of them are zero")),
    },
    "then_any",
    "say",
)
VOCABULARY: Final = mapping(
    {
        "vocabulary": described(
            {"const": VERSION}, N_("the version of the language of this file")
        ),
        "levels": described(_LABELS, N_("words for the levels of localities")),
        "registers": described(
            {
                **by_id(_register(), INSPECTIONS),
                "properties": {LOCALITIES: _register(*BUILT_IN)},
            },
            N_("the tables of facts and their columns"),
        ),
        "counts": described(
            by_id(or_nothing(_COUNT), CRITERIA, "locality", "n", "row", *BUILT_IN),
            N_("what can be counted"),
        ),
        "expect": described(
            some(_EXPECTATION), N_("what goes together; decides nothing")
        ),
        "evidence": described(_LABELS, N_("what a dossier may have to hold")),
    },
    "vocabulary",
)
