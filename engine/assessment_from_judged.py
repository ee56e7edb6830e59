"""From verdicts in columns to the answer, one locality at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, overload

import polars as pl

from engine.assessment import (
    Assessment,
    CheckResult,
    CriterionResult,
    LocalityResult,
)
from engine.checks_from_counts import truth_column
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Exceptions, own_column
from engine.meeting import end_names
from engine.pack import UNDETERMINED, Ask, Check, Every, counts_named
from engine.shortfall import short_column, shortfalls, vacuous_column
from engine.truth import Truth
from engine.verdicts_from_checks import VERDICT
from engine.version import VERSION

_TOLD_AT_ONCE: Final = 100_000


def assessment_from_judged(judged: Judged) -> Assessment:
    """Return the answer; its localities are made as they are read, not before."""
    pack = judged.pack
    return Assessment(
        version=VERSION,
        pack=pack.id,
        pack_sha256=pack.sha256,
        facts_sha256=judged.facts.sha256,
        as_of=judged.as_of,
        outside_force=judged.outside_force,
        summary=summary_of(judged),
        localities=results_of(judged, told(judged)),
        supposed=judged.facts.supposed,
    )


def told(judged: Judged) -> pl.DataFrame:
    """Return the rows of the judged localities, with what is said of each check."""
    measures = judged.measures
    ends = (end for key in measures.keys for end in end_names(key))
    counted = judged.said.with_counts([*ends, *map(own_column, measures.fields)])
    return counted.with_columns(shortfalls(judged.pack.checks))


def told_in_pieces(judged: Judged) -> Iterator[pl.DataFrame]:
    """Yield the same, so many rows at once; one piece at least, if it is empty."""
    said = judged.said
    for at in range(0, max(1, said.frame.height), _TOLD_AT_ONCE):
        yield told(replace(said, frame=said.frame.slice(at, _TOLD_AT_ONCE)))


def results_of(judged: Judged, frame: pl.DataFrame) -> Sequence[LocalityResult]:
    """Return the rows that `told` returned as results, each made as it is read."""
    return _Localities(judged, frame)


def summary_of(judged: Judged) -> Mapping[str, Mapping[str, int]]:
    """Count the verdicts by level, for the levels that were judged."""
    pack = judged.pack
    found = judged.said.frame.group_by("level", VERDICT).agg(number=pl.len())
    numbers = {(level, verdict): n for level, verdict, n in found.iter_rows()}
    verdicts = (*pack.verdict_names, UNDETERMINED)
    met = {level for level, _ in numbers}
    return {
        level: {verdict: numbers.get((level, verdict), 0) for verdict in verdicts}
        for level in pack.levels
        if level in met
    }


class _Localities(Sequence[LocalityResult]):
    """The rows of the judged frame, read as results."""

    def __init__(self, judged: Judged, frame: pl.DataFrame) -> None:
        self._judged, self._frame = judged, frame
        self._columns = frame.columns
        pack = judged.pack
        self._truths = [(each.id, truth_column(each.id)) for each in pack.checks]
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
                    tuple(check.read(row) for check in checks),
                )
                for criterion, checks in self._criteria
            ),
            conflicts=conflicts,
            derivation=judgement.derivation,
        )


class _CheckReader:
    """Reads one check's result from a row."""

    def __init__(self, check: Check) -> None:
        self._id = check.id
        self._truth = truth_column(check.id)
        self._vacuous, self._short = vacuous_column(check.id), short_column(check.id)
        self._ends = [(name, *end_names(name)) for name in counts_named(check.ask)]
        self._exceptions = exceptions_asked(check.ask)

    def read(self, row: Mapping[str, Any]) -> CheckResult:
        """Return the result that a row holds."""
        exceptions = None
        if self._exceptions is not None:
            exceptions = Interval(*(row[end] for end in self._exceptions))
        return CheckResult(
            id=self._id,
            truth=Truth(row[self._truth]),
            vacuous=row[self._vacuous],
            counts={name: Interval(row[lo], row[hi]) for name, lo, hi in self._ends},
            exceptions=exceptions,
            short=row[self._short],
        )


def exceptions_asked(ask: Ask) -> tuple[str, str] | None:
    """Return the columns of the exceptions that a check counts, if it does."""
    if not isinstance(ask, Every):
        return None
    return end_names(Exceptions(ask.whole, ask.part).key)
