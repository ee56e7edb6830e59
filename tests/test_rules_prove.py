"""Planted faults are found with localities that bear them out; sound packs are proved."""

from dataclasses import replace
from datetime import date

import pytest

from engine.errors import RulesError
from engine.policy.properties_from_pack import comparison_of_packs, properties_from_pack
from engine.policy.properties_from_pack.reaching import ending
from engine.policy.properties_from_pack.search import Search
from engine.policy.property import Finding, Kind, Standing, Topic
from tests.support.bundled import LAI_CHAU, QD_28, documents_of, pack_of
from tests.support.proving import (
    Proved,
    pack_with,
    proved,
    refuted,
    vocabulary_document,
)

BAND = "{id: few, requires: {of: points, at_least: 1, at_most: 4}}"
MANY = "{id: many, requires: {of: points, at_least: 5}}"
MIDDLE = "at_least: 0.5%, less_than: 2%"
C3 = "{id: C3a, every: hamlets, is: hamlets_with_board}"
NOBODY_UNKNOWN = C3.replace("board}", "board, if_empty: unknown}")
EXCELLENT = "  - {verdict: excellent, when: {all: [C1, C2, C3, C4]}, passes: yes}\n"
GOOD = "  - {verdict: good, when: {all: [C1, C2]}, passes: yes}\n"
REST = "  - {verdict: rest, when: always}\n"
POINTS = "points"
RATIO = "users / residents"


def test_a_sound_pack_is_proved_whole() -> None:
    pack, document = pack_with()
    answer = proved(pack)
    assert {
        topic: each.standing for topic, each in answer.by_topic.items()
    } == dict.fromkeys(
        [topic for topic in Topic if topic is not Topic.STRICTER], Standing.HOLDS
    )
    assert {each.verdict for each in answer.witnesses} == {"excellent", "good", "rest"}
    assert not any(
        refuted(each, vocabulary_document(), document) for each in answer.witnesses
    )


FAULTS = {
    "bands overlap at their common end": (
        [(BAND, BAND.replace("at_most: 4", "at_most: 5"))],
        (Kind.BANDS_OVERLAP, ("few", "many", POINTS)),
    ),
    "a band begins one too late": (
        [(MANY, MANY.replace("5", "6"))],
        (Kind.BANDS_GAP, ("few", "many", POINTS)),
    ),
    "an operator swapped: exactly 0.5% is in no band": (
        [(MIDDLE, "more_than: 0.5%, less_than: 2%")],
        (Kind.BANDS_GAP, ("low", "middle", RATIO)),
    ),
    "an operator swapped: exactly 2% is in two bands": (
        [(MIDDLE, "at_least: 0.5%, at_most: 2%")],
        (Kind.BANDS_OVERLAP, ("middle", "high", RATIO)),
    ),
    "the list in the wrong order: the better verdict is never reached": (
        [(EXCELLENT, ""), (GOOD, GOOD + EXCELLENT)],
        (Kind.NEVER_REACHED, ("excellent",)),
    ),
    "a verdict that asks for what a criterion forbids": (
        [(GOOD, GOOD + "  - {verdict: odd, when: {all: [few, many]}}\n")],
        (Kind.NEVER_REACHED, ("odd",)),
    ),
    "two criteria that contradict each other": (
        [(C3, "{at_least: 1, of: dealers}")],
        (Kind.EXCLUDES, ("C1", "C3")),
    ),
    "a criterion that another implies": (
        [(C3, "{of: dealers, at_most: 3}")],
        (Kind.IMPLIES, ("C1", "C3")),
    ),
    "the same demand in other words": (
        [(C3, "{of: dealers, less_than: 1}")],
        (Kind.SAME, ("C1", "C3")),
    ),
    "a fall and a share that are one demand": (
        [
            (C3, "{falls: dealers, from: points, by_at_least: 30%, if_empty: not_met}"),
            (
                "{id: C4a, holds: kept}",
                "{share: dealers, of: points, at_most: 70%, if_empty: not_met}",
            ),
        ],
        (Kind.SAME, ("C3", "C4")),
    ),
    "bounds that nothing can keep": (
        [(C3, "{of: dealers, at_least: 5, at_most: 3}")],
        (Kind.NEVER_MET, ("C3",)),
    ),
    "a demand that demands nothing": (
        [(C3, "{of: dealers, at_least: 0}")],
        (Kind.ALWAYS_MET, ("C3",)),
    ),
    "a part that would have to exceed its whole": (
        [(C3, "{share: filed, of: users, more_than: 100%, if_empty: not_met}")],
        (Kind.NEVER_MET, ("C3",)),
    ),
    "a `not` that punishes": (
        [("C3, C4]", "C3, {not: C4}]")],
        (Kind.WORSE_BY_CHECK, ("C4a",)),
    ),
    "a `not` that punishes, seen by the fact": (
        [("C3, C4]", "C3, {not: C4}]")],
        (Kind.WORSE_BY_FACT, ("kept",)),
    ),
    "a refusal of what a `not` demands": (
        [
            ("{id: C4a, holds: kept}", "{not: {id: C4a, holds: kept}}"),
            (EXCELLENT, "  - {verdict: refused, when: C4}\n" + EXCELLENT),
        ],
        (Kind.WORSE_BY_CHECK, ("C4a",)),
    ),
    "a refusal in front of the list for those who do more": (
        [(EXCELLENT, "  - {verdict: refused, when: C4}\n" + EXCELLENT)],
        (Kind.WORSE_BY_CHECK, ("C4a",)),
    ),
    "fewer are better, and a share of them becomes too large": (
        [
            (C3, "{of: residents, at_most: 9000}"),
            ("{id: C4a, holds: kept}", "{share: users, of: residents, at_most: 50%}"),
        ],
        (Kind.WORSE_BY_FACT, ("residents",)),
    ),
    "a check of a verdict rule that punishes": (
        [
            (
                EXCELLENT,
                "  - {verdict: refused, when: {id: R, holds: board}}\n" + EXCELLENT,
            )
        ],
        (Kind.WORSE_BY_CHECK, ("R",)),
    ),
    "two classes at once": (
        [(REST, "  - {verdict: risky, when: few}\n" + REST)],
        (Kind.BOTH_CLASSES, ("good", "risky")),
    ),
    "a class begins one too late": (
        [
            (EXCELLENT + GOOD, ""),
            (
                REST,
                "  - {verdict: risky, when: few}\n"
                "  - {verdict: worse, when: {at_least: 6, of: points}}\n" + REST,
            ),
        ],
        (Kind.CLASS_GAP, (POINTS, "risky", "rest", "worse")),
    ),
}


