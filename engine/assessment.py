"""The answer: each judged locality's verdict, and what it rests on (LANGUAGE §7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.interval import Interval
from engine.supposition import Supposition
from engine.truth import Truth


class Outcome(StrEnum):
    """How one criterion came out at one locality."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class ConflictKind(StrEnum):
    """Which two statements about a count cannot both be true."""

    TYPED = "typed"
    """The number typed in against what the rows and the children add up to."""
    PART_WHOLE = "part_whole"
    """A part against the whole that it lies within."""
    EXCEPTIONS = "exceptions"
    """The rows that are X and not Y against the counts of X and Y."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements about `counts` at one locality that cannot both be true."""

    kind: ConflictKind
    counts: tuple[str, ...]
    """The counts that become doubtful; of a part and its whole, the part first."""
    left: Interval
    """What the first statement allows: the typed number, the part, the exceptions."""
    right: Interval
    """What the second allows."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check's truth, and the numbers behind it."""

    id: str
    truth: Truth
    vacuous: bool
    counts: Mapping[str, Interval]
    exceptions: Interval | None
    """Only of `every`."""
    short: int | None
    """The least number of units that must change for the check to be true."""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion's outcome and its own checks."""

    id: str
    outcome: Outcome
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True)
class LocalityResult:
    """The verdict on one locality."""

    id: str
    name: str
    level: str
    parent: str | None
    verdict: str
    possible: tuple[str, ...]
    """The verdicts that are still possible; only the verdict itself once decided."""
    criteria: tuple[CriterionResult, ...]
    conflicts: tuple[Conflict, ...]
    derivation: tuple[str, ...]
    """The productions that fired towards the verdict, in order."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judged localities, in the order of the `localities` table."""

    version: str
    pack: str
    pack_sha256: str
    facts_sha256: str
    as_of: date
    outside_force: bool
    summary: Mapping[str, Mapping[str, int]]
    """By level, then verdict (every verdict of the pack and undetermined)."""
    localities: Sequence[LocalityResult]
    supposed: tuple[Supposition, ...] = ()
