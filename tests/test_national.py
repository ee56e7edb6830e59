"""Decision 28/2025: its words as far as they are at hand, its gaps, and the example."""

import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assess import assess
from engine.assessment import Assessment
from engine.facts_from_files import facts_from_files
from engine.pack import Pack
from tests.support.bundled import QD_28, RULES, documents_of, pack_of
from tests.support.commands import run
from tests.support.engine_runner import answer, read_facts, read_pack
from tests.support.plain_yaml import load_file
from tests.support.sourced import (
    VOCABULARY,
    cases_of,
    example,
    in_one_language,
    loose_readings,
    pack_called,
    source_of,
    told_twice,
)

NATIONAL = "national/qd-28-2025"
EXAMPLE = example("national")
SOURCE = source_of("national")
REVIEW = date(2025, 12, 14)
WORDS = load_file(VOCABULARY)
NOBODY = {
    "id": "xa-mau",
    "level": "commune",
    "residents": 30_000,
    "drug_users": 0,
    "drug_users_on_file": 0,
    "drug_users_residing": 0,
    "drug_users_exempt": 0,
    "use_points_or_suspected": 0,
    "offenders_arrested_in_year": 0,
    "drug_plants_in_year": 0,
    "drug_plants_m2_in_year": 0,
    "violators_residing_in_year": 0,
    "fugitives_hiding": 0,
    "on_key_route": "no",
}


def on_file(people: int, exempt: int = 0) -> dict[str, int]:
    """Return what a commune with so many addicts and users, all on file, types in."""
    columns = ("drug_users", "drug_users_on_file", "drug_users_residing")
    return dict.fromkeys(columns, people) | {"drug_users_exempt": exempt}


@cache
def by_the_letter() -> Pack:
    """Return the pack with "dưới 0,1%" read by the letter: none at all is below."""
    text = (RULES / f"{NATIONAL}.yaml").read_text(encoding="utf-8")
    literal, changed = re.subn(r"more_than: 0\b", "at_least: 0", text)
    assert changed == 4
    return read_pack(VOCABULARY.read_text(encoding="utf-8"), literal)


def told(pack: Pack, **typed: Any) -> Any:
    """Return what a pack says of one commune."""
    facts = read_facts(pack, WORDS, {"localities": [NOBODY | typed]})
    (first,) = answer(pack, facts, REVIEW)["localities"]
    return first


def outcomes(locality: Any) -> dict[str, str]:
    return {each["id"]: each["outcome"] for each in locality["criteria"]}


def highest_class(locality: Any) -> str | None:
    """Return the class of Điều 4, whatever Điều 6 says."""
    found = outcomes(locality)
    return next((each for each in ("I", "II", "III") if found[each] == "met"), None)


# The words


def test_each_quote_is_the_clause_as_far_as_it_is_at_hand() -> None:
    clauses = dict(re.findall(r"^Điều ([\d.]+\w?)\. (.+)$", SOURCE, re.MULTILINE))
    quoted = {
        str(each.cites).removeprefix("decision Điều "): each.quote
        for each in pack_called(NATIONAL).criteria
        if each.quote is not None
    }
    assert quoted == {clause: clauses[clause].rstrip(";") for clause in quoted}
    assert {each for each in clauses if re.match(r"[46]\..*\w", each)} == {
        *quoted,
        "4.1",
    }


def test_every_reading_is_of_words_that_are_at_hand() -> None:
    assert loose_readings(pack_called(NATIONAL), SOURCE) == []


def test_a_verdict_never_forgets_that_the_text_is_second_hand() -> None:
    title = pack_called(NATIONAL).title
    assert "đối chiếu văn bản ký" in title.vi
    assert "check against the signed text" in title.en


def test_everything_is_said_in_both_languages() -> None:
    assert in_one_language(pack_called(NATIONAL)) == []


@pytest.mark.parametrize("sentence", cases_of(NATIONAL))
def test_a_worked_case_comes_out_as_the_reference_says(sentence: str) -> None:
    engine, second, as_expected = told_twice(NATIONAL, cases_of(NATIONAL)[sentence])
    assert engine == second
    assert as_expected


# The gaps and overlaps: what each vector is by the letter, and with none left out


ROUTE = {"on_key_route": "yes"}
VECTORS: list[tuple[dict[str, Any], bool, str | None, str | None]] = [
    ({}, True, "III", None),
    (on_file(12, exempt=12), True, "III", "III"),
    (on_file(60) | {"use_points_or_suspected": 1}, False, "III", None),
    (on_file(180), False, "III", None),
    (on_file(150), False, "III", None),
    (on_file(149), False, "III", None),
    (on_file(30), False, "III", None),
    (on_file(29), False, "III", "III"),
    (
        on_file(180) | {"use_points_or_suspected": 2, "offenders_arrested_in_year": 30},
        False,
        "I",
        "I",
    ),
    (
        on_file(60) | {"use_points_or_suspected": 1, "offenders_arrested_in_year": 15},
        False,
        "II",
        "II",
    ),
    (
        on_file(60)
        | {"use_points_or_suspected": 1, "offenders_arrested_in_year": 14}
        | ROUTE,
        False,
        "II",
        "II",
    ),
    (
        on_file(60) | {"use_points_or_suspected": 1, "offenders_arrested_in_year": 14},
        False,
        "III",
        "III",
    ),
    ({"drug_plants_in_year": 100, "drug_plants_m2_in_year": 200}, True, "III", "III"),
    ({"use_points_or_suspected": 1}, False, "III", None),
    ({"fugitives_hiding": 1}, False, "III", None),
]


