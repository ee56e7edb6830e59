"""From verdicts in columns to what they come to: totals, targets, what would change."""

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from engine.assessment import Outcome
from engine.assessment_from_judged import told
from engine.checks_from_counts import truth_column
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import own_column
from engine.meeting import end_names
from engine.pack import UNDETERMINED, Amount, Check, Criterion, Pack
from engine.review.closings_from_judged import closings_from_judged, required_checks
from engine.review.overview import Overview, Tally, Target
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, VERDICT, outcome_column

_NOT_APPLICABLE: Final = OUTCOMES.index(Outcome.NOT_APPLICABLE)


def overview_from_judged(judged: Judged) -> Overview:
    """Return the judged localities, added up, and what closing shortfalls would change."""
    found = judged.said.frame
    adding = _Adding(judged, found)
    pack = judged.pack
    return Overview(
        judged=adding.judged,
        verdicts=adding.verdicts(),
        criteria=tuple(map(adding.criterion, pack.criteria)),
        checks=tuple(
            adding.check(criterion, check)
            for criterion in pack.criteria
            for check in required_checks(criterion)
        ),
        closings=closings_from_judged(judged, tuple(adding.judged)),
        targets=tuple(_targets(judged)),
        counts_verdicts=judged.measures.use_verdicts,
    )


class _Adding:
    """Adds the judged localities up, level by level."""

    def __init__(self, judged: Judged, found: pl.DataFrame) -> None:
        self._pack, self._found = judged.pack, found
        numbers = dict(found.get_column("level").value_counts().iter_rows())
        self.judged = {
            level: numbers[level] for level in self._pack.levels if level in numbers
        }

    def verdicts(self) -> Mapping[str, Mapping[str, int]]:
        """Count the verdicts by level."""
        numbers = self._numbers(pl.col(VERDICT))
        names = (*self._pack.verdict_names, UNDETERMINED)
        return {name: self._of(numbers, name) for name in names}

    def criterion(self, criterion: Criterion) -> Tally:
        """Count a criterion's outcomes."""
        return self._tally(criterion, None, pl.col(outcome_column(criterion.id)))

    def check(self, criterion: Criterion, check: Check) -> Tally:
        """Count a check's truths, where its criterion applies."""
        whole, truth = outcome_column(criterion.id), truth_column(check.id)
        applies = pl.col(whole) != _NOT_APPLICABLE
        outcome = pl.when(applies).then(pl.col(truth)).otherwise(pl.col(whole))
        return self._tally(criterion, check, outcome)

    def _tally(
        self, criterion: Criterion, check: Check | None, outcome: pl.Expr
    ) -> Tally:
        numbers = self._numbers(outcome)
        return Tally(
            criterion.id,
            check.id if check else None,
            {each: self._of(numbers, OUTCOMES.index(each)) for each in Outcome},
        )

    def _numbers(self, what: pl.Expr) -> Mapping[tuple[str, object], int]:
        counted = self._found.group_by("level", what.alias("what")).len()
        return {(level, value): number for level, value, number in counted.iter_rows()}

    def _of(
        self, numbers: Mapping[tuple[str, object], int], value: object
    ) -> Mapping[str, int]:
        return {level: numbers.get((level, value), 0) for level in self.judged}


def _targets(judged: Judged) -> Iterator[Target]:
    """Yield the targets that localities were set, check by check."""
    asked = list(_asked(judged.pack))
    if not asked:
        return
    rows = told(judged)
    for criterion, check, count, field in asked:
        applies = pl.col(outcome_column(criterion.id)) != _NOT_APPLICABLE
        yield from _set(rows.filter(applies), check, count, field)


def _asked(pack: Pack) -> Iterator[tuple[Criterion, Check, str, str]]:
    """Yield each count that is asked to reach a number in a field, and the field."""
    for criterion in pack.criteria:
        for check in required_checks(criterion):
            match check.ask:
                case Amount(count, bounds):
                    fields = (each for _, each in bounds if isinstance(each, str))
                    yield from ((criterion, check, count, each) for each in fields)
                case _:
                    pass


def _set(rows: pl.DataFrame, check: Check, count: str, field: str) -> Iterator[Target]:
    """Yield the targets that stand in one field."""
    asked = rows.select(
        "id",
        "name",
        "level",
        pl.col(own_column(field)).alias("number"),
        *(pl.col(end).alias(end[:2]) for end in end_names(count)),
        pl.col(truth_column(check.id)).alias("truth"),
    )
    for row in asked.drop_nulls("number").iter_rows(named=True):
        yield Target(
            locality=row["id"],
            name=row["name"],
            level=row["level"],
            check=check.id,
            count=count,
            number=row["number"],
            value=Interval(row["lo"], row["hi"]),
            truth=Truth(row["truth"]),
        )
