"""From tallies to verdicts, piece by piece up the tree."""

from collections.abc import Iterator

import polars as pl

from engine.checks_from_counts import Checking
from engine.climb import Climb
from engine.counts_from_tallies import Conflicts
from engine.meeting import end_names
from engine.pack import UNDETERMINED, Pack
from engine.recount import Recount
from engine.tallies import Tallies, own_rows
from engine.verdicts_from_checks import VERDICT, Judge
from engine.vocabulary import LOCALITIES


class Chain:
    """The steps from counts to verdicts, prepared once for all localities."""

    def __init__(
        self,
        pack: Pack,
        judge: Judge,
        tallies: Tallies,
        beside: pl.DataFrame | None = None,
    ) -> None:
        """Prepare to judge localities; `beside` is as `Climb` takes it."""
        self._measures, self._day = tallies.measures, tallies.as_of
        self._judge, self._climb = judge, Climb(tallies, beside)
        meetings = self._climb.counting.meetings
        self._checking = Checking(pack.checks, meetings, self._day)

    def judged(self) -> Iterator[tuple[pl.DataFrame, Conflicts]]:
        """Yield truths, outcomes and verdicts by `row`, and conflicts, from below."""
        for piece in self._climb.pieces():
            counted, conflicts = self._climb.count(piece)
            truths = self._checking.check(counted)
            verdicts = self._judge.judge(truths)
            judged = counted.select("row").hstack(truths.drop("level")).hstack(verdicts)
            if self._measures.use_verdicts:
                counted = self._passed(piece, verdicts)
                judged = judged.hstack(self._renamed(counted))
            self._climb.pass_up(counted)
            yield judged, conflicts

    @property
    def recount(self) -> Recount:
        """The counts of the localities, once all of them were judged."""
        return self._climb.recount

    def _passed(self, piece: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
        """Count a piece again now that the verdicts on it are known."""
        known = piece.with_columns(verdicts.select(_known()).to_series())
        counted, _ = self._climb.count(own_rows(known, self._measures, self._day))
        return counted

    def _renamed(self, passed: pl.DataFrame) -> pl.DataFrame:
        keys = [measure.key for measure in self._measures.on(LOCALITIES)]
        return passed.select(
            pl.col(end).alias(f"passed.{end}") for key in keys for end in end_names(key)
        )


def _known() -> pl.Expr:
    """Return the verdicts below as facts: an undetermined one reads as missing."""
    verdict = pl.col(VERDICT)
    return pl.when(verdict != UNDETERMINED).then(verdict).alias("verdict")
