"""From verdicts in columns to the answer, one locality at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from operator import itemgetter
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
from engine.tallies import TREE
from engine.truth import Truth
from engine.verdicts_from_checks import VERDICT
from engine.version import VERSION

_TOLD_AT_ONCE: Final = 100_000
_REMEMBERED: Final = 4_096
"""How many results of a check are kept: most localities say one of a few hundred."""

_Row = tuple[Any, ...]
"""The values of a row of the frame that `told` returns, in the order of its columns."""


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
        pack, columns = judged.pack, frame.columns
        self._place = {name: at for at, name in enumerate(columns)}
        self._truths = [
            (each.id, self._place[truth_column(each.id)]) for each in pack.checks
        ]
        self._criteria = [
            (criterion.id, [_CheckReader(check, columns) for check in criterion.checks])
            for criterion in pack.criteria
        ]

    def __len__(self) -> int:
        return len(self._frame)

    def __iter__(self) -> Iterator[LocalityResult]:
        yield from map(self._result, self._frame.iter_rows())

    @overload
    def __getitem__(self, at: int) -> LocalityResult: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LocalityResult]: ...
    def __getitem__(self, at: int | slice) -> LocalityResult | Sequence[LocalityResult]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        return self._result(self._frame.row(range(len(self))[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # equal by content, like a list

    def _result(self, row: _Row) -> LocalityResult:
        at, id_, name, level, parent = (row[self._place[each]] for each in TREE)
        truths = {check: row[place] for check, place in self._truths}
        judgement = self._judged.judge.ask(level, truths)
        return LocalityResult(
            id=id_,
            name=name,
            level=level,
            parent=parent,
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
            conflicts=self._judged.conflicts.get(at, ()),
            derivation=judgement.derivation,
        )


class _CheckReader:
    """Reads one check's result from a row; where rows say the same, it is the same."""

    def __init__(self, check: Check, columns: Sequence[str]) -> None:
        self._id = check.id
        self._counts = tuple(counts_named(check.ask))
        self._exceptions = exceptions_asked(check.ask) or ()
        said = (truth_column, vacuous_column, short_column)
        wanted = (
            *(column(check.id) for column in said),
            *self._exceptions,
            *chain.from_iterable(map(end_names, self._counts)),
        )
        self._values = itemgetter(*map(columns.index, wanted))
        self._made = lru_cache(_REMEMBERED)(self._result)

    def read(self, row: _Row) -> CheckResult:
        """Return the result that a row holds."""
        return self._made(self._values(row))

    def _result(self, values: _Row) -> CheckResult:
        truth, vacuous, short, *ends = values
        intervals = list(map(Interval, ends[::2], ends[1::2]))
        exceptions = intervals.pop(0) if self._exceptions else None
        return CheckResult(
            id=self._id,
            truth=Truth(truth),
            vacuous=vacuous,
            counts=dict(zip(self._counts, intervals, strict=True)),
            exceptions=exceptions,
            short=short,
        )


def exceptions_asked(ask: Ask) -> tuple[str, str] | None:
    """Return the columns of the exceptions that a check counts, if it does."""
    if not isinstance(ask, Every):
        return None
    return end_names(Exceptions(ask.whole, ask.part).key)
