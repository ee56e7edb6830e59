"""The whole chain on one screen: facts to counts to checks to verdicts."""

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl

from engine.assessment import Assessment
from engine.assessment_from_judged import assessment_from_judged
from engine.checks_from_counts import Checking
from engine.counts_from_tallies import Conflicts, Counting, end_names
from engine.errors import N_, Problems, QuestionError
from engine.facts import Facts
from engine.judged import Judged
from engine.measures import Measures, measures_from_pack, own_column
from engine.pack import UNDETERMINED, Pack
from engine.tallies_from_facts import own_rows, tallies_from_facts
from engine.tree import layers_of
from engine.verdicts_from_checks import VERDICT, Judge
from engine.vocabulary import LOCALITIES

Progress = Callable[[str, float], None]
"""Told what is being done (`counting`, `judging`) and how much of the whole is done."""


def assess(
    pack: Pack,
    facts: Facts,
    as_of: date,
    *,
    outside_force: bool = False,
    progress: Progress | None = None,
) -> Assessment:
    """Judge every locality of the facts whose level the pack names.

    Raises:
        QuestionError: the pack is not in force on `as_of`, and `outside_force` does not
            say that this is known.
        FactsError: the facts hold numbers too large to add up.
    """
    return assessment_from_judged(
        judge_localities(
            pack, facts, as_of, outside_force=outside_force, progress=progress
        )
    )


def judge_localities(
    pack: Pack,
    facts: Facts,
    as_of: date,
    *,
    outside_force: bool = False,
    keep_parts: bool = False,
    progress: Progress | None = None,
) -> Judged:
    """Return the verdicts in columns; `keep_parts` keeps what a proof needs as well.

    Raises what `assess` raises.
    """
    _refuse_outside_force(pack, as_of, allowed=outside_force)
    tell = progress or _to_nobody
    tell("counting", 0.0)
    measures = measures_from_pack(pack)
    localities = tallies_from_facts(facts, measures, as_of)
    judge = Judge(pack)
    conflicts: Conflicts = {}
    parts: list[pl.DataFrame] = []
    chain = _Chain(pack, measures, judge, localities, as_of, keep_parts=keep_parts)
    for part, found in chain.judged():
        parts.append(part)
        conflicts.update(found)
        tell("judging", sum(map(len, parts)) / len(localities))
    frame = pl.concat(parts, how="diagonal").sort("row")
    outside = as_of not in pack.in_force
    return Judged(pack, facts, as_of, outside, measures, judge, frame, conflicts)


class _Chain:
    """The steps from counts to verdicts, prepared once for every layer of the tree."""

    def __init__(
        self,
        pack: Pack,
        measures: Measures,
        judge: Judge,
        localities: pl.DataFrame,
        day: date,
        *,
        keep_parts: bool,
    ) -> None:
        self._measures, self._judge, self._day = measures, judge, day
        self._keep_parts, self._by_layer = keep_parts, measures.use_verdicts
        self._layers = layers_of(localities)
        self._counting = Counting(measures, localities.columns)
        meetings = [each for stage in self._counting.stages for each in stage]
        self._checking = Checking(pack.checks, meetings, day)

    def judged(self) -> Iterator[tuple[pl.DataFrame, Conflicts]]:
        """Yield the localities with verdicts and conflicts, from the bottom up.

        They come layer by layer where counts ask for the verdicts below, else at once.
        """
        upward = self._layers[::-1]
        groups = [[each] for each in upward] if self._by_layer else [upward]
        below: pl.DataFrame | None = None
        for group in groups:
            before, conflicts, counted = below, Conflicts(), []
            for layer in group:
                frame, found = self._counting.count(layer, below)
                if not self._by_layer:
                    below = self._summed(layer, frame)
                conflicts.update(found)
                counted.append(self._kept(frame))
            judged = self._judged(pl.concat(counted, how="diagonal"))
            if self._by_layer:
                passed = self._passed(group[0], before, judged)
                below = self._summed(group[0], passed)
                judged = judged.hstack(self._renamed(passed))
            yield judged, conflicts

    def _summed(
        self, layer: pl.DataFrame, counted: pl.DataFrame
    ) -> pl.DataFrame | None:
        """Add a layer up for the one above it; above the roots there is none."""
        return None if layer is self._layers[0] else self._counting.sums(counted)

    def _kept(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Leave out what only a proof needs: a country has a million rows of it."""
        if self._keep_parts:
            return counted
        named = {end for key in self._measures.keys for end in end_names(key)}
        named.update(map(own_column, self._measures.fields))
        named.update(("row", "id", "name", "level", "parent"))
        return counted.select(
            name for name in counted.columns if name in named or "!" in name
        )

    def _judged(self, counted: pl.DataFrame) -> pl.DataFrame:
        truths = self._checking.check(counted)
        return counted.hstack(truths.drop("level")).hstack(self._judge.judge(truths))

    def _passed(
        self, layer: pl.DataFrame, below: pl.DataFrame | None, judged: pl.DataFrame
    ) -> pl.DataFrame:
        """Count a layer again now that the verdicts on it are known."""
        known = layer.with_columns(judged.select(_known()).to_series())
        return self._counting.count(own_rows(known, self._measures, self._day), below)[
            0
        ]

    def _renamed(self, passed: pl.DataFrame) -> pl.DataFrame:
        keys = [measure.key for measure in self._measures.on(LOCALITIES)]
        return passed.select(
            pl.col(end).alias(f"passed.{end}") for key in keys for end in end_names(key)
        )


def _known() -> pl.Expr:
    """Return the verdicts below as facts: an undetermined one reads as missing."""
    verdict = pl.col(VERDICT)
    return pl.when(verdict != UNDETERMINED).then(verdict).alias("verdict")


def _to_nobody(_step: str, _done: float) -> None:
    """Tell nobody."""


def _refuse_outside_force(pack: Pack, as_of: date, *, allowed: bool) -> None:
    if allowed or as_of in pack.in_force:
        return
    problems = Problems()
    problems.error(
        "outside-force",
        pack.place,
        N_("{pack} is in force {period}, and the question is about {as_of}"),
        N_("ask about a day in force (--as-of), or say --outside-force"),
        pack=pack.id,
        period=pack.in_force,
        as_of=as_of,
    )
    problems.raise_as(QuestionError)
