"""A pack says what a document demands, or why it cannot be read: all of it at once."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RulesError
from engine.pack import (
    All,
    Always,
    Amount,
    Any_,
    Ask,
    Asked,
    AtLeast,
    Check,
    CriterionRef,
    Document,
    Every,
    Falls,
    Formula,
    Holds,
    Negation,
    NoneOf,
    Period,
    Reading,
    Share,
    counts_named,
)
from engine.source import Citation
from engine.truth import Truth
from engine.vocabulary import Operator, Text
from tests.support.mutants import mutants, text_of, tree_of
from tests.support.rules_texts import PACK, RICH_PACK, VOCABULARY, formula, pack
from tests.support.told import told

ROOT = Path(__file__).parents[1]
BAD = Path(__file__).parent / "golden" / "bad_rules"
LANGUAGE = """\
pack: lai-chau/city-2024
title: {vi: …, en: …}
issuer: {vi: UBND thành phố Lai Châu, en: …}
documents:
  plan:   {kind: Kế hoạch, date: 2024-04, title: …}
  parent: {kind: Kế hoạch, number: 1246/KH-UBND, date: 2024-04-09, issuer: UBND tỉnh Lai Châu}
in_force: {from: 2024-01-01, to: 2025-11-30}
levels: [hamlet, commune, district]
readings:                     # how an ambiguous phrase is read; printed in the memo
  - {criterion: C2, phrase: "từ 03 tháng trở lên", reading: {vi: …, en: …}}
criteria:
  - id: C3
    cites: {document: plan, clause: II.3}
    quote: "100% người nghiện ma túy trên địa bàn có hồ sơ quản lý; …"
    title: {vi: …, en: …}
    requires:
      all:
        - {id: C3a, every: addicts, is: addicts_with_file}
        - {id: C3b, every: addicts_present, is: addicts_present_in_rehab}
    evidence: [management_files]      # ids from the vocabulary's `evidence:`; a dossier must hold them
    remedy: {vi: …, en: …}
verdicts:                     # a decision list; this is the default
  - {verdict: eligible, when: {all: criteria}, passes: yes}
  - {verdict: not_eligible, when: always}
"""
OF_LANGUAGE = """\
vocabulary: 1
counts:
  addicts: {}
  addicts_with_file: {within: addicts}
  addicts_present: {within: addicts}
  addicts_present_in_rehab: {within: addicts_present}
