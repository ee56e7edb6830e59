"""What if: a supposed number holds at its locality and is added up above it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import FACTS, IN_FORCE, RULES, facts_with, run


def judged(facts: Path, *supposed: str) -> dict[str, Any]:
    options = [word for each in supposed for word in ("--set", each)]
    told = run(
        "assess", facts, "--rules", RULES, *IN_FORCE, *options, "--format", "json"
    )
    assert told.code in {0, 1, 4}, told.err
    answer: dict[str, Any] = json.loads(told.out)
    return answer


def at(answer: dict[str, Any], locality: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in answer["localities"] if each["id"] == locality
    )
    return found


def test_a_supposed_part_closes_the_exceptions_that_its_rows_hold() -> None:
    before, after = judged(FACTS), judged(FACTS, "X2.households_signed=96")
    assert at(before, "X2")["criteria"][0]["outcome"] == "not_met"
    assert at(after, "X2")["criteria"][0]["outcome"] == "met"
    assert at(after, "X")["criteria"][0]["checks"][0]["exceptions"] == [0, 0]


def test_what_is_supposed_below_is_added_up_above() -> None:
    check = at(judged(FACTS, "X3.households_signed=29"), "X")["criteria"][0]["checks"][
        0
    ]
    assert check["counts"]["households_signed"] == [40 + 95 + 29, 40 + 95 + 29]
    assert check["exceptions"] == [2, 2]


def test_what_is_supposed_of_a_whole_overrules_what_lies_below() -> None:
    check = at(judged(FACTS, "X.plots=7"), "X")["criteria"][1]["checks"][0]
    assert check["counts"] == {"plots": [7, 7]}


def test_supposing_a_typed_number_is_as_typing_it_in(tmp_path: Path) -> None:
    localities = (FACTS / "localities.csv").read_text(encoding="utf-8")
    typed = localities.replace("Thôn Ba,hamlet,X,x,", "Thôn Ba,hamlet,X,x,0")
    assert typed != localities
    facts = facts_with(tmp_path / "facts", localities=typed)
    supposed = judged(FACTS, "X3.plots=0")
    assert supposed["localities"] == judged(facts)["localities"]


def test_a_supposed_field_reads_as_its_cell_would(tmp_path: Path) -> None:
    localities = (FACTS / "localities.csv").read_text(encoding="utf-8")
    written = localities.replace("Thôn Hai,hamlet,X,có", "Thôn Hai,hamlet,X,không")
    facts = facts_with(tmp_path / "facts", localities=written)
    supposed = judged(FACTS, "X2.board=không")
    assert supposed["localities"] == judged(facts)["localities"]
    assert at(supposed, "X2")["criteria"][2]["outcome"] == "not_met"


def test_a_number_above_its_whole_is_a_conflict_and_not_believed() -> None:
    answer = at(judged(FACTS, "X1.households_signed=41"), "X1")
    assert [each["kind"] for each in answer["conflicts"]] == ["part_whole"]
    assert answer["criteria"][0]["outcome"] == "unknown"


def test_the_answer_says_what_was_supposed_and_keeps_the_facts_fingerprint() -> None:
    before, after = judged(FACTS), judged(FACTS, "X3.plots=0", "X1.board=yes")
    assert "supposed" not in before
    assert after["supposed"] == [
        {"locality": "X3", "name": "plots", "value": 0},
        {"locality": "X1", "name": "board", "value": True},
    ]
    assert after["facts"] == before["facts"]
    shown = run("assess", FACTS, "--rules", RULES, *IN_FORCE, "--set", "X3.plots=0")
    assert "Supposed, not known: X3, plots of drug plants: 0" in shown.out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("X1", "supposition-form"),
        ("X1=3", "supposition-form"),
        ("X1.plots", "supposition-form"),
        ("X9.plots=1", "unknown-locality"),
        ("X1.plotz=1", "supposition-name"),
        ("X1.level=ward", "supposition-name"),
        ("X1.plots=-1", "supposition-value"),
        ("X1.plots=", "supposition-value"),
        ("X1.board=maybe", "supposition-value"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_by_name(
    text: str, code: str
) -> None:
    told = run("assess", FACTS, "--rules", RULES, *IN_FORCE, "--set", text)
    assert (told.code, told.out) == (2, "")
    assert f"error[{code}]" in told.err


def test_only_a_name_that_is_near_is_proposed() -> None:
    asked = ("assess", FACTS, "--rules", RULES, *IN_FORCE)
    assert "the nearest is 'plots'" in run(*asked, "--set", "X1.plotz=1").err
    for far in ("X1.foo=1", "999.plots=1"):
        told = run(*asked, "--set", far).err
        assert "nearest" not in told
        assert "stand in the" in told
    explained = ("explain", FACTS, "--rules", RULES, *IN_FORCE, "--locality", "999")
    assert "; the ids stand in the table of localities" in run(*explained).err


def test_a_value_of_another_kind_is_told_as_in_a_cell() -> None:
    asked = ("assess", FACTS, "--rules", RULES, *IN_FORCE)
    told = run(*asked, "--set", "X1.plots=-1", "--lang", "vi").err
    assert "plots: '-1' không phải là số nguyên" in told
    assert "count" not in told


def test_an_id_may_hold_dots_of_its_own(tmp_path: Path) -> None:
    localities = (FACTS / "localities.csv").read_text(encoding="utf-8")
    dotted = localities.replace("\nX3,", "\nX.3,")
    households = (FACTS / "households.csv").read_text(encoding="utf-8")
    facts = facts_with(
        tmp_path / "facts",
        localities=dotted,
        households=households.replace("X3", "X.3"),
    )
    answer = judged(facts, "X.3.plots=2")
    assert answer["supposed"] == [{"locality": "X.3", "name": "plots", "value": 2}]
