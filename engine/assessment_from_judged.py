"""From verdicts in columns to the answer, one locality at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, overload

import polars as pl

from engine.assessment import (
    Assessment,
    CheckResult,
    CriterionResult,
    LocalityResult,
)
from engine.checks_from_counts import population, truth_column
from engine.counts_from_tallies import end_names
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Exceptions, own_column
from engine.pack import UNDETERMINED, Check, Every, Pack, counts_named
from engine.shortfall import shortfall
from engine.truth import Truth
from engine.verdicts_from_checks import VERDICT
from engine.version import VERSION

_NOBODY: Final = Interval(0, 0)


def assessment_from_judged(judged: Judged) -> Assessment:
    """Return the answer; its localities are made as they are read, not before."""
    pack = judged.pack
    frame = judged.frame.filter(~pl.col(VERDICT).is_null())
    return Assessment(
        version=VERSION,
        pack=pack.id,
        pack_sha256=pack.sha256,
        facts_sha256=judged.facts.sha256,
        as_of=judged.as_of,
        outside_force=judged.outside_force,
        summary=_summary(pack, frame),
        localities=_Localities(judged, frame),
    )


def _summary(pack: Pack, frame: pl.DataFrame) -> Mapping[str, Mapping[str, int]]:
    found = frame.group_by("level", VERDICT).agg(pl.len().alias("number"))
    numbers = {(level, verdict): n for level, verdict, n in found.iter_rows()}
    verdicts = (*pack.verdict_names, UNDETERMINED)
    judged = {level for level, _ in numbers}
    return {
        level: {verdict: numbers.get((level, verdict), 0) for verdict in verdicts}
        for level in pack.levels
        if level in judged
    }


class _Localities(Sequence[LocalityResult]):
    """The rows of the judged frame, read as results."""

    def __init__(self, judged: Judged, frame: pl.DataFrame) -> None:
        self._judged, self._frame = judged, frame
        self._columns = frame.columns
        pack = judged.pack
        self._truths = [(each.id, truth_column(each.id)) for each in pack.checks]
        self._targets = [(each, own_column(each)) for each in judged.measures.fields]
        self._criteria = [
            (criterion.id, [_CheckReader(check) for check in criterion.checks])
            for criterion in pack.criteria
        ]

    def __len__(self) -> int:
        return len(self._frame)

    def __iter__(self) -> Iterator[LocalityResult]:
        for row in self._frame.iter_rows(named=True):
            yield self._result(row)

    @overload
    def __getitem__(self, at: int) -> LocalityResult: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LocalityResult]: ...
    def __getitem__(self, at: int | slice) -> LocalityResult | Sequence[LocalityResult]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        values = self._frame.row(range(len(self))[at])
        return self._result(dict(zip(self._columns, values, strict=True)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # equal by content, like a list

    def _result(self, row: Mapping[str, Any]) -> LocalityResult:
        conflicts = self._judged.conflicts.get(row["row"], ())
        targets = {field: row[column] for field, column in self._targets}
        truths = {check: row[column] for check, column in self._truths}
        judgement = self._judged.judge.ask(row["level"], truths)
        return LocalityResult(
            id=row["id"],
            name=row["name"],
            level=row["level"],
            parent=row["parent"],
            verdict=judgement.verdict,
            possible=judgement.possible,
            criteria=tuple(
                CriterionResult(
                    criterion,
                    judgement.outcomes[criterion],
                    tuple(check.read(row, targets) for check in checks),
                )
                for criterion, checks in self._criteria
            ),
            conflicts=conflicts,
            derivation=judgement.derivation,
        )


class _CheckReader:
    """Reads one check's result from a row."""

    def __init__(self, check: Check) -> None:
        self._check, self._truth = check, truth_column(check.id)
        self._ends = [(name, *end_names(name)) for name in counts_named(check.ask)]
        self._population = population(check.ask)
        self._exceptions = (
            end_names(Exceptions(check.ask.whole, check.ask.part).key)
            if isinstance(check.ask, Every)
            else None
        )

    def read(
        self, row: Mapping[str, Any], targets: Mapping[str, int | None]
    ) -> CheckResult:
        """Return the result that a row of the judged frame holds."""
        truth = Truth(row[self._truth])
        counts = {name: Interval(row[lo], row[hi]) for name, lo, hi in self._ends}
        exceptions = None
        if self._exceptions is not None:
            exceptions = Interval(*(row[end] for end in self._exceptions))
        vacuous = self._population is not None and counts[self._population] == _NOBODY
        short = 0 if truth is Truth.TRUE else None
        if truth is Truth.FALSE:
            # Nobody is there, and that is not enough: one must be.
            ask = self._check.ask
            short = 1 if vacuous else shortfall(ask, counts, exceptions, targets)
        return CheckResult(self._check.id, truth, vacuous, counts, exceptions, short)
