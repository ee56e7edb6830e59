"""What holds of every question, whatever the vocabulary, the pack and the facts are."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from engine.assess import assess
from engine.assessment_from_json import assessment_from_json
from tests.reference import Evaluation, checks_in, evaluate
from tests.support.engine_runner import (
    compared,
    engine_answer,
    json_of,
    read_facts,
    read_pack,
)
from tests.support.fact_strategies import inspection
from tests.support.plain_facts import kind_of
from tests.support.plain_json import json_from_assessment
from tests.support.strategies import Question, questions
from tests.support.vocabulary_strategies import values

Doc = dict[str, Any]

EVALUATORS: dict[str, Callable[..., Doc]] = {
    "engine": engine_answer,
    "reference": evaluate,
}
REGISTERS = ("people", "homes")
several_runs = settings(max_examples=max(1, settings().max_examples // 2))


# --- learning ----------------------------------------------------------------------


@st.composite
def lessons(draw: DrawFn) -> tuple[Question, Question]:
    """Draw a question, and the same where up to five more things are known.

    What is learnt is what a blank stood for, that a register was inspected, or a number
    that somebody typed in. A new row is no lesson: a register says that it is complete.
    Nor are the cells that mean something when they are blank: `n`, `name`, `parent`.
    """
    before = draw(questions(typed_lies=False))
    after = before.with_facts(deepcopy(before.facts))
    for _ in range(draw(st.integers(1, 5))):
        draw(st.sampled_from([_fill_a_blank, _inspect, _type_a_number]))(draw, after)
    return before, after


def _fill_a_blank(draw: DrawFn, question: Question) -> None:
    registers = question.vocabulary["registers"]
    blanks = [
        (row, field, kind)
        for table in ("localities", *REGISTERS)
        for row in question.facts[table]
        for field, kind in _columns(registers[table]["fields"])
        if row.get(field) is None
    ]
    if blanks:
        row, field, kind = draw(st.sampled_from(blanks))
        row[field] = draw(values(field, kind, question.as_of))


def _columns(fields: Doc) -> list[tuple[str, str]]:
    kinds = {field: kind_of(kind) for field, kind in fields.items()}
    judged = [field for field, kind in kinds.items() if kind == "assessed"]
    signatures = [
        (f"{field}_{word}", "text") for field in judged for word in ("by", "reason")
    ]
    return [*kinds.items(), *signatures]


def _inspect(draw: DrawFn, question: Question) -> None:
    unit = draw(st.sampled_from(question.facts["localities"]))
    row = inspection(unit["id"], draw(st.sampled_from(REGISTERS)))
    question.facts["inspections"].append(row)


def _type_a_number(draw: DrawFn, question: Question) -> None:
    unit = draw(st.sampled_from(question.facts["localities"]))
    name = draw(st.sampled_from([*question.vocabulary["counts"]]))
    if unit.get(name) is None:
        known = Evaluation(*question.parts)
        lo, hi = known.value(
            name, next(x for x in known.localities if x["id"] == unit["id"])
        )
        unit[name] = draw(st.integers(lo, int(min(hi, lo + 2))))


def is_free_of_conflicts(question: Question) -> bool:
    """Whether no two statements contradict each other, judged there or passed on."""
    evaluation = Evaluation(*question.parts)
    evaluation.answer()
    return not any(evaluation.conflicts.values())


def empty_populations(question: Question) -> set[tuple[str, int]]:
    """Where a share or a fall is of nobody, while the locality was being judged."""
    evaluation = Evaluation(*question.parts)
    evaluation.answer()
    found = set()
    formulas = [rule["when"] for rule in evaluation.rules]
    for one in question.pack["criteria"]:
        formulas += [one["requires"], one.get("when")]
    checks = [x for x in checks_in(formulas) if "share" in x or "falls" in x]
    for unit in evaluation.localities:
        own = evaluation.verdicts.pop(unit["id"], None)
        vacuous = [evaluation.check(check, unit)["vacuous"] for check in checks]
        found |= {(unit["id"], i) for i, empty in enumerate(vacuous) if empty}
        if own is not None:
            evaluation.verdicts[unit["id"]] = own
    return found


@pytest.mark.parametrize("evaluator", EVALUATORS)
@several_runs
@given(lesson=lessons())
def test_learning_a_fact_never_overturns_a_decision(
    evaluator: str, lesson: tuple[Question, Question]
) -> None:
    """Of facts without a conflict: what was decided stays, what was impossible too.

    But for one thing that LANGUAGE §5 says of shares and falls: a share of nobody is
    whatever `if_empty` says, even where the share was decided while somebody could still
    be there (nobody of maybe three is not more than 0%; nobody of nobody is, by default).
    So a lesson that empties the population of a share or a fall is left out.
    """
    before, after = lesson
    assume(is_free_of_conflicts(before) and is_free_of_conflicts(after))
    assume(empty_populations(after) <= empty_populations(before))
    was = EVALUATORS[evaluator](*before.parts)["localities"]
    now = EVALUATORS[evaluator](*after.parts)["localities"]
    for earlier, later in zip(was, now, strict=True):
        assert set(later["possible"]) <= set(earlier["possible"])
        for name, decided in _decisions(earlier).items():
            assert decided in {"unknown", _decisions(later)[name]}, name


def _decisions(locality: Doc) -> Doc:
    checks = {
        check["id"]: check["truth"]
        for each in locality["criteria"]
        for check in each["checks"]
    }
    return checks | {each["id"]: each["outcome"] for each in locality["criteria"]}


# --- order -------------------------------------------------------------------------


@st.composite
def reordered(draw: DrawFn) -> tuple[Question, Question]:
    """Draw a question, and the same with rows, columns, tables and criteria shuffled."""
    question = draw(questions())
    facts = {
        table: [_shuffled(draw, row) for row in draw(st.permutations(rows))]
        for table, rows in question.facts.items()
    }
    pack = {
        **question.pack,
        "criteria": draw(st.permutations(question.pack["criteria"])),
    }
    counts = _shuffled(draw, question.vocabulary["counts"])
    vocabulary = {**question.vocabulary, "counts": counts}
    other = Question(
        vocabulary, _shuffled(draw, pack), _shuffled(draw, facts), question.as_of
    )
    return question, other


def _shuffled(draw: DrawFn, document: Doc) -> Doc:
    return dict(draw(st.permutations([*document.items()])))


@several_runs
@given(reordered(), st.sampled_from(["csv", "yaml"]))
def test_the_order_of_rows_files_and_criteria_says_nothing(
    both: tuple[Question, Question], form: str
) -> None:
    told, told_anew = (by_name(engine_answer(*each.parts, form=form)) for each in both)
    assert told == told_anew


def by_name(told: Doc) -> Doc:
    """What was told, but for the order of localities and of criteria."""
    localities = {one["id"]: one for one in compared(told)["localities"]}
    for one in localities.values():
        one["criteria"] = {each["id"]: each for each in one["criteria"]}
    return {"summary": compared(told)["summary"], "localities": localities}


# --- repetition --------------------------------------------------------------------


@several_runs
@given(questions(), questions())
def test_what_was_judged_before_says_nothing(first: Question, second: Question) -> None:
    """Judging A, then B, then A again: each as if it were alone."""
    alone = {id(each): engine_answer(*each.parts) for each in (first, second)}
    for each in (second, first, first):
        assert engine_answer(*each.parts) == alone[id(each)]


@several_runs
@given(questions())
def test_the_same_question_is_answered_in_the_same_bytes(question: Question) -> None:
    vocabulary, pack_document, tables, as_of = question.parts
    pack = read_pack(vocabulary, pack_document)
    facts = read_facts(pack, vocabulary, tables)
    told = json_of(pack, facts, as_of)
    assert json_of(pack, facts, as_of) == told
    pack_anew = read_pack(vocabulary, pack_document)
    facts_anew = read_facts(pack_anew, vocabulary, tables)
    assert json_of(pack_anew, facts_anew, as_of) == told


@several_runs
@given(questions())
def test_an_answer_survives_being_written_and_read(question: Question) -> None:
    vocabulary, pack_document, tables, as_of = question.parts
    pack = read_pack(vocabulary, pack_document)
    facts = read_facts(pack, vocabulary, tables)
    assessment = assess(pack, facts, as_of)
    written = json_of(pack, facts, as_of)
    read = assessment_from_json(written)
    assert tuple(read.localities) == tuple(assessment.localities)
    assert (read.summary, read.as_of) == (assessment.summary, assessment.as_of)
    assert json_from_assessment(read) == written
