"""Random facts: what is consistent has no errors, and a comparison turned round agrees."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from engine.desk.change import LocalityChange, Presence
from engine.desk.changes_from_facts import Review, changes_from_facts
from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts import findings_from_facts
from tests.reference import evaluate
from tests.support.desk import CLEAN, Tables, found_in
from tests.support.engine_runner import read_pack, tables_as_files
from tests.support.fact_strategies import tables
from tests.support.strategies import Question, questions

TURNED = {
    Presence.ADDED: Presence.REMOVED,
    Presence.REMOVED: Presence.ADDED,
    Presence.CHANGED: Presence.CHANGED,
}


@st.composite
def consistent(draw: DrawFn) -> Tables:
    """Draw hamlets with registers, and the sums typed in where somebody cared to."""
    localities, households, people = (
        [],
        ["locality,signed,n"],
        ["locality,standing,filed"],
    )
    inspections, sums = ["locality,register,on"], [0, 0, 0, 0, 0]
    for at in range(draw(st.integers(1, 4))):
        signed, addicts, plots = draw(st.tuples(*[st.integers(0, 3)] * 3))
        unsigned = draw(st.integers(0 if signed else 1, 3))
        filed = draw(st.integers(0, addicts))
        numbers = [plots, signed + unsigned, signed, addicts, filed]
        sums = [one + other for one, other in zip(sums, numbers, strict=True)]
        typed = draw(st.booleans())
        shown = ["" if not typed else str(each) for each in numbers[1:]]
        localities.append(f"X{at},Thôn,hamlet,X,yes,{plots},0,0,{','.join(shown)}")
        households += [f"X{at},yes,{signed}"] * bool(signed)
        households += [f"X{at},no,{unsigned}"] * bool(unsigned)
        people += [f"X{at},addict,yes"] * filed + [f"X{at},addict,no"] * (
            addicts - filed
        )
        inspections += [f"X{at},people,2024-06-{draw(st.integers(1, 30)):02}"]
    total = [str(each) if draw(st.booleans()) else "" for each in sums]
    commune = f"X,Xã,commune,,,{total[0]},,,{','.join(total[1:])}"
    return {
        "localities": [CLEAN["localities"][0], commune, *localities],
        "households": households,
        "people": people,
        "inspections": inspections,
    }


@pytest.mark.hypothesis
@given(consistent())
def test_in_facts_that_agree_with_themselves_nothing_is_found(facts: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert found_in(Path(folder), facts) == ()


CONFLICTS = {
    "typed-against-register": "typed",
    "typed-against-children": "typed",
    "typed-against-both": "typed",
    "part-beyond-whole": "part_whole",
    "exceptions-contradict": "exceptions",
}


def errors_of(question: Question) -> list[Finding]:
    pack = read_pack(question.vocabulary, question.pack)
    with tables_as_files(pack, question.vocabulary, question.facts, "csv") as facts:
        found = findings_from_facts(pack, facts, question.as_of)
    return [each for each in found if each.severity is Severity.ERROR]


@pytest.mark.hypothesis
@given(questions())
def test_the_errors_are_the_contradictions_that_the_reference_finds(
    question: Question,
) -> None:
    """At the localities that are judged; each contradiction once, with a place."""
    errors = errors_of(question)
    judged = {
        one["id"]: sorted(
            (each["kind"], sorted(each["counts"])) for each in one["conflicts"]
        )
        for one in evaluate(*question.parts)["localities"]
    }
    found: dict[str, list[tuple[str, list[str]]]] = {one: [] for one in judged}
    for each in errors:
        if each.locality in found:
            kind = CONFLICTS[each.code]
            found[each.locality].append((kind, sorted(each.concerns)))
    assert {one: sorted(kinds) for one, kinds in found.items()} == judged
    assert all(each.places for each in errors)


@pytest.mark.hypothesis
@given(questions(), st.data())
def test_a_comparison_turned_round_says_the_same(
    question: Question, data: st.DataObject
) -> None:
    other = data.draw(tables(question.vocabulary, question.as_of))
    by_pack = data.draw(st.booleans())
    pack = read_pack(question.vocabulary, question.pack)
    with (
        tables_as_files(pack, question.vocabulary, question.facts, "csv") as one,
        tables_as_files(pack, question.vocabulary, other, "csv") as two,
    ):
        old, new = Review(one, question.as_of), Review(two, question.as_of)
        chosen = pack if by_pack else None
        forth = changes_from_facts(old, new, pack.vocabulary, chosen)
        back = changes_from_facts(new, old, pack.vocabulary, chosen)
        same = changes_from_facts(old, old, pack.vocabulary, chosen)
    assert same == ()
    assert {each.id: turned(each) for each in forth} == {each.id: each for each in back}


def turned(change: LocalityChange) -> LocalityChange:
    """Return a change as it is seen from the other side."""
    before = {each.trait: each.before for each in change.traits}
    return LocalityChange(
        id=change.id,
        name=before.get("name") or change.name,
        level=before.get("level") or change.level,
        presence=TURNED[change.presence],
        traits=tuple(map(swapped, change.traits)),
        counts=tuple(map(swapped, change.counts)),
        fields=tuple(map(swapped, change.fields)),
        checks=tuple(map(swapped, change.checks)),
        verdict=change.verdict and (change.verdict[1], change.verdict[0]),
    )


def swapped(one: Any) -> Any:
    return replace(one, before=one.after, after=one.before)
