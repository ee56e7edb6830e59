"""Campaigns and duties: what is owed by whom by when, in the documents' own words."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from engine.assess import assess
from engine.assessment import Assessment, Outcome
from engine.facts_from_files import facts_from_files
from engine.pack import Asked, Criterion, Pack
from tests import reference
from tests.support.bundled import RULES
from tests.support.commands import run
from tests.support.plain_facts import typed
from tests.support.plain_yaml import load_file
from tests.support.sourced import (
    VOCABULARY,
    cases_of,
    example,
    in_one_language,
    loose_readings,
    pack_called,
    source_of,
    stands_in,
    told_twice,
)
from tests.support.worked_cases import agrees

SON_LA = "son-la/899-2023"
AN_GIANG = "an-giang/2023"
PLAN_198 = "plan-198/2021"
LAI_CHAU = "lai-chau/plan-2024"
FOLDERS = {
    SON_LA: "son-la",
    AN_GIANG: "an-giang",
    PLAN_198: "plan-198",
    LAI_CHAU: "lai-chau-plan",
}
"""Of each pack, the folder of its clauses and of its example."""
DAYS = {
    SON_LA: date(2023, 7, 4),
    AN_GIANG: date(2023, 7, 2),
    PLAN_198: date(2022, 12, 31),
    LAI_CHAU: date(2025, 3, 16),
}
CASES = [(name, sentence) for name in FOLDERS for sentence in cases_of(name)]
WHOLE_ANSWERS = [key for at, key in enumerate(CASES) if at % 6 == 0]
"""The cases of which all that is answered is compared, not only what they expect."""
STRICT = re.compile(r"trước (?:ngày )?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


def clauses(name: str) -> str:
    """Return what the document says; asterisks only mark how it was printed."""
    return source_of(FOLDERS[name]).replace("*", "")


def criterion(name: str, wanted: str) -> Criterion:
    return next(each for each in pack_called(name).criteria if each.id == wanted)


@cache
def judged(name: str, day: date) -> Assessment:
    pack = pack_called(name)
    return assess(pack, facts_from_files(example(FOLDERS[name]), pack.vocabulary), day)


def verdicts(answer: Assessment) -> dict[str, str]:
    return {each.id: each.verdict for each in answer.localities}


def outcome(answer: Assessment, locality: str, wanted: str) -> Outcome:
    found = next(each for each in answer.localities if each.id == locality)
    return next(each.outcome for each in found.criteria if each.id == wanted)


def first_day(each: Criterion) -> date | None:
    """Return the day from which a criterion is asked, if its `when` names one."""
    bounds = [check.ask.bounds for check in each.checks if isinstance(check.ask, Asked)]
    return bounds[0][0][1] if bounds else None


# The words


@pytest.mark.parametrize("name", FOLDERS)
def test_every_criterion_is_in_the_words_of_its_document(name: str) -> None:
    for each in pack_called(name).criteria:
        assert each.quote
        assert stands_in(each.quote, clauses(name)), each.id


@pytest.mark.parametrize("name", FOLDERS)
def test_every_reading_is_of_words_that_the_document_says(name: str) -> None:
    assert loose_readings(pack_called(name), clauses(name)) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_everything_is_said_in_both_languages(name: str) -> None:
    assert in_one_language(pack_called(name)) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_what_a_verdict_rests_on_has_evidence_and_a_cure(name: str) -> None:
    pack = pack_called(name)
    for each in pack.criteria:
        assert (each.remedy is not None) == bool(each.evidence), each.id
        assert set(each.evidence) <= pack.vocabulary.evidence.keys()


@cache
def documents(name: str) -> tuple[Any, Any]:
    """Return vocabulary and pack as the second evaluator reads them."""
    return load_file(VOCABULARY), load_file(RULES / f"{name}.yaml")


@pytest.mark.parametrize("key", CASES, ids=": ".join)
def test_the_second_evaluator_comes_to_what_a_case_expects(
    key: tuple[str, str],
) -> None:
    # That the engine does too is what `rules test` is for: tests/test_bundled_rules.py.
    name, sentence = key
    vocabulary, pack = documents(name)
    case = cases_of(name)[sentence]
    facts = typed(vocabulary, case.facts)
    assert agrees(reference.evaluate(vocabulary, pack, facts, case.as_of), case.expect)


@pytest.mark.parametrize("key", WHOLE_ANSWERS, ids=": ".join)
def test_engine_and_second_evaluator_give_the_same_answer(key: tuple[str, str]) -> None:
    name, sentence = key
    engine, second, _ = told_twice(name, cases_of(name)[sentence])
    assert engine == second


# The days


@pytest.mark.parametrize("name", [SON_LA, AN_GIANG, LAI_CHAU])
def test_a_strict_deadline_is_asked_from_the_day_that_it_names(name: str) -> None:
    strict = [
        (each, found)
        for each in pack_called(name).criteria
        if (found := STRICT.search(each.quote or ""))
    ]
    assert len(strict) == {SON_LA: 1, AN_GIANG: 2, LAI_CHAU: 8}[name]
    for each, found in strict:
        year = found[3] or each.id.rpartition(".")[2]
        day = date(int(year), int(found[2]), int(found[1]))
        assert first_day(each) == day, each.id
        done = criterion(name, f"{each.id}.done")
        assert first_day(done) == day, each.id


@pytest.mark.parametrize("name", FOLDERS)
def test_a_pack_can_be_asked_on_every_day_on_which_something_falls_due(
    name: str,
) -> None:
    pack = pack_called(name)
    days = [day for each in pack.criteria if (day := first_day(each))]
    for day in days:
        assert day in pack.in_force
        assert day - timedelta(days=1) in pack.in_force


@pytest.mark.parametrize("name", [SON_LA, AN_GIANG, LAI_CHAU])
def test_before_the_first_day_nobody_is_late(name: str) -> None:
    pack = pack_called(name)
    assert pack.in_force.start is not None
    answer = judged(name, pack.in_force.start)
    assert set(verdicts(answer).values()) == {"not_yet_due"}


def test_in_one_campaign_each_province_has_its_own_days() -> None:
    assert first_day(criterion(SON_LA, "SL-D2")) == date(2023, 7, 4)
    assert first_day(criterion(AN_GIANG, "AG-D2")) == date(2023, 7, 2)


def test_a_duty_is_not_yet_due_then_missing_then_late() -> None:
    # The committee of the second district sent its report on 6 July 2023.
    told = [
        verdicts(judged(SON_LA, date(2023, 7, day)))["h2-ubnd"] for day in (3, 4, 5, 6)
    ]
    assert told == ["in_time", "missing", "missing", "late"]


def test_a_duty_without_a_day_waits_for_the_end_of_the_campaign() -> None:
    for day, expected in ((30, Outcome.NOT_APPLICABLE), (31, Outcome.NOT_MET)):
        asked = date(2023, 6, 30) + timedelta(days=day - 30)
        assert outcome(judged(SON_LA, asked), "so-4", "SL-6") is expected


# The examples


@pytest.mark.parametrize("name", FOLDERS)
def test_each_unit_of_an_example_comes_out_as_its_guide_says(name: str) -> None:
    guide = (example(FOLDERS[name]) / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| `([\w-]+)` \| (\w+) \|", guide, re.MULTILINE))
    told = verdicts(judged(name, DAYS[name]))
    assert len(said) >= 7
    assert {each: told[each] for each in said} == said


@pytest.mark.parametrize("name", FOLDERS)
def test_every_kind_of_verdict_that_can_fall_is_in_an_example(name: str) -> None:
    found = set(verdicts(judged(name, DAYS[name])).values())
    assert set(pack_called(name).verdict_names) - {"not_yet_due"} <= found


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_in_an_example_contradicts_itself(name: str) -> None:
    answer = judged(name, DAYS[name])
    assert [each.id for each in answer.localities if each.conflicts] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_an_example_runs_as_its_guide_says(name: str) -> None:
    folder = FOLDERS[name]
    guide = (example(folder) / "README.md").read_text(encoding="utf-8")
    command = f"assess examples/{folder} --pack {name} --as-of {DAYS[name]}"
    assert f"diaban {command}\n" in guide
    said = run("assess", example(folder), "--pack", name, "--as-of", DAYS[name])
    assert (said.code, said.err) == (1, "")
    assert name in said.out


# Agencies and schools


def test_a_school_can_be_recognised_by_a_decision() -> None:
    answer = judged(SON_LA, DAYS[SON_LA])
    assert outcome(answer, "thpt-1", "SL-4") is Outcome.MET
    assert outcome(answer, "thpt-2", "SL-4") is Outcome.NOT_MET
    assert outcome(answer, "h1", "SL-4") is Outcome.NOT_APPLICABLE


def test_the_documents_of_a_commune_are_not_those_of_its_district() -> None:
    owed = {SON_LA: ("SL-D1", "SL-D2"), AN_GIANG: ("AG-D1", "AG-D2")}
    for name, wanted in owed.items():
        for each in wanted:
            assert criterion(name, each).levels == ("agency",)
    for duty in pack_called(LAI_CHAU).criteria:
        if duty.id in ("LC-D", "LC-D.done"):
            assert duty.levels == ("commune", "district")
        elif duty.id.startswith("LC-D"):
            assert duty.levels == ("agency",)


def test_the_checklist_has_29_items_an_agency() -> None:
    with (example("plan-198") / "programme_items.csv").open(encoding="utf-8") as file:
        items = [*csv.DictReader(file)]
    for agency in ("so-1", "so-2", "mttq"):
        kinds = Counter(each["kind"] for each in items if each["locality"] == agency)
        assert kinds == {"task": 9, "solution": 5, "project": 13, "sub_project": 2}
    said = clauses(PLAN_198)
    for words in ("09 nhiệm vụ, 05 giải pháp", "13 dự án, 02 tiểu dự án"):
        assert words in said


# The plan of Lai Châu


def test_45_of_55_reach_the_number_and_not_the_percentage() -> None:
    answer = judged(LAI_CHAU, DAYS[LAI_CHAU])
    assert outcome(answer, "105", "LC-P2b") is Outcome.MET
    assert outcome(answer, "105", "LC-P2b.83") is Outcome.NOT_MET
    shorts = {
        check.id: check.short
        for each in answer.localities[0].criteria
        for check in each.checks
    }
    assert shorts["LC-P2b.83a"] == 1  # 46 of 55


def test_the_city_of_the_plan_is_the_city_of_the_criteria() -> None:
    def hamlets(folder: str) -> dict[str, tuple[str, str]]:
        with (example(folder) / "localities.csv").open(encoding="utf-8") as file:
            return {
                row["id"]: (row["name"], row["parent"])
                for row in csv.DictReader(file)
                if row["level"] == "hamlet"
            }

    assert hamlets("lai-chau-plan") == hamlets("lai-chau")
    assert len(hamlets("lai-chau")) == 72


def test_the_hamlets_of_phase_1_are_those_that_met_the_criteria_then() -> None:
    city = pack_called("lai-chau/city-2024")
    facts = facts_from_files(example("lai-chau"), city.vocabulary)
    then = assess(city, facts, date(2024, 3, 31))
    eligible = {
        each.id
        for each in then.localities
        if each.level == "hamlet" and each.verdict == "eligible"
    }
    with (example("lai-chau-plan") / "localities.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    assert {row["id"] for row in rows if row["built_in"] == "phase_1"} == eligible
    assert len(eligible) == 17


def test_whether_the_city_follows_from_its_hamlets_is_shown_apart() -> None:
    for rule in pack_called(LAI_CHAU).verdicts:
        assert "by_hamlets" not in str(rule.when)
        assert "LC-P2b.83" not in str(rule.when)
    answer = judged(LAI_CHAU, DAYS[LAI_CHAU])
    assert outcome(answer, "03408", "by_hamlets") is Outcome.NOT_MET
    assert verdicts(answer)["03408"] == "in_time"


@pytest.mark.parametrize("day", ["2024-03-31", "2025-03-14", "2025-11-30"])
def test_hamlets_and_their_city_are_judged_by_the_criteria_without_being_told(
    day: str,
) -> None:
    said = run("assess", example("lai-chau"), "--as-of", day)
    assert said.err == ""
    assert "lai-chau/city-2024" in said.out


@pytest.mark.parametrize("name", FOLDERS)
def test_a_reviewer_finds_nothing_that_nobody_has_answered_for(name: str) -> None:
    said = run("rules", "check", name)
    assert (said.code, said.err) == (0, "")


def test_one_decision_is_printed_with_two_dates() -> None:
    def printed(pack: Pack) -> str | None:
        return pack.documents["programme"].date

    assert printed(pack_called(AN_GIANG)) == "2021-08-31"
    assert printed(pack_called(LAI_CHAU)) == "2021-12-31"
