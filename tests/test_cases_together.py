"""Worked cases are judged together: each must be told what it would be told alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.assess import assess
from engine.policy.case_runs_from_cases import case_runs_from_cases
from engine.policy.worked_case import WorkedCase
from tests.support.engine_runner import read_facts, read_pack
from tests.support.fact_strategies import tables
from tests.support.packs import HERE
from tests.support.strategies import Question, questions


@given(questions(), st.data())
def test_a_case_among_others_is_told_what_it_is_told_alone(
    question: Question, data: st.DataObject
) -> None:
    pack = read_pack(question.vocabulary, question.pack)
    drawn = tables(question.vocabulary, question.as_of)
    days = [question.as_of, *(date(2025, month, 1) for month in (1, 7))]
    in_force = [day for day in days if day in pack.in_force]
    cases, alone = [], []
    for tables_ in (question.facts, *data.draw(st.lists(drawn, max_size=3))):
        day = data.draw(st.sampled_from(in_force))
        facts = read_facts(pack, question.vocabulary, tables_)
        for result in assess(pack, facts, day).localities:
            cases.append(WorkedCase("", day, facts, result.id, (), HERE))
            alone.append(result)
    together = case_runs_from_cases(pack, cases)
    assert [each.answer for each in together] == alone
    assert [each.case for each in together] == cases
