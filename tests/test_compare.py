"""The same facts under several packs, versions or days: who passes where, and why not."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine.assess import judge_localities
from engine.policy.comparison import Standing
from engine.policy.comparison_from_judged import comparison_from_judged
from tests.support.bundled import EXAMPLE, FOLDERS, QD_28
from tests.support.commands import Said, run, spawn
from tests.support.engine_runner import read_facts, read_pack
from tests.support.pack_strategies import packs
from tests.support.strategies import Question, questions
from tests.support.two_packs import write_facts, write_rules

CITY = "lai-chau/city-2024"
DECISION = FOLDERS[QD_28] / f"{QD_28}.yaml"
DAY = ("--as-of", "2025-11-01")

TYPED = """\
id,name,level,parent,hotline_board,hot_spots,retail_dealers,use_points,\
offenders_past_year,crime_groups_past_year,crime_networks_past_year,addicts_file_due,\
addicts_with_file,addicts_present_rehab_due,addicts_present_in_rehab,\
post_rehab_file_due,post_rehab_with_file,substitution_over_12_months,\
substitution_clean,substitution_compliant,users_present_file_due,\
users_present_supervised,households,households_pledged,models_effective,\
cultivation_past_year,drug_users_residing,drug_users_exempt,violators_residing,\
fugitives,points
filed,xã Có hồ sơ,commune,,,0,0,0,0,0,0,12,12,12,12,0,0,0,0,0,0,0,900,900,1,0,12,0,0,0,0
filed-1,bản Một,hamlet,filed,yes,,,,,,,,,,,,,,,,,,,,,,,,,,
poppy,xã Có trồng,commune,,,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,900,900,1,3,0,0,0,0,0
poppy-1,bản Hai,hamlet,poppy,yes,,,,,,,,,,,,,,,,,,,,,,,,,,
both,xã Sạch,commune,,,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,900,900,1,0,0,0,0,0,0
both-1,bản Ba,hamlet,both,yes,,,,,,,,,,,,,,,,,,,,,,,,,,
"""
"""One count is the number that a person typed: registers would need one vocabulary."""


def compare(facts: Path, *more: object) -> Said:
    return run("compare", facts, *more)


def told(said: Said) -> dict[str, list[tuple[str, list[str]]]]:
    return {
        each["id"]: [(one["standing"], one["in_the_way"]) for one in each["judgements"]]
        for each in json.loads(said.out)["localities"]
    }


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    return write_facts(tmp_path / "typed", TYPED)


def test_twelve_filed_addicts_pass_the_city_and_fail_article_6_and_poppies_vice_versa(
    typed: Path,
) -> None:
    """DOMAIN §2.2: what each of the two misses, the other sees.

    Which class the first would fall into nobody can tell without its population; that
    it is not free of drugs is certain, and so it does not pass.
    """
    both = ("--pack", CITY, "--pack", DECISION, *DAY, "--format", "json")
    said = compare(typed, *both)
    assert said.code == 1
    communes = {name: each for name, each in told(said).items() if "-" not in name}
    assert communes == {
        "filed": [("passes", []), ("fails", ["F1"])],
        "poppy": [("fails", ["C8"]), ("passes", [])],
        "both": [("passes", []), ("passes", [])],
    }


def test_the_same_rules_on_two_days() -> None:
    """Two hamlets pass once their offence is more than a year ago."""
    days = ("--as-of", "2024-03-31", "--as-of", "2024-12-31")
    asked = ("--pack", CITY, *days, "--only-different", "--format", "json")
    assert told(compare(EXAMPLE, *asked)) == {
        "03386-03": [("fails", ["C2"]), ("passes", [])],
        "03408-05": [("fails", ["C2"]), ("passes", [])],
    }


def test_each_pack_may_have_its_own_day(typed: Path) -> None:
    sides = ("--pack", CITY, "--pack", DECISION, "--as-of", "2024-06-30")
    said = compare(typed, *sides, "--as-of", "2025-12-14", "--format", "json")
    judgements = json.loads(said.out)["judgements"]
    assert [each["as_of"] for each in judgements] == ["2024-06-30", "2025-12-14"]
    assert [each["pack"]["id"] for each in judgements] == [CITY, QD_28]


def test_versions_that_agree_end_with_0(tmp_path: Path) -> None:
    old = write_rules(tmp_path / "old")
    new = write_rules(tmp_path / "new", ("trên 90% hộ", "trên 90% số hộ"))
    facts = write_facts(tmp_path / "facts")
    said = compare(facts, "--pack", old, "--pack", new, "--as-of", "2025-03-14")
    assert said.code == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_reads_as_agreed(
    typed: Path, language: str, golden: Callable[[str, str], None]
) -> None:
    said = compare(typed, "--pack", CITY, "--pack", DECISION, *DAY, "--lang", language)
    digests = {each["pack"]["sha256"][:12] for each in _judgements(typed)}
    text = said.out
    for digest in digests:
        text = text.replace(digest, "########")
    golden(f"compare/typed.{language}.txt", text)


def _judgements(typed: Path) -> list[dict[str, dict[str, str]]]:
    both = ("--pack", CITY, "--pack", DECISION, *DAY, "--format", "json")
    found: list[dict[str, dict[str, str]]] = json.loads(compare(typed, *both).out)[
        "judgements"
    ]
    return found


def test_what_passes_nowhere_is_told_what_stands_in_the_way() -> None:
    days = ("--as-of", "2024-03-31", "--as-of", "2024-12-31")
    found = told(compare(EXAMPLE, "--pack", CITY, *days, "--format", "json"))
    nowhere = [each for each in found.values() if {one for one, _ in each} == {"fails"}]
    assert nowhere
    assert all(way for each in nowhere for _, way in each)


def test_the_csv_has_three_columns_a_judgement(typed: Path) -> None:
    both = ("--pack", CITY, "--pack", DECISION, *DAY, "--format", "csv")
    heading, *rows = csv.reader(io.StringIO(compare(typed, *both).out))
    assert len(heading) == 5 + 3 * 2
    assert rows[0][4:] == [
        *("yes", "Eligible", "passes", ""),
        *("Undetermined", "does not pass", "F1"),
    ]


WRONG: dict[str, tuple[object, ...]] = {
    "nothing to compare": ("--pack", CITY),
    "three days for two packs": (
        *("--pack", CITY, "--pack", DECISION),
        *("--as-of", "2025-11-01", "--as-of", "2025-11-02", "--as-of", "2025-11-03"),
    ),
    "a day that is none": ("--pack", CITY, "--as-of", "2025-02-30"),
    "a day outside": ("--pack", CITY, "--as-of", "2024-03-31", "--as-of", "2030-01-01"),
    "no pack": ("--as-of", "2024-03-31"),
}


@pytest.mark.parametrize("more", WRONG.values(), ids=WRONG)
def test_a_wrong_question_is_refused(more: tuple[object, ...]) -> None:
    said = spawn("compare", EXAMPLE, *more)
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err


@settings(max_examples=max(1, settings().max_examples // 5))
@given(
    questions().flatmap(lambda one: packs(one.vocabulary).map(lambda two: (one, two)))
)
def test_totals_add_up_and_only_the_judged_differ(
    drawn: tuple[Question, dict[str, object]],
) -> None:
    question, other = drawn
    rules = [read_pack(question.vocabulary, each) for each in (question.pack, other)]
    facts = read_facts(rules[0], question.vocabulary, question.facts)
    judged = [judge_localities(pack, facts, question.as_of) for pack in rules]
    comparison = comparison_from_judged([*judged, judged[0]])
    localities = [*comparison.localities]
    assert sum(each.number for each in comparison.patterns) == len(localities)
    for each in localities:
        assert each.positions[0] == each.positions[2]
        standings = {one.standing for one in each.positions} - {Standing.NOT_JUDGED}
        assert each.differs == (len(standings) > 1)
        for position in each.positions:
            is_barred = position.standing in {Standing.FAILS, Standing.UNDETERMINED}
            assert is_barred or position.in_the_way == ()
            assert (position.verdict is None) == (
                position.standing is Standing.NOT_JUDGED
            )
    assert comparison_from_judged([judged[0], judged[0]]).agrees


def test_help_needs_no_data_frames() -> None:
    for command in (("compare",), ("rules", "impact"), ("rules", "diff")):
        said = spawn(*command, "--help", PYTHONPROFILEIMPORTTIME="1")
        assert said.code == 0
        assert "polars" not in said.err
