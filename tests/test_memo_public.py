"""A public copy masks what personal registers hold: no small number can be worked out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.memo.memo_from_result import Memos
from cli.memo.memo_view import CheckPart
from cli.words.public_wording import is_personal, withheld
from engine.assess import assess
from engine.assessment import (
    Assessment,
    CheckResult,
    Conflict,
    ConflictKind,
    CriterionResult,
    LocalityResult,
    Outcome,
)
from engine.interval import Interval
from engine.pack import Check, Every, Pack, counts_named
from engine.truth import Truth
from tests.support import rules_texts
from tests.support.bundled import LAI_CHAU, RULES, pack_of
from tests.support.engine_runner import texts_as_files
from tests.support.memos import FORMS, told

NONE = Interval(0, 0)
CLASSES = {
    "none": [NONE],
    "few": [Interval(n, n) for n in range(1, 5)],
    "few or so": [Interval(1, 4), Interval(2, 4), Interval(1, 2)],
    "many": [Interval(5, 5), Interval(17, 17)],
    "many or so": [Interval(6, 9), Interval(8, None)],
    "unclear": [Interval(0, 3), Interval(4, 6), Interval(2, 1000), Interval(1, None)],
}
"""What a public copy may tell apart, and numbers that it may not within each."""
SOME_OR_NONE = {
    name: CLASSES["none"] + CLASSES["few"] if name == "few" else numbers
    for name, numbers in CLASSES.items()
    if name != "none"
}
"""The same of a part of somebody: that it is none would tell of all of them."""
SHORT = {"none": [0], "few": [1, 2, 3, 4], "many": [5, 6, 31]}


@dataclass
class Twins:
    """Two results that differ in personal numbers alone, and within their classes."""

    pack: Pack
    chance: Random

    def numbers(self, classes: Mapping[str, list[Any]], count: str) -> list[Any]:
        kind = classes[self.chance.choice(sorted(classes))]
        first = self.chance.choice(kind)
        if not is_personal(self.pack, count):
            return [first, first]
        return [first, self.chance.choice(kind)]

    def checks(self, check: Check) -> list[CheckResult]:
        named = counts_named(check.ask)
        counts = {name: self.numbers(CLASSES, name) for name in named}
        if isinstance(check.ask, Every) and NONE not in counts[check.ask.whole]:
            counts[check.ask.part] = self.numbers(SOME_OR_NONE, check.ask.part)
        last = named[-1] if named else None
        exceptions = self.numbers(CLASSES, last) if last else [None, None]
        short = self.numbers(SHORT, last) if last else [1, 1]
        truth = self.chance.choice([*Truth])
        vacuous = bool(named) and self.chance.random() < 0.5
        every = isinstance(check.ask, Every)
        return [
            CheckResult(
                check.id,
                truth,
                vacuous,
                {name: each[twin] for name, each in counts.items()},
                exceptions[twin] if every else None,
                short[twin] if truth is Truth.FALSE else None,
            )
            for twin in (0, 1)
        ]

    def conflicts(self) -> list[tuple[Conflict, ...]]:
        every = [each.ask for each in self.pack.checks if isinstance(each.ask, Every)]
        ask = self.chance.choice(every)
        kind = self.chance.choice([*ConflictKind])
        names = (ask.part, ask.whole)
        pairs = [self.numbers(CLASSES, name) for name in names]
        return [
            (Conflict(kind, names, pairs[0][twin], pairs[1][twin]),) for twin in (0, 1)
        ]

    def localities(self) -> list[LocalityResult]:
        criteria: list[list[CriterionResult]] = [[], []]
        for criterion in self.pack.criteria:
            outcome = self.chance.choice([*Outcome])
            pairs = [self.checks(check) for check in criterion.checks]
            for twin in (0, 1):
                checks = tuple(pair[twin] for pair in pairs)
                criteria[twin].append(CriterionResult(criterion.id, outcome, checks))
        conflicts = self.conflicts() if self.chance.random() < 0.5 else [(), ()]
        rule = ("undetermined", ("eligible", "not_eligible"))
        return [
            LocalityResult(
                "X", "Bản Một", "hamlet", None, *rule, tuple(criteria[twin]),
                conflicts[twin], ("C1a false",),
            )
            for twin in (0, 1)
        ]  # fmt: skip


def public(pack: Pack, locality: LocalityResult, form: str) -> str:
    day = date(2024, 3, 31)
    sums = ("a" * 64, "b" * 64)
    answer = Assessment("0", pack.id, *sums, day, False, {}, (locality,))
    return told(answer, pack, form, public=True)


@pytest.mark.parametrize("form", FORMS)
@given(chance=st.integers(0, 2**32).map(Random))
def test_personal_numbers_of_one_class_read_the_same(form: str, chance: Random) -> None:
    """What two different numbers leave equal to the letter gives neither of them away."""
    pack = pack_of(LAI_CHAU)
    one, other = Twins(pack, chance).localities()
    assert public(pack, one, form) == public(pack, other, form)


Shown = tuple[tuple[str, ...], str, str]
World = tuple[int, int]
"""How many there are, and how many of them have the thing."""


def test_no_public_statement_tells_that_none_of_somebody_has_a_thing() -> None:
    """For every small number of people and of those who have it, known or not.

    What is met tells by itself that all of them have it.
    """
    some = (None, *range(8))
    pairs = [
        (whole, part)
        for whole in some
        for part in some
        if whole is None or (part or 0) <= whole
    ]
    possible: dict[CheckPart, set[World]] = {}
    for (whole, part), text in zip(pairs, _told_of_treatment(pairs), strict=True):
        possible.setdefault(text, set()).update(_worlds(whole, part))
    unmet = {each: found for each, found in possible.items() if each.outcome != "met"}
    assert len(unmet) > 3
    for statement, worlds in unmet.items():
        somebody = {part for whole, part in worlds if whole}
        assert not somebody or max(somebody) > 0, statement


def _worlds(whole: int | None, part: int | None) -> Iterator[World]:
    for all_ in range(10) if whole is None else (whole,):
        for some in range(all_ + 1) if part is None else (part,):
            if some <= all_:
                yield all_, some


def _told_of_treatment(
    pairs: Iterable[tuple[int | None, int | None]],
) -> list[CheckPart]:
    """Return what is published of hamlets with so many on substitution and so many clean."""
    pack = pack_of(LAI_CHAU)
    header = "id,name,level,substitution_over_12_months,substitution_clean"
    rows = [
        ",".join(
            (f"H{at}", "Bản", "hamlet", *("" if n is None else str(n) for n in pair))
        )
        for at, pair in enumerate(pairs)
    ]
    with texts_as_files(pack, {"localities.csv": "\n".join((header, *rows))}) as facts:
        answer = assess(pack, facts, date(2024, 3, 31))
    memos = map(Memos(answer, pack, public=True).of, answer.localities)
    every = (check for memo in memos for one in memo.criteria for check in one.checks)
    return [check for check in every if check.id == "C4a"]


def test_a_count_that_is_a_part_here_and_a_population_there_is_withheld() -> None:
    """“None with a file has been seen: there is none” would tell that all lack a file."""
    asked = (
        "{all: [{every: addicts, is: addicts_with_file},"
        " {every: addicts_with_file, is: addicts_seen}, {none: users}]}"
    )
    assert withheld(rules_texts.pack(rules_texts.PACK % asked)) == {"C1a", "C1b"}


def test_every_count_of_people_but_all_residents_is_masked() -> None:
    """Also of those whom no register keeps, such as people wanted who hide here."""
    vocabulary = rules_texts.vocabulary((RULES / "vocabulary.yaml").read_text("utf-8"))
    of_people = {
        each.id
        for each in vocabulary.counts.values()
        if each.unit is not None and each.unit.en == "people"
    }
    assert {each for each in of_people if not vocabulary.is_personal(each)} == {
        "residents"
    }


OF_NO_REGISTER = """\
vocabulary: 1
counts:
  signs: {personal: true}
  signs_tested: {within: signs}
  wanted: {personal: true}
  residents:
  residents_wanted: {within: residents, personal: true}
