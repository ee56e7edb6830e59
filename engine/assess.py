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
    layers: list[pl.DataFrame] = []
    chain = _Chain(pack, measures, judge, localities, as_of)
    for done, layer, found in chain.judged_layers():
        tell("judging", done)
        conflicts.update(found)
        layers.append(layer if keep_parts else _without_parts(layer, measures))
    frame = pl.concat(layers, how="diagonal").sort("row")
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
    ) -> None:
        self._measures, self._judge, self._day = measures, judge, day
        self._layers = layers_of(localities)
        self._counting = Counting(measures, localities.columns)
        meetings = [each for stage in self._counting.stages for each in stage]
        self._checking = Checking(pack.checks, meetings, day)

    def judged_layers(self) -> Iterator[tuple[float, pl.DataFrame, Conflicts]]:
        """Yield each layer with its verdicts and conflicts, from the bottom up."""
        below: pl.DataFrame | None = None
        for done, layer in enumerate(reversed(self._layers), 1):
            counted, conflicts = self._counting.count(layer, below)
            judged = counted.hstack(self._judged(counted))
            if self._measures.use_verdicts:
                known = judged.select(*layer.drop("verdict").columns, _known())
                known = own_rows(known, self._measures, self._day)
                counted, _ = self._counting.count(known, below)
                judged = judged.hstack(self._passed(counted))
            yield done / len(self._layers), judged, conflicts
            below = self._counting.sums(counted)

    def _judged(self, counted: pl.DataFrame) -> pl.DataFrame:
        truths = self._checking.check(counted)
        return truths.drop("level").hstack(self._judge.judge(truths))

    def _passed(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Return what a layer adds above, where that differs from how it was judged."""
        keys = [measure.key for measure in self._measures.on(LOCALITIES)]
        return counted.select(
            pl.col(end).alias(f"passed.{end}") for key in keys for end in end_names(key)
        )


def _known() -> pl.Expr:
    """Return the verdicts below as facts: an undetermined one reads as missing."""
    verdict = pl.col(VERDICT)
    return pl.when(verdict != UNDETERMINED).then(verdict).alias("verdict")


def _without_parts(frame: pl.DataFrame, measures: Measures) -> pl.DataFrame:
    """Leave out what only a proof needs: a country has a million rows of it."""
    ends = {end for key in measures.keys for end in end_names(key)}
    own = map(own_column, measures.fields)
    named = {"row", "id", "name", "level", "parent", *own, *ends}
    made = ("truth:", "judged:")
    return frame.select(
        name for name in frame.columns if name in named or name.startswith(made)
    )


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