evidence: {management_files: hồ sơ}
"""


def test_the_example_of_the_language_is_read() -> None:
    # Its reading is of a criterion that the page leaves out.
    read = pack(LANGUAGE.replace("criterion: C2", "criterion: C3"), OF_LANGUAGE)
    assert read.id == "lai-chau/city-2024"
    assert read.issuer == Text("UBND thành phố Lai Châu", "…")
    assert read.documents == {
        "plan": Document("plan", "Kế hoạch", None, "2024-04", "…", None),
        "parent": Document(
            "parent",
            "Kế hoạch",
            "1246/KH-UBND",
            "2024-04-09",
            None,
            "UBND tỉnh Lai Châu",
        ),
    }
    assert read.in_force == Period(date(2024, 1, 1), date(2025, 11, 30))
    assert read.levels == ("hamlet", "commune", "district")
    assert read.readings == (Reading("C3", "từ 03 tháng trở lên", Text("…", "…")),)
    (criterion,) = read.criteria
    assert criterion.cites == Citation("plan", "II.3")
    assert criterion.levels == read.levels
    assert criterion.when is None
    assert criterion.evidence == ("management_files",)
    assert criterion.remedy == Text("…", "…")
    assert asks(criterion.requires) == [
        ("C3a", Every("addicts", "addicts_with_file")),
        ("C3b", Every("addicts_present", "addicts_present_in_rehab")),
    ]
    assert [(rule.verdict, rule.when, rule.passes) for rule in read.verdicts] == [
        ("eligible", All((CriterionRef("C3"),)), True),
        ("not_eligible", Always(), False),
    ]


def asks(requires: Formula) -> list[tuple[str, Ask]]:
    assert isinstance(requires, All)
    return [(part.id, part.ask) for part in requires.parts if isinstance(part, Check)]


def test_the_example_shows_the_default_verdicts() -> None:
    text = LANGUAGE.replace("criterion: C2", "criterion: C3")
    shown = pack(text, OF_LANGUAGE).verdicts
    default = pack(text.partition("verdicts:")[0], OF_LANGUAGE).verdicts
    assert [(rule.verdict, rule.when, rule.passes) for rule in default] == [
        (rule.verdict, rule.when, rule.passes) for rule in shown
    ]


def test_what_is_left_out_has_its_default() -> None:
    read = pack(PACK % "{none: addicts}")
    assert (read.title, read.issuer) == (Text("t/p", "t/p"), Text("t/p", "t/p"))
    assert (read.documents, read.readings) == ({}, ())
    assert date.min in read.in_force
    assert date.max in read.in_force
    (criterion,) = read.criteria
    assert criterion.levels == ("hamlet", "commune")
    assert criterion.title == Text("C1", "C1")
    assert (criterion.cites, criterion.quote, criterion.remedy) == (None, None, None)
    assert criterion.evidence == ()


@pytest.mark.parametrize(
    ("written", "ask"),
    [
        ("{none: addicts}", NoneOf("addicts")),
        (
            "{every: addicts, is: addicts_with_file}",
            Every("addicts", "addicts_with_file"),
        ),
        ("{every: addicts, is: addicts_seen}", Every("addicts", "addicts_seen")),
        ("{at_least: 1, of: users}", Amount("users", ((Operator.AT_LEAST, 1),))),
        ("{of: users, at_most: 0}", Amount("users", ((Operator.AT_MOST, 0),))),
        (
            "{less_than: 9, more_than: target_2024, of: users}",
            Amount(
                "users",
                ((Operator.MORE_THAN, "target_2024"), (Operator.LESS_THAN, 9)),
            ),
        ),
        (
            "{share: users, of: typed, more_than: 50%}",
            Share("users", "typed", ((Operator.MORE_THAN, Fraction(1, 2)),)),
        ),
        (
            "{share: users, of: typed, at_least: 0.1%, at_most: 100%}",
            Share(
                "users",
                "typed",
                (
                    (Operator.AT_LEAST, Fraction(1, 1000)),
                    (Operator.AT_MOST, Fraction(1)),
                ),
            ),
        ),
        (
            '{share: users, of: typed, less_than: "033.333333333%"}',
            Share(
                "users",
                "typed",
                ((Operator.LESS_THAN, Fraction(33_333_333_333, 10**11)),),
            ),
        ),
        (
            "{falls: users, from: typed, by_at_least: 5%}",
            Falls("users", "typed", Fraction(1, 20)),
        ),
        (
            "{falls: users, from: users, by_at_least: 0%}",
            Falls("users", "users", Fraction(0)),
        ),
        ("{holds: board}", Holds("board")),
        ("{holds: safe}", Holds("safe")),
        (
            "{as_of: {after: 2023-07-03}}",
            Asked(((Operator.MORE_THAN, date(2023, 7, 3)),)),
        ),
        (
            "{as_of: {on_or_after: 2023-07-03, before: 2024-01-01}}",
            Asked(
                (
                    (Operator.AT_LEAST, date(2023, 7, 3)),
                    (Operator.LESS_THAN, date(2024, 1, 1)),
                )
            ),
        ),
    ],
)
def test_a_check_asks_what_it_says(written: str, ask: Ask) -> None:
    check = formula(written)
    assert isinstance(check, Check)
    assert (check.id, check.ask) == ("C1a", ask)
    assert str(check.place) == "pack.yaml:4:24"


@pytest.mark.parametrize(
    ("written", "truth"),
    [("met", Truth.TRUE), ("not_met", Truth.FALSE), ("unknown", Truth.UNKNOWN)],
)
@pytest.mark.parametrize(
    "check",
    [
        "every: addicts, is: addicts_seen",
        "share: users, of: addicts, at_least: 1%",
        "falls: users, from: addicts, by_at_least: 1%",
    ],
)
def test_a_population_may_be_empty(check: str, written: str, truth: Truth) -> None:
    told_so = formula(f"{{{check}, if_empty: {written}}}")
    silent = formula(f"{{{check}}}")
    assert isinstance(told_so, Check)
    assert isinstance(silent, Check)
    assert told_so.if_empty is truth
    assert silent.if_empty is Truth.TRUE


def test_formulas_join_checks_and_criteria() -> None:
    read = pack(
        """\
