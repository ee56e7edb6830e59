"""Verdicts are those of the page, for every pattern, row by row and in columns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checks_from_counts import truth_column
from engine.pack import All, Always, Any_, AtLeast, Negation
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, VERDICT, Judge, outcome_column
from tests.support import kleene
from tests.support.chaining import every_pattern
from tests.support.packs import (
    LEVELS,
    check,
    criterion,
    lai_chau_like,
    pack,
    packs,
    patterns,
    ref,
    truths,
)

A, B, C, D, E, F = (check(name) for name in "abcdef")
SMALL = {
    "all of all": pack(criterion("P", All((A, B, C))), criterion("Q", All((D, E)))),
    "k of n": pack(criterion("P", AtLeast(2, (A, B, Negation(C), D)))),
    "by level": pack(
        criterion("P", A, levels=("hamlet",)), criterion("Q", Any_((B, C)), levels=())
    ),
    "when": pack(
        criterion("P", Any_((A, Negation(B))), when=C),
        criterion("Q", Negation(ref("P")), when=AtLeast(1, (D, ref("P")))),
    ),
    "classes": pack(
        criterion("P", A),
        criterion("Q", Any_((B, ref("P"))), when=C),
        criterion("R", Negation(ref("Q"))),
        verdicts=[
            ("one", AtLeast(2, (ref("P"), ref("Q"), ref("R")))),
            ("two", Any_((ref("R"), D))),
            ("one", E),
            ("three", Negation(ref("Q"))),
            ("four", Always()),
        ],
    ),
    "references near and far": pack(
        criterion("P", A),
        criterion("Q", Any_((B, ref("P")))),
        criterion("R", AtLeast(1, (Negation(ref("P")), All((ref("Q"), C))))),
    ),
    "a check with its criterion's id": pack(
        criterion("a", A), criterion("P", All((ref("a"), B)), when=ref("a"))
    ),
    "nothing to ask": pack(criterion("P", Always()), verdicts=[("only", Always())]),
}


def frame_of(rows: Iterable[Mapping[str, Any]], checks: Sequence[str]) -> Any:
    types = {"level": pl.String, **dict.fromkeys(checks, pl.Int8)}
    frame = pl.DataFrame(list(rows), schema=types)
    return frame.rename({check: truth_column(check) for check in checks})


def in_columns(judge: Judge, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Each row's outcomes and verdict, read from the columns."""
    frame = judge.judge(frame_of(rows, [each.id for each in judge.pack.checks]))
    return [
        (
            {
                each.id: None if (code := row[outcome_column(each.id)]) is None
                else OUTCOMES[code]
                for each in judge.pack.criteria
            },
            row[VERDICT],
        )
        for row in frame.iter_rows(named=True)
    ]  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", SMALL)
def test_every_pattern_of_a_small_pack_is_judged_as_the_page_says(
    name: str, level: str
) -> None:
    judge = Judge(SMALL[name])
    every = list(every_pattern(each.id for each in judge.pack.checks))
    rows = in_columns(judge, [{"level": level, **each} for each in every])
    for known, row in zip(every, rows, strict=True):
        outcomes, verdict, possible = kleene.judged(judge.pack, level, known)
        judgement = judge.ask(level, known)
        assert row == (outcomes, verdict)
        assert (judgement.outcomes, judgement.verdict) == (outcomes, verdict)
        assert judgement.possible == possible


@settings(max_examples=25)  # a network is never freed
@given(st.data())
def test_any_pack_is_judged_as_the_page_says(data: st.DataObject) -> None:
    drawn = data.draw(packs())
    judge = Judge(drawn)
    levels = st.sampled_from(LEVELS)
    asked = data.draw(st.lists(st.tuples(levels, patterns(drawn)), max_size=30))
    rows = in_columns(judge, [{"level": level, **each} for level, each in asked])
    for (level, known), row in zip(asked, rows, strict=True):
        outcomes, verdict, possible = kleene.judged(drawn, level, known)
        judgement = judge.ask(level, known)
        assert row == (outcomes, verdict)
        assert (judgement.outcomes, judgement.verdict) == (outcomes, verdict)
        assert judgement.possible == possible


