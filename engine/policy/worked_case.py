"""Worked cases: a locality in a sentence, and what a pack must say of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.facts import Facts
from engine.source import Place


class ClaimKind(StrEnum):
    """What a claim is about; the words are the keys of `expect`."""

    VERDICT = "verdict"
    POSSIBLE = "possible"
    CRITERIA = "criteria"
    CHECKS = "checks"
    SHORT = "short"
    MISSING = "missing"
    VACUOUS = "vacuous"


Said = str | int | tuple[str, ...] | None
"""A word of the answer (LANGUAGE §7), a shortfall (none: not known), verdicts or missing facts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the answer must say of the locality."""

    kind: ClaimKind
    subject: str
    """The criterion or check; empty where the claim is about the verdict."""
    expected: Said
    place: Place


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One locality on one day, and what is claimed of it."""

    sentence: str
    as_of: date
    facts: Facts
    at: str
    """The id of the locality that is asked about."""
    claims: tuple[Claim, ...]
    place: Place
