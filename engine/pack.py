"""What a document demands: criteria, their checks and formulas, verdicts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from engine.source import Citation, Place
from engine.truth import Truth
from engine.vocabulary import Duration, Operator, Text, Vocabulary

UNDETERMINED: Final = "undetermined"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """`none: X`: không có, không để."""

    count: str


@dataclass(frozen=True, slots=True)
class Every:
    """`every: X, is: Y`: 100%. `part` lies within `whole`."""

    whole: str
    part: str


@dataclass(frozen=True, slots=True)
class Amount:
    """`at_least: n, of: X` and its like: ít nhất, trên, không quá, dưới."""

    count: str
    bounds: tuple[tuple[Operator, int | str], ...]
    """A `str` names a count field of the locality's own row, such as a target."""


@dataclass(frozen=True, slots=True)
class Share:
    """`share: X, of: Y` with exact fractions from 0 to 1: tỷ lệ."""

    part: str
    whole: str
    bounds: tuple[tuple[Operator, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Falls:
    """`falls: X, from: Y, by_at_least: p%`: giảm từ p%."""

    now: str
    before: str
    by: Fraction


@dataclass(frozen=True, slots=True)
class Holds:
    """`holds: field`: a yes_no or assessed field of the locality's own row."""

    field: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`as_of: {after: DATE}`: the day for which the question is asked."""

    bounds: tuple[tuple[Operator, date], ...]


Ask = NoneOf | Every | Amount | Share | Falls | Holds | Asked


def counts_named(ask: Ask) -> tuple[str, ...]:
    """Return the counts that a check names, in the order it names them."""
    match ask:
        case NoneOf(count) | Amount(count, _):
            return (count,)
        case Every(whole, part):
            return (whole, part)
        case Share(part, whole, _):
            return (part, whole)
        case Falls(now, before, _):
            return (now, before)
        case Holds() | Asked():
            return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One question about counts, a field or the day, with a truth for an answer."""

    id: str
    ask: Ask
    if_empty: Truth
    """The truth where the population is exactly nobody."""
    place: Place


@dataclass(frozen=True, slots=True)
class CriterionRef:
    """Another criterion's outcome, as a formula."""

    id: str


@dataclass(frozen=True, slots=True)
class All:
    """Every applicable part; of nothing true."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801  (`Any` is taken by typing)
    """Some applicable part; of nothing false."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Not the part; not applicable where the part is not."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `number` of the applicable parts."""

    number: int
    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Always:
    """True."""


Formula = Check | CriterionRef | All | Any_ | Negation | AtLeast | Always


def leaves(formula: Formula) -> Iterator[Check | CriterionRef]:
    """Yield the checks and criteria that a formula names, left to right."""
    match formula:
        case Check() | CriterionRef():
            yield formula
        case All(parts) | Any_(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)
        case Negation(part):
            yield from leaves(part)
        case Always():
            return


@dataclass(frozen=True, slots=True)
class Criterion:
    """One requirement of a document, encoded."""

    id: str
    levels: tuple[str, ...]
    """The levels it applies to; the pack's unless the criterion names its own."""
    when: Formula | None
    requires: Formula
    cites: Citation | None
    quote: str | None
    title: Text
    evidence: tuple[str, ...]
    remedy: Text | None
    place: Place

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """What the outcome rests on: `requires`, then `when` if there is one."""
        return (self.requires,) if self.when is None else (self.requires, self.when)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The criterion's own checks, in the order of `formulas`."""
        return tuple(_checks(self.formulas))

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The other criteria that the outcome rests on, each once."""
        found = (leaf for formula in self.formulas for leaf in leaves(formula))
        return tuple(
            dict.fromkeys(leaf.id for leaf in found if isinstance(leaf, CriterionRef))
        )


def _checks(formulas: tuple[Formula, ...]) -> Iterator[Check]:
    for formula in formulas:
        yield from (leaf for leaf in leaves(formula) if isinstance(leaf, Check))


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """A step of the decision list: the verdict, the condition, whether it passes."""

    verdict: str
    when: Formula
    passes: bool
    label: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; `None` leaves an end open."""

    start: date | None
    end: date | None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (
            self.end is None or day <= self.end
        )

    def __str__(self) -> str:
        return f"{self.start or '…'} – {self.end or '…'}"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a pack rests on; `date` may be a month only (`2024-04`)."""

    id: str
    kind: str | None
    number: str | None
    date: str | None
    title: str | None
    issuer: str | None

    def __str__(self) -> str:
        words = (self.kind, self.number, self.title, self.date)
        return ", ".join(word for word in words if word) or self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """How an ambiguous phrase is read; a decision somebody owns."""

    criterion: str | None
    phrase: str
    reading: Text


@dataclass(frozen=True, slots=True)
class Pack:
    """One document's criteria and the verdicts they lead to."""

    id: str
    title: Text
    issuer: Text
    documents: Mapping[str, Document]
    in_force: Period
    levels: tuple[str, ...]
    readings: tuple[Reading, ...]
    criteria: tuple[Criterion, ...]
    """In the file's order; `criteria_by_need` gives an order to judge them in."""
    verdicts: tuple[VerdictRule, ...]
    vocabulary: Vocabulary
    sha256: str
    """Of the pack's text and the vocabulary's, with lines ended by LF."""
    place: Place
    stale_after: Duration | None = None
    """How old an inspection may be without a warning; it decides nothing."""

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check: the criteria's, then those in the verdicts' conditions."""
        of_criteria = (check for each in self.criteria for check in each.checks)
        return (*of_criteria, *self.verdict_checks)

    @property
    def verdict_checks(self) -> tuple[Check, ...]:
        """The checks that stand in the verdicts' conditions themselves."""
        return tuple(_checks(tuple(rule.when for rule in self.verdicts)))

    @property
    def verdict_names(self) -> tuple[str, ...]:
        """The verdicts in the order of the list, each once, without undetermined."""
        return tuple(dict.fromkeys(rule.verdict for rule in self.verdicts))

    def criteria_by_need(self) -> tuple[Criterion, ...]:
        """Return the criteria so that each stands after those it refers to."""
        by_id = {each.id: each for each in self.criteria}
        ordered: dict[str, Criterion] = {}
        waiting = list(reversed(self.criteria))
        while waiting:
            each = waiting[-1]
            needed = [other for other in each.refers_to if other not in ordered]
            if needed:
                waiting.extend(by_id[other] for other in reversed(needed))
            else:
                ordered.setdefault(waiting.pop().id, each)
        return tuple(ordered.values())