pack: t/p
levels: [hamlet]
criteria:
  - {id: C1, requires: C2, when: {not: {holds: board}}, levels: [hamlet]}
  - {id: C2, requires: {at_least: 2, of: [C3, {none: users}, always]}}
  - {id: C3, requires: {any: [{all: []}, {any: []}]}}
verdicts:
  - {verdict: some, when: {at_least: 1, of: criteria}}
  - {verdict: none, when: {not: {any: criteria}}, label: {vi: không, en: none}}
  - {verdict: none, when: always}
"""
    )
    first, second, third = read.criteria
    assert first.requires == CriterionRef("C2")
    assert isinstance(first.when, Negation)
    assert isinstance(first.when.part, Check)
    assert first.when.part.ask == Holds("board")
    assert isinstance(second.requires, AtLeast)
    assert second.requires.number == 2
    ref, check, always = second.requires.parts
    assert (ref, always) == (CriterionRef("C3"), Always())
    assert isinstance(check, Check)
    assert third.requires == Any_((All(()), Any_(())))
    every = tuple(CriterionRef(each) for each in ("C1", "C2", "C3"))
    assert [rule.when for rule in read.verdicts] == [
        AtLeast(1, every),
        Negation(Any_(every)),
        Always(),
    ]
    labels = [rule.label for rule in read.verdicts]
    assert labels == [Text("some", "some"), *[Text("không", "none")] * 2]


def test_checks_without_an_id_are_lettered_by_their_position() -> None:
    read = pack(
        """\
pack: t/p
levels: [hamlet]
criteria:
  - id: C1
    when: {any: [{none: users}, {id: later, none: users}, {none: users}]}
    requires: {all: [{none: users}, {id: C1x, none: users}, {not: {none: users}}]}
  - id: C2
    requires: {all: [MANY]}
verdicts:
  - {verdict: good, when: {all: [{none: users}, {none: users}]}}
  - {verdict: fair, when: {none: users}}
  - {verdict: good, when: {all: [{none: users}, {id: g, none: users}, {none: users}]}}
  - {verdict: fair, when: always}