@pytest.mark.parametrize(("changes", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found_and_borne_out(
    changes: list[tuple[str, str]], expected: tuple[Kind, tuple[str, ...]]
) -> None:
    pack, document = pack_with(*changes)
    answer = proved(pack)
    assert expected in answer.faults
    assert not any(each.open for each in answer.by_topic.values())
    for witness in answer.witnesses:
        assert not refuted(witness, vocabulary_document(), document)


def finding(answer: Proved, kind: Kind, *subjects: str) -> Finding:
    found = [x for x in answer.found if x.kind is kind and x.subjects == subjects]
    assert len(found) == 1
    return found[0]


def test_the_witness_of_a_gap_lies_in_the_gap() -> None:
    pack, _ = pack_with((MANY, MANY.replace("5", "6")))
    found = finding(proved(pack), Kind.BANDS_GAP, "few", "many", POINTS)
    assert [each.counts[POINTS] for each in found.witnesses] == [5]


def test_the_two_localities_of_an_improvement_differ_in_one_fact() -> None:
    changes = FAULTS["a `not` that punishes, seen by the fact"][0]
    pack, _ = pack_with(*changes)
    found = finding(proved(pack), Kind.WORSE_BY_FACT, "kept")
    before, after = found.witnesses
    assert (before.verdict, after.verdict) == ("excellent", "good")
    assert (before.counts, before.level) == (after.counts, after.level)
    assert before.fields == {**after.fields, "kept": False}
    assert after.fields["kept"] is True


def test_what_a_not_demands_is_the_opposite() -> None:
    """Of drug dealers, not one or more is what none is."""
    pack, _ = pack_with(
        ("{id: C1a, none: dealers}", "{not: {at_least: 1, of: dealers}}")
    )
    assert proved(pack).by_topic[Topic.MONOTONE].standing is Standing.HOLDS


def test_a_list_that_does_not_end_is_refused_and_would_not_be_proved() -> None:
    with pytest.raises(RulesError):
        pack_with((REST, ""))
    pack, _ = pack_with()
    endless = replace(pack, verdicts=pack.verdicts[:-1])
    assert ending(Search(endless)).standing is not Standing.HOLDS


def test_grades_are_neither_overlaps_nor_gaps() -> None:
    """Excellent lies within good: the order of the list is then no accident."""
    pack, _ = pack_with()
    assert proved(pack).by_topic[Topic.OVERLAPS].standing is Standing.HOLDS


def test_the_order_of_the_list_may_be_meant() -> None:
    pack, _ = pack_with(*FAULTS["two classes at once"][0])
    answer = proved(pack, order_decides=True)
    assert answer.by_topic[Topic.OVERLAPS].standing is Standing.NOT_ASKED
    assert not answer.faults


def test_a_search_that_is_cut_short_proves_nothing() -> None:
    pack, _ = pack_with()
    for each in properties_from_pack(pack, effort=1):
        assert each.standing is Standing.NOT_DECIDED
        assert each.open
        assert not each.findings


def test_what_demands_nothing_of_a_pack_is_not_called_proved() -> None:
    pack, _ = pack_with(
        (EXCELLENT + GOOD, ""),
        (BAND, BAND.replace(", at_most: 4", "")),
        (MIDDLE, "at_least: 0.5%"),
    )
    answer = proved(pack).by_topic
    not_asked = {
        topic for topic, each in answer.items() if each.standing is Standing.NOT_ASKED
    }
    assert not_asked == {
        Topic.PAIRS,
        Topic.MONOTONE,
        Topic.BANDS,
        Topic.OVERLAPS,
        Topic.GAPS,
    }


def test_the_day_that_is_asked_for_may_decide() -> None:
    late = "{as_of: {on_or_after: 2025-07-01}}"
    pack, document = pack_with((C3, late))
    seen = {each.verdict: each for each in proved(pack).witnesses}
    assert seen["excellent"].as_of >= date(2025, 7, 1)
    assert not refuted(seen["excellent"], vocabulary_document(), document)
    never, _ = pack_with((C3, late.replace("2025-07-01", "2026-01-01")))
    assert (Kind.NEVER_MET, ("C3",)) in proved(never).faults


def test_a_locality_is_a_row_of_the_counts_over_localities() -> None:
    both = "{all: [{holds: board}, {none: hamlets_without_board}]}"
    pack, document = pack_with(
        (C3, both),
        ("levels: [hamlet, commune]", "levels: [hamlet]"),
        ("levels: [commune], ", ""),
    )
    answer = proved(pack)
    assert not answer.faults
    seen = {each.verdict: each for each in answer.witnesses}
    counts = seen["excellent"].counts
    assert (counts["hamlets"], counts["hamlets_without_board"]) == (1, 0)
    assert not any(
        refuted(each, vocabulary_document(), document) for each in answer.witnesses
    )
    # Without a board it is itself one of those of which there shall be none.
    other = "{all: [{not: {holds: board}}, {none: hamlets_without_board}]}"
    pack, _ = pack_with(
        (C3, other),
        ("levels: [hamlet, commune]", "levels: [hamlet]"),
        ("levels: [commune], ", ""),
    )
    assert (Kind.NEVER_MET, ("C3",)) in proved(pack).faults


def test_nobody_where_the_pack_calls_that_unknown_is_no_locality() -> None:
    pack, _ = pack_with((C3, NOBODY_UNKNOWN))
    answer = proved(pack)
    assert answer.by_topic[Topic.ENDS].standing is Standing.HOLDS
    assert all(each.counts["hamlets"] > 0 for each in answer.witnesses)


def test_a_verdict_is_reached_although_a_criterion_stays_unknown() -> None:
    nobody = "  - {verdict: nobody, when: {none: hamlets}}\n"
    pack, document = pack_with((C3, NOBODY_UNKNOWN), (EXCELLENT, nobody + EXCELLENT))
    answer = proved(pack)
    assert (Kind.NEVER_REACHED, ("nobody",)) not in answer.faults
    seen = finding(answer, Kind.SEEN, "nobody").witnesses[0]
    assert seen.outcomes["C3"] == "unknown"
    assert not any(
        refuted(each, vocabulary_document(), document) for each in answer.witnesses
    )


def test_a_criterion_may_be_not_met_where_another_stays_unknown() -> None:
    pack, _ = pack_with(
        (C3, NOBODY_UNKNOWN), ("{id: C1a, none: dealers}", "{of: hamlets, at_least: 1}")
    )
    assert not proved(pack).by_topic[Topic.CRITERIA].findings


def test_an_improvement_may_leave_open_which_of_the_better_verdicts_it_is() -> None:
    """Good, without a hamlet to ask, is good or excellent once the model is kept."""
    pack, _ = pack_with((C3, NOBODY_UNKNOWN))
    answer = proved(pack)
    assert answer.by_topic[Topic.MONOTONE].standing is Standing.HOLDS


def test_an_improvement_that_leaves_only_worse_verdicts_open_is_punished() -> None:
    refused = (
        "  - {verdict: refused, when: {all: [C4, C3]}}\n"
        "  - {verdict: warned, when: C4}\n"
    )
    pack, document = pack_with(
        (C3, NOBODY_UNKNOWN),
        (EXCELLENT, refused),
        ("{id: C4a, holds: kept}", "{all: [{id: C4a, holds: kept}, {none: hamlets}]}"),
    )
    found = finding(proved(pack), Kind.WORSE_BY_FACT, "kept")
    assert [each.verdict for each in found.witnesses] == ["good", "undetermined"]
    assert not any(
        refuted(each, vocabulary_document(), document) for each in found.witnesses
    )


def test_what_passes_one_pack_and_is_undetermined_by_another_tells_them_apart() -> None:
    pack, _ = pack_with((GOOD, ""))
    other, _ = pack_with((GOOD, ""), (C3, NOBODY_UNKNOWN))
    found = comparison_of_packs(pack, other)
    assert found.second_in_first.standing is Standing.HOLDS
    assert found.first_in_second.standing is Standing.FAILS
    (shown,) = found.first_in_second.findings
    assert [each.verdict for each in shown.witnesses] == ["excellent", "undetermined"]


def test_nobody_may_be_where_what_would_be_unknown_does_not_apply() -> None:
    asked = "requires: {every: users, is: filed, if_empty: unknown}"
    pack, document = pack_with(
        ("requires: {id: C2a, every: users, is: filed}", "requires: {none: users}"),
        (
            "  - {id: few,",
            f"  - {{id: some, when: {{at_least: 1, of: users}}, {asked}}}\n  - {{id: few,",
        ),
    )
    answer = proved(pack)
    assert (Kind.NEVER_MET, ("C2",)) not in answer.faults
    met = [each for each in answer.witnesses if each.outcomes.get("C2") == "met"]
    assert met
    assert {each.outcomes["some"] for each in met} == {"not_applicable"}
    assert not any(
        refuted(each, vocabulary_document(), document) for each in answer.witnesses
    )


def test_lai_chau_is_proved_clean() -> None:
    answer = proved(pack_of(LAI_CHAU))
    standings = {topic: each.standing for topic, each in answer.by_topic.items()}
    not_asked = {standings.pop(Topic.BANDS), standings.pop(Topic.OVERLAPS)}
    assert not_asked == {Standing.NOT_ASKED}
    assert set(standings.values()) == {Standing.HOLDS}
    vocabulary, document = documents_of(LAI_CHAU)
    assert not any(refuted(each, vocabulary, document) for each in answer.witnesses)


def test_article_4_of_decision_28_overlaps_and_has_holes() -> None:
    answer = proved(pack_of(QD_28))
    failing = {
        a for a, each in answer.by_topic.items() if each.standing is Standing.FAILS
    }
    assert failing == {Topic.OVERLAPS, Topic.GAPS}
    both = finding(answer, Kind.BOTH_CLASSES, "drug_free", "type_3").witnesses[0]
    assert both.verdict == "drug_free"
    assert both.outcomes["III"] == "met"
    gap = finding(
        answer, Kind.CLASS_GAP, "drug_users_on_file", "type_3", "unclassified", "type_1"
    )
    assert [each.outcomes["F"] for each in gap.witnesses] == ["not_met"] * 3
    less, between, more = (each.counts["drug_users_on_file"] for each in gap.witnesses)
    assert less < between < more
    vocabulary, document = documents_of(QD_28)
    assert not any(refuted(each, vocabulary, document) for each in answer.witnesses)


def test_a_criterion_more_makes_a_pack_stricter() -> None:
    pack, _ = pack_with()
    laxer, _ = pack_with((GOOD, GOOD.replace("[C1, C2]", "[C1]")))
    found = comparison_of_packs(pack, laxer)
    assert found.first_in_second.standing is Standing.HOLDS
    assert found.second_in_first.standing is Standing.FAILS
    (shown,) = found.second_in_first.findings
    passes, fails = shown.witnesses
    assert (passes.verdict, fails.verdict) == ("good", "rest")
    assert passes.counts == fails.counts
    assert not found.unshared[0]


def test_packs_that_cross_are_told_apart_by_a_locality_each_way() -> None:
    one, first = pack_with((GOOD, GOOD.replace("[C1, C2]", "[C1]")), (EXCELLENT, ""))
    other, second = pack_with((GOOD, GOOD.replace("[C1, C2]", "[C2]")), (EXCELLENT, ""))
    found = comparison_of_packs(one, other)
    for way, documents in (
        (found.first_in_second, (first, second)),
        (found.second_in_first, (second, first)),
    ):
        assert way.standing is Standing.FAILS
        (shown,) = way.findings
        assert [each.verdict for each in shown.witnesses] == ["good", "rest"]
        for witness, document in zip(shown.witnesses, documents, strict=True):
            assert not refuted(witness, vocabulary_document(), document)


def test_lai_chau_and_article_6_are_compared_honestly() -> None:
    found = comparison_of_packs(pack_of(LAI_CHAU), pack_of(QD_28))
    assert found.levels == ("commune",)
    assert found.shared == ()
    assert found.first_in_second.standing is Standing.FAILS
    assert found.second_in_first.standing is Standing.FAILS
    assert found.same_day


def test_packs_without_a_common_level_are_not_compared() -> None:
    one, _ = pack_with()
    other, _ = pack_with(
        ("[hamlet, commune]", "[district]"), ("levels: [commune], ", "")
    )
    found = comparison_of_packs(one, other)
    assert found.first_in_second.standing is Standing.NOT_ASKED
