"""A check is true or false of an interval when it is so of every number in it.

Every kind of check is asked about every pair of small intervals at once, and the answer
held against trying the ends: comparing is monotone, so the ends speak for the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product

import polars as pl
import pytest

from engine.assessment import ConflictKind
from engine.checks_from_counts import Checking, truth_column
from engine.meeting import Meeting, ends
from engine.pack import Amount, Ask, Asked, Check, Every, Falls, Holds, NoneOf, Share
from engine.shortfall import short_column, shortfalls, vacuous_column
from engine.truth import Truth
from engine.vocabulary import Operator
from tests.support.packs import HERE

DAY = date(2025, 3, 14)
FAR = 10**6
"""Stands for every number beyond those that are tried, where an interval is open."""
BOUNDED = [(lo, hi) for lo in range(5) for hi in range(lo, 5)]
INTERVALS: list[tuple[int, int | None]] = [*BOUNDED, *((lo, None) for lo in range(3))]
TARGETS = (None, 2)
SHARES = [Fraction(n, 4) for n in range(5)] + [Fraction(2, 3)]
STANDS: dict[Operator, Callable[[Fraction, Fraction], bool]] = {
    Operator.AT_LEAST: lambda x, bound: x >= bound,
    Operator.MORE_THAN: lambda x, bound: x > bound,
    Operator.AT_MOST: lambda x, bound: x <= bound,
    Operator.LESS_THAN: lambda x, bound: x < bound,
}
UPWARD = {Operator.AT_LEAST, Operator.MORE_THAN}

Numbers = list[int]


@dataclass(frozen=True)
class Row:
    """What is known of X, of Y and of the target; `X not Y` is as X."""

    x: tuple[int, int | None]
    y: tuple[int, int | None]
    target: int | None


ROWS = [Row(*each) for each in product(INTERVALS, INTERVALS, TARGETS)]
FRAME = pl.DataFrame(
    {
        "level": ["hamlet"] * len(ROWS),
        "lo:X": [row.x[0] for row in ROWS],
        "hi:X": [row.x[1] for row in ROWS],
        "lo:Y": [row.y[0] for row in ROWS],
        "hi:Y": [row.y[1] for row in ROWS],
        "lo:Y not X": [row.x[0] for row in ROWS],
        "hi:Y not X": [row.x[1] for row in ROWS],
        "own:target": pl.Series([row.target for row in ROWS], dtype=pl.Int64),
    }
)


def at_ends(interval: tuple[int, int | None]) -> Numbers:
    lo, hi = interval
    return [lo, FAR if hi is None else hi]


def of_one_bound(
    operator: Operator, xs: Numbers, bounds: list[Fraction]
) -> tuple[Truth, int]:
    """Whether all pairs, or none, stand so; and how far X is from where one would."""
    stands = STANDS[operator]
    found = {stands(Fraction(x), bound) for x in xs for bound in bounds}
    if len(found) == 2:
        return Truth.UNKNOWN, 0
    if found == {True}:
        return Truth.TRUE, 0
    step = 1 if operator in UPWARD else -1
    short = 1
    while not any(
        stands(Fraction(x + step * short), bound) for x in xs for bound in bounds
    ):
        short += 1
    return Truth.FALSE, short


def together(found: list[tuple[Truth, int]]) -> tuple[Truth, int]:
    truths = {truth for truth, _ in found}
    short = max(short for _, short in found)
    if Truth.FALSE in truths:
        return Truth.FALSE, short
    return (Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE), 0


def expected(ask: Ask, row: Row) -> tuple[Truth, int]:
    """The truth and the shortfall, but for what is vacuous."""
    xs, ys = at_ends(row.x), at_ends(row.y)
    match ask:
        case NoneOf() | Every():
            none = [Fraction(0)]
            return of_one_bound(Operator.AT_MOST, xs, none)
        case Amount(_, bounds):
            told = []
            for operator, bound in bounds:
                number = row.target if isinstance(bound, str) else bound
                if number is None:
                    told.append((Truth.UNKNOWN, 0))
                else:
                    told.append(of_one_bound(operator, xs, [Fraction(number)]))
            return together(told)
        case Share(_, _, shares):
            return together(
                [of_one_bound(op, xs, [p * y for y in ys]) for op, p in shares]
            )
        case Falls(_, _, by):
            return of_one_bound(Operator.AT_MOST, xs, [(1 - by) * y for y in ys])
        case _:
            raise AssertionError(ask)


def asks() -> Iterator[tuple[Ask, Truth]]:
    yield NoneOf("X"), Truth.TRUE
    for empty in Truth:
        yield Every("Y", "X"), empty
        yield Share("X", "Y", ((Operator.MORE_THAN, Fraction(1, 2)),)), empty
        yield Falls("X", "Y", Fraction(1, 3)), empty
    for operator in Operator:
        for bound in (0, 1, 3, "target"):
            yield Amount("X", ((operator, bound),)), Truth.TRUE
        for p in SHARES:
            yield Share("X", "Y", ((operator, p),)), Truth.TRUE
    yield Amount("X", ((Operator.AT_LEAST, 2), (Operator.MORE_THAN, 3))), Truth.TRUE
    yield Amount("X", ((Operator.AT_LEAST, 2), (Operator.AT_MOST, 3))), Truth.TRUE
    two = (Operator.AT_LEAST, Fraction(1, 4)), (Operator.LESS_THAN, Fraction(2, 3))
    yield Share("X", "Y", two), Truth.TRUE
    for p in SHARES:
        yield Falls("X", "Y", p), Truth.TRUE


CHECKS = [
    Check(f"k{i}", ask, if_empty, HERE) for i, (ask, if_empty) in enumerate(asks())
]


@pytest.fixture(scope="module")
def told() -> pl.DataFrame:
    truths = Checking(CHECKS, (), DAY).check(FRAME)
    return pl.concat([FRAME.drop("level"), truths], how="horizontal").with_columns(
        shortfalls(CHECKS)
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.id)
def test_a_check_says_of_intervals_what_it_says_of_all_their_numbers(
    check: Check, told: pl.DataFrame
) -> None:
    columns = (truth_column(check.id), vacuous_column(check.id), short_column(check.id))
    of_nobody = isinstance(check.ask, Every | Share | Falls)
    for row, found in zip(ROWS, told.select(columns).iter_rows(), strict=True):
        truth, short = expected(check.ask, row)
        vacuous = of_nobody and row.y == (0, 0)
        if vacuous:
            truth, short = check.if_empty, int(check.if_empty == Truth.FALSE)
        assert found == (truth, vacuous, None if truth == Truth.UNKNOWN else short), row


@pytest.mark.parametrize("empty", Truth)
def test_exceptions_that_are_left_out_follow_from_whole_and_part(empty: Truth) -> None:
    check = Check("all", Every("Y", "X"), empty, HERE)
    exceptions = [f"{end}:Y not X" for end in ("lo", "hi")]
    found = Checking([check], [], DAY).check(FRAME.drop(exceptions))
    for row, truth in zip(ROWS, found[truth_column("all")], strict=True):
        left = [max(0, y - x) for x in at_ends(row.x) for y in at_ends(row.y)]
        none_left, _ = of_one_bound(Operator.AT_MOST, left, [Fraction(0)])
        assert truth == (empty if row.y == (0, 0) else none_left), row


def test_truths_are_small_numbers_and_shortfalls_whole_ones(told: pl.DataFrame) -> None:
    """Whatever they were reckoned in: shares need 128 bits on the way."""
    for check in CHECKS:
        assert told.schema[truth_column(check.id)] == pl.Int8
        assert told.schema[short_column(check.id)] == pl.Int64
        assert told.schema[vacuous_column(check.id)] == pl.Boolean


@pytest.mark.parametrize("p", [Fraction(0), Fraction(999_999_999, 10**9)])
def test_a_share_of_the_largest_counts_does_not_wrap(p: Fraction) -> None:
    large = 2**62 - 1
    frame = pl.DataFrame(
        {
            "level": ["hamlet"],
            **{name: [large] for name in ("lo:X", "hi:X", "lo:Y", "hi:Y")},
        }
    )
    asked = [
        Check("more", Share("X", "Y", ((Operator.MORE_THAN, p),)), Truth.TRUE, HERE),
        Check("less", Share("X", "Y", ((Operator.LESS_THAN, p),)), Truth.TRUE, HERE),
        Check("falls", Falls("X", "Y", 1 - p), Truth.TRUE, HERE),
    ]
    truths = Checking(asked, (), DAY).check(frame)
    assert truths.row(0)[1:] == (Truth.TRUE, Truth.FALSE, Truth.FALSE)
    short = truths.with_columns(frame.drop("level")).with_columns(shortfalls(asked))
    at_most = large * p.numerator // p.denominator
    under = -(-large * p.numerator // p.denominator) - 1
    assert short[short_column("less")].to_list() == [large - under]
    assert short[short_column("falls")].to_list() == [large - at_most]


def test_a_field_is_asked_as_it_stands_and_lacks_one_thing() -> None:
    check = Check("k", Holds("board"), Truth.TRUE, HERE)
    frame = pl.DataFrame({"level": ["x"] * 3, "own:board": [True, False, None]})
    truths = Checking([check], (), DAY).check(frame)
    assert truths[truth_column("k")].to_list() == [1, 0, 2]
    short = truths.with_columns(shortfalls([check]))[short_column("k")]
    assert short.to_list() == [0, 1, None]


@pytest.mark.parametrize(
    ("operator", "before", "same", "after"),
    [
        (Operator.AT_LEAST, 0, 1, 1),
        (Operator.MORE_THAN, 0, 0, 1),
        (Operator.AT_MOST, 1, 1, 0),
        (Operator.LESS_THAN, 1, 0, 0),
    ],
)
def test_the_day_is_compared_as_a_number_would_be(
    operator: Operator, before: int, same: int, after: int
) -> None:
    check = Check("k", Asked(((operator, DAY),)), Truth.TRUE, HERE)
    frame = pl.DataFrame({"level": ["x"]})
    days = [DAY.replace(day=number) for number in (13, 14, 15)]
    said = [Checking([check], (), day).check(frame) for day in days]
    found = [each[truth_column("k")].item() for each in said]
    assert found == [before, same, after]
    lacking = [each.with_columns(shortfalls([check])) for each in said]
    shorts = [each[short_column("k")].item() for each in lacking]
    assert shorts == [0 if truth else None for truth in found]


def test_of_two_days_both_must_hold() -> None:
    bounds = (Operator.AT_LEAST, DAY), (Operator.LESS_THAN, DAY.replace(day=15))
    check = Check("k", Asked(bounds), Truth.TRUE, HERE)
    frame = pl.DataFrame({"level": ["x"]})
    days = [DAY.replace(day=number) for number in (13, 14, 15)]
    said = [Checking([check], (), day).check(frame) for day in days]
    assert [each[truth_column("k")].item() for each in said] == [0, 1, 0]


def test_a_conflict_makes_unknown_what_names_the_count_and_nothing_else() -> None:
    """Even what is about nobody; and only where the layer has such a conflict."""
    meetings = [
        Meeting(name, ConflictKind.TYPED, counts, ends(name), ends(name))
        for name, counts in (("X", ("X",)), ("Y", ("Z", "Y")), ("absent", ("X",)))
    ]
    asked = [
        Check("none", NoneOf("X"), Truth.TRUE, HERE),
        Check("every", Every("Y", "X"), Truth.TRUE, HERE),
    ]
    frame = pl.DataFrame(
        {
            "level": ["x"] * 3,
            **{name: [0] * 3 for name in FRAME.columns if name[:3] in {"lo:", "hi:"}},
            meetings[0].flag: [False, True, False],
            meetings[1].flag: [False, False, True],
        }
    )
    truths = Checking(asked, meetings, DAY).check(frame)
    assert truths[truth_column("none")].to_list() == [1, 2, 1]
    assert truths[truth_column("every")].to_list() == [1, 2, 2]
