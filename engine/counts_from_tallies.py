"""Up the tree: what each locality's counts may be, and where statements conflict.

A value is an interval in two columns, `lo:<key>` and `hi:<key>`; no `hi` (null) means
unbounded. The steps are those of LANGUAGE §4, "The value of count c at locality u".
What comes here is one row a locality, so this is Polars itself: building the same few
hundred small expressions through narwhals takes six to ten times as long as running
them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import polars as pl

from engine.assessment import Conflict, ConflictKind
from engine.measures import Measure, Measures
from engine.meeting import OPEN, ZERO, Ends, Meeting, end_names, ends
from engine.supposition import supposed_column

Conflicts = dict[int, tuple[Conflict, ...]]
"""By the locality's `row`; only where there is one."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is done to a layer, all expressions of one step at once."""

    subtrees: tuple[pl.Expr, ...]
    stages: tuple["_Stage", ...]
    exceptions: tuple[Meeting, ...]
    """Of those that only follow from whole and part, none is a step."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """Meetings that do not wait for each other."""

    common: tuple[pl.Expr, ...]
    doubtful: tuple[Meeting, ...]
    """Those that may clash."""
    clashes: tuple[pl.Expr, ...]
    """Whether each of them does anywhere."""


class Counting:
    """Counts one layer of the tree after another, from the bottom up."""

    def __init__(self, measures: Measures, said: Collection[str]) -> None:
        """Prepare to count localities of which only the columns `said` say anything."""
        self._measures = measures
        self._said = frozenset(said)
        self._supposed = list(_supposing(measures, self._said))

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Whatever may conflict, in the order in which it is found."""
        known = {key: ends(key) for key in self._measures.keys}
        return tuple(chain(*_stages(self._measures, self._said, known)))

    def count(
        self, layer: pl.DataFrame, below: pl.DataFrame | None
    ) -> tuple[pl.DataFrame, Conflicts]:
        """Return a layer with values and its conflicts, given `sums` of the one below.

        The `flag` of a meeting is among the columns where the layer has such conflicts.
        Without any below, exceptions that only follow from whole and part are left out.
        """
        steps = self._leaves
        if below is not None:
            steps = self._parents
            layer = layer.join(below, on="row", how="left", maintain_order="left")
        frame = layer.with_columns(steps.subtrees).with_columns(self._supposed)
        conflicts: Conflicts = {}
        for stage in steps.stages:
            frame = _settled(frame, frame.with_columns(stage.common), stage, conflicts)
        return frame, conflicts

    @cached_property
    def _leaves(self) -> _Steps:
        return self._steps(leaves=True)

    @cached_property
    def _parents(self) -> _Steps:
        return self._steps(leaves=False)

    def _steps(self, *, leaves: bool) -> _Steps:
        measures, said = self._measures, self._said
        subtrees = {
            each.key: _subtree(each, said, leaves=leaves) for each in measures.all
        }
        supposed = {key for key in subtrees if supposed_column(key) in said}
        known = {
            key: value if value.are_free and key not in supposed else ends(key)
            for key, value in subtrees.items()
        }
        # What is supposed is written into columns of exceptions: they must be there.
        follow = set() if supposed else _following(measures, known)
        named = (
            end.alias(name)
            for key, value in subtrees.items()
            for end, name in zip((value.lo, value.hi), end_names(key), strict=True)
            if key not in follow
        )
        *stages, last = _stages(measures, said, known)
        stages.append(tuple(each for each in last if each.key not in follow))
        told = tuple(_stage(each) for each in stages if each)
        return _Steps(tuple(named), told, last)

    def sums(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Add the values of a layer by parent: `row` and the columns that `count` takes.

        Intervals add end by end; with one unbounded child the sum is unbounded.
        """
        # One expression for all measures: writing one for each takes longer than adding.
        keys = self._measures.keys
        lows, highs = (pl.col([end_names(key)[at] for key in keys]) for at in (0, 1))
        children = counted.filter(pl.col("parent_row").is_not_null())
        children = self._with_exceptions(children)
        if children["parent_row"].is_sorted():  # adding up takes half as long
            children = children.with_columns(pl.col("parent_row").set_sorted())
        return children.group_by(row="parent_row").agg(
            pl.len().alias("children"),
            lows.sum().name.prefix("below."),
            _added(highs).name.prefix("below."),
        )

    def _with_exceptions(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Add those that `count` left out."""
        there = frozenset(counted.columns)
        return counted.with_columns(
            end
            for each in self._leaves.exceptions
            if there.isdisjoint(end_names(each.key))
            for end in each.common()
        )


def joined_sums(sums: Collection[pl.DataFrame]) -> pl.DataFrame:
    """Return what `Counting.sums` told of some pieces as one, a row a parent."""
    both = pl.concat(sums)
    if len(sums) == 1:
        return both
    again = both["row"].is_duplicated()  # few parents have children in two pieces
    added = both.filter(again).group_by("row").agg(_added(pl.exclude("row")))
    return pl.concat((both.filter(~again), added))


def _added(ends: pl.Expr) -> pl.Expr:
    """Add ends up; with one of them unbounded the sum is."""
    # To count what there is takes three quarters of the time of counting nulls.
    return pl.when(ends.count() == pl.len()).then(ends.sum())


def _following(measures: Measures, known: Mapping[str, Ends]) -> set[str]:
    """Return the exceptions of which nothing else is known: they follow from others."""
    return {pair.key for pair in measures.exceptions if known[pair.key].are_free}


def _stage(meetings: tuple[Meeting, ...]) -> _Stage:
    doubtful = tuple(meeting for meeting in meetings if meeting.may_clash)
    return _Stage(
        tuple(end for meeting in meetings for end in meeting.common()),
        doubtful,
        tuple(meeting.clashes() for meeting in doubtful),
    )


def _settled(
    frame: pl.DataFrame,
    met: pl.DataFrame,
    stage: _Stage,
    conflicts: Conflicts,
) -> pl.DataFrame:
    """Return what a stage made of `frame`: hulls instead where statements conflict."""
    found = met.select(stage.clashes)
    clashing = [each for each in stage.doubtful if found[each.flag].item()]
    if not clashing:
        return met
    flags = met.select(meeting.clash() for meeting in clashing)
    flagged = frame.hstack(flags)
    for meeting in clashing:
        for row, conflict in meeting.conflicts(flagged):
            conflicts[row] = (*conflicts.get(row, ()), conflict)
    hulls = flagged.select(end for meeting in clashing for end in meeting.hull())
    return met.with_columns(*hulls, *flags)


def _subtree(measure: Measure, said: Collection[str], *, leaves: bool) -> Ends:
    """Return own rows and the sum of the children, end by end."""
    alone = pl.col("children").is_null()  # no column of leaves, nor asked of them
    lo, hi = ZERO, OPEN if leaves else pl.when(~alone).then(ZERO)
    if f"rows.hi:{measure.key}" in said:
        lo = pl.col(f"rows.lo:{measure.key}").fill_null(ZERO)
        hi = pl.coalesce(f"rows.hi:{measure.key}", hi)
    if not leaves:
        lo = lo + pl.col(f"below.lo:{measure.key}").fill_null(ZERO)
        below = pl.when(alone).then(ZERO).otherwise(pl.col(f"below.hi:{measure.key}"))
        hi = hi + below
    return Ends(lo, hi)


def _supposing(measures: Measures, said: Collection[str]) -> Iterator[pl.Expr]:
    """Yield counts as they are supposed to be, where they are, whatever rows say.

    The exceptions of such a count are open by the rows; they follow from whole and part.
    """
    supposed = {name for name in measures.keys if supposed_column(name) in said}
    for name in sorted(supposed):
        for end in end_names(name):
            yield pl.coalesce(supposed_column(name), end).alias(end)
    for pair in measures.exceptions:
        named = [each for each in (pair.whole, pair.part) if each in supposed]
        if named:
            asked = (pl.col(supposed_column(each)).is_not_null() for each in named)
            either = pl.any_horizontal(*asked)
            for end, free in zip(end_names(pair.key), (ZERO, OPEN), strict=True):
                yield pl.when(either).then(free).otherwise(end).alias(end)


def _stages(
    measures: Measures, said: Collection[str], known: Mapping[str, Ends]
) -> Iterator[tuple[Meeting, ...]]:
    """Yield what meets what; `known` is what rows and children say of each measure."""
    yield tuple(
        Meeting(
            count.id,
            ConflictKind.TYPED,
            (count.id,),
            Ends(pl.col(count.id).fill_null(ZERO), pl.col(count.id)),
            known[count.id],
        )
        for count in measures.counts
        if count.id in said
    )
    yield from _part_stages(measures)
    yield tuple(
        Meeting(
            pair.key,
            ConflictKind.EXCEPTIONS,
            (pair.whole, pair.part),
            known[pair.key],
            _left_over(ends(pair.whole), ends(pair.part)),
        )
        for pair in measures.exceptions
    )


def _part_stages(measures: Measures) -> Iterator[tuple[Meeting, ...]]:
    """Yield the parts by how deep they lie, since a whole must be settled first."""
    by_depth: dict[int, list[Meeting]] = {}
    for count in measures.counts:
        if count.within is not None:
            depth = sum(1 for _ in measures.vocabulary.wholes(count.id))
            at_most = Ends(ZERO, ends(count.within).hi)
            both = (count.id, count.within)
            kind = ConflictKind.PART_WHOLE
            meeting = Meeting(count.id, kind, both, ends(count.id), at_most)
            by_depth.setdefault(depth, []).append(meeting)
    for depth in sorted(by_depth):
        yield tuple(by_depth[depth])


def _left_over(whole: Ends, part: Ends) -> Ends:
    """Return what of a whole is not the part; never below nothing."""
    least = pl.when(part.hi < whole.lo).then(whole.lo - part.hi).otherwise(ZERO)
    most = pl.when(whole.hi < part.lo).then(ZERO).otherwise(whole.hi - part.lo)
    return Ends(least, most)