@settings(max_examples=25)
@given(st.data())
def test_learning_a_truth_never_overturns_a_decided_verdict(
    data: st.DataObject,
) -> None:
    drawn = data.draw(packs())
    judge, level = Judge(drawn), data.draw(st.sampled_from(LEVELS))
    before = data.draw(patterns(drawn))
    learnt = data.draw(patterns(drawn))
    after = {
        name: learnt[name] if truth is Truth.UNKNOWN else truth
        for name, truth in before.items()
    }
    first, second = judge.ask(level, before), judge.ask(level, after)
    assert first.verdict in {second.verdict, "undetermined"}
    assert set(second.possible) <= set(first.possible)


def test_a_criterion_with_more_checks_than_one_key_holds() -> None:
    """40 checks are 80 bits: their patterns are numbered in three steps."""
    checks = [check(f"k{i}") for i in range(40)]
    judge = Judge(pack(criterion("P", All(tuple(checks)))))
    met = {"level": "hamlet", **{each.id: 1 for each in checks}}
    rows = [met, *({**met, each.id: code} for each in checks for code in (0, 2)), met]
    said = [verdict for _, verdict in in_columns(judge, rows)]
    assert said == ["eligible", *["not_eligible", "undetermined"] * 40, "eligible"]


def test_a_level_that_the_pack_does_not_name_is_not_judged() -> None:
    judge = Judge(pack(criterion("P", A), levels=("hamlet",)))
    rows = [{"level": "commune", "a": 0}, {"level": "hamlet", "a": 1}]
    assert in_columns(judge, rows) == [
        ({"P": None}, None),
        ({"P": "met"}, "eligible"),
    ]
    with pytest.raises(ValueError, match="does not judge the level 'commune'"):
        judge.ask("commune", {"a": 1})


@pytest.mark.parametrize("rows", [[], [{"level": "region", "a": 1}]])
def test_nothing_to_judge_is_no_error(rows: list[dict[str, Any]]) -> None:
    said = in_columns(Judge(pack(criterion("P", A))), rows)
    assert said == [({"P": None}, None)] * len(rows)


@pytest.mark.parametrize("levels", [[], ["region"], ["hamlet", "region"]])
def test_answers_are_columns_of_one_kind_even_of_nothing(levels: list[str]) -> None:
    """Layers are put below each other, and those of another kind would not go."""
    truths = pl.DataFrame(
        {"level": levels, truth_column("a"): [1] * len(levels)},
        schema={"level": pl.String, truth_column("a"): pl.Int8},
    )
    said = Judge(pack(criterion("P", A))).judge(truths)
    assert dict(said.schema) == {outcome_column("P"): pl.Int8, VERDICT: pl.String}


def test_each_row_gets_its_own_answer() -> None:
    rows = [{"level": "hamlet", "a": code} for code in (0, 1, 2, 1, 0)]
    said = in_columns(Judge(pack(criterion("P", A))), rows)
    assert [verdict for _, verdict in said] == [
        "not_eligible",
        "eligible",
        "undetermined",
        "eligible",
        "not_eligible",
    ]


def test_a_case_is_judged_once_however_often_it_is_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = Judge(lai_chau_like())
    checks = [each.id for each in judge.pack.checks]
    every = [dict.fromkeys(checks, code) for code in (0, 1, 2)]
    rows = [{"level": "hamlet", **known} for known in every]
    expected = in_columns(judge, rows)
    monkeypatch.setattr("engine.network.rete.Network.session", None)
    assert in_columns(judge, rows * 1000) == expected * 1000
    for known, (outcomes, verdict) in zip(every, expected, strict=True):
        judgement = judge.ask("hamlet", known)
        assert (judgement.outcomes, judgement.verdict) == (outcomes, verdict)


