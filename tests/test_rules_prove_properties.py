"""What is proved of random packs withstands a search of all small localities."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from engine.pack import UNDETERMINED
from engine.policy.properties_from_pack import comparison_of_packs
from engine.policy.property import Kind, Standing, Topic
from tests.reference import ELIGIBLE_OR_NOT, evaluate, parts_of
from tests.support.engine_runner import read_pack
from tests.support.pack_strategies import packs
from tests.support.plain_facts import Doc
from tests.support.proving import Proved, proved, refuted
from tests.support.strategies import Question, questions
from tests.support.vocabulary_strategies import VERDICTS

AS_OF = date(2025, 3, 14)
SMALL = range(4)
VOCABULARY: Doc = {
    "vocabulary": 1,
    "registers": {
        "localities": {
            "fields": {"board": "yes_no", "model": "assessed", "target": "count"}
        }
    },
    "counts": {"P": {}, "Q": {"within": "P"}, "R": {}},
}
Place = tuple[str, int, int, int, bool, bool]
"""A small locality: its level, its counts, its answers."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the reference says of a small locality, all of it known."""

    verdict: str
    possible: tuple[str, ...]
    outcomes: dict[str, str]
    truths: dict[str, str]


@st.composite
def packs_that_pass(draw: DrawFn) -> Doc:
    """Draw packs in which some verdicts pass."""
    pack = draw(packs(VOCABULARY))
    passing = draw(st.sets(st.sampled_from(VERDICTS), min_size=1))
    for rule in pack.get("verdicts", []):
        rule["passes"] = rule["verdict"] in passing
    return pack


def row_of(place: Place) -> Doc:
    level, p, q, r, board, model = place
    signed = {"model_by": "A", "model_reason": "B"}
    known = {"P": p, "Q": q, "R": r, "board": board, "model": model, "target": 2}
    return {"id": "here", "level": level, **known, **signed}


def small_localities(pack: Doc) -> dict[Place, Judged]:
    """Judge every small locality."""
    found = {}
    flags = (False, True)
    for place in product(pack["levels"], SMALL, SMALL, SMALL, flags, flags):
        if place[2] > place[1]:
            continue
        facts = {"localities": [row_of(place)]}
        (told,) = evaluate(VOCABULARY, pack, facts, AS_OF)["localities"]
        found[place] = judged_as(told)
    return found


def judged_as(told: Doc) -> Judged:
    checks = [check for one in told["criteria"] for check in one["checks"]]
    return Judged(
        verdict=told["verdict"],
        possible=tuple(told["possible"]),
        outcomes={one["id"]: one["outcome"] for one in told["criteria"]},
        truths={check["id"]: check["truth"] for check in checks},
    )


def is_open(one: Judged) -> bool:
    """Whether something is not known."""
    return one.verdict == "undetermined" or "unknown" in one.truths.values()


def withstands(answer: Proved, judged: dict[Place, Judged], pack: Doc) -> Iterator[str]:
    """Yield what is claimed of all localities and is not so of a small one."""
    for kind, subjects in answer.faults:
        for place, one in judged.items():
            if is_refuted(kind, subjects, one):
                yield f"{kind} {subjects}: {place}"
    standing = {topic: each.standing for topic, each in answer.by_topic.items()}
    if standing[Topic.MONOTONE] is Standing.HOLDS:
        yield from improvements_that_worsen(judged, pack)
    if standing[Topic.GAPS] is Standing.HOLDS:
        yield from gaps(judged, pack)


def is_refuted(kind: Kind, subjects: tuple[str, ...], one: Judged) -> bool:
    outcomes = [one.outcomes.get(name) for name in subjects]
    match kind, outcomes:
        case Kind.NEVER_REACHED, _:
            return one.verdict == subjects[0]
        case Kind.NEVER_MET, ["met"]:
            return True
        case Kind.ALWAYS_MET, ["not_met"]:
            return True
        case Kind.EXCLUDES, ["met", "met"]:
            return True
        case Kind.IMPLIES | Kind.SAME, ["met", "not_met"]:
            return True
        case Kind.SAME, ["not_met", "met"]:
            return True
        case _:
            return False


def rank(verdict: str, pack: Doc) -> int:
    """How good a verdict is: 0 is the best, what does not pass is the worst."""
    rules = pack.get("verdicts") or [{**ELIGIBLE_OR_NOT[0], "passes": True}]
    passing = dict.fromkeys(rule["verdict"] for rule in rules if rule.get("passes"))
    return [*passing, verdict].index(verdict)


def places_that_pass(pack: Doc) -> set[Place]:
    """Judge every small locality; undetermined passes nothing."""
    rules = pack.get("verdicts") or [{**ELIGIBLE_OR_NOT[0], "passes": True}]
    passing = {rule["verdict"] for rule in rules if rule.get("passes")}
    judged = small_localities(pack).items()
    return {place for place, one in judged if one.verdict in passing}


