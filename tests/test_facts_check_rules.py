"""`stale_after` and `expect`: how they are read, and that no verdict rests on them."""

from datetime import date
from pathlib import Path

import pytest

from engine.assess import assess
from engine.assessment import Assessment
from engine.errors import RulesError
from engine.rules_from_yaml import pack_from_yaml, vocabulary_from_yaml
from engine.vocabulary import Duration, Text, Unit
from tests.support.bundled import LAI_CHAU, pack_of
from tests.support.desk import PACK, VOCABULARY, read_tables
from tests.support.engine_runner import read_pack

MINIMAL = "vocabulary: 1\ncounts: {a: {}, b: {}}\n"


def told(vocabulary: str, pack: str | None = None) -> list[str]:
    """Return place and code of all that is wrong with rules."""
    try:
        known = vocabulary_from_yaml(vocabulary.encode(), "v.yaml")
        if pack is not None:
            pack_from_yaml(pack.encode(), "p.yaml", known)
    except RulesError as error:
        return [f"{one.place} {one.code}" for one in error.diagnostics]
    return []


def test_an_expectation_is_read_whole() -> None:
    written = (
        "expect:\n"
        "  - {levels: [hamlet], if_any: a, then_any: [a, b], say: {vi: Lạ, en: Odd}}\n"
    )
    known = vocabulary_from_yaml((MINIMAL + written).encode(), "v.yaml")
    [one] = known.expectations
    assert (one.levels, one.if_any, one.then_any) == (("hamlet",), ("a",), ("a", "b"))
    assert one.say == Text("Lạ", "Odd")
    assert one.place.line == 4


def test_without_the_keys_nothing_is_expected_and_nothing_grows_old() -> None:
    pack = "pack: p\nlevels: [hamlet]\ncriteria: [{id: C, requires: {none: a}}]\n"
    read = read_pack(MINIMAL, pack)
    assert read.stale_after is None
    assert read.vocabulary.expectations == ()


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("expect: {then_any: a}", ["v.yaml:3:9 rules-wrong-kind"]),
        ("expect: []", ["v.yaml:3:9 rules-empty-list"]),
        ("expect: [{say: x}]", ["v.yaml:3:10 rules-missing-key"]),
        ("expect: [{then_any: a}]", ["v.yaml:3:10 rules-missing-key"]),
        ("expect: [{then_any: c, say: x}]", ["v.yaml:3:21 vocabulary-unknown-count"]),
        (
            "expect: [{then_any: [a, c], if_any: d, say: x}]",
            [
                "v.yaml:3:25 vocabulary-unknown-count",
                "v.yaml:3:37 vocabulary-unknown-count",
            ],
        ),
        ("expect: [{then_any: a, say: x, if: b}]", ["v.yaml:3:32 rules-unknown-key"]),
        ("expect: [a]", ["v.yaml:3:10 rules-wrong-kind"]),
    ],
)
def test_a_mistake_in_an_expectation_is_told_with_its_place(
    written: str, wrong: list[str]
) -> None:
    assert told(f"{MINIMAL}{written}\n") == wrong


PLAIN = "pack: p\nlevels: [hamlet]\ncriteria: [{id: C, requires: {none: a}}]\n"


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("30 days", Duration(30, Unit.DAYS)),
        ("1 month", Duration(1, Unit.MONTHS)),
        ("0 days", Duration(0, Unit.DAYS)),
    ],
)
def test_the_age_of_an_inspection_is_a_length_of_time(
    written: str, length: Duration
) -> None:
    assert read_pack(MINIMAL, f"{PLAIN}stale_after: {written}\n").stale_after == length


@pytest.mark.parametrize(
    "written", ["30", "a month", "30days", "[30 days]", "2000 years"]
)
def test_another_age_is_refused_with_its_place(written: str) -> None:
    wrong = told(MINIMAL, f"{PLAIN}stale_after: {written}\n")
    assert wrong == ["p.yaml:4:14 pack-wrong-duration"]


def test_no_verdict_rests_on_either(tmp_path: Path) -> None:
    """They make an inspector look twice; the law knows nothing of them."""
    silent = VOCABULARY[: VOCABULARY.index("expect:")]
    ageless = PACK.replace("stale_after: 30 days\n", "")

    facts = read_tables(tmp_path / "f", {})

    def judged(vocabulary: str, pack: str) -> Assessment:
        return assess(read_pack(vocabulary, pack), facts, date(2029, 1, 1))

    with_them, without = judged(VOCABULARY, PACK), judged(silent, ageless)
    assert list(with_them.localities) == list(without.localities)


def test_the_bundled_rules_say_all_in_both_languages() -> None:
    pack = pack_of(LAI_CHAU)
    assert pack.stale_after == Duration(30, Unit.DAYS)
    expected = pack.vocabulary.expectations
    assert expected
    assert all(each.say.vi != each.say.en for each in expected)
    assert {level for each in expected for level in each.levels} <= set(pack.levels)
