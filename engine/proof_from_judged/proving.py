"""From verdicts in columns to the proof of one: checks, counts, rows and cells."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from engine.assessment import CheckResult, LocalityResult
from engine.assessment_from_judged import assessment_from_judged
from engine.checks_from_counts import truth_column
from engine.errors import N_, Problems, QuestionError, nearest
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Exceptions
from engine.network.settling import what_would_settle
from engine.pack import UNDETERMINED, Check, Criterion, Every, Holds, counts_named
from engine.proof import (
    CheckProof,
    Child,
    CountProof,
    CriterionProof,
    Proof,
    Settling,
    Typed,
)
from engine.proof_from_judged.missing import Gaps
from engine.proof_from_judged.rows import RowsSeen
from engine.source import Place
from engine.truth import Truth
from engine.verdicts_from_checks import VERDICT

Row = Mapping[str, Any]


def proof_of(judged: Judged, locality: str) -> Proof:
    """Return why a locality has its verdict; `judged` must have kept the parts.

    Raises:
        QuestionError: there is no such locality, or the pack does not judge its level.
    """
    row = _row_of(judged, locality)
    one = judged.frame.filter(pl.col("id") == locality)
    result = assessment_from_judged(replace(judged, frame=one)).localities[0]
    prover = _Prover(judged, row)
    return Proof(
        locality=result,
        criteria=tuple(
            prover.criterion(criterion, result) for criterion in judged.pack.criteria
        ),
        readings=tuple(
            reading for reading in judged.pack.readings if reading.criterion is None
        ),
        settling=_settling(judged, row) if result.verdict == UNDETERMINED else (),
    )


def _row_of(judged: Judged, locality: str) -> Row:
    found = judged.frame.filter(pl.col("id") == locality)
    problems, place = Problems(), Place(judged.facts.localities.file)
    if found.is_empty():
        ids = judged.frame.get_column("id").to_list()
        problems.error(
            "unknown-locality",
            place,
            N_("there is no locality '{locality}'"),
            N_("the nearest is '{nearest}'; the ids stand in the table of localities"),
            locality=locality,
            nearest=nearest(locality, ids) or ids[0],
        )
    elif found.row(0)[found.columns.index(VERDICT)] is None:
        problems.error(
            "level-not-judged",
            place,
            N_("'{locality}' is of the level '{level}', which {pack} does not judge"),
            N_("ask for one of {levels}, or with another pack"),
            locality=locality,
            level=found.get_column("level")[0],
            pack=judged.pack.id,
            levels=", ".join(judged.pack.levels),
        )
    problems.raise_as(QuestionError)
    return dict(zip(found.columns, found.row(0), strict=True))


class _Prover:
    """Proves the checks of one locality."""

    def __init__(self, judged: Judged, row: Row) -> None:
        self._judged, self._row = judged, row
        self._measures = {each.key: each for each in judged.measures.all}
        self._seen = RowsSeen(judged)
        self._table = judged.facts.localities
        self._gaps = Gaps(judged, self._seen)
        self._children = list(
            judged.frame.filter(pl.col("parent") == row["id"]).iter_rows(named=True)
        )

    def criterion(self, criterion: Criterion, result: LocalityResult) -> CriterionProof:
        """Prove one criterion."""
        came_out = next(each for each in result.criteria if each.id == criterion.id)
        return CriterionProof(
            criterion=criterion,
            outcome=came_out.outcome,
            checks=tuple(map(self._check, criterion.checks, came_out.checks)),
            readings=tuple(
                reading
                for reading in self._judged.pack.readings
                if reading.criterion == criterion.id
            ),
        )

    def _check(self, check: Check, result: CheckResult) -> CheckProof:
        exceptions = None
        if isinstance(check.ask, Every):
            pair = Exceptions(check.ask.whole, check.ask.part)
            exceptions = self._seen.of(self._measures[pair.key], self._row["id"])
        unknown = result.truth is Truth.UNKNOWN
        return CheckProof(
            check=check,
            result=result,
            counts=tuple(map(self._count, counts_named(check.ask))),
            exceptions=exceptions,
            cell=(
                self._seen.cell(self._table, self._row["row"], check.ask.field)
                if isinstance(check.ask, Holds)
                else None
            ),
            missing=self._gaps.of_check(check, self._row) if unknown else (),
        )

    def _count(self, count: str) -> CountProof:
        typed = self._row.get(count)
        return CountProof(
            id=count,
            value=_value(self._row, count),
            typed=(
                None
                if typed is None
                else Typed(typed, self._seen.cell(self._table, self._row["row"], count))
            ),
            own=self._seen.of(self._measures[count], self._row["id"]),
            below=tuple(
                Child(child["id"], child["name"], value)
                for child in self._children
                if (value := _passed_up(child, count)) != Interval(0, 0)
            ),
            children=len(self._children),
        )


def _value(row: Row, key: str) -> Interval:
    return Interval(row[f"lo:{key}"], row[f"hi:{key}"])


def _passed_up(row: Row, key: str) -> Interval:
    """Return what a locality adds above: its own verdict is then known."""
    if f"passed.lo:{key}" in row:
        return Interval(row[f"passed.lo:{key}"], row[f"passed.hi:{key}"])
    return _value(row, key)


def _settling(judged: Judged, row: Row) -> tuple[Settling, ...]:
    truths = {each.id: row[truth_column(each.id)] for each in judged.pack.checks}
    ways = what_would_settle(judged.judge, row["level"], truths)
    return tuple(Settling(verdict, answers) for verdict, answers in ways.items())
