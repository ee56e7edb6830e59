"""What holds of the differences between packs, whatever the packs are."""

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from engine.assess import judge_localities
from engine.facts import Facts
from engine.pack import Pack
from engine.policy.impact_from_judged import impact_from_judged
from engine.policy.rule_change import Matter
from engine.policy.rule_changes_from_packs import rule_changes_from_packs
from engine.policy.spelling import spelt
from tests.support.engine_runner import read_facts, read_pack
from tests.support.pack_strategies import packs
from tests.support.same_meaning import spelt_otherwise, with_ids
from tests.support.strategies import Question, questions

Doc = dict[str, Any]
several = settings(max_examples=max(1, settings().max_examples // 5))


@st.composite
def spellings(draw: DrawFn) -> tuple[Question, Doc]:
    question = draw(questions())
    return question, draw(spelt_otherwise(with_ids(question.pack)))


@st.composite
def mutations(draw: DrawFn) -> tuple[Question, Doc]:
    """Draw a question, and its pack with some criterion or the decision list replaced."""
    question = draw(questions())
    pack, other = with_ids(question.pack), draw(packs(question.vocabulary))
    changed = deepcopy(pack)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(pack["criteria"]) - 1))
        checks = [each for each in other["criteria"] if _is_flat(each["requires"])]
        requires = draw(
            st.sampled_from([each["requires"] for each in checks] or ["always"])
        )
        changed["criteria"][at]["requires"] = requires
    else:
        changed["verdicts"] = [
            {"verdict": "fine", "when": draw(st.sampled_from(["C0", "C1"]))},
            {"verdict": "bad", "when": "always"},
        ]
    return question, changed


def _is_flat(formula: Any) -> bool:
    return (
        isinstance(formula, dict)
        and not {"all", "any", "not"} & formula.keys()
        and (not isinstance(formula.get("of"), list))
    )


def changed_verdicts(
    before: Pack, after: Pack, facts: Facts, question: Question
) -> int:
    old, new = (
        judge_localities(each, facts, question.as_of) for each in (before, after)
    )
    return len(impact_from_judged(old, new).changed)


@several
@given(questions())
def test_a_pack_does_not_differ_from_itself(question: Question) -> None:
    one, other = (read_pack(question.vocabulary, question.pack) for _ in range(2))
    assert rule_changes_from_packs(one, other) == ()


@several
@given(spellings())
def test_another_spelling_is_no_difference_and_judges_the_same(
    spelling: tuple[Question, Doc],
) -> None:
    question, otherwise = spelling
    one = read_pack(question.vocabulary, with_ids(question.pack))
    other = read_pack(question.vocabulary, otherwise)
    assert rule_changes_from_packs(one, other) == ()
    facts = read_facts(one, question.vocabulary, question.facts)
    assert changed_verdicts(one, other, facts, question) == 0


@several
@given(mutations())
def test_where_a_verdict_changes_a_difference_was_told(
    mutation: tuple[Question, Doc],
) -> None:
    question, changed = mutation
    one = read_pack(question.vocabulary, with_ids(question.pack))
    other = read_pack(question.vocabulary, changed)
    decisive = [each for each in rule_changes_from_packs(one, other) if each.decides]
    facts = read_facts(one, question.vocabulary, question.facts)
    if not decisive:
        assert changed_verdicts(one, other, facts, question) == 0


@several
@given(mutations())
def test_a_change_names_what_is_there_and_differs(
    mutation: tuple[Question, Doc],
) -> None:
    question, changed = mutation
    one = read_pack(question.vocabulary, with_ids(question.pack))
    other = read_pack(question.vocabulary, changed)
    for change in rule_changes_from_packs(one, other):
        assert spelt(change.before) != spelt(change.after)
        known = {each.id for pack in (one, other) for each in pack.criteria}
        assert known.issuperset(change.criteria)
        if change.matter is Matter.CRITERION:
            assert known.issuperset(filter(None, change.names))
