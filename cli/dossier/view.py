"""A dossier as the templates of its papers see it: words and numbers, nothing else."""

from dataclasses import dataclass
from typing import Literal

from cli.memo.memo_view import CriterionPart

Status = Literal["passing", "failing", "undetermined"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a criterion keeps a locality from being recognised."""

    criterion: str
    title: str
    clause: str
    known: bool
    """Whether it is not met; else it is not known whether it is."""
    why: tuple[str, ...]
    missing: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class Result:
    """How one locality came out."""

    id: str
    name: str
    full_name: str
    """With the locality above it, where that is not the dossier's own."""
    level: str
    """In words; `level_id` is its id."""
    level_id: str
    status: Status
    verdict: str
    """In the pack's words."""
    met: int
    not_met: int
    unknown: int
    not_applicable: int
    outcomes: tuple[str, ...]
    """One a criterion, in the pack's order."""
    criteria: tuple[CriterionPart, ...]
    reasons: tuple[Reason, ...]
    conflicts: tuple[str, ...]

    @property
    def listed_name(self) -> str:
        """The full name as a list begins with it."""
        return self.full_name[:1].upper() + self.full_name[1:]


@dataclass(frozen=True, slots=True)
class Total:
    """How many localities of one level, or of all, came out how."""

    level: str
    passing: int
    failing: int
    undetermined: int
    total: int


@dataclass(frozen=True, slots=True)
class CriterionTotal:
    """At how many localities one criterion came out how."""

    id: str
    title: str
    met: int
    not_met: int
    unknown: int
    not_applicable: int
    total: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One kind of evidence: who must keep it, and whether it is there."""

    id: str
    label: str
    criteria: tuple[str, ...]
    there: tuple[str, ...]
    """Names of localities, each with the number of files."""
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the papers of a dossier are about: one judgement, told once."""

    locality: str
    above: str
    day: str
    pack: str
    pack_title: str
    outside_force: bool
    public: bool
    bases: tuple[str, ...]
    """The documents of the pack as bases: `Căn cứ …`."""
    criteria: tuple[tuple[str, str], ...]
    """The id and the title of each."""
    results: tuple[Result, ...]
    """The locality itself first, then those below it, in the order of the facts."""
    totals: tuple[Total, ...]
    whole: Total
    by_criterion: tuple[CriterionTotal, ...]
    evidence: tuple[EvidenceLine, ...]
    complete: bool
    rules_sha256: str
    facts_sha256: str
    version: str

    @property
    def itself(self) -> Result:
        """The result of the locality that the dossier is about."""
        return self.results[0]

    @property
    def below(self) -> tuple[Result, ...]:
        """The results of those below it."""
        return self.results[1:]

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Numbers that cannot both be true, each with its locality."""
        return tuple(
            f"{each.full_name}: {one}"
            for each in self.results
            for one in each.conflicts
        )

    @property
    def passing(self) -> tuple[Result, ...]:
        """Those that may be recognised."""
        return self._with("passing")

    @property
    def failing(self) -> tuple[Result, ...]:
        """Those that do not pass."""
        return self._with("failing")

    @property
    def undetermined(self) -> tuple[Result, ...]:
        """Those of which too little is known."""
        return self._with("undetermined")

    @property
    def lacking(self) -> tuple[EvidenceLine, ...]:
        """The evidence that is not there."""
        return tuple(each for each in self.evidence if each.lacking)

    def _with(self, status: Status) -> tuple[Result, ...]:
        return tuple(each for each in self.results if each.status == status)
