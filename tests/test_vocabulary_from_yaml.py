"""A vocabulary says what can be counted, or why it cannot be read: all of it at once."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.errors import Problems, RulesError
from engine.rules_from_yaml.conditions import condition_from_yaml
from engine.rules_from_yaml.kinds import Reader
from engine.vocabulary import (
    AllOf,
    AnyOf,
    AsOf,
    Compared,
    Condition,
    Duration,
    FieldType,
    Lasting,
    Not,
    OneOf,
    Operator,
    Text,
    Unit,
    Vocabulary,
)
from engine.yaml_source import FOR_RULES, read_text
from tests.support.rules_texts import vocabulary
from tests.support.told import told

BAD = Path(__file__).parent / "golden" / "bad_rules"
LANGUAGE = """\
vocabulary: 1
registers:
  localities:                         # built in: one row a locality (id, name, level, parent, verdict); more fields below
    fields: {hotline_board: yes_no, on_key_route: yes_no, target_2024: count}
  people:
    label: {vi: Sổ quản lý người nghiện, người sử dụng, người sau cai, en: Register of people under management}
    personal: true                    # health or crime data: masked unless the reader asks, never in a public copy
    fields:
      standing: {type: choice, of: [addict, user, post_rehab], label: {vi: Diện quản lý, en: Standing}}
      management_file: yes_no
      substitution_since: date
  households:
    fields: {pledge_signed: yes_no}
counts:
  addicts:            {label: {vi: người nghiện ma túy, en: people addicted to drugs}, in: people, where: {standing: addict}}
  addicts_with_file:  {label: {…}, within: addicts, where: {management_file: yes}}
  substitution_over_12_months: {within: addicts, where: {substitution_since: {more_than: 12 months, before: as_of}}}
  cultivation_events: {label: {…}}    # only ever typed in, kept in no register
"""


@pytest.fixture(scope="module")
def language() -> Vocabulary:
    """LANGUAGE §3's example, its ellipses filled in and its commas quoted."""
    text = LANGUAGE.replace("{…}", "{vi: …}")
    for cut in re.findall(r"Sổ quản lý[^}]*(?=, en)", text):
        text = text.replace(cut, f'"{cut}"')
    return vocabulary(text)


def test_the_example_of_the_language_is_read(language: Vocabulary) -> None:
    assert list(language.registers) == ["localities", "people", "households"]
    people = language.registers["people"]
    assert people.personal
    assert not language.registers["households"].personal
    assert people.label.en == "Register of people under management"
    standing = people.fields["standing"]
    assert standing.type is FieldType.CHOICE
    assert standing.of == ("addict", "user", "post_rehab")
    assert standing.label == Text("Diện quản lý", "Standing")
    assert people.fields["management_file"].label == Text(*["management_file"] * 2)
    own = language.registers["localities"].fields
    assert {name: field.type for name, field in own.items()} == {
        "hotline_board": FieldType.YES_NO,
        "on_key_route": FieldType.YES_NO,
        "target_2024": FieldType.COUNT,
    }


def test_counts_know_their_register_through_their_wholes(language: Vocabulary) -> None:
    registers = {name: count.register for name, count in language.counts.items()}
    assert registers == {
        "addicts": "people",
        "addicts_with_file": "people",
        "substitution_over_12_months": "people",
        "cultivation_events": None,
    }
    part = language.counts["substitution_over_12_months"]
    assert part.within == "addicts"
    assert part.where == Lasting(
        "substitution_since",
        Operator.MORE_THAN,
        Duration(12, Unit.MONTHS),
        AsOf.DAY,
    )
    assert language.rows_of("addicts_with_file") == AllOf(
        (OneOf("management_file", (True,)), OneOf("standing", ("addict",)))
    )
    assert language.counts["cultivation_events"].where == AllOf(())


def test_the_places_and_the_source_are_kept(language: Vocabulary) -> None:
    assert str(language.counts["addicts"].place) == "vocabulary.yaml:15:3"
    assert language.source.startswith(b"vocabulary: 1\n")


