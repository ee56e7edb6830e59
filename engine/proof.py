"""Why one locality has its verdict: criteria, checks, counts, rows and cells."""

from dataclasses import dataclass
from enum import StrEnum

from engine.assessment import CheckResult, LocalityResult, Outcome
from engine.interval import Interval
from engine.pack import Check, Criterion, Reading
from engine.source import Place
from engine.truth import Truth


class Lack(StrEnum):
    """What is missing where a number is not known."""

    REGISTER = "register"
    """No row of the register names the locality, and no inspection says none."""
    CELL = "cell"
    """A cell is blank, or a judgement lacks who judged or why."""
    NUMBER = "number"
    """The count stands in no register: somebody must type the number in."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One missing fact."""

    kind: Lack
    locality: str
    locality_name: str
    what: str
    """The register's id, the field's, or the count's."""
    place: Place | None
    """The blank cell, where there is one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A locality's own rows of a register that count, or may count."""

    register: str
    certain: tuple[Place, ...]
    """The first rows whose condition is true."""
    doubtful: tuple[Place, ...]
    """The first rows whose condition is unknown."""
    number: Interval
    """Their sum, with all rows and not only the first."""
    surveyed_by: Place | None
    """The inspection that says no row means none, where one does."""
    surveyed: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that somebody typed in."""

    number: int
    place: Place


@dataclass(frozen=True, slots=True)
class Child:
    """What a locality below adds to a count."""

    id: str
    name: str
    value: Interval


@dataclass(frozen=True, slots=True)
class CountProof:
    """Where the value of a count comes from."""

    id: str
    value: Interval
    typed: Typed | None
    own: Rows | None
    """None where the count stands in no register, or one row a locality is counted."""
    below: tuple[Child, ...]
    """The children that add something, or are not exactly known."""
    children: int


@dataclass(frozen=True, slots=True)
class CheckProof:
    """A check, its result, and the numbers behind it."""

    check: Check
    result: CheckResult
    counts: tuple[CountProof, ...]
    exceptions: Rows | None
    cell: Place | None
    """The cell of the locality's own row that was asked for, where one was."""
    missing: tuple[Missing, ...]
    """What is not known, where the check is unknown."""


@dataclass(frozen=True, slots=True)
class CriterionProof:
    """A criterion, its outcome, and the proof of each check."""

    criterion: Criterion
    outcome: Outcome
    checks: tuple[CheckProof, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """A shortest way to settle an undetermined verdict."""

    verdict: str
    answers: tuple[tuple[str, Truth], ...]
    """Checks, each with the truth that together lead to the verdict."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that the verdict on one locality rests on."""

    locality: LocalityResult
    criteria: tuple[CriterionProof, ...]
    readings: tuple[Reading, ...]
    """Those of the whole pack; a criterion's own stand with it."""
    settling: tuple[Settling, ...]
    """Only of an undetermined verdict; one for each verdict that is still possible."""
