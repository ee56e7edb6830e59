"""Seen from above an assessment adds up, and what a closed shortfall changes is judged."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from hypothesis import given, settings

from engine.assess import judge_localities
from engine.assessment import LocalityResult, Outcome
from engine.assessment_from_judged import assessment_from_judged
from engine.checks_from_counts import truth_column
from engine.interval import Interval
from engine.judged import Judged
from engine.review.overview import Closing, Overview, Target
from engine.review.overview_from_judged import overview_from_judged
from engine.truth import Truth
from tests.support.engine_runner import read_facts, read_pack
from tests.support.memos import review
from tests.support.plain_facts import Doc
from tests.support.strategies import Question, questions

fewer_runs = settings(max_examples=max(1, settings().max_examples // 5))
DAY = date(2024, 6, 30)


def judged(question: Question) -> Judged:
    pack = read_pack(question.vocabulary, question.pack)
    facts = read_facts(pack, question.vocabulary, question.facts)
    return judge_localities(pack, facts, question.as_of, outside_force=True)


@cache
def example() -> Overview:
    return overview_from_judged(review())


def results(one: Judged) -> list[LocalityResult]:
    return list(assessment_from_judged(one).localities)


def closings(overview: Overview) -> Iterator[Closing]:
    for whole in overview.closings:
        yield whole
        yield from whole.parts


# --- totals ------------------------------------------------------------------------


@fewer_runs
@given(questions())
def test_every_total_is_all_that_are_judged(question: Question) -> None:
    """Unknown and not applicable are counted like the rest, so nobody is lost."""
    answer = judged(question)
    overview = overview_from_judged(answer)
    levels = Counter(each.level for each in results(answer))
    assert overview.judged == levels
    for level, localities in levels.items():
        verdicts = overview.verdicts.values()
        assert sum(numbers[level] for numbers in verdicts) == localities
        for tally in (*overview.criteria, *overview.checks):
            assert [*tally.outcomes] == [*Outcome]
            outcomes = tally.outcomes.values()
            assert sum(numbers[level] for numbers in outcomes) == localities


@fewer_runs
@given(questions())
def test_totals_are_counted_from_the_results(question: Question) -> None:
    answer = judged(question)
    overview = overview_from_judged(answer)
    verdicts = Counter((each.level, each.verdict) for each in results(answer))
    outcomes = Counter(
        (each.level, criterion.id, criterion.outcome)
        for each in results(answer)
        for criterion in each.criteria
    )
    for level in overview.judged:
        for verdict, numbers in overview.verdicts.items():
            assert numbers[level] == verdicts[level, verdict]
        for tally in overview.criteria:
            for outcome, numbers in tally.outcomes.items():
                assert numbers[level] == outcomes[level, tally.criterion, outcome]


def test_a_check_does_not_apply_where_its_criterion_does_not() -> None:
    overview = overview_from_judged(small())
    (tally,) = (each for each in overview.checks if each.criterion == "C3")
    assert tally.outcomes[Outcome.NOT_APPLICABLE] == {"hamlet": 0, "commune": 1}


# --- shortfalls --------------------------------------------------------------------


@fewer_runs
@given(questions())
def test_no_more_can_change_than_are_short_nor_pass_than_change(
    question: Question,
) -> None:
    overview = overview_from_judged(judged(question))
    for each in closings(overview):
        for level in overview.judged:
            assert each.passing[level] <= each.changed[level] <= each.short[level]


@fewer_runs
@given(questions())
def test_a_closed_check_changes_what_asking_one_by_one_says(question: Question) -> None:
    """The columns are judged at once; here each locality is asked alone."""
    answer = judged(question)
    for closing in closings(overview_from_judged(answer)):
        if closing.check is None:
            continue
        pairs = list(asked_again(answer, closing.criterion, closing.check))
        changed = Counter(level for level, old, new in pairs if old != new)
        passing = {rule.verdict for rule in answer.pack.verdicts if rule.passes}
        better = Counter(
            level for level, old, new in pairs if new in passing and old not in passing
        )
        assert Counter(closing.short) == Counter(level for level, _, _ in pairs)
        assert Counter(closing.changed) == changed
        assert Counter(closing.passing) == better


def asked_again(
    answer: Judged, criterion: str, check: str
) -> Iterator[tuple[str, str, str]]:
    """Yield the level and the verdicts, before and after, of those short of a check."""
    columns = {each.id: truth_column(each.id) for each in answer.pack.checks}
    for row in answer.frame.iter_rows(named=True):
        level = row["level"]
        truths = {each: row[column] for each, column in columns.items()}
        if level not in answer.pack.levels or truths[check] != Truth.FALSE:
            continue
        old = answer.judge.ask(level, truths)
        if old.outcomes[criterion] is Outcome.NOT_MET:
            new = answer.judge.ask(level, truths | {check: Truth.TRUE})
            yield level, old.verdict, new.verdict


def test_in_the_example_a_criterion_lets_those_pass_that_lack_it_alone() -> None:
    """All eight must be met, so whoever lacks one alone is known without judging."""
    alone = Counter[str]()
    for each in results(review()):
        lacking = [one for one in each.criteria if one.outcome is not Outcome.MET]
        if len(lacking) == 1 and lacking[0].outcome is Outcome.NOT_MET:
            alone[lacking[0].id] += 1
    found = {each.criterion: sum(each.passing.values()) for each in example().closings}
    assert found == alone
    assert found["C6"] == 10


def test_what_would_let_most_localities_pass_stands_first() -> None:
    passing = [sum(each.passing.values()) for each in example().closings]
    assert passing == sorted(passing, reverse=True)
    assert example().closings[0].criterion == "C6"


def test_a_criterion_of_one_check_is_not_told_twice() -> None:
    parts = {each.criterion: each.parts for each in example().closings}
    assert parts["C7"] == ()
    assert {each.check for each in parts["C6"]} == {"C6a", "C6b"}


def test_closing_what_worsens_a_verdict_changes_it_and_lets_nobody_pass() -> None:
    """A criterion may be what a bad verdict asks for; meeting it is no way out."""
    pack = {
        "pack": "demo/bad",
        "levels": ["hamlet", "commune"],
        "criteria": [{"id": "bad", "requires": {"at_least": 1, "of": "plots"}}],
        "verdicts": [
            {"verdict": "key", "when": "bad"},
            {"verdict": "clean", "when": "always", "passes": True},
        ],
    }
    (closing,) = overview_from_judged(small(pack)).closings
    assert closing.changed == {"hamlet": 2, "commune": 1}
    assert closing.passing == {"hamlet": 0, "commune": 0}


# --- targets -----------------------------------------------------------------------


def test_a_target_in_a_localitys_own_row_is_told_with_how_far_it_has_come() -> None:
    assert overview_from_judged(small()).targets == (
        Target(
            "X1", "Thôn Một", "hamlet", "C4a", "plots", 3, Interval(0, 0), Truth.FALSE
        ),
        Target(
            "X2", "Thôn Hai", "hamlet", "C4a", "plots", 2, Interval(0, 0), Truth.FALSE
        ),
    )


def small(pack: Doc | None = None) -> Judged:
    """Judge a commune and its two hamlets, each with a number to reach."""
    vocabulary = {
        "vocabulary": 1,
        "registers": {"localities": {"fields": {"board": "yes_no", "goal": "count"}}},
        "counts": {"plots": {}},
    }
    rules = pack or {
        "pack": "demo/goals",
        "levels": ["hamlet", "commune"],
        "criteria": [
            {"id": "C3", "levels": ["hamlet"], "requires": {"holds": "board"}},
            {"id": "C4", "requires": {"at_least": "goal", "of": "plots"}},
        ],
    }
    rows: list[Doc] = [
        {"id": "X", "name": "Xã", "level": "commune"},
        {"id": "X1", "name": "Thôn Một", "level": "hamlet", "parent": "X"},
        {"id": "X2", "name": "Thôn Hai", "level": "hamlet", "parent": "X"},
    ]
    rows[1] |= {"plots": 0, "goal": 3, "board": True}
    rows[2] |= {"plots": 0, "goal": 2}
    known = read_pack(vocabulary, rules)
    facts = read_facts(known, vocabulary, {"localities": rows})
    return judge_localities(known, facts, DAY, outside_force=True)
