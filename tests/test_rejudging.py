"""Judging only what a change touches gives what judging everything anew gives."""

from copy import deepcopy
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from engine.assess import judge_localities
from engine.assessment_from_judged import assessment_from_judged
from engine.facts_from_files import facts_from_files
from engine.json_from_judged import json_from_judged
from engine.library import Library
from engine.standing_from_change import standing_from_change, standing_from_judged
from tests.support.commands import FACTS, RULES, facts_with
from tests.support.engine_runner import json_of, read_facts, read_pack
from tests.support.plain_facts import Doc
from tests.support.strategies import Question, questions


@st.composite
def changes(draw: DrawFn) -> tuple[Question, Doc]:
    """Draw a question, and its facts after one to three cells were blanked or changed."""
    question = draw(questions())
    facts = deepcopy(question.facts)
    for _ in range(draw(st.integers(1, 3))):
        table = draw(st.sampled_from([name for name in facts if facts[name]]))
        rows = facts[table]
        row = draw(st.sampled_from(rows))
        other = draw(st.sampled_from(rows))
        free = sorted(row.keys() - {"id", "level", "parent", "locality", "register"})
        if table != "localities" and (not free or draw(st.booleans())):
            rows.remove(row)
        elif free:
            column = draw(st.sampled_from(free))
            row[column] = draw(st.sampled_from([None, other.get(column)]))
    return question, facts


@given(changes())
def test_what_a_change_leads_to_is_what_judging_anew_says(
    change: tuple[Question, Doc],
) -> None:
    question, after = change
    pack = read_pack(question.vocabulary, question.pack)
    before = read_facts(pack, question.vocabulary, question.facts)
    changed = read_facts(pack, question.vocabulary, after)
    standing = standing_from_judged(judge_localities(pack, before, question.as_of))
    for facts in (changed, before, changed):  # a change after a change, and back
        standing = standing_from_change(standing, facts)
        told = b"".join(json_from_judged(standing.judged)).decode()
        assert told == json_of(pack, facts, question.as_of)


def test_only_the_changed_hamlet_and_what_lies_above_are_judged(tmp_path: Path) -> None:
    pack = Library(RULES).find("demo/plan")
    day = date(2024, 6, 30)
    text = (FACTS / "localities.csv").read_text(encoding="utf-8")
    after = facts_with(
        tmp_path / "after", localities=text.replace("có,0\nX3", "có,1\nX3")
    )
    before = facts_from_files(FACTS, pack.vocabulary)
    standing = standing_from_judged(judge_localities(pack, before, day))
    changed = facts_from_files(after, pack.vocabulary)
    again = standing_from_change(standing, changed)
    ids = changed.localities.frame.collect().get_column("id").to_list()
    assert {ids[row] for row in again.touched} == {"X2", "X"}
    verdicts = [
        each.verdict for each in assessment_from_judged(again.judged).localities
    ]
    assert verdicts == ["not_eligible", "eligible", "not_eligible", "undetermined"]


def test_where_nothing_changed_nothing_is_judged() -> None:
    pack = Library(RULES).find("demo/plan")
    facts = facts_from_files(FACTS, pack.vocabulary)
    standing = standing_from_judged(judge_localities(pack, facts, date(2024, 6, 30)))
    assert standing_from_change(standing, facts).touched == frozenset()


def test_a_locality_more_is_judged_as_if_it_had_always_been_there(
    tmp_path: Path,
) -> None:
    pack = Library(RULES).find("demo/plan")
    day = date(2024, 6, 30)
    text = (FACTS / "localities.csv").read_text(encoding="utf-8")
    more = facts_with(
        tmp_path / "more", localities=f"{text}X4,Thôn Bốn,hamlet,X,có,0\n"
    )
    before = facts_from_files(FACTS, pack.vocabulary)
    standing = standing_from_judged(judge_localities(pack, before, day))
    facts = facts_from_files(more, pack.vocabulary)
    again = b"".join(
        json_from_judged(standing_from_change(standing, facts).judged)
    ).decode()
    assert (
        again == b"".join(json_from_judged(judge_localities(pack, facts, day))).decode()
    )