def improvements_that_worsen(judged: dict[Place, Judged], pack: Doc) -> Iterator[str]:
    def best(one: Judged) -> int:
        return min(rank(each, pack) for each in one.possible)

    for column, up in directions(pack).items():
        for place, before in judged.items():
            for value in (*SMALL, True):
                other: Any = (*place[:column], value, *place[column + 1 :])
                better = value > place[column] if up else value < place[column]
                after = judged.get(other) if better else None
                if (
                    after
                    and before.verdict != UNDETERMINED
                    and best(after) > best(before)
                ):
                    yield f"{place} {before}, {other} {after}"


def directions(pack: Doc) -> dict[int, bool]:
    """Read plainly which facts improve upwards, and which downwards."""
    columns = {"P": 1, "Q": 2, "R": 3, "board": 4, "model": 5}
    demands = [one["requires"] for one in pack["criteria"]]
    demands += [rule["when"] for rule in pack.get("verdicts", [])]
    ways: dict[str, set[bool]] = {}
    for check, straight in turned_checks(demands):
        for word, up in {
            "none": False,
            "is": True,
            "holds": True,
            "falls": False,
        }.items():
            if word in check:
                ways.setdefault(check[word], set()).add(up == straight)
        count = check.get("share") or check.get("of", "")
        for word in {"at_least", "more_than", "at_most", "less_than"} & check.keys():
            up = word in {"at_least", "more_than"}
            ways.setdefault(count, set()).add(up == straight)
    return {columns[name]: up for name, (up, *more) in ways.items() if not more}


def turned_checks(formula: Any, *, straight: bool = True) -> Iterator[tuple[Doc, bool]]:
    """Yield the checks of a formula or of several, and whether each is under no `not`."""
    if isinstance(formula, dict) and "not" in formula:
        yield from turned_checks(formula["not"], straight=not straight)
    elif isinstance(formula, list):
        for part in formula:
            yield from turned_checks(part, straight=straight)
    elif isinstance(formula, dict):
        parts = parts_of(formula)
        if parts is None:
            yield formula, straight
        else:
            yield from turned_checks(parts, straight=straight)


def gaps(judged: dict[Place, Judged], pack: Doc) -> Iterator[str]:
    rules = pack.get("verdicts") or ELIGIBLE_OR_NOT
    end = [rule["when"] for rule in rules].index("always")
    defined, rest = [rule["verdict"] for rule in rules[:end]], rules[end]["verdict"]
    if rest in defined:
        return
    for column in (1, 2, 3):
        for place in judged:
            same = [(*place[:column], value, *place[column + 1 :]) for value in SMALL]
            named = [(x, judged[x].verdict) for x in same if x in judged and x[column]]
            for three in combinations(named, 3):
                if [_side(v, defined, rest) for _, v in three] == [True, False, True]:
                    yield str(three)


def _side(verdict: str, defined: list[str], rest: str) -> bool | None:
    """Whether a verdict is one of those with a condition; undetermined is none."""
    return None if verdict not in (*defined, rest) else verdict != rest


@settings(max_examples=8)
@given(packs_that_pass())
def test_what_is_proved_withstands_all_small_localities(document: Doc) -> None:
    answer = proved(read_pack(VOCABULARY, document))
    assert not any(each.open for each in answer.by_topic.values())
    assert not any(refuted(each, VOCABULARY, document) for each in answer.witnesses)
    judged = small_localities(document)
    assert list(withstands(answer, judged, document)) == []
    reached = {each.verdict for each in answer.witnesses}
    assert {each.verdict for each in judged.values()} - {UNDETERMINED} <= reached


@settings(max_examples=8)
@given(packs_that_pass(), packs_that_pass())
def test_what_is_proved_of_two_packs_withstands_all_small_localities(
    first: Doc, second: Doc
) -> None:
    one, other = (read_pack(VOCABULARY, each) for each in (first, second))
    found = comparison_of_packs(one, other)
    ways = (
        (found.first_in_second, first, second),
        (found.second_in_first, second, first),
    )
    for proof, passed, failed in ways:
        assert not proof.open
        for shown in proof.findings:
            for witness, document in zip(
                shown.witnesses, (passed, failed), strict=True
            ):
                assert not refuted(witness, VOCABULARY, document)
        if proof.standing is Standing.HOLDS:
            in_both = places_that_pass(passed) & small_localities(failed).keys()
            assert in_both <= places_that_pass(failed)


@settings(max_examples=8)
@given(questions())
def test_what_is_proved_withstands_registers_and_trees_of_localities(
    question: Question,
) -> None:
    vocabulary, document, _facts, _day = question.parts
    answer = proved(read_pack(vocabulary, document))
    assert not any(refuted(each, vocabulary, document) for each in answer.witnesses)
    for told in evaluate(*question.parts)["localities"]:
        one = judged_as(told)
        if not (is_open(one) or told["conflicts"]):
            assert not [each for each in answer.faults if is_refuted(*each, one)]
