"""The schema of a pack, as `engine.rules_from_yaml` reads it."""

from typing import Final

from engine.errors import N_
from engine.pack import UNDETERMINED
from engine.policy.schema.pieces import (
    ANY_NAME,
    DATE_OR_MONTH,
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
from engine.rules_from_yaml.formulas import ALWAYS, CRITERIA
from engine.rules_from_yaml.pack_from_yaml import PACK_ID

_WORDS, _TEXT, _NAME = ref("words"), ref("text"), ref("name")
_DOCUMENT: Final = or_nothing(
    mapping(
        {
            "kind": described(_TEXT, N_("decision, plan, directive and the like")),
            "number": described(_TEXT, N_("its number and symbol")),
            "date": described(
                DATE_OR_MONTH, N_("its day, or the month or year where that is all")
            ),
            "title": described(_TEXT, N_("its title")),
            "issuer": described(_TEXT, N_("who issued it")),
        }
    )
)
_CRITERION: Final = mapping(
    {
        "id": described(
            {**ANY_NAME, "not": {"enum": [ALWAYS, CRITERIA]}},
            N_("its id; not criteria or always"),
        ),
        "levels": described(NAMES, N_("where it applies; by default at the pack's")),
        "when": described(ref("formula"), N_("applies only where this is true")),
        "cites": described(
            mapping(
                {
                    "document": described(_NAME, N_("one of the pack's documents")),
                    "clause": described(
                        _TEXT, N_("the clause, as the document counts")
                    ),
                },
                "document",
            ),
            N_("the document and the clause that it rests on"),
        ),
        "quote": described(_TEXT, N_("the document's own words")),
        "title": described(_WORDS, N_("what it is about, in a few words")),
        "requires": described(ref("formula"), N_("what must be true")),
        "evidence": described(NAMES, N_("what a dossier must hold")),
        "remedy": described(_WORDS, N_("what to do where it is not met")),
    },
    "id",
    "requires",
)
_VERDICT: Final = mapping(
    {
        "verdict": described(
            {**ANY_NAME, "not": {"const": UNDETERMINED}},
            N_("its name; not undetermined"),
        ),
        "label": described(_WORDS, N_("what it is called, for people")),
        "when": described(
            ref("verdict_formula"), N_("concludes where this is true; may say criteria")
        ),
        "passes": described(
            YES_NO, N_("whether it counts as a success; by default no")
        ),
    },
    "verdict",
    "when",
)
_READING: Final = mapping(
    {
        "criterion": described(
            _NAME, N_("whose phrase it is; else the whole document's")
        ),
        "phrase": described(_TEXT, N_("the document's words, as they stand there")),
        "reading": described(_WORDS, N_("how they are understood here, and why")),
    },
    "phrase",
    "reading",
)
PACK: Final = mapping(
    {
        "pack": described(
            {"type": ["string", "boolean"], "pattern": f"^{PACK_ID.pattern}$"},
            N_("its id, such as lai-chau/city-2024"),
        ),
        "title": described(_WORDS, N_("what the pack is called, for people")),
        "issuer": described(_WORDS, N_("whose document it encodes")),
        "documents": described(by_id(_DOCUMENT), N_("the documents that it rests on")),
        "in_force": described(
            mapping(
                {
                    "from": described(DAY, N_("the first day, included")),
                    "to": described(DAY, N_("the last day, included")),
                }
            ),
            N_("the first and the last day in force"),
        ),
        "levels": described(NAMES, N_("the levels of localities that it judges")),
        "stale_after": described(
            DURATION, N_("how old an inspection may be without a warning")
        ),
        "criteria": described(some(_CRITERION), N_("what is demanded, point by point")),
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
