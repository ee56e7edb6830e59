"""What differs between two packs is told by what they mean, each difference once."""

import pytest

from cli.language import speaking
from cli.rules_desk.change_in_words import Telling
from engine.pack import Pack
from engine.policy.rule_changes_from_packs import rule_changes_from_packs
from tests.support.two_packs import pack_with

Change = tuple[str, str]

DOCUMENT = "Kế hoạch, 01/KH-UBND, 2024-01-05"
SECOND = """\
  - id: C2
    title: {vi: Không trồng cây, en: No drug plants}
    requires: {id: C2a, none: plots}
"""


def told(before: Pack, after: Pack) -> list[str]:
    """Return the differences in words; those that may change a verdict have a star."""
    telling = Telling(before, after)
    changes = rule_changes_from_packs(before, after)
    lines = [(each.decides, telling.told(each)) for each in changes]
    return [f"{'*' * star}{one.who}: {one.what}" for star, one in lines]


ONE_DIFFERENCE: dict[str, tuple[Change, str]] = {
    "a duration in the vocabulary": (
        ("more_than: 12 months", "at_least: 12 months"),
        "*C4: from longer than 12 months to 12 months or longer",
    ),
    "a limit": (
        ("more_than: 90%", "at_least: 90%"),
        "*C1: from more than 90% to at least 90%",
    ),
    "none becomes at most one": (
        ("none: plots", "at_most: 1, of: plots"),
        "*C2: from none to at most 1",
    ),
    "another question": (
        ("holds: board", "none: plots"),
        "*C3: from Hot-line board to none: plots",
    ),
    "another answer for nobody": (
        ("is: treated_clean", "is: treated_clean, if_empty: unknown"),
        "*C4: where there is nobody: from met to not known",
    ),
    "another choice": (
        ("standing: addict\n", "standing: [addict, user]\n"),
        "*C4: from addicted to addicted or uses",
    ),
    "a further condition on the rows": (
        ("where: {clean: yes}", "where: {clean: yes, standing: user}"),
        "*C4: from every row to “Standing”: uses",
    ),
    "choices of a field": (
        ("of: [addict, user]", "of: [addict, user, other]"),
        "*C4: choices: from addicted, uses to addicted, uses, other",
    ),
    "the type of a field": (
        ("board: {type: yes_no", "board: {type: assessed"),
        "*C3: type: from yes or no to a judgement with name and reason",
    ),
    "a whole": (
        ("within: households", "within: plots"),
        "*C1: is a part of: from “households” to “plots”",
    ),
    "the levels of a criterion": (
        ("levels: [hamlet]", "levels: [hamlet, commune]"),
        "*C3: levels: from hamlet to hamlet, commune",
    ),
    "a condition to apply": (
        ("    levels: [hamlet]\n", "    levels: [hamlet]\n    when: C2\n"),
        "*C3: applies where: new: C2",
    ),
    "a further check": (
        ("{id: C2a, none: plots}", "{all: [{id: C2a, none: plots}, {holds: board}]}"),
        "*C2: new: Hot-line board",
    ),
    "an alternative": (
        ("{id: C2a, none: plots}", "{any: [{id: C2a, none: plots}, {holds: board}]}"),
        "*C2: requires: from none: plots to C2a (none: plots) or C2b (Hot-line board)",
    ),
    "a criterion more": (
        ("verdicts:\n", "  - {id: C5, requires: {holds: board}}\nverdicts:\n"),
        "*C5: new: “C5”: Hot-line board",
    ),
    "a condition of a verdict": (
        ("{all: [C1, C2]}", "{any: [C1, C2]}"),
        "*verdict fair: applies where: from C1 and C2 to C1 or C2",
    ),
    "a verdict that passes": (
        ("when: {all: [C1, C2]}", "when: {all: [C1, C2]}, passes: yes"),
        "*verdict fair: passes: from no to yes",
    ),
    "the days in force": (
        ("to: 2025-12-31", "to: 2026-12-31"),
        "*the pack: days in force: from 2024-01-01 – 2025-12-31 to 2024-01-01 – 2026-12-31",
    ),
    "the levels of the pack": (
        ("levels: [hamlet, commune]", "levels: [hamlet, commune, province]"),
        "*the pack: levels: from hamlet, commune to hamlet, commune, province",
    ),
    "a quote": (
        ("trên 90% hộ gia đình", "trên 90% số hộ"),
        "C1: quote: from “trên 90% hộ gia đình ký cam kết” to “trên 90% số hộ ký cam kết”",
    ),
    "a clause": (
        ("clause: II.1", "clause: II.2"),
        f"C1: clause: from {DOCUMENT}: II.1 to {DOCUMENT}: II.2",
    ),
    "a reading": (
        ("en: permanent ones", "en: temporary ones too"),
        "C1: words: from “permanent ones” to “temporary ones too”",
    ),
    "a label": (
        ("en: plots", "en: fields"),
        "C2: words: from “plots” to “fields”",
    ),
    "a remedy": (
        ("    remedy: {vi: Vận động ký., en: Ask them to sign.}\n", ""),
        "C1: what to do: dropped: “Ask them to sign.”",
    ),
    "evidence": (
        ("    evidence: [pledges]\n", ""),
        "C1: evidence: from Pledges to nothing",
    ),
    "a document": (
        ("number: 01/KH-UBND", "number: 02/KH-UBND"),
        f"document plan: words: from {DOCUMENT} to Kế hoạch, 02/KH-UBND, 2024-01-05",
    ),
    "the age of inspections": (
        ("criteria:\n", "stale_after: 30 days\ncriteria:\n"),
        "the pack: an inspection is old after: new: 30 days",
    ),
}


