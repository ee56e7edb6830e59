"""A justification memo as its template sees it: words in one language, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import N_


@dataclass(frozen=True, slots=True)
class CheckPart:
    """What is said of one check."""

    id: str
    demand: str
    outcome: str
    """`met`, `not_met` or `unknown`: for colours and symbols."""
    outcome_words: str
    counts: tuple[str, ...]
    share: str
    """An exact fraction and its percentage; empty where there is none to tell."""
    why: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionPart:
    """What is said of one criterion."""

    id: str
    title: str
    quote: str
    clause: str
    readings: tuple[str, ...]
    evidence: tuple[str, ...]
    """What a dossier must hold for it; not in a public copy."""
    outcome: str
    """`met`, `not_met`, `unknown` or `not_applicable`."""
    outcome_words: str
    why: str
    """Only where it does not apply, or rests on others."""
    checks: tuple[CheckPart, ...]
    remedy: str
    """Only where it is not met."""


@dataclass(frozen=True, slots=True)
class Memo:
    """Why one locality has its verdict."""

    language: str
    mark: str
    """`LƯU HÀNH NỘI BỘ` of the internal copy; empty in the public one."""
    id: str
    name: str
    level: str
    asked: str
    as_of: str
    pack: str
    pack_title: str
    issuer: str
    in_force: str
    outside_force: str
    """A warning where the rules are not in force on the day."""
    documents: tuple[str, ...]
    verdict: str
    verdict_words: str
    passes: bool
    possible: tuple[str, ...]
    """The verdicts still possible of an undetermined one, else nothing."""
    summary: tuple[str, ...]
    """Which criteria are met, not met, not known and not applicable."""
    criteria: tuple[CriterionPart, ...]
    readings: tuple[str, ...]
    conflicts: tuple[str, ...]
    settling: tuple[str, ...]
    derivation: tuple[str, ...]
    rules_sha256: str
    facts_sha256: str
    version: str


WORDS: Final[Mapping[str, str]] = {
    "title": N_("Justification memo"),
    "asked": N_("What was asked"),
    "locality": N_("Locality"),
    "rules": N_("Rules"),
    "documents": N_("Documents"),
    "as_of": N_("As of"),
    "verdict": N_("Verdict"),
    "possible": N_("Still possible"),
    "conflicts": N_("Numbers that contradict each other"),
    "settling": N_("What would settle the verdict"),
    "criteria": N_("Criteria"),
    "law": N_("The law's words"),
    "outcome": N_("Outcome"),
    "readings": N_("How it is read"),
    "check": N_("Check"),
    "demand": N_("What is demanded"),
    "numbers": N_("Numbers"),
    "why": N_("Why"),
    "missing": N_("What is missing"),
    "remedy": N_("What to do"),
    "evidence": N_("Evidence to keep"),
    "general_readings": N_("How the document as a whole is read"),
    "derivation": N_("How the verdict follows"),
    "fingerprints": N_("Fingerprints"),
    "of_rules": N_("Rules (SHA-256)"),
    "of_facts": N_("Facts (SHA-256)"),
    "made_by": N_("Made by"),
}
"""The words of the templates themselves, by the name that a template calls them."""