def test_the_least_vocabulary_has_localities_and_nothing_else() -> None:
    least = vocabulary("vocabulary: 1\n")
    assert list(least.registers) == ["localities"]
    assert (least.counts, least.evidence, least.levels) == ({}, {}, {})


def test_one_language_stands_in_for_the_other_and_the_id_for_both() -> None:
    words = vocabulary(
        """\
vocabulary: 1
levels:
  a: {label: {vi: một}}
  b: {en: two}
  c: three
  d:
  e: {label: four}
counts:
  plain:
  said: {label: {vi: năm, en: five}, unit: {vi: người}}
"""
    )
    said = {name: (text.vi, text.en) for name, text in words.levels.items()}
    assert said == {
        "a": ("một", "một"),
        "b": ("two", "two"),
        "c": ("three", "three"),
        "d": ("d", "d"),
        "e": ("four", "four"),
    }
    assert words.counts["plain"].label == Text("plain", "plain")
    assert words.counts["plain"].unit is None
    assert words.counts["said"].label == Text("năm", "five")
    assert words.counts["said"].unit == Text("người", "người")


def condition(text: str) -> Condition | None:
    """Read a condition over the people of `VOCABULARY`."""
    problems = Problems()
    node = read_text(text.encode(), "where.yaml", FOR_RULES, problems)
    assert node is not None
    fields = vocabulary().registers["people"].fields
    found = condition_from_yaml(node, fields, Reader(problems))
    problems.raise_as(RulesError)
    return found


DAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("where", "means"),
    [
        ("{}", AllOf(())),
        ("{file: yes}", OneOf("file", (True,))),
        ("{file: False}", OneOf("file", (False,))),
        ("{careful: no}", OneOf("careful", (False,))),
        ("{file: [yes, no]}", OneOf("file", (True, False))),
        ("{standing: [addict, user]}", OneOf("standing", ("addict", "user"))),
        ("{note: 012}", OneOf("note", ("012",))),
        ("{note: 12}", OneOf("note", ("12",))),
        ("{note: no}", OneOf("note", ("no",))),
        ("{visits: 3}", OneOf("visits", (3,))),
        ("{weight: 0.5}", OneOf("weight", (Decimal("0.5"),))),
        ("{since: 2024-05-01}", OneOf("since", (DAY,))),
        ("{visits: {at_least: 3}}", Compared("visits", Operator.AT_LEAST, 3)),
        (
            "{weight: {more_than: 0, less_than: 1.5}}",
            AllOf(
                (
                    Compared("weight", Operator.MORE_THAN, 0),
                    Compared("weight", Operator.LESS_THAN, Decimal("1.5")),
                )
            ),
        ),
        ("{since: {before: 2024-05-01}}", Compared("since", Operator.LESS_THAN, DAY)),
        ("{since: {after: until}}", Compared("since", Operator.MORE_THAN, "until")),
        (
            "{since: {on_or_before: as_of}}",
            Compared("since", Operator.AT_MOST, AsOf.DAY),
        ),
        (
            "{since: {on_or_after: 2024-05-01}}",
            Compared("since", Operator.AT_LEAST, DAY),
        ),
        (
            "{since: {at_least: 03 months, before: until}}",
            Lasting("since", Operator.AT_LEAST, Duration(3, Unit.MONTHS), "until"),
        ),
        (
            "{since: {less_than: 1 year, before: 2024-05-01, after: until}}",
            AllOf(
                (
                    Lasting("since", Operator.LESS_THAN, Duration(1, Unit.YEARS), DAY),
                    Compared("since", Operator.MORE_THAN, "until"),
                )
            ),
        ),
        (
            "{since: {at_most: 0 days, more_than: 2 weeks, before: as_of}}",
            AllOf(
                (
                    Lasting(
                        "since", Operator.AT_MOST, Duration(0, Unit.DAYS), AsOf.DAY
                    ),
                    Lasting(
                        "since", Operator.MORE_THAN, Duration(2, Unit.WEEKS), AsOf.DAY
                    ),
                )
            ),
        ),
        ("{not: {file: yes}}", Not(OneOf("file", (True,)))),
        ("{all: []}", AllOf(())),
        ("{any: []}", AnyOf(())),
        (
            "{any: [{file: yes}, {not: {visits: 1, file: no}}], careful: yes}",
            AllOf(
                (
                    AnyOf(
                        (
                            OneOf("file", (True,)),
                            Not(
                                AllOf((OneOf("visits", (1,)), OneOf("file", (False,))))
                            ),
                        )
                    ),
                    OneOf("careful", (True,)),
                )
            ),
        ),
    ],
)
def test_a_condition_means_what_it_says(where: str, means: Condition) -> None:
    assert condition(where) == means


