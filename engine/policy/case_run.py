"""What came of worked cases: the answer on each, and where it is not what was claimed."""

from dataclasses import dataclass

from engine.assessment import LocalityResult
from engine.policy.worked_case import Claim, Said, WorkedCase


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A claim, and what the answer says instead."""

    claim: Claim
    got: Said


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One case after it was judged."""

    case: WorkedCase
    answer: LocalityResult
    mismatches: tuple[Mismatch, ...]

    @property
    def has_passed(self) -> bool:
        """Whether the answer says all that was claimed."""
        return not self.mismatches
