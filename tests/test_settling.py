"""What would settle a verdict is found, is enough, and is the least."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.network.settling import KEPT, what_would_settle
from engine.pack import All, Always, Any_, AtLeast, Negation
from engine.truth import Truth
from engine.verdicts_from_checks import Judge
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

A, B, C, D = (check(name) for name in "abcd")
KNOWN = (Truth.FALSE, Truth.TRUE)


def said(judge: Judge, **known: bool | None) -> dict[str, str]:
    """What would settle it, in words; checks that are not given are true."""
    told = truths(**{**{each.id: True for each in judge.pack.checks}, **known})
    found = what_would_settle(judge, "hamlet", told)
    return {
        verdict: ", ".join(f"{name} {truth.word}" for name, truth in each)
        for verdict, each in found.items()
    }


def test_one_failure_settles_it_and_every_unknown_must_be_met_to_pass() -> None:
    assert said(Judge(lai_chau_like()), C3b=None, C4a=None) == {
        "eligible": "C3b true, C4a true",
        "not_eligible": "C3b false",
    }


def test_a_decided_verdict_has_nothing_to_settle() -> None:
    assert said(Judge(lai_chau_like()), C3b=False, C4a=None) == {}


def test_only_what_is_unknown_is_asked_for() -> None:
    judge = Judge(pack(criterion("P", AtLeast(2, (A, B, C, D)))))
    assert said(judge, a=True, b=None, c=False, d=None) == {
        "eligible": "b true",
        "not_eligible": "b false, d false",
    }


def test_a_limit_may_be_the_cheaper_way_out() -> None:
    judge = Judge(pack(criterion("P", All((A, B, C)), when=D)))
    assert said(judge, a=None, b=None, c=None, d=None) == {
        "eligible": "d false",
        "not_eligible": "a false, d true",
    }


def test_of_two_ways_the_one_with_fewer_truths_is_told() -> None:
    """Whichever stands first."""
    judge = Judge(pack(criterion("P", Any_((All((A, B)), C)))))
    assert said(judge, a=None, b=None, c=None) == {
        "eligible": "c true",
        "not_eligible": "a false, c false",
    }


def test_what_always_holds_needs_no_truth() -> None:
    judge = Judge(pack(criterion("P", All(())), criterion("Q", A)))
    assert said(judge, a=None) == {"eligible": "a true", "not_eligible": "a false"}


def test_a_criterion_for_other_levels_settles_nothing() -> None:
    elsewhere = criterion("P", A, levels=("commune",))
    judge = Judge(pack(elsewhere, criterion("Q", B)))
    assert said(judge, a=None, b=None) == {
        "eligible": "b true",
        "not_eligible": "b false",
    }


def test_one_truth_may_serve_two_criteria() -> None:
    shared = criterion("S", A)
    both = criterion("P", All((ref("S"), B))), criterion("Q", Any_((ref("S"), C)))
    judge = Judge(pack(shared, *both))
    assert said(judge, a=None, b=None, c=None)["eligible"] == "a true, b true"


def test_a_verdict_that_no_truths_lead_to_is_left_out() -> None:
    """`P and not P` is unknown to Kleene, though nothing can make it true."""
    never = All((ref("P"), Negation(ref("P"))))
    judge = Judge(
        pack(criterion("P", A), verdicts=[("odd", never), ("even", Always())])
    )
    assert judge.ask("hamlet", truths(a=None)).possible == ("odd", "even")
    assert said(judge, a=None) == {"even": "a false"}


@pytest.mark.parametrize("place", range(12))
def test_no_check_is_ever_asked_to_be_both_wherever_it_stands(place: int) -> None:
    names = [f"c{number}" for number in range(12)]
    criteria = [criterion(name.upper(), check(name)) for name in names]
    one = ref(names[place].upper())
    never = All((one, Negation(one)))
    judge = Judge(pack(*criteria, verdicts=[("odd", never), ("even", Always())]))
    found = said(judge, **dict.fromkeys(names))
    assert set(found) == {"even"}


def test_being_of_a_level_costs_no_truth() -> None:
    """A level taken for the first check's truth would contradict what is needed."""
    here = criterion("P", Any_((A, B)), levels=("hamlet",))
    judge = Judge(pack(here, criterion("Q", A, levels=("hamlet",))))
    assert said(judge, a=None, b=None)["eligible"] == "a true"
    elsewhere = criterion("R", B, levels=("commune",))
    judge = Judge(pack(criterion("Q", A), elsewhere))
    assert said(judge, a=None, b=None) == {
        "eligible": "a true",
        "not_eligible": "a false",
    }


