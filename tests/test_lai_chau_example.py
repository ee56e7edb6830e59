"""The example of Lai Châu city comes out as the city published it, and shows it all."""

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from engine.assess import assess
from engine.assessment import Assessment, LocalityResult, Outcome
from engine.errors import FactsError
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.truth import Truth
from tests.support.bundled import EXAMPLE, LAI_CHAU, pack_of

REVIEW = date(2024, 3, 31)


def facts() -> Facts:
    return facts_from_files(EXAMPLE, pack_of(LAI_CHAU).vocabulary)


@cache
def review() -> Assessment:
    return assess(pack_of(LAI_CHAU), facts(), REVIEW)


def at_level(level: str) -> list[LocalityResult]:
    return [each for each in review().localities if each.level == level]


def test_seventeen_of_seventy_two_hamlets_meet_all_eight() -> None:
    assert review().summary["hamlet"] == {
        "eligible": 17,
        "not_eligible": 41,
        "undetermined": 14,
    }


def test_an_eligible_hamlet_meets_eight_of_eight() -> None:
    for each in at_level("hamlet"):
        met = [criterion.outcome is Outcome.MET for criterion in each.criteria]
        assert (each.verdict == "eligible") == (met == [True] * 8), each.id


def test_the_seven_communes_and_the_city_are_judged_as_well() -> None:
    assert Counter(each.name.split()[0] for each in at_level("commune")) == {
        "phường": 5,
        "xã": 2,
    }
    assert {
        each.id for each in at_level("commune") if each.verdict == "undetermined"
    } == {"03388"}
    assert [each.verdict for each in at_level("district")] == ["not_eligible"]


def test_the_seven_troubled_hamlets_of_san_thang_are_not_eligible() -> None:
    verdicts = {each.id: each.verdict for each in at_level("hamlet")}
    troubled = [f"03409-{number:02}" for number in range(1, 8)]
    assert {verdicts[each] for each in troubled} == {"not_eligible"}


@pytest.mark.parametrize("outcome", [Outcome.NOT_MET, Outcome.UNKNOWN])
def test_each_criterion_fails_somewhere_and_is_unknown_somewhere(
    outcome: Outcome,
) -> None:
    assert {
        criterion.id
        for each in at_level("hamlet")
        for criterion in each.criteria
        if criterion.outcome is outcome
    } == {f"C{number}" for number in range(1, 9)}


def test_two_hamlets_contradict_themselves() -> None:
    assert {
        (each.id, conflict.kind.value)
        for each in at_level("hamlet")
        for conflict in each.conflicts
    } == {("03387-09", "typed"), ("03403-04", "part_whole")}


def test_where_nobody_is_concerned_the_check_says_so() -> None:
    first = next(each for each in at_level("hamlet") if each.id == "03389-01")
    checks = [check for criterion in first.criteria for check in criterion.checks]
    assert [check.id for check in checks if check.vacuous] == [
        "C3a",
        "C3b",
        "C3c",
        "C4a",
        "C4b",
        "C5a",
    ]


def test_a_failure_decides_beside_an_unknown() -> None:
    fourth = next(each for each in at_level("hamlet") if each.id == "03409-04")
    checks = [check for criterion in fourth.criteria for check in criterion.checks]
    assert fourth.verdict == "not_eligible"
    assert {check.truth for check in checks} == set(Truth)


def test_on_an_earlier_day_later_acts_have_not_happened() -> None:
    judged = assess(pack_of(LAI_CHAU), facts(), date(2024, 1, 17)).localities
    earlier = {
        each.id: check.truth
        for each in judged
        for criterion in each.criteria
        for check in criterion.checks
        if check.id == "C2a"
    }
    assert earlier["03389-11"] is Truth.TRUE  # prosecuted for an act of 18-01-2024


def test_nothing_in_the_example_is_later_than_the_review() -> None:
    days = [
        date.fromisoformat(cell)
        for file in EXAMPLE.glob("*.csv")
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines())
        for cell in row
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cell)
    ]
    assert len(days) > 300
    assert max(days) <= REVIEW


def test_the_guide_to_the_example_names_localities_that_are_there() -> None:
    told = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([\d-]+)` \|", told, flags=re.MULTILINE)
    assert len(named) == 10
    assert set(named) <= {each.id for each in review().localities}


def test_a_column_of_names_is_refused(tmp_path: Path) -> None:
    for file in EXAMPLE.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    people = tmp_path / "people.csv"
    first, *rest = people.read_text(encoding="utf-8").splitlines()
    rows = [f"{first},ho_ten", *(f"{row}," for row in rest)]
    people.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(FactsError, match="ho_ten") as refused:
        facts_from_files(tmp_path, pack_of(LAI_CHAU).vocabulary)
    assert len(refused.value.diagnostics) == 1
