"""Whose verdict a change of rules changes, from what to what, and by which criterion."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from engine.assess import assess, judge_localities
from engine.errors import FactsError
from engine.pack import Pack
from engine.policy.facts_for_packs import facts_for_packs
from engine.policy.impact import Impact
from engine.policy.impact_from_judged import impact_from_judged
from tests.support.commands import Said, run, spawn
from tests.support.engine_runner import read_facts, read_pack
from tests.support.pack_strategies import packs
from tests.support.strategies import Question, questions
from tests.support.two_packs import pack_with, write_facts, write_rules

DAY = date(2025, 3, 14)
AT_LEAST = ("more_than: 90%", "at_least: 90%")
ONE_PLOT = ("none: plots", "at_most: 1, of: plots")


def impact_of(folder: Path, before: Pack, after: Pack) -> Impact:
    read = facts_for_packs(write_facts(folder), (before, after))
    old, new = (
        judge_localities(pack, facts, DAY)
        for pack, facts in zip((before, after), read, strict=True)
    )
    return impact_from_judged(old, new)


def changes(
    impact: Impact,
) -> dict[str, tuple[str | None, str | None, tuple[str, ...]]]:
    return {each.id: (each.before, each.after, each.because) for each in impact.changes}


def test_a_lower_limit_lets_one_hamlet_pass_by_that_criterion(tmp_path: Path) -> None:
    impact = impact_of(tmp_path, pack_with(), pack_with(AT_LEAST))
    assert changes(impact) == {"X2": ("poor", "good", ("C1",))}
    assert impact.causes == (("C1", 1),)
    assert [(each.id, each.changed, each.judged) for each in impact.places] == [
        ("X", 1, 4)
    ]


def test_what_is_not_known_may_become_known(tmp_path: Path) -> None:
    """Nobody looked for plots in X4; without that criterion it is good."""
    second = "  - id: C2\n    title: {vi: Không trồng cây, en: No drug plants}\n"
    dropped = pack_with(
        (f"{second}    requires: {{id: C2a, none: plots}}\n", ""), ("[C1, C2]", "[C1]")
    )
    impact = impact_of(tmp_path, pack_with(), dropped)
    assert changes(impact)["X4"] == ("undetermined", "good", ("C2",))
    (change,) = (each for each in impact.changes if each.id == "X4")
    assert [(each.criterion, each.before, each.after) for each in change.outcomes] == [
        ("C2", "unknown", None)
    ]


def test_a_new_criterion_makes_the_difference_where_it_is_not_met(
    tmp_path: Path,
) -> None:
    stricter = pack_with(
        (
            "verdicts:\n",
            "  - {id: C9, requires: {at_least: 101, of: households}}\nverdicts:\n",
        )
    )
    impact = impact_of(tmp_path, pack_with(), stricter)
    assert changes(impact)["X1"] == ("good", "fair", ("C9",))


def test_criteria_that_only_together_make_the_difference_are_all_named(
    tmp_path: Path,
) -> None:
    """Two of three are enough, all three fall: none alone turns the verdict."""
    two_of_three = ("{all: criteria}", "{at_least: 2, of: [C1, C2, C3]}")
    all_fall = (
        ("more_than: 90%", "at_least: 100%"),
        ("none: plots", "at_least: 1, of: plots"),
        ("holds: board", "at_least: 200, of: households"),
        ("of: households, more_than", "of: plots, more_than"),
    )
    before, after = pack_with(two_of_three), pack_with(two_of_three, *all_fall[1:])
    impact = impact_of(tmp_path, before, after)
    assert changes(impact)["X1"][2] == ("C2", "C3")
    x1 = next(each for each in impact.changes if each.id == "X1")
    assert {each.criterion for each in x1.outcomes} == {"C2", "C3"}


def test_a_change_of_the_decision_list_is_by_no_criterion(tmp_path: Path) -> None:
    impact = impact_of(tmp_path, pack_with(), pack_with(("{all: [C1, C2]}", "C1")))
    assert all(because == () for _, _, because in changes(impact).values())
    swapped = pack_with(("{all: [C1, C2]}", "{any: [C1, C2]}"))
    found = changes(impact_of(tmp_path, pack_with(), swapped))
    assert found == {"X": ("poor", "fair", ()), "X2": ("poor", "fair", ())}


def test_a_level_that_only_one_pack_judges_changes_by_no_criterion(
    tmp_path: Path,
) -> None:
    only_hamlets = pack_with(("levels: [hamlet, commune]", "levels: [hamlet]"))
    found = changes(impact_of(tmp_path, pack_with(), only_hamlets))
    assert found == {"X": ("poor", None, ())}


def test_a_renamed_criterion_changes_nothing(tmp_path: Path) -> None:
    renamed = pack_with(("- id: C2\n", "- id: D2\n"), ("[C1, C2]", "[C1, D2]"))
    assert changes(impact_of(tmp_path, pack_with(), renamed)) == {}


@settings(max_examples=max(1, settings().max_examples // 5))
@given(
    questions().flatmap(lambda one: packs(one.vocabulary).map(lambda two: (one, two)))
)
def test_the_numbers_add_up_and_the_verdicts_are_those_of_assess(
    drawn: tuple[Question, dict[str, object]],
) -> None:
    question, other = drawn
    rules = [read_pack(question.vocabulary, each) for each in (question.pack, other)]
    facts = read_facts(rules[0], question.vocabulary, question.facts)
    judged = [judge_localities(pack, facts, question.as_of) for pack in rules]
    impact = impact_from_judged(*judged)
    assert impact_from_judged(judged[0], judged[0]).changed.is_empty()
    verdicts = [
        {
            each.id: each.verdict
            for each in assess(pack, facts, question.as_of).localities
        }
        for pack in rules
    ]
    known = {*verdicts[0], *verdicts[1]}
    differing = {
        each for each in known if verdicts[0].get(each) != verdicts[1].get(each)
    }
    told = {each.id: (each.before, each.after) for each in impact.changes}
    assert told == {
        each: (verdicts[0].get(each), verdicts[1].get(each)) for each in differing
    }
    assert sum(move.number for move in impact.moves) == len(known)
    moved = sum(move.number for move in impact.moves if move.before != move.after)
    assert moved == len(differing) == sum(each.changed for each in impact.places)
    criteria = {each.id for pack in rules for each in pack.criteria}
    assert all(criteria.issuperset(each.because) for each in impact.changes)


# --- the command -------------------------------------------------------------------


@pytest.fixture
def asked(tmp_path: Path) -> tuple[object, ...]:
    old = write_rules(tmp_path / "old")
    new = write_rules(tmp_path / "new", AT_LEAST, ONE_PLOT)
    facts = write_facts(tmp_path / "facts")
    return ("rules", "impact", old, new, facts, "--as-of", DAY)


def impact(asked: tuple[object, ...], *more: object) -> Said:
    return run(*asked, *more)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_picture_reads_as_agreed(
    asked: tuple[object, ...], language: str, golden: Callable[[str, str], None]
) -> None:
    said = impact(asked, "--lang", language)
    assert said.code == 1
    golden(f"rules_impact/two.{language}.txt", said.out)


def test_the_same_rules_change_nothing_and_end_with_0(
    asked: tuple[object, ...],
) -> None:
    same = (*asked[:3], asked[2], *asked[4:])
    said = impact(same)
    assert said.code == 0
    assert "0 of 5 localities change their verdict." in said.out


def test_the_tables_to_keep_hold_the_same(
    asked: tuple[object, ...], tmp_path: Path
) -> None:
    told = json.loads(impact(asked, "--format", "json").out)
    rows = list(csv.reader(io.StringIO(impact(asked, "--format", "csv").out)))
    file = tmp_path / "changes.parquet"
    assert impact(asked, "--format", "parquet", "-o", file).out == ""
    kept = pl.read_parquet(file)
    ids = [each["id"] for each in told["localities"]]
    assert ids == [row[0] for row in rows[1:]] == kept["id"].to_list() == ["X", "X2"]
    assert kept.columns == [
        "id",
        "name",
        "level",
        "parent",
        "before",
        "after",
        "because",
    ]
    assert told["localities"][1]["because"] == kept["because"].to_list()[1] == ["C1"]
    assert rows[2][6] == "C1 not met → met"


ENDINGS: dict[str, tuple[tuple[object, ...], int]] = {
    "a day outside": (("--as-of", "2030-01-01"), 2),
    "a Parquet file on the screen": (("--format", "parquet"), 2),
}


@pytest.mark.parametrize(("more", "code"), ENDINGS.values(), ids=ENDINGS)
def test_a_wrong_question_is_refused(
    asked: tuple[object, ...], more: tuple[object, ...], code: int
) -> None:
    said = spawn(*asked, *more)
    assert (said.code, said.out) == (code, "")
    assert "Traceback" not in said.err


def test_facts_neither_pack_knows_are_refused_and_those_one_knows_are_not(
    tmp_path: Path,
) -> None:
    before = pack_with()
    after = pack_with(("\nevidence:", "\n  extra: {within: plots}\nevidence:"))
    known = "id,level,extra\nX1,hamlet,0\n"
    read = facts_for_packs(write_facts(tmp_path / "one", known), (before, after))
    assert len({id(each) for each in read}) == 1
    old = write_rules(tmp_path / "old")
    facts = write_facts(tmp_path / "two", "id,level,other\nX1,hamlet,0\n")
    said = run("rules", "impact", old, old, facts, "--as-of", DAY)
    assert (said.code, said.out) == (5, "")
    assert "other" in said.err


def test_each_pack_reads_the_facts_by_its_own_vocabulary(tmp_path: Path) -> None:
    """A field of another type is read twice; a value that one refuses is refused."""
    judged = ("board: {type: yes_no", "board: {type: assessed")
    before, after = pack_with(), pack_with(judged)
    facts = write_facts(tmp_path / "facts", "id,level,board\nX1,hamlet,yes\n")
    first, second = facts_for_packs(facts, (before, after))
    assert first is not second
    assert first.sha256 == second.sha256
    typed = pack_with(
        ("board: {type: yes_no", "board: {type: date"), ("holds: board", "none: plots")
    )
    with pytest.raises(FactsError, match="board"):
        facts_for_packs(facts, (before, typed))


def test_a_choice_that_only_one_pack_knows_is_counted_by_that_one(
    tmp_path: Path,
) -> None:
    wider = pack_with(
        ("of: [addict, user]", "of: [addict, user, other]"),
        ("standing: addict\n", "standing: other\n"),
    )
    one = "id,level,households,signed,plots,board\nX1,hamlet,9,9,0,yes\n"
    facts = write_facts(tmp_path / "facts", one)
    row = "locality,standing,treated_since,clean\nX1,other,2020-01-01,no\n"
    (facts / "people.csv").write_text(row, encoding="utf-8")
    packs = (pack_with(), wider)
    read = facts_for_packs(facts, packs)
    judged = [
        judge_localities(pack, each, DAY)
        for pack, each in zip(packs, read, strict=True)
    ]
    (change,) = impact_from_judged(*judged).changed.iter_rows(named=True)
    assert (change["before"], change["after"]) == ("good", "fair")
    assert change["because"] == ["C4"]
