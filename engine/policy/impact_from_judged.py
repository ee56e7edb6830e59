"""From the same facts, judged by two packs, to what the change of rules does."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

import polars as pl

from engine.assessment import Outcome
from engine.judged import Judged
from engine.policy.impact import AFTER, BECAUSE, BEFORE, Impact
from engine.policy.rule_changes_from_packs import matched_criteria
from engine.verdicts_from_checks import OUTCOMES, VERDICT, outcome_column

_NOT_APPLICABLE = OUTCOMES.index(Outcome.NOT_APPLICABLE)
_KEPT = ("row", "id", "name", "level", "parent")


def impact_from_judged(before: Judged, after: Judged) -> Impact:
    """Compare the verdicts of two packs on the localities of the same facts.

    A criterion makes the difference where its new outcome alone, among the old ones,
    gives another verdict than the old, or its old one, among the new, another than the
    new; a criterion that only one pack has, where the verdict is another without it.
    Where no single one does, all that come out differently do it together.
    """
    criteria = matched_criteria(before.pack, after.pack).ids
    verdicts = after.frame.get_column(VERDICT)
    frame = before.frame.select(*_KEPT, pl.col(VERDICT).alias(BEFORE))
    frame = frame.with_columns(verdicts.alias(AFTER))
    judged = pl.any_horizontal(pl.col(BEFORE, AFTER).is_not_null())
    different = frame.get_column(BEFORE).ne_missing(frame.get_column(AFTER))
    swapping = _Swapping(
        before, after, before.frame.filter(different), after.frame.filter(different)
    )
    changed = swapping.because(frame.filter(different), criteria)
    return Impact(before, after, criteria, frame.filter(judged).drop("row"), changed)


class _Swapping:
    """Judges the localities that change with one criterion's outcome swapped."""

    def __init__(
        self, before: Judged, after: Judged, olds: pl.DataFrame, news: pl.DataFrame
    ) -> None:
        self._judged, self._frames = (before, after), (olds, news)

    def because(
        self, frame: pl.DataFrame, criteria: tuple[tuple[str | None, str | None], ...]
    ) -> pl.DataFrame:
        """Add the outcomes by criterion, and the criteria that make the difference."""
        outcomes = [
            self._outcome(side, name).alias(f"{word}:{at}")
            for at, pair in enumerate(criteria)
            for side, (word, name) in enumerate(zip((BEFORE, AFTER), pair, strict=True))
        ]
        alone, differing = [], []
        for at, (old, new) in enumerate(criteria):
            name = new or old or ""
            decides = reduce(or_, self._deciding(old, new))
            alone.append(_named(decides.alias(f"alone:{at}"), name))
            apart = outcomes[2 * at].ne_missing(outcomes[2 * at + 1])
            differing.append(_named(apart.alias(f"apart:{at}"), name))
        told = frame.with_columns(outcomes).with_columns(
            alone=_listed(alone, len(frame)), apart=_listed(differing, len(frame))
        )
        together = (
            pl.when(pl.col("alone").list.len() > 0).then("alone").otherwise("apart")
        )
        both = pl.col(BEFORE).is_not_null() & pl.col(AFTER).is_not_null()
        nothing = pl.lit([], dtype=pl.List(pl.String))
        because = pl.when(both).then(together).otherwise(nothing).alias(BECAUSE)
        return told.with_columns(because).drop("row", "alone", "apart")

    def _outcome(self, side: int, criterion: str | None) -> pl.Series:
        frame = self._frames[side]
        if criterion is None:
            return pl.Series([None], dtype=pl.Int8).new_from_index(0, len(frame))
        return frame.get_column(outcome_column(criterion))

    def _deciding(self, old: str | None, new: str | None) -> Iterator[pl.Series]:
        """Yield where each pack's verdict changes with the other's outcome."""
        for side, (own, other) in enumerate(((old, new), (new, old))):
            if own is None:
                continue
            frame, judge = self._frames[side], self._judged[side].judge
            given = self._outcome(1 - side, other).fill_null(_NOT_APPLICABLE)
            swapped = frame.with_columns(given.alias(outcome_column(own)))
            yield judge.verdicts(swapped).ne_missing(frame.get_column(VERDICT))


def _named(where: pl.Series, criterion: str) -> pl.Series:
    """Return the criterion's id where it is meant, else null."""
    return where.replace_strict({True: criterion, False: None}, return_dtype=pl.String)


def _listed(names: list[pl.Series], rows: int) -> pl.Series:
    if not names:
        return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, rows)
    return (
        pl.DataFrame(names)
        .select(pl.concat_list(pl.all()).list.drop_nulls())
        .to_series()
    )
