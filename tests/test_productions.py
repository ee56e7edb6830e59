"""Formulas become productions that conclude exactly what LANGUAGE §6 says."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network.productions import Kind, Question
from engine.network.productions_from_pack import productions_from_pack
from engine.network.rails_from_formulas import WIDEST
from engine.pack import All, Always, Any_, AtLeast, Formula, Negation, Pack
from tests.support import kleene
from tests.support.chaining import chained_verdict, every_pattern
from tests.support.packs import (
    LEVELS,
    check,
    criterion,
    lai_chau_like,
    pack,
    packs,
    patterns,
    ref,
)

A, B, C, D = (check(name) for name in "abcd")
EVERY_KIND = pack(
    criterion("R1", AtLeast(2, (A, B, Negation(C)))),
    criterion("R2", Negation(ref("R1")), when=D, levels=("hamlet",)),
    criterion("R3", ref("R2")),
    criterion("R4", Any_((ref("R3"), Negation(ref("R2")), check("e")))),
    criterion("R5", All((A, Any_((B, Negation(All((C, D)))))))),
    criterion("R6", A, when=ref("R2")),
    verdicts=[
        ("first", All((ref("R1"), ref("R2"), ref("R4")))),
        ("second", AtLeast(2, (ref("R1"), ref("R2"), Negation(ref("R3")), check("f")))),
        ("first", Negation(ref("R2"))),
        ("last", Always()),
    ],
)


def every_question(of: Pack) -> Sequence[Question]:
    productions = productions_from_pack(of)
    return (*productions.criteria.values(), productions.verdict)


@pytest.mark.parametrize("level", LEVELS)
def test_every_pattern_of_truths_comes_out_as_the_page_says(level: str) -> None:
    """729 patterns of a pack that uses every kind of formula and of limit."""
    for truths in every_pattern("abcdef"):
        expected = kleene.judged(EVERY_KIND, level, truths)
        assert chained_verdict(EVERY_KIND, level, truths) == expected


@given(st.data())
def test_any_pack_comes_out_as_the_page_says(data: st.DataObject) -> None:
    drawn = data.draw(packs())
    level = data.draw(st.sampled_from(LEVELS))
    truths = data.draw(patterns(drawn))
    assert chained_verdict(drawn, level, truths) == kleene.judged(drawn, level, truths)


@pytest.mark.parametrize(
    ("formula", "conclusions"),
    [
        (A, ["met ← a true", "not_met ← a false"]),
        (Negation(A), ["met ← a false", "not_met ← a true"]),
        (All((A, B)), ["met ← a true, b true", "not_met ← a false", "not_met ← b false"]),
        (Any_((A, B)), ["met ← a true", "met ← b true", "not_met ← a false, b false"]),
        (All(()), ["met ← every case true"]),
        (Any_(()), ["not_met ← every case true"]),
        (Always(), ["met ← every case true"]),
        (AtLeast(2, (A, B)), ["met ← a true, b true", "not_met ← a false", "not_met ← b false"]),
        (AtLeast(3, (A, B)), ["not_met ← every case true"]),
        (AtLeast(0, (A, B)), ["met ← every case true"]),
        (All((A, A)), ["met ← a true", "not_met ← a false"]),
    ],
    ids=str,
)  # fmt: skip
def test_a_formula_has_a_rail_for_true_and_a_rail_for_false(
    formula: Formula, conclusions: list[str]
) -> None:
    question = every_question(pack(criterion("C1", formula)))[0]
    assert str(question).splitlines() == [
        f"criterion C1 {each}" for each in conclusions
    ]


def test_a_criterion_that_can_be_left_out_has_a_rail_for_that() -> None:
    limited = criterion("C1", A, when=B, levels=("hamlet",))
    question = every_question(pack(limited, criterion("C2", ref("C1"))))[0]
    assert str(question).splitlines() == [
        "criterion C1 not_applicable ← criterion C1 level out",
        "criterion C1 not_applicable ← criterion C1 level in, b false",
        "criterion C1 met ← criterion C1 level in, b true, a true",
        "criterion C1 not_met ← criterion C1 level in, b true, a false",
    ]


def test_a_criterion_for_all_the_packs_levels_does_not_ask_for_the_level() -> None:
    questions = every_question(
        pack(criterion("C1", A, levels=("hamlet", "commune", "x")))
    )
    assert not [i for each in questions for i in each.inputs if i.kind is Kind.LEVEL]


def test_the_decision_list_is_productions_too() -> None:
    listed = pack(criterion("C1", A), verdicts=[("good", ref("C1")), ("bad", Always())])
    assert str(productions_from_pack(listed)).splitlines() == [
        "criterion C1 met ← a true",
        "criterion C1 not_met ← a false",
        "",
        "the verdict good ← criterion C1 met",
        "the verdict undetermined ← criterion C1 unknown",
        "possible verdict good ← criterion C1 unknown",
        "step 2 open ← criterion C1 unknown",
        "step 2 reached ← criterion C1 not_met",
        "the verdict bad ← step 2 reached",
        "possible verdict bad ← step 2 open",
        "possible verdict good ← the verdict good",
        "possible verdict bad ← the verdict bad",
    ]


def test_every_kind_of_formula_is_written_out_in_the_same_order_and_words(
    golden: Callable[[str, str], None],
) -> None:
    """Each part is named by its place from one on; a jurist can follow every line."""
    golden("productions/every_kind.txt", f"{productions_from_pack(EVERY_KIND)}\n")


def test_what_stands_after_an_always_is_never_heard() -> None:
    listed = pack(criterion("C1", A), verdicts=[("good", Always()), ("bad", ref("C1"))])
    verdict = productions_from_pack(listed).verdict
    assert not verdict.inputs
    assert "bad" not in str(verdict)


@given(packs())
def test_productions_stand_after_what_they_use_and_are_narrow(drawn: Pack) -> None:
    for question in every_question(drawn):
        last = {each.conclusion: i for i, each in enumerate(question.productions)}
        for i, production in enumerate(question.productions):
            assert len(production.antecedents) <= WIDEST
            assert all(last.get(used, -1) < i for used in production.antecedents)


def test_a_conjunction_is_cut_only_where_it_is_too_wide() -> None:
    many = tuple(check(f"k{i}") for i in range(2 * WIDEST))

    def met(number: int) -> list[str]:
        question = every_question(pack(criterion("C1", All(many[:number]))))[0]
        written = [str(each) for each in question.productions]
        return [each for each in written if each.startswith("criterion C1 met")]

    def joined(start: int, stop: int) -> str:
        return ", ".join(f"k{i} true" for i in range(start, stop))

    first, second = joined(0, WIDEST), joined(WIDEST, 2 * WIDEST - 1)
    assert met(WIDEST) == [f"criterion C1 met ← {first}"]
    assert met(WIDEST + 1) == [
        f"criterion C1 met part 1 true ← {first}",
        f"criterion C1 met ← criterion C1 met part 1 true, k{WIDEST} true",
    ]
    assert met(2 * WIDEST)[1:] == [
        f"criterion C1 met part 2 true ← criterion C1 met part 1 true, {second}",
        f"criterion C1 met ← criterion C1 met part 2 true, k{2 * WIDEST - 1} true",
    ]


def test_a_wide_conjunction_is_cut_into_narrow_ones() -> None:
    many = [check(f"k{i}") for i in range(40)]
    wide = pack(criterion("C1", All(tuple(many))))
    assert (
        max(len(p.antecedents) for p in every_question(wide)[0].productions) == WIDEST
    )
    truths = dict.fromkeys((each.id for each in many), 1)
    assert chained_verdict(wide, "hamlet", truths)[1] == "eligible"
    assert chained_verdict(wide, "hamlet", {**truths, "k39": 2})[1] == "undetermined"
    assert chained_verdict(wide, "hamlet", {**truths, "k20": 0})[1] == "not_eligible"


def test_counting_k_of_n_does_not_list_combinations() -> None:
    """20 of 40 has 10¹¹ combinations."""
    counting = AtLeast(20, tuple(check(f"k{i}") for i in range(40)))
    question = every_question(pack(criterion("C1", counting)))[0]
    assert len(question.productions) < 2 * 40 * 40


def test_each_production_has_a_name_of_its_own() -> None:
    for question in (*every_question(EVERY_KIND), *every_question(lai_chau_like())):
        names = [each.name for each in question.productions]
        assert len(set(names)) == len(names)