@pytest.mark.parametrize(("typed", "free", "letter", "read"), VECTORS)
def test_a_vector_is_of_the_class_that_each_reading_gives_it(
    typed: dict[str, Any], *, free: bool, letter: str | None, read: str | None
) -> None:
    as_read = told(pack_called(NATIONAL), **typed)
    assert highest_class(as_read) == read
    assert highest_class(told(by_the_letter(), **typed)) == letter
    assert (outcomes(as_read)["F"] == "met") == free
    classes = {"I": "type_1", "II": "type_2", "III": "type_3", None: "unclassified"}
    assert as_read["verdict"] == ("drug_free" if free else classes[read])


def test_without_the_population_the_classes_are_open_and_dieu_6_is_not() -> None:
    nobody = told(pack_called(NATIONAL), residents=None)
    some = told(pack_called(NATIONAL), residents=None, **on_file(60))
    assert nobody["verdict"] == "drug_free"
    assert some["verdict"] == "undetermined"
    assert outcomes(some)["F"] == "not_met"


SAME = {
    "residents": "residents",
    "drug_users": "drug_users",
    "drug_users_on_file": "drug_users_on_file",
    "drug_users_residing": "drug_users_residing",
    "drug_users_exempt": "drug_users_exempt",
    "use_points_or_suspected": "points",
    "offenders_arrested_in_year": "offenders_arrested",
    "drug_plants_in_year": "plants",
    "drug_plants_m2_in_year": "area_m2",
    "violators_residing_in_year": "violators_residing",
    "fugitives_hiding": "fugitives",
    "on_key_route": "on_key_route",
}
"""What the pack of the tests, written from the law alone, calls the same things."""


@settings(max_examples=15)
@given(
    st.fixed_dictionaries(
        {
            "residents": st.sampled_from([None, 1_000, 30_000]),
            "use_points_or_suspected": st.sampled_from([None, 0, 1, 2]),
            "offenders_arrested_in_year": st.sampled_from([None, 0, 14, 15, 29, 30]),
            "drug_plants_in_year": st.sampled_from([0, 499, 500, 2_999, 3_000]),
            "drug_plants_m2_in_year": st.sampled_from([None, 0, 124, 125, 750]),
            "fugitives_hiding": st.sampled_from([None, 0, 1]),
            "on_key_route": st.sampled_from([None, "yes", "no"]),
        }
    ),
    st.sampled_from([0, 5, 29, 30, 149, 150]),
    st.booleans(),
)
def test_two_packs_written_apart_come_to_the_same(
    typed: dict[str, Any], people: int, exempt: bool
) -> None:
    row = NOBODY | typed | on_file(people, people if exempt else 0)
    vocabulary, _ = documents_of(QD_28)
    other = {"id": "xa-mau", "level": "commune"} | {
        theirs: row[ours] for ours, theirs in SAME.items()
    }
    facts = read_facts(pack_of(QD_28), vocabulary, {"localities": [other]})
    (second,) = answer(pack_of(QD_28), facts, REVIEW)["localities"]
    first = told(pack_called(NATIONAL), **row)
    assert first["verdict"] == second["verdict"]
    assert outcomes(first) == outcomes(second)
    assert sorted(first["possible"]) == sorted(second["possible"])


# The example


@cache
def judged() -> Assessment:
    pack = pack_called(NATIONAL)
    return assess(pack, facts_from_files(EXAMPLE, pack.vocabulary), REVIEW)


def test_each_commune_of_the_example_comes_out_as_its_guide_says() -> None:
    rules = pack_called(NATIONAL).verdicts
    labels = {rule.label.en.lower(): rule.verdict for rule in rules}
    guide = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(xa-\d+)` \| [^|]+ \| ([^|]+) \|", guide, re.MULTILINE)
    said = {locality: labels.get(word.lower(), word) for locality, word in rows}
    province, *communes = judged().localities
    assert {each.id: each.verdict for each in communes} == said
    assert province.verdict == "unclassified"


def test_every_class_of_a_commune_and_no_class_are_in_the_example() -> None:
    assert Counter(each.verdict for each in judged().localities) == {
        "drug_free": 3,
        "type_1": 1,
        "type_2": 2,
        "type_3": 2,
        "unclassified": 5,
        "undetermined": 1,
    }


def test_the_province_counts_the_classes_of_its_communes() -> None:
    checks = {
        check.id: check
        for criterion in judged().localities[0].criteria
        for check in criterion.checks
    }
    counts = {name: (one.lo, one.hi) for name, one in checks["P4"].counts.items()}
    assert counts == {"communes_type_1_or_2": (3, 4), "communes": (13, 13)}
    met = {name for name, check in checks.items() if check.truth.word == "true"}
    assert {name for name in met if name.startswith("P")} == {"P2", "P4", "P6"}


def test_the_decision_is_in_force_from_its_own_day_on() -> None:
    early = run("assess", EXAMPLE, "--pack", NATIONAL, "--as-of", "2025-08-23")
    assert (early.code, early.out) == (2, "")
    first = run("assess", EXAMPLE, "--pack", NATIONAL, "--as-of", "2025-08-24")
    assert first.code in {1, 4}


def test_the_decision_is_found_by_the_levels_of_the_facts() -> None:
    said = run("assess", EXAMPLE, "--as-of", REVIEW)
    assert (said.code, said.err) == (1, "")
    assert NATIONAL in said.out