@pytest.mark.parametrize(
    ("change", "words"), ONE_DIFFERENCE.values(), ids=ONE_DIFFERENCE
)
def test_one_change_is_one_difference(change: Change, words: str) -> None:
    assert told(pack_with(), pack_with(change)) == [words]


@pytest.mark.parametrize("change", [each for each, _ in ONE_DIFFERENCE.values()])
def test_a_difference_is_seen_from_either_side(change: Change) -> None:
    here = rule_changes_from_packs(pack_with(), pack_with(change))
    back = rule_changes_from_packs(pack_with(change), pack_with())
    assert [(each.matter, each.aspect, each.before, each.after) for each in here] == [
        (each.matter, each.aspect, each.after, each.before) for each in back
    ]


EQUAL_SPELLINGS: dict[str, tuple[Change, ...]] = {
    "a comment": (("criteria:\n", "# why\ncriteria:\n"),),
    "12 months and a year": (("12 months", "1 years"),),
    "none and at most 0": (("none: plots", "at_most: 0, of: plots"),),
    "none and less than 1": (("none: plots", "of: plots, less_than: 1"),),
    "a list of one": (("{id: C3a, holds: board}", "{all: [{id: C3a, holds: board}]}"),),
    "at least one of one": (
        ("{id: C3a, holds: board}", "{at_least: 1, of: [{id: C3a, holds: board}]}"),
    ),
    "the other order of a list": (("{all: [C1, C2]}", "{all: [C2, C1]}"),),
    "lists in a list": (("{all: [C1, C2]}", "{all: [{all: [C2]}, {all: [C1]}, C1]}"),),
    "not not": (("{all: [C1, C2]}", "{not: {not: {all: [C1, C2]}}}"),),
    "all criteria by name": (("{all: criteria}", "{all: [C4, C3, C2, C1]}"),),
    "the default, spelt": (
        ("is: treated_clean}", "is: treated_clean, if_empty: met}"),
    ),
    "the levels in another order": (
        ("levels: [hamlet, commune]", "levels: [commune, hamlet]"),
    ),
    "the default levels, spelt": (
        ("  - id: C2\n", "  - id: C2\n    levels: [hamlet, commune]\n"),
    ),
    "choices in another order": (("of: [addict, user]", "of: [user, addict]"),),
    "conditions in another order": (
        ("      standing: addict\n", ""),
        ("before: as_of}\n", "before: as_of}\n      all: [{standing: [addict]}]\n"),
    ),
    "a count that neither pack asks for": (
        ("\nevidence:", "\n  rest: {within: plots}\nevidence:"),
    ),
    "criteria in another order": (
        (
            SECOND,
            "",
        ),
        (
            "verdicts:\n",
            f"{SECOND}verdicts:\n",
        ),
    ),
}