"""


def test_a_part_of_a_personal_count_is_personal_and_a_whole_need_not_be() -> None:
    vocabulary = rules_texts.vocabulary(OF_NO_REGISTER)
    masked = {each for each in vocabulary.counts if vocabulary.is_personal(each)}
    assert masked == {"signs", "signs_tested", "wanted", "residents_wanted"}


def test_typed_people_compared_with_a_limit_are_withheld_with_their_parts() -> None:
    asked = "{all: [{of: signs, less_than: 3}, {every: signs, is: signs_tested},"
    pack = rules_texts.pack(
        rules_texts.PACK % f"{asked} {{none: wanted}}]}}", OF_NO_REGISTER
    )
    assert withheld(pack) == {"C1a", "C1b"}


def test_a_number_that_no_person_stands_behind_is_told_exactly() -> None:
    """So the test above does not hold because nothing is told at all."""
    pack = pack_of(LAI_CHAU)
    (criterion,) = (each for each in pack.criteria if each.id == "C6")
    check = criterion.checks[0]
    assert isinstance(check.ask, Every)
    counts = {check.ask.whole: Interval(96, 96), check.ask.part: Interval(93, 93)}
    found = CheckResult(check.id, Truth.FALSE, False, counts, Interval(3, 3), 3)
    result = CriterionResult("C6", Outcome.NOT_MET, (found,))
    rest = ("not_eligible", ("not_eligible",), (result,), (), ())
    locality = LocalityResult("X", "Bản Một", "hamlet", None, *rest)
    text = public(pack, locality, "html")
    assert "93/96 = 96.9%" in text
    assert "93 of 96" in text
    assert public(pack, replace(locality, name="Bản Hai"), "html") != text
