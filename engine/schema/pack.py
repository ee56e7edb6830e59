"""The schema of a pack, as `engine.rules_from_yaml` reads it."""

from typing import Final

from engine.errors import N_
from engine.pack import UNDETERMINED
from engine.rules_from_yaml.formulas import ALWAYS, CRITERIA
from engine.rules_from_yaml.pack_from_yaml import PACK_ID
from engine.schema.pieces import (
    ANY_NAME,
    DAY,
    DURATION,
    NAMES,
    YES_NO,
    by_id,
    described,
    mapping,
    or_nothing,
    ref,
    some,
)

_WORDS, _TEXT, _NAME = ref("words"), ref("text"), ref("name")
_DOCUMENT: Final = or_nothing(
    mapping(
        {
            "kind": _TEXT,
            "number": _TEXT,
            "date": {
                "anyOf": [
                    {
                        "type": "string",
                        "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$",
                    },
                    {"type": "integer", "minimum": 0, "maximum": 9999},
                ]
            },
            "title": _TEXT,
            "issuer": _TEXT,
        }
    )
)
_CRITERION: Final = mapping(
    {
        "id": {**ANY_NAME, "not": {"enum": [ALWAYS, CRITERIA]}},
        "levels": described(NAMES, N_("where it applies; by default at the pack's")),
        "when": described(ref("formula"), N_("applies only where this is true")),
        "cites": described(
            mapping({"document": _NAME, "clause": _TEXT}, "document"),
            N_("the document and the clause that it rests on"),
        ),
        "quote": described(_TEXT, N_("the document's own words")),
        "title": _WORDS,
        "requires": described(ref("formula"), N_("what must be true")),
        "evidence": described(NAMES, N_("what a dossier must hold")),
        "remedy": described(_WORDS, N_("what to do where it is not met")),
    },
    "id",
    "requires",
)
_VERDICT: Final = mapping(
    {
        "verdict": {**ANY_NAME, "not": {"const": UNDETERMINED}},
        "label": _WORDS,
        "when": ref("verdict_formula"),
        "passes": YES_NO,
    },
    "verdict",
    "when",
)
_READING: Final = mapping(
    {"criterion": _NAME, "phrase": _TEXT, "reading": _WORDS}, "phrase", "reading"
)
PACK: Final = mapping(
    {
        "pack": {"type": ["string", "boolean"], "pattern": f"^{PACK_ID.pattern}$"},
        "title": _WORDS,
        "issuer": _WORDS,
        "documents": by_id(_DOCUMENT),
        "in_force": described(
            mapping({"from": DAY, "to": DAY}), N_("the first and the last day in force")
        ),
        "levels": described(NAMES, N_("the levels of localities that it judges")),
        "stale_after": described(
            DURATION, N_("how old an inspection may be without a warning")
        ),
        "criteria": some(_CRITERION),
        "verdicts": described(
            {
                **some(_VERDICT),
                "contains": {"properties": {"when": {"const": ALWAYS}}},
            },
            N_("tried in this order; the last has 'when: always'"),
        ),
        "readings": described(
            {"type": "array", "items": _READING},
            N_("how an ambiguous phrase is read; a decision that somebody owns"),
        ),
    },
    *("pack", "levels", "criteria"),
)