@pytest.mark.parametrize("changes", EQUAL_SPELLINGS.values(), ids=EQUAL_SPELLINGS)
def test_equal_spellings_are_no_difference(changes: tuple[Change, ...]) -> None:
    assert told(pack_with(), pack_with(*changes)) == []


def test_a_list_of_one_that_may_not_apply_is_another_condition() -> None:
    """`all` of nothing is true, a criterion that does not apply is not."""
    alone = pack_with(("{all: [C1, C2]}", "C3"))
    listed = pack_with(("{all: [C1, C2]}", "{all: [C3]}"))
    assert told(alone, listed) == [
        '*verdict fair: applies where: from "C3" to {"all": ["C3"]}'
    ]


def test_a_renamed_criterion_is_told_as_renamed_and_nothing_else() -> None:
    renamed = pack_with(
        ("- id: C1\n", "- id: D1\n"),
        ("criterion: C1", "criterion: D1"),
        ("[C1, C2]", "[D1, C2]"),
    )
    assert told(pack_with(), renamed) == ["C1: is called D1, no longer C1"]


def test_checks_named_after_a_renamed_criterion_are_not_told_apart() -> None:
    changes = (("{id: C3a, holds: board}", "{holds: board}"),)
    renamed = pack_with(*changes, ("- id: C3\n", "- id: D3\n"))
    assert told(pack_with(*changes), renamed) == ["C3: is called D3, no longer C3"]


def test_swapped_letters_of_checks_are_renamed_checks() -> None:
    listed = "{all: [{none: plots}, {holds: board}]}"
    swapped = "{all: [{holds: board}, {none: plots}]}"
    one, other = (
        pack_with(("{id: C2a, none: plots}", each)) for each in (listed, swapped)
    )
    assert told(one, other) == [
        "C2: is called C2a, no longer C2b",
        "C2: is called C2b, no longer C2a",
    ]


def test_the_order_of_verdicts_is_a_difference() -> None:
    fair = "  - {verdict: fair, label: {vi: Khá, en: Fair}, when: {all: [C1, C2]}}\n"
    swapped = pack_with((fair, ""), ("verdicts:\n", f"verdicts:\n{fair}"))
    assert told(pack_with(), swapped) == [
        "*the pack: order of the verdicts: from Good, Fair, Poor to Fair, Good, Poor"
    ]


def test_a_change_of_a_count_names_every_criterion_that_rests_on_it() -> None:
    used_twice = ("{id: C2a, none: plots}", "{id: C2a, none: treated_clean}")
    change = ("more_than: 12 months", "at_least: 12 months")
    assert told(pack_with(used_twice), pack_with(used_twice, change)) == [
        "*C2, C4: from longer than 12 months to 12 months or longer"
    ]


def test_counts_with_equal_labels_are_told_apart_by_their_ids() -> None:
    other = ("  plots:", "  fields: {label: {vi: vụ trồng cây, en: plots}}\n  plots:")
    before, after = pack_with(other), pack_with(other, ("none: plots", "none: fields"))
    assert told(before, after)[0] == (
        '*C2: from {"id": "C2a", "none": "plots"} to {"id": "C2a", "none": "fields"}'
    )


def test_the_vietnamese_words_are_those_of_the_law() -> None:
    changes = (("more_than: 12 months", "at_least: 12 months"),)
    with speaking("vi"):
        lines = told(pack_with(), pack_with(*changes))
    assert lines == ["*C4: từ trên 12 tháng thành từ 12 tháng trở lên"]
