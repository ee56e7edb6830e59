"""From verdicts in columns to what closing each shortfall would change.

Nothing is guessed from outcomes: each locality that is short is judged again, in the
network, with the one check true or the one criterion met.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from engine.assessment import Outcome
from engine.checks_from_counts import truth_column
from engine.judged import Judged
from engine.pack import Always, Check, Criterion, Pack, leaves
from engine.review.overview import ByLevel, Closing
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, VERDICT, Judge, outcome_column

_NOT_MET: Final = OUTCOMES.index(Outcome.NOT_MET)


def closings_from_judged(
    judged: Judged, levels: tuple[str, ...]
) -> tuple[Closing, ...]:
    """Return what closing each shortfall would change, the most telling first."""
    return _ranked(_Closings(judged, levels).all())


def required_checks(criterion: Criterion) -> tuple[Check, ...]:
    """Return the checks that a criterion requires, without those of when it applies."""
    found = leaves(criterion.requires)
    return tuple({each.id: each for each in found if isinstance(each, Check)}.values())


class _Closings:
    """Judges again the localities that are short of something."""

    def __init__(self, judged: Judged, levels: tuple[str, ...]) -> None:
        self._judged, self._levels = judged, levels
        self._passing = [each.verdict for each in judged.pack.verdicts if each.passes]

    def all(self) -> Iterator[Closing]:
        """Yield the closings of every criterion that some locality does not meet."""
        for criterion in self._judged.pack.criteria:
            failed = pl.col(outcome_column(criterion.id)) == _NOT_MET
            short = self._judged.frame.filter(failed)
            if not short.is_empty():
                yield self._of(criterion, short)

    def _of(self, criterion: Criterion, short: pl.DataFrame) -> Closing:
        """Return the closing of a criterion, and of its checks where they are several."""
        met = Judge(_without(self._judged.pack, criterion))
        whole = self._closing(criterion, None, short, met.judge(short))
        checks = required_checks(criterion)
        if len(checks) == 1 and not criterion.refers_to:
            return whole
        parts = (self._of_check(criterion, check, short) for check in checks)
        return replace(whole, parts=_ranked(each for each in parts if each))

    def _of_check(
        self, criterion: Criterion, check: Check, short: pl.DataFrame
    ) -> Closing | None:
        column = truth_column(check.id)
        false = short.filter(pl.col(column) == Truth.FALSE.value)
        if false.is_empty():
            return None
        true = pl.lit(Truth.TRUE.value, dtype=pl.Int8).alias(column)
        again = self._judged.judge.judge(false.with_columns(true))
        return self._closing(criterion, check, false, again)

    def _closing(
        self,
        criterion: Criterion,
        check: Check | None,
        short: pl.DataFrame,
        again: pl.DataFrame,
    ) -> Closing:
        before, after = short.get_column(VERDICT), again.get_column(VERDICT)
        better = after.is_in(self._passing) & ~before.is_in(self._passing)
        level = short.get_column("level")
        return Closing(
            criterion=criterion.id,
            check=check.id if check else None,
            short=self._by_level(level),
            changed=self._by_level(level.filter(before != after)),
            passing=self._by_level(level.filter(better)),
        )

    def _by_level(self, found: pl.Series) -> ByLevel:
        numbers = dict(found.value_counts().iter_rows())
        return {level: numbers.get(level, 0) for level in self._levels}


def _without(pack: Pack, criterion: Criterion) -> Pack:
    """Return the pack as if a criterion, where it applies, required nothing."""
    criteria = (
        replace(each, requires=Always()) if each is criterion else each
        for each in pack.criteria
    )
    return replace(pack, criteria=tuple(criteria))


def _ranked(closings: Iterator[Closing]) -> tuple[Closing, ...]:
    """Return first what lets most localities pass, then what changes most; else as is."""

    def rank(one: Closing) -> tuple[int, ...]:
        numbers = one.passing, one.changed, one.short
        return tuple(-sum(each.values()) for each in numbers)

    return tuple(sorted(closings, key=rank))