""".replace("MANY", ", ".join(["{none: users}"] * 28))
    )
    first, second = ([check.id for check in each.checks] for each in read.criteria)
    assert first == ["C1a", "C1x", "C1c", "C1d", "later", "C1f"]
    assert (second[0], second[25:]) == ("C2a", ["C2z", "C2aa", "C2ab"])
    assert [check.id for check in read.verdict_checks] == [
        "good.a",
        "good.b",
        "fair.a",
        "good.c",
        "g",
        "good.e",
    ]


def test_a_check_may_bear_the_id_of_its_own_criterion() -> None:
    check = formula("{id: C1, none: users}")
    assert isinstance(check, Check)
    assert check.id == "C1"


def test_formulas_as_deep_as_the_limit_are_read() -> None:
    at = formula("{not: " * 29 + "always" + "}" * 29)
    depth = 0
    while isinstance(at, Negation):
        at, depth = at.part, depth + 1
    assert (at, depth) == (Always(), 29)


def chained(number: int, last: str) -> str:
    lines = [f"  - {{id: C{n}, requires: C{n + 1}}}\n" for n in range(number)]
    end = f"  - {{id: C{number}, requires: {last}}}\n"
    return f"pack: t/p\nlevels: [hamlet]\ncriteria:\n{''.join(lines)}{end}"


def test_a_long_chain_of_criteria_is_read() -> None:
    read = pack(chained(5_000, "always"))
    first, *_, last = read.criteria_by_need()
    assert (first.id, last.id) == ("C5000", "C0")


def test_criteria_are_put_in_order_though_many_ways_lead_to_one() -> None:
    lines = [
        f"  - {{id: C{n}, requires: {{all: [C{n + 1}, C{n + 2}]}}}}\n"
        for n in range(90)
    ]
    ends = "  - {id: C90, requires: always}\n  - {id: C91, requires: always}\n"
    text = f"pack: t/p\nlevels: [hamlet]\ncriteria:\n{''.join(lines)}{ends}"
    order = [each.id for each in pack(text).criteria_by_need()]
    assert order == ["C90", "C91", *(f"C{n}" for n in reversed(range(90)))]


def test_a_long_circle_of_criteria_is_told() -> None:
    with pytest.raises(RulesError) as caught:
        pack(chained(5_000, "C0"))
    (problem,) = caught.value.diagnostics
    assert problem.code == "pack-circle"
    assert len(str(problem)) < 500


def test_thousands_of_unknown_names_are_told_quickly() -> None:
    checks = ", ".join(f"{{none: addikts{n}}}" for n in range(9_000))
    with pytest.raises(RulesError) as caught:
        pack(PACK % f"{{all: [{checks}]}}")
    assert len(caught.value.diagnostics) == 9_000
    assert "did you mean 'addicts'?" in str(caught.value.diagnostics[0])


def test_the_fingerprint_covers_the_pack_and_its_vocabulary() -> None:
    text = PACK % "{none: addicts}"
    prints = {
        pack(text).sha256,
        pack(text + "# a comment\n").sha256,
        pack(text, VOCABULARY + "# a comment\n").sha256,
        pack(text + "#\n", VOCABULARY).sha256,
        pack(text, VOCABULARY + "#\n").sha256,
    }
    assert len(prints) == 5
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in prints)


def test_the_fingerprint_does_not_depend_on_how_lines_end() -> None:
    text = PACK % "{none: addicts}"
    windows = pack(text.replace("\n", "\r\n"), VOCABULARY.replace("\n", "\r\n"))
    assert windows.sha256 == pack(text).sha256


def test_the_fingerprint_can_be_computed_by_hand() -> None:
    text = PACK % "{none: addicts}"
    digest = sha256()
    for source in (VOCABULARY, text):
        digest.update(len(source.encode()).to_bytes(8, "big") + source.encode())
    assert pack(text).sha256 == digest.hexdigest()


def read_or_told(text: str, over: str = VOCABULARY) -> None:
    """Read a pack, use it as the later stages do, or be told where it is wrong."""
    try:
        read = pack(text, over)
    except RulesError as error:
        told_files = {one.place.file for one in error.diagnostics}
        assert told_files in ({"pack.yaml"}, {"vocabulary.yaml"})
        return
    assert {each.id for each in read.criteria_by_need()} == {
        each.id for each in read.criteria
    }
    assert len({check.id for check in read.checks}) == len(read.checks)
    assert isinstance(read.verdicts[-1].when, Always)
    for check in read.checks:
        for count in counts_named(check.ask):
            list(read.vocabulary.wholes(count))


def test_the_pack_that_is_mutated_is_good() -> None:
    assert len(pack(RICH_PACK).checks) == 7
    assert pack(text_of(tree_of(RICH_PACK))).criteria[1].levels == ("commune",)


@given(mutants(RICH_PACK))
def test_a_mutated_pack_is_read_or_told(text: str) -> None:
    read_or_told(text)


@given(mutants(VOCABULARY))
def test_a_mutated_vocabulary_is_read_or_told(text: str) -> None:
    read_or_told(RICH_PACK, text)


@given(st.integers(0, len(RICH_PACK) - 1), st.text(max_size=5), st.integers(0, 20))
def test_a_pack_with_other_letters_is_read_or_told(
    start: int, new: str, length: int
) -> None:
    read_or_told(RICH_PACK[:start] + new + RICH_PACK[start + length :])


def tell_pack(text: str) -> str:
    with pytest.raises(RulesError) as caught:
        pack(text)
    return str(caught.value)


def tell_formula(text: str) -> str:
    # In a block of its own, so that lines count as in the golden file.
    indented = text.replace("\n", "\n      ")
    return tell_pack(
        f"pack: t/p\nlevels: [hamlet]\ncriteria:\n  - id: C1\n    requires:\n      {indented}\n"
    )


@pytest.mark.parametrize(
    ("file", "tell"), [("pack.txt", tell_pack), ("formulas.txt", tell_formula)]
)
def test_every_error_is_told_at_once_with_place_and_cure(
    file: str, tell: Callable[[str], str], golden: Callable[[str, str], None]
) -> None:
    text = (BAD / file).read_text(encoding="utf-8")
    golden(f"bad_rules/{file}", told(text, tell))