def test_localities_are_told_apart_by_their_built_in_columns() -> None:
    found = vocabulary(
        """\
vocabulary: 1
registers: {localities: {fields: {key_route: yes_no}}}
counts:
  recognised: {in: localities, where: {verdict: eligible, level: [hamlet, commune]}}
  risky: {within: recognised, where: {key_route: yes, name: "12", parent: X}}
"""
    )
    assert found.counts["recognised"].where == AllOf(
        (OneOf("verdict", ("eligible",)), OneOf("level", ("hamlet", "commune")))
    )
    assert found.counts["risky"].where == AllOf(
        (
            OneOf("key_route", (True,)),
            OneOf("name", ("12",)),
            OneOf("parent", ("X",)),
        )
    )


def test_a_long_chain_of_wholes_is_read() -> None:
    lines = [f"  c{n}: {{within: c{n + 1}}}\n" for n in range(9_000)]
    text = f"vocabulary: 1\ncounts:\n{''.join(lines)}  c9000:\n"
    counts = vocabulary(text).counts
    assert counts["c0"].register is None
    assert counts["c8999"].within == "c9000"


def test_a_long_circle_of_wholes_is_told() -> None:
    lines = [f"  c{n}: {{within: c{(n + 1) % 9_000}}}\n" for n in range(9_000)]
    with pytest.raises(RulesError) as caught:
        vocabulary(f"vocabulary: 1\ncounts:\n{''.join(lines)}")
    (problem,) = caught.value.diagnostics
    assert problem.code == "vocabulary-circle"
    assert len(str(problem)) < 500


def tell_yaml(text: str) -> str:
    problems = Problems()
    read_text(text.encode(), "rules.yaml", FOR_RULES, problems)
    return str(problems.as_error(RulesError))


def tell_vocabulary(text: str) -> str:
    with pytest.raises(RulesError) as caught:
        vocabulary(text)
    return str(caught.value)


def tell_condition(text: str) -> str:
    with pytest.raises(RulesError) as caught:
        condition(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "tell"),
    [
        ("yaml.txt", tell_yaml),
        ("vocabulary.txt", tell_vocabulary),
        ("conditions.txt", tell_condition),
    ],
)
def test_every_error_is_told_at_once_with_place_and_cure(
    file: str, tell: Callable[[str], str], golden: Callable[[str, str], None]
) -> None:
    text = (BAD / file).read_text(encoding="utf-8")
    golden(f"bad_rules/{file}", told(text, tell))


def test_a_field_whose_type_is_misspelt_is_not_also_said_to_be_missing() -> None:
    with pytest.raises(RulesError) as caught:
        vocabulary(
            "vocabulary: 1\n"
            "registers:\n"
            "  people: {fields: {filed: yes_noo, since: dat,"
            " ended: {type: date, not_before: since}}}\n"
            "counts:\n"
            "  a: {in: people, where: {filed: yes, ended: {after: since}}}\n"
        )
    codes = [each.code for each in caught.value.diagnostics]
    assert codes == ["vocabulary-unknown-type"] * 2
