"""The whole chain on one screen: facts to counts to checks to verdicts."""

from collections.abc import Callable
from datetime import date

from engine.assessment import Assessment, Conflict
from engine.assessment_from_judged import assessment_from_judged
from engine.chain import Chain
from engine.errors import N_, Problems, QuestionError
from engine.facts import Facts
from engine.judged import Judged, in_order
from engine.measures import measures_from_pack
from engine.pack import Pack
from engine.tallies_from_facts import tallies_from_facts
from engine.verdicts_from_checks import Judge

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
    progress: Progress | None = None,
) -> Judged:
    """Return the verdicts in columns; raises what `assess` raises."""
    _refuse_outside_force(pack, as_of, allowed=outside_force)
    tell = progress or _to_nobody
    tell("counting", 0.0)
    measures = measures_from_pack(pack)
    tallies = tallies_from_facts(facts, measures, as_of)
    judge = Judge(pack)
    parts = []
    conflicts: dict[int, tuple[Conflict, ...]] = {}
    chain = Chain(pack, judge, tallies)
    for part, found in chain.judged():
        parts.append(part)
        conflicts |= found
        tell("judging", sum(map(len, parts)) / len(tallies))
    frame = in_order(tallies.by_register, parts)
    outside = as_of not in pack.in_force
    return Judged(
        pack, facts, as_of, outside, measures, judge, frame, chain.recount, conflicts
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
