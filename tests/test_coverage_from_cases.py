"""Coverage asks for all that a pack could say, and for nothing that it never could."""

from typing import Any

import pytest

from engine.pack import Pack
from engine.policy.coverage_from_cases import Covered, Sort, coverage_from_cases
from tests.support.engine_runner import read_pack

VOCABULARY = {
    "vocabulary": 1,
    "registers": {"localities": {"fields": {"board": "yes_no"}}},
    "counts": {"plots": {}, "points": {}},
}
CHECK = {"none": "plots"}
PHASE = {"as_of": {"after": "2024-06-30"}}
ALL = {"met", "not_met", "unknown"}


def pack_of(*criteria: dict[str, Any]) -> Pack:
    listed = [{"id": f"C{at}", **each} for at, each in enumerate(criteria, start=1)]
    levels = ["hamlet", "commune"]
    text = {"pack": "demo/p", "levels": levels, "criteria": listed}
    return read_pack(VOCABULARY, written(text))


def written(value: Any) -> str:
    """Return YAML in which days and numbers stand without quotes."""
    match value:
        case dict():
            inner = ", ".join(f"{key}: {written(each)}" for key, each in value.items())
            return f"{{{inner}}}"
        case list():
            return f"[{', '.join(map(written, value))}]"
        case _:
            return str(value)


def outcomes(pack: Pack, criterion: str) -> set[str]:
    told = coverage_from_cases(pack, [])[Sort.CRITERIA].possible
    return {word for name, word in told if name == criterion}


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ({"requires": CHECK}, ALL),
        ({"requires": PHASE}, {"met", "not_met"}),
        ({"requires": {"not": PHASE}}, {"met", "not_met"}),
        ({"requires": "always"}, {"met"}),
        ({"requires": {"not": "always"}}, {"not_met"}),
        ({"requires": {"all": ["always", CHECK]}}, ALL),
        ({"requires": {"any": ["always", PHASE]}}, {"met"}),
        ({"requires": {"at_least": 2, "of": [PHASE, "always"]}}, {"met", "not_met"}),
        ({"requires": {"at_least": 2, "of": [PHASE]}}, {"not_met"}),
        ({"requires": CHECK, "levels": ["hamlet"]}, ALL | {"not_applicable"}),
        ({"requires": CHECK, "levels": ["hamlet", "commune"]}, ALL),
        ({"requires": PHASE, "when": CHECK}, ALL | {"not_applicable"}),
        ({"requires": PHASE, "when": PHASE}, {"met", "not_met", "not_applicable"}),
        ({"requires": PHASE, "when": "always"}, {"met", "not_met"}),
    ],
)
def test_a_criterion_can_come_out_in_these_ways(
    criterion: dict[str, Any], expected: set[str]
) -> None:
    assert outcomes(pack_of(criterion), "C1") == expected


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ("C1", {"met", "not_met", "not_applicable"}),
        ({"not": "C1"}, {"met", "not_met", "not_applicable"}),
        ({"all": ["C1"]}, {"met", "not_met"}),
        ({"any": ["C1"]}, {"met", "not_met"}),
    ],
)
def test_a_criterion_that_is_left_out_leaves_out_only_what_it_is_alone(
    requires: Any, expected: set[str]
) -> None:
    pack = pack_of({"requires": PHASE, "levels": ["hamlet"]}, {"requires": requires})
    assert outcomes(pack, "C2") == expected


def test_a_day_is_never_unknown() -> None:
    told = coverage_from_cases(pack_of({"requires": PHASE}), [])[Sort.CHECKS]
    assert told.possible == (("C1a", "true"), ("C1a", "false"))


@pytest.mark.parametrize(("requires", "can_be"), [(PHASE, False), (CHECK, True)])
def test_a_verdict_is_undetermined_only_where_something_can_be_unknown(
    requires: Any, can_be: bool
) -> None:
    told = coverage_from_cases(pack_of({"requires": requires}), [])[Sort.VERDICTS]
    assert (("", "undetermined") in told.possible) == can_be


def test_only_all_of_it_is_a_hundred_per_cent() -> None:
    possible = tuple((str(at), "true") for at in range(1000))
    nearly = Covered(possible, possible[:1])
    assert (nearly.percent, nearly.reaches(99), nearly.reaches(100)) == (
        99,
        True,
        False,
    )
    whole = Covered(possible, ())
    assert (whole.percent, whole.reaches(100)) == (100, True)