def test_what_serves_twice_is_found_beyond_the_budget() -> None:
    """A hundred pairs would do for the one part, but the last is needed anyway."""
    pairs = [
        criterion(f"P{i}", All((check(f"x{i}"), check(f"y{i}")))) for i in range(100)
    ]
    any_pair = Any_(tuple(ref(each.id) for each in pairs))
    passes = All((any_pair, ref("P99")))
    judge = Judge(pack(*pairs, verdicts=[("good", passes), ("bad", Always())]))
    unknown = dict.fromkeys(each.id for each in judge.pack.checks)
    assert said(judge, **unknown)["good"] == "x99 true, y99 true"


def test_a_way_out_is_not_crowded_out_by_worse_versions_of_another() -> None:
    """A hundred ways hold what the first holds; only the last goes without it."""
    ways = [All((ref("S"), check(f"x{i}"))) for i in range(100)]
    some = Any_((ref("S"), *ways, All((B, C))))
    passes = criterion("P", All((some, Negation(ref("S")))))
    judge = Judge(
        pack(
            criterion("S", A), passes, verdicts=[("good", ref("P")), ("bad", Always())]
        )
    )
    unknown = dict.fromkeys(each.id for each in judge.pack.checks)
    assert said(judge, **unknown)["good"] == "a false, b true, c true"


def smaller(settled: Mapping[str, Truth]) -> Iterator[dict[str, Truth]]:
    for less in combinations(settled.items(), len(settled) - 1):
        yield dict(less)


def least_by_trying(
    judge: Judge, level: str, known: Mapping[str, Truth]
) -> dict[str, int]:
    """The size of the smallest set for each verdict, by trying all of them."""
    unknown = [name for name, truth in known.items() if truth is Truth.UNKNOWN]
    found: dict[str, int] = {}
    for size in range(len(unknown) + 1):
        for names in combinations(unknown, size):
            for given_ in product(KNOWN, repeat=size):
                told = {**known, **dict(zip(names, given_, strict=True))}
                found.setdefault(judge.ask(level, told).verdict, size)
    return found


@settings(max_examples=40)
@given(st.data())
def test_what_settles_is_found_is_enough_and_is_the_least(data: st.DataObject) -> None:
    drawn = data.draw(packs(most_checks=6))
    judge, level = Judge(drawn), data.draw(st.sampled_from(LEVELS))
    known = data.draw(patterns(drawn))
    found = what_would_settle(judge, level, known)
    if judge.ask(level, known).verdict != "undetermined":
        assert not found
        return
    sizes = least_by_trying(judge, level, known)
    del sizes["undetermined"]
    assert {verdict: len(settled) for verdict, settled in found.items()} == sizes
    for verdict, settled in found.items():
        assert judge.ask(level, {**known, **dict(settled)}).verdict == verdict


@pytest.mark.parametrize("number", [3, 9])
def test_beyond_its_budget_a_set_is_still_one_from_which_nothing_can_be_left_out(
    number: int,
) -> None:
    """Twelve unknown parts can be met in 220 ways by threes, far more than are kept."""
    parts = [All((check(f"x{i}"), check(f"y{i}"))) for i in range(12)]
    judge = Judge(pack(criterion("P", AtLeast(number, tuple(parts)))))
    known = dict.fromkeys((each.id for each in judge.pack.checks), Truth.UNKNOWN)
    found = what_would_settle(judge, "hamlet", known)
    assert KEPT < 220
    assert {verdict: len(settled) for verdict, settled in found.items()} == {
        "eligible": 2 * number,
        "not_eligible": 12 - number + 1,
    }
    for verdict, settled in found.items():
        assert judge.ask("hamlet", {**known, **dict(settled)}).verdict == verdict
        for less in smaller(dict(settled)):
            assert judge.ask("hamlet", {**known, **less}).verdict == "undetermined"