@pytest.mark.parametrize(
    ("name", "level", "known", "derivation"),
    [
        (
            "all of all", "hamlet", {"c": False, "d": False},
            "c false, P not_met, d false, Q not_met, not_eligible",
        ),
        (
            "all of all", "hamlet", {},
            "a true, b true, c true, P met, d true, e true, Q met, eligible",
        ),
        (
            "all of all", "hamlet", {"b": None, "d": False},
            "d false, Q not_met, not_eligible",
        ),
        (
            "all of all", "hamlet", {"b": None, "e": None},
            "b unknown, P unknown, e unknown, Q unknown, undetermined",
        ),
        ("k of n", "hamlet", {"a": False, "b": None, "c": True}, "b unknown, P unknown, undetermined"),
        ("k of n", "hamlet", {"a": False, "b": False, "c": True}, "a false, b false, c true, P not_met, not_eligible"),
        ("by level", "commune", {"a": False}, "P not_applicable, Q not_applicable, eligible"),
        ("when", "hamlet", {"a": None, "c": False}, "c false, P not_applicable, d true, Q not_applicable, eligible"),
        ("when", "hamlet", {"c": None, "d": True}, "c unknown, P unknown, Q unknown, undetermined"),
        (
            "classes", "hamlet", {"a": False, "b": False, "d": None},
            "a false, P not_met, b false, c true, Q not_met, R met, two",
        ),
        (
            "classes", "hamlet", {"a": False, "c": None, "d": False},
            "c unknown, Q unknown, R unknown, undetermined",
        ),
        (
            "classes", "hamlet", {"c": False, "d": None},
            "c false, Q not_applicable, R not_applicable, d unknown, undetermined",
        ),
        ("a check with its criterion's id", "hamlet", {}, "a true, a met, b true, P met, eligible"),
        ("nothing to ask", "hamlet", {}, "only"),
    ],
)  # fmt: skip
def test_a_derivation_says_what_the_verdict_rests_on(
    name: str, level: str, known: dict[str, bool | None], derivation: str
) -> None:
    judge = Judge(SMALL[name])
    told = {**{each.id: True for each in judge.pack.checks}, **known}
    assert ", ".join(judge.ask(level, truths(**told)).derivation) == derivation


def test_a_derivation_does_not_walk_the_same_ground_twice() -> None:
    """To count 20 of 40 there are 10¹¹ ways; each step on them is looked at once."""
    names = [f"k{i}" for i in range(40)]
    judge = Judge(pack(criterion("P", AtLeast(20, tuple(map(check, names))))))
    unknown = judge.ask("hamlet", dict.fromkeys(names, Truth.UNKNOWN))
    assert unknown.derivation == (
        *(f"{name} unknown" for name in names),
        "P unknown",
        "undetermined",
    )


@settings(max_examples=25)
@given(st.data())
def test_a_derivation_alone_is_enough(data: st.DataObject) -> None:
    """What a decided verdict's does not name could be anything, and the verdict stands.

    So could an unknown check that an undetermined one's does not name.
    """
    drawn = data.draw(packs())
    judge, level = Judge(drawn), data.draw(st.sampled_from(LEVELS))
    known, others = data.draw(patterns(drawn)), data.draw(patterns(drawn))
    judgement = judge.ask(level, known)
    named = {line.rpartition(" ")[0] for line in judgement.derivation}
    free = {
        name
        for name in known.keys() - named
        if judgement.verdict != "undetermined" or known[name] is Truth.UNKNOWN
    }
    changed = {name: (others if name in free else known)[name] for name in known}
    assert judge.ask(level, changed).verdict == judgement.verdict
    assert {line.rpartition(" ")[2] for line in judgement.derivation[:-1]} <= {
        *("true", "false", "met", "not_met", "not_applicable"),
        *(["unknown"] if judgement.verdict == "undetermined" else []),
    }
