"""The report as its template sees it: words and numbers in one language, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import N_


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, and the words that stand for it where it is not seen."""

    caption: str
    told: str
    """What it shows, in one sentence."""
    svg: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is about, and its cells."""

    id: str
    """Empty where the row has no id, as a level."""
    title: str
    cells: tuple[str, ...]
    is_part: bool = False
    """Whether it is a part of the row above it: a check of its criterion."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the headings of its columns, the first over the rows', and its rows."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """How far one locality has come towards a number that it was set."""

    id: str
    name: str
    level: str
    number: str
    value: str
    share: str
    """An exact fraction and its percentage; empty where there is none to tell."""
    outcome: str


@dataclass(frozen=True, slots=True)
class TargetPart:
    """Everybody's progress towards what one check demands."""

    id: str
    demand: str
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class LocalityLine:
    """A row of the heat map; its proof stands at the same place of `Report.proofs`."""

    id: str
    name: str
    level: str
    level_words: str
    verdict: str
    verdict_words: str
    kind: str
    """`met` where the verdict passes, `unknown` where it is open, else `not_met`."""
    outcomes: tuple[str, ...]
    """One a criterion, in the order of `Report.criteria`."""


@dataclass(frozen=True, slots=True)
class OutcomesPart:
    """How the localities of one level came out: a chart, and its numbers."""

    figure: Figure
    grid: Grid


@dataclass(frozen=True, slots=True)
class Head:
    """What was asked, by which rules and of which facts."""

    language: str
    mark: str
    """`LƯU HÀNH NỘI BỘ` of the internal copy; empty in the public one."""
    pack: str
    pack_title: str
    issuer: str
    as_of: str
    in_force: str
    outside_force: str
    """A warning where the rules are not in force on the day."""
    documents: tuple[str, ...]
    rules_sha256: str
    facts_sha256: str
    version: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the page shows."""

    head: Head
    summary: Grid
    summary_figure: Figure
    targets: tuple[TargetPart, ...]
    """Empty where the pack sets none."""
    outcomes: tuple[OutcomesPart, ...]
    failing: Grid
    unknown: Grid
    closings: Grid
    closings_figure: Figure
    closings_note: str
    """What its numbers leave out; empty where they leave nothing out."""
    criteria: tuple[tuple[str, str], ...]
    """The columns of the heat map: id and title."""
    levels: tuple[tuple[str, str], ...]
    verdicts: tuple[tuple[str, str], ...]
    localities: tuple[LocalityLine, ...]
    proofs: str
    """JSON for the page's script, safe inside an element; see cli/report/proofs.py."""
    proofs_note: str
    """What the proofs leave out, and where it is found."""


WORDS: Final[Mapping[str, str]] = {
    "title": N_("Report on the review of localities"),
    "skip": N_("Skip to the content"),
    "contents": N_("Contents"),
    "theme": N_("Light / dark"),
    "as_of": N_("As of"),
    "rules": N_("Rules"),
    "documents": N_("Documents"),
    "summary": N_("Verdicts by level"),
    "targets": N_("Progress against targets"),
    "locality": N_("Locality"),
    "target": N_("Target"),
    "now": N_("Now"),
    "progress": N_("Progress"),
    "outcome": N_("Outcome"),
    "outcomes": N_("Outcomes by criterion"),
    "numbers": N_("The numbers of these charts"),
    "failing": N_("What fails most"),
    "failing_where": N_("Localities in which it is not met, of all that are judged."),
    "unknown_most": N_("What is unknown most"),
    "unknown_where": N_("Localities in which it is not known, of all that are judged."),
    "closings": N_("Shortfalls to close"),
    "closings_reckoned": N_(
        "Each is taken as closed alone, with all else as it is, and every locality that "
        "is short of it is judged again. First stands what would let most localities "
        "pass."
    ),
    "nothing": N_("None."),
    "localities": N_("Localities and criteria"),
    "open_one": N_("Open a locality to see its proof."),
    "no_script": N_(
        "This viewer runs no scripts, so searching and proofs are not available here; "
        "open the page in a browser."
    ),
    "search": N_("Search by name or id"),
    "level": N_("Level"),
    "verdict": N_("Verdict"),
    "criterion": N_("Criterion"),
    "any": N_("all"),
    "reset": N_("Show all"),
    "shown": N_("{shown} of {all} localities shown"),
    "id": N_("Id"),
    "met": N_("met"),
    "not_met": N_("not met"),
    "unknown": N_("not known"),
    "not_applicable": N_("not applicable"),
    "passes": N_("passes"),
    "fails": N_("does not pass"),
    "undetermined": N_("undetermined"),
    "possible": N_("Still possible"),
    "conflicts": N_("Numbers that contradict each other"),
    "settling": N_("What would settle the verdict"),
    "derivation": N_("How the verdict follows"),
    "law": N_("The law's words"),
    "readings": N_("How it is read"),
    "missing": N_("What is missing"),
    "remedy": N_("What to do"),
    "evidence": N_("Evidence to keep"),
    "fingerprints": N_("Fingerprints"),
    "of_rules": N_("Rules (SHA-256)"),
    "of_facts": N_("Facts (SHA-256)"),
    "made_by": N_("Made by"),
}
"""The words of the page itself, by the name that the template calls them."""
