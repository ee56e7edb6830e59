"""A pack as a rule book: what its templates see, words in one language and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import N_


@dataclass(frozen=True, slots=True)
class Term:
    """A number or a field that checks ask for, and what it is."""

    id: str
    label: str
    meaning: str
    """Which rows are counted, in which register; or how a field is answered."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One check as a sentence."""

    id: str
    words: str
    if_none: str
    """What holds where there is nobody to ask about; empty where that cannot be."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion."""

    id: str
    title: str
    clause: str
    """The clause alone, for the table."""
    cites: str
    """The document and the clause."""
    quote: str
    levels: str
    """The levels that it applies to."""
    when: str
    """The condition under which it applies; empty where it always does."""
    requires: str
    """How its checks and other criteria are joined."""
    demands: tuple[Demand, ...]
    terms: tuple[Term, ...]
    evidence: tuple[str, ...]
    remedy: str
    readings: tuple[str, ...]
    source: str
    """The file and the line."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A step of the decision list."""

    number: int
    id: str
    label: str
    when: str
    success: str
    """Whether it counts as a success, in words."""
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What a pack says, all of it."""

    language: str
    title: str
    issuer: str
    pack: str
    in_force: str
    levels: str
    stale_after: str
    """When an inspection is warned of as old; empty where the pack does not say."""
    documents: tuple[str, ...]
    rules: tuple[Rule, ...]
    conclusions: tuple[Conclusion, ...]
    conclusion_terms: tuple[Term, ...]
    """What the conditions of the verdicts themselves ask for."""
    readings: tuple[str, ...]
    """Of the document as a whole."""
    sha256: str
    version: str


WORDS: Final[Mapping[str, str]] = {
    "rulebook": N_("Rule book"),
    "pack": N_("Rules"),
    "issuer": N_("Issued by"),
    "in_force": N_("Days"),
    "levels": N_("Levels"),
    "stale_after": N_("Inspections"),
    "documents": N_("Documents"),
    "overview": N_("The criteria at a glance"),
    "criterion": N_("Criterion"),
    "clause": N_("Clause"),
    "title": N_("What it is about"),
    "criteria": N_("Criteria"),
    "applies_to": N_("Applies to"),
    "when": N_("Only where"),
    "requires": N_("Required"),
    "check": N_("Check"),
    "demand": N_("What is demanded"),
    "if_none": N_("Where there are none"),
    "terms": N_("What is counted and asked"),
    "evidence": N_("Evidence to keep"),
    "remedy": N_("What to do"),
    "readings": N_("How it is read"),
    "verdicts": N_("Verdicts, tried in this order"),
    "undetermined": N_(
        "A condition that is not known leaves the verdict undetermined: blank is never "
        "zero, and never a pass."
    ),
    "general_readings": N_("How the document as a whole is read"),
    "source": N_("Source"),
    "fingerprint": N_("Fingerprint (SHA-256)"),
    "made_by": N_("Made by"),
}
"""The words of the templates themselves, by the name that a template calls them."""
