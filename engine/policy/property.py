"""What was proved of a pack, what was disproved by which localities, what stays open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.assessment import Outcome


class Standing(StrEnum):
    """What came of the question whether a property holds."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_DECIDED = "not_decided"
    """The search was ended, or a locality that it found is not judged as it says."""
    NOT_ASKED = "not_asked"
    """The pack has nothing that the property is about."""


class Topic(StrEnum):
    """What a property is about: the questions asked of a pack, or of two."""

    ENDS = "ends"
    """When everything is known, some rule of the verdict list decides."""
    VERDICTS = "verdicts"
    """Each verdict is reached by some locality."""
    CRITERIA = "criteria"
    """Each criterion can be met, and can be not met."""
    PAIRS = "pairs"
    """Of criteria that one verdict rests on, none implies or excludes another."""
    MONOTONE = "monotone"
    """No improvement of a fact makes the verdict worse."""
    BANDS = "bands"
    """Bands of one number or ratio neither overlap nor leave a gap between them."""
    OVERLAPS = "overlaps"
    """The conditions of two verdicts never hold at once, unless one is the stricter."""
    GAPS = "gaps"
    """As a number grows, the verdict does not fall to the rest and come back."""
    STRICTER = "stricter"
    """What passes the first pack passes the second."""


class Kind(StrEnum):
    """What a finding says of its subjects."""

    SEEN = "seen"
    """Verdict: some locality gets it. The only finding that is no fault."""
    NO_VERDICT = "no_verdict"
    NEVER_REACHED = "never_reached"
    """Verdict."""
    NEVER_MET = "never_met"
    """Criterion."""
    ALWAYS_MET = "always_met"
    """Criterion: it is never not met."""
    IMPLIES = "implies"
    """Criterion, criterion: where the first is met, the second never is not met."""
    SAME = "same"
    """Criterion, criterion: each implies the other."""
    EXCLUDES = "excludes"
    """Criterion, criterion: they are never both met."""
    WORSE_BY_CHECK = "worse_by_check"
    """Check: it becomes true, no other changes, and the verdict becomes worse."""
    WORSE_BY_FACT = "worse_by_fact"
    """Count or field: it alone improves, and the verdict becomes worse."""
    BANDS_OVERLAP = "bands_overlap"
    """Criterion, criterion, then what they band."""
    BANDS_GAP = "bands_gap"
    """Criterion below the gap, criterion above it, then what they band."""
    BOTH_CLASSES = "both_classes"
    """Verdict, verdict: only the order of the list decides."""
    CLASS_GAP = "class_gap"
    """Count, verdict, rest, verdict: as the count grows, the middle is nobody's."""
    PASSES_ONLY_FIRST = "passes_only_first"
    """Pack, pack."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A locality of which everything is known, and how the engine judged it."""

    pack: str
    as_of: date
    level: str
    counts: Mapping[str, int]
    fields: Mapping[str, bool | int]
    below: Mapping[str, int]
    """How many localities of a level lie below it, nothing of them being known."""
    verdict: str
    outcomes: Mapping[str, Outcome]
    case: str
    """The facts and what was expected, as an entry of a file of worked cases."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is so, with localities that show it; a proof has none."""

    kind: Kind
    subjects: tuple[str, ...]
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """One question, its answer, what was found, and the subjects that stay open."""

    topic: Topic
    standing: Standing
    findings: tuple[Finding, ...] = ()
    open: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packs: whether what passes one passes the other, each way round."""

    first_in_second: Property
    second_in_first: Property
    levels: tuple[str, ...]
    """The levels that both judge; of none, there is nothing to compare."""
    shared: tuple[str, ...]
    """Counts and fields that mean the same in both."""
    unshared: tuple[tuple[str, ...], tuple[str, ...]]
    """Counts and fields of the one and of the other that the other does not know."""
    same_day: bool
    """Whether some day lies in force of both; else each is asked about its own."""
