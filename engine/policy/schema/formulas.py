"""The schema of formulas and checks, as `engine.rules_from_yaml.formulas` reads them."""

from collections.abc import Iterator, Mapping
from typing import Final

from engine.errors import N_
from engine.policy.schema.pieces import (
    BOUNDS,
    DAYS,
    PERCENT,
    WHOLE_NUMBER,
    Schema,
    described,
    mapping,
    one_of,
    ref,
)
from engine.rules_from_yaml.formulas import CRITERIA
from engine.rules_from_yaml.kinds import ID

_LARGEST: Final = 10**18
_NUMBER: Final[Schema] = {
    "anyOf": [
        {**WHOLE_NUMBER, "maximum": _LARGEST},
        {"type": "string", "pattern": f"^{ID.pattern}$"},
    ]
}
_IF_EMPTY: Final = one_of(("met", "not_met", "unknown"))
_COUNT: Final = ref("name")
_BOUND: Final[Schema] = {"anyOf": [{"required": [word]} for word in BOUNDS]}


def _check(
    words: str, keys: Mapping[str, Schema], *needed: str, **more: object
) -> Schema:
    return described(mapping({"id": ref("name"), **keys}, *needed, **more), words)


def _checks() -> Iterator[Schema]:
    yield _check(N_("không có, không để"), {"none": _COUNT}, "none")
    yield _check(
        N_("100%: every one of a count is in another, which lies within it"),
        {"every": _COUNT, "is": _COUNT, "if_empty": _IF_EMPTY},
        *("every", "is"),
    )
    shares = dict.fromkeys(BOUNDS, PERCENT)
    yield _check(
        N_("tỷ lệ: what share of one count another is, in per cent"),
        {"share": _COUNT, "of": _COUNT, **shares, "if_empty": _IF_EMPTY},
        *("share", "of"),
        **_BOUND,
    )
    yield _check(
        N_("giảm từ: how far a count lies below another"),
        {
            "falls": _COUNT,
            "from": _COUNT,
            "by_at_least": PERCENT,
            "if_empty": _IF_EMPTY,
        },
        *("falls", "from", "by_at_least"),
    )
    yield _check(
        N_("a yes/no or a judgement about the locality itself"),
        {"holds": ref("name")},
        "holds",
    )
    yield _check(N_("the day that is asked about"), {"as_of": DAYS}, "as_of")
    counted = {**_COUNT, "not": {"const": CRITERIA}}
    yield _check(
        N_("ít nhất, trên, không quá, dưới: a count compared with a number"),
        {**dict.fromkeys(BOUNDS, _NUMBER), "of": counted},
        "of",
        **_BOUND,
    )


def _formula(name: str, *, of_verdict: bool) -> Schema:
    parts: list[Schema] = [{"type": "array", "items": ref(name)}]
    if of_verdict:
        parts.append({"const": CRITERIA})
    several = {"anyOf": parts}
    return {
        "anyOf": [
            described(ref("name"), N_("a criterion's id, or always")),
            described(mapping({"all": several}, "all"), N_("every one of these")),
            described(mapping({"any": several}, "any"), N_("at least one of these")),
            described(mapping({"not": ref(name)}, "not"), N_("the opposite")),
            described(
                mapping({"at_least": WHOLE_NUMBER, "of": several}, "at_least", "of"),
                N_("at least so many of these"),
            ),
            ref("check"),
        ]
    }


FORMULAS: Final[Mapping[str, Schema]] = {
    "check": {"anyOf": list(_checks())},
    "formula": _formula("formula", of_verdict=False),
    "verdict_formula": _formula("verdict_formula", of_verdict=True),
}
"""Only a verdict's condition may name all criteria at once."""
