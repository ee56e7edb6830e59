"""The proofs of a locality's checks: their counts, the rows below them, what lacks."""

from engine.assessment import CheckResult, CriterionResult
from engine.interval import Interval
from engine.judged import Judged
from engine.measures import Exceptions
from engine.pack import Check, Criterion, Every, Holds, counts_named
from engine.proof import CheckProof, Child, CountProof, Rows, Typed
from engine.proof_from_judged.localities import Localities, Row
from engine.proof_from_judged.missing import Gaps
from engine.proof_from_judged.rows import RowsSeen
from engine.source import Place
from engine.truth import Truth


class Checks:
    """Proves the checks of localities, one locality at a time."""

    def __init__(self, judged: Judged, localities: Localities, seen: RowsSeen) -> None:
        """Prepare to prove what was judged."""
        self._localities, self._seen = localities, seen
        self._table = judged.facts.localities
        self._gaps = Gaps(judged, localities, seen)
        self._measures = {each.key: each for each in judged.measures.all}

    def of(
        self, criterion: Criterion, found: CriterionResult, row: Row
    ) -> tuple[CheckProof, ...]:
        """Prove the checks of one criterion."""
        below = self._localities.children(row)
        return tuple(
            self._check(check, result, row, below)
            for check, result in zip(criterion.checks, found.checks, strict=True)
        )

    def _check(
        self, check: Check, result: CheckResult, row: Row, below: list[Row]
    ) -> CheckProof:
        unknown = result.truth is Truth.UNKNOWN
        return CheckProof(
            check=check,
            result=result,
            counts=tuple(
                self._count(each, row, below) for each in counts_named(check.ask)
            ),
            exceptions=self._exceptions(check, row),
            cell=self._cell(check, row),
            missing=self._gaps.of_check(check, row) if unknown else (),
        )

    def _exceptions(self, check: Check, row: Row) -> Rows | None:
        match check.ask:
            case Every(whole, part):
                measure = self._measures[Exceptions(whole, part).key]
                return self._seen.of(measure, row["id"])
            case _:
                return None

    def _cell(self, check: Check, row: Row) -> Place | None:
        match check.ask:
            case Holds(field):
                return self._seen.cell(self._table, row["row"], field)
            case _:
                return None

    def _count(self, count: str, row: Row, below: list[Row]) -> CountProof:
        typed = row.get(count)
        return CountProof(
            id=count,
            value=_value(row, count),
            typed=(
                None
                if typed is None
                else Typed(typed, self._seen.cell(self._table, row["row"], count))
            ),
            own=self._seen.of(self._measures[count], row["id"]),
            below=tuple(
                Child(child["id"], child["name"], value)
                for child in below
                if (value := _passed_up(child, count)) != Interval(0, 0)
            ),
            children=len(below),
        )


def _value(row: Row, key: str) -> Interval:
    return Interval(row[f"lo:{key}"], row[f"hi:{key}"])


def _passed_up(row: Row, key: str) -> Interval:
    """Return what a locality adds above: its own verdict is then known."""
    if f"passed.lo:{key}" in row:
        return Interval(row[f"passed.lo:{key}"], row[f"passed.hi:{key}"])
    return _value(row, key)
