"""What a count may be follows from rows, children, typed numbers and wholes alone.

Two layers of localities hold every mixture of small statements; what the columns make
of them is held against LANGUAGE §4, step by step, one locality at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice, pairwise, product

import polars as pl
import pytest

from engine.assessment import Conflict, ConflictKind
from engine.counts_from_tallies import Counting, joined_sums
from engine.interval import Interval
from engine.measures import Exceptions, Measures
from engine.vocabulary import AllOf, Count, Text, Vocabulary
from tests.support.packs import HERE

NOTHING_KNOWN = Interval(0, None)
PAIRS = (Exceptions("X", "Y"), Exceptions("X", "V"))
WITHIN = {"X": None, "Y": "X", "V": "Y", "Z": None}
"""V, Y and X lie within each other; Z is only ever typed in."""
NOT_PARTS = tuple(pair.key for pair in PAIRS)
KEYS = (*WITHIN, *NOT_PARTS)
COUNTS = {
    name: Count(
        name,
        Text(name, name),
        None,
        None if name == "Z" else "r",
        whole,
        AllOf(()),
        HERE,
    )
    for name, whole in WITHIN.items()
}
VOCABULARY = Vocabulary({}, COUNTS, {}, {}, b"")
# Parts before wholes: the order of the counts must not matter.
MEASURES = Measures(tuple(reversed(COUNTS.values())), PAIRS, (), VOCABULARY)
ROWS = [None, Interval(0, 0), Interval(1, 2), Interval(3, 3)]


@dataclass(frozen=True)
class Locality:
    """What is said of one locality: its rows by measure, what is typed and supposed."""

    rows: Mapping[str, Interval | None]
    typed: Mapping[str, int] = field(default_factory=dict)
    supposed: Mapping[str, int] = field(default_factory=dict)


def localities() -> Iterator[Locality]:
    typings: list[dict[str, int]] = [{}, {"X": 2}, {"Y": 2, "Z": 1}, {"X": 0, "V": 3}]
    typings.append({"X": 2, "Y": 5, "V": 4})  # more of a part than of the whole
    for of_x, of_y, left in product(ROWS, ROWS, ROWS):
        of_v = left if of_y else of_x
        rows = {"X": of_x, "Y": of_y, "V": of_v, **dict.fromkeys(NOT_PARTS, left)}
        for typed in typings:
            yield Locality(rows, typed)
        yield Locality(rows, {}, {"X": 1})
        yield Locality(rows, {}, {"Y": 1, "Z": 2})


LEAVES = list(localities())
ABOVE = list(islice(cycle(LEAVES[::6]), len(LEAVES) // 3 + 20))
"""Above three leaves each, in turn; twenty of them have none below."""


def parent_of(leaf: int) -> int:
    return leaf * 5 % (len(LEAVES) // 3)


# --- §4, step by step ---------------------------------------------------------------


def added(parts: list[Interval]) -> Interval:
    his = [part.hi for part in parts]
    known = [hi for hi in his if hi is not None]
    hi = sum(known) if len(known) == len(his) else None
    return Interval(sum(part.lo for part in parts), hi)


def met(left: Interval, right: Interval) -> Interval:
    """What both allow; the hull of both where that is nothing."""
    his = [hi for hi in (left.hi, right.hi) if hi is not None]
    lo, hi = max(left.lo, right.lo), min(his, default=None)
    if hi is None or lo <= hi:
        return Interval(lo, hi)
    return Interval(min(left.lo, right.lo), max(his) if len(his) == 2 else None)


def in_conflict(left: Interval, right: Interval) -> bool:
    return any(
        one.hi is not None and other.lo > one.hi
        for one, other in ((left, right), (right, left))
    )


@dataclass
class Told:
    """The values at one locality, and its conflicts in the order they are found."""

    values: dict[str, Interval] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def settle(
        self, kind: ConflictKind, key: str, counts: tuple[str, ...], *both: Interval
    ) -> None:
        left, right = both
        if in_conflict(left, right):
            self.conflicts.append(Conflict(kind, counts, left, right))
        self.values[key] = met(left, right)


def told(one: Locality, children: list[dict[str, Interval]]) -> Told:
    unsurveyed = Interval(0, 0) if children else NOTHING_KNOWN
    found = Told()
    for key in KEYS:
        own = one.rows.get(key) or unsurveyed
        found.values[key] = added([own, *(child[key] for child in children)])
    for name, number in one.supposed.items():
        found.values[name] = Interval(number, number)
        for pair in PAIRS:
            if name in {pair.whole, pair.part}:
                found.values[pair.key] = NOTHING_KNOWN
    for name in reversed(WITHIN):
        given = one.typed.get(name)
        typed = NOTHING_KNOWN if given is None else Interval(given, given)
        found.settle(ConflictKind.TYPED, name, (name,), typed, found.values[name])
    for part, whole in (("Y", "X"), ("V", "Y")):
        at_most = Interval(0, found.values[whole].hi)
        both = found.values[part], at_most
        found.settle(ConflictKind.PART_WHOLE, part, (part, whole), *both)
    for pair in PAIRS:
        x, y = found.values[pair.whole], found.values[pair.part]
        left_over = Interval(
            0 if y.hi is None else max(0, x.lo - y.hi),
            None if x.hi is None else max(0, x.hi - y.lo),
        )
        both = found.values[pair.key], left_over
        counts = pair.whole, pair.part
        found.settle(ConflictKind.EXCEPTIONS, pair.key, counts, *both)
    return found


# --- the columns --------------------------------------------------------------------


def frame_of(
    layer: list[Locality], first: int, parents: list[int | None]
) -> pl.DataFrame:
    """What `tallies_from_facts` makes: null ends where a register was not surveyed."""
    columns: dict[str, list[int | None]] = {
        "row": list(range(first, first + len(layer))),
        "parent_row": parents,
    }
    for key in ("X", "Y", "V", *NOT_PARTS):
        rows = [each.rows.get(key) for each in layer]
        columns[f"rows.lo:{key}"] = [each.lo if each else None for each in rows]
        columns[f"rows.hi:{key}"] = [each.hi if each else None for each in rows]
    for name in WITHIN:
        columns[name] = [each.typed.get(name) for each in layer]
    for name in ("X", "Y", "Z"):
        columns[f"supposed:{name}"] = [each.supposed.get(name) for each in layer]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def values_in(frame: pl.DataFrame) -> list[dict[str, Interval]]:
    ends = {key: frame.select(f"lo:{key}", f"hi:{key}").rows() for key in KEYS}
    return [
        {key: Interval(*ends[key][at]) for key in KEYS} for at in range(frame.height)
    ]


def test_two_layers_of_every_mixture_are_counted_as_the_page_says() -> None:
    leaves = frame_of(LEAVES, 1000, [parent_of(i) for i in range(len(LEAVES))])
    above = frame_of(ABOVE, 0, [None] * len(ABOVE))
    counting = Counting(MEASURES, leaves.columns)
    low, low_conflicts = counting.count(leaves, None)
    high, high_conflicts = counting.count(above, counting.sums(low))

    by_leaf = [told(each, []) for each in LEAVES]
    below: dict[int, list[dict[str, Interval]]] = {}
    for i, each in enumerate(by_leaf):
        below.setdefault(parent_of(i), []).append(each.values)
    by_parent = [told(each, below.get(i, [])) for i, each in enumerate(ABOVE)]

    assert any(each.conflicts for each in by_leaf)
    assert any(not below.get(i) for i in range(len(ABOVE)))
    for frame, conflicts, first, expected in (
        (low, low_conflicts, 1000, by_leaf),
        (high, high_conflicts, 0, by_parent),
    ):
        assert values_in(frame) == [each.values for each in expected]
        assert conflicts == {
            first + i: tuple(each.conflicts)
            for i, each in enumerate(expected)
            if each.conflicts
        }


@pytest.mark.parametrize(
    "absent",
    [
        ["supposed:X"],
        ["supposed:Y"],
        ["supposed:X", "supposed:Y", "supposed:Z"],
        ["X", "V"],
        [f"rows.{end}:{key}" for key in NOT_PARTS for end in ("lo", "hi")],
    ],
    ids=str,
)
def test_a_column_that_nobody_filled_may_be_absent(absent: list[str]) -> None:
    without = [
        Locality(
            {k: v for k, v in each.rows.items() if f"rows.hi:{k}" not in absent},
            {name: n for name, n in each.typed.items() if name not in absent},
            {
                name: n
                for name, n in each.supposed.items()
                if f"supposed:{name}" not in absent
            },
        )
        for each in LEAVES
    ]
    frame = frame_of(without, 0, [None] * len(without)).drop(absent)
    found, _ = Counting(MEASURES, frame.columns).count(frame, None)
    assert values_in(found) == [told(each, []).values for each in without]


def test_where_nothing_conflicts_no_column_says_so() -> None:
    quiet = [Locality(dict.fromkeys(("X", "Y", "V", *NOT_PARTS)))]
    counting = Counting(MEASURES, frame_of(quiet, 0, [None]).columns)
    frame, conflicts = counting.count(frame_of(quiet, 0, [None]), None)
    assert conflicts == {}
    assert not [name for name in frame.columns if "!" in name]
    loud = [*quiet, Locality(quiet[0].rows, {"X": 1, "Y": 2})]
    frame, conflicts = counting.count(frame_of(loud, 0, [None, None]), None)
    flags = {name: frame[name].to_list() for name in frame.columns if "!" in name}
    assert flags == {f"{ConflictKind.PART_WHOLE}!Y": [False, True]}
    assert list(conflicts) == [1]


@pytest.mark.parametrize("of", [PAIRS[:1], PAIRS[1:], PAIRS], ids=str)
def test_exceptions_that_only_follow_are_no_column_but_in_the_sums(
    of: tuple[Exceptions, ...],
) -> None:
    nothing = dict.fromkeys(pair.key for pair in of)
    silent = [Locality({**each.rows, **nothing}, each.typed) for each in LEAVES]
    layer = frame_of(silent, 1000, [parent_of(i) for i in range(len(silent))])
    frame = layer.select(pl.exclude("^supposed:.*$"))
    asked = Counting(MEASURES, frame.columns)
    columns = [f"rows.{end}:{key}" for key in nothing for end in ("lo", "hi")]
    left_out = Counting(MEASURES, frame.drop(columns).columns)
    with_them, conflicts = asked.count(frame, None)
    without, found = left_out.count(frame.drop(columns), None)
    assert found == conflicts
    ends = {f"{end}:{key}" for key in nothing for end in ("lo", "hi")}
    assert set(with_them.columns) - set(without.columns) == {*ends, *columns}
    assert same(left_out.sums(without), asked.sums(with_them))
    other = with_them.with_columns(pl.col(ends) + 1)
    assert same(left_out.sums(other), asked.sums(other))  # as they were counted


@pytest.mark.parametrize("cuts", [(), (7,), (1, 2, 40)])
def test_sums_of_pieces_are_those_of_the_whole(cuts: tuple[int, ...]) -> None:
    leaves = frame_of(LEAVES, 1000, [parent_of(i) for i in range(len(LEAVES))])
    counting = Counting(MEASURES, leaves.columns)
    counted, _ = counting.count(leaves, None)
    ends = (0, *cuts, counted.height)
    pieces = [counted.slice(at, to - at) for at, to in pairwise(ends)]
    assert same(joined_sums([*map(counting.sums, pieces)]), counting.sums(counted))


def same(sums: pl.DataFrame, others: pl.DataFrame) -> bool:
    return sums.sort("row").equals(others.sort("row"))
