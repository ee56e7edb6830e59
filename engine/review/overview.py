"""An assessment seen from above: totals, and what closing each shortfall would change."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.assessment import Outcome
from engine.interval import Interval
from engine.truth import Truth

ByLevel = Mapping[str, int]
"""Numbers of localities by level, in the pack's order; every judged level has one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many localities of each level came out how, by one criterion or check."""

    criterion: str
    check: str | None
    """None where the criterion as a whole is meant."""
    outcomes: Mapping[Outcome, ByLevel]
    """All four; together they are every judged locality of the level. A check does not
    apply where its criterion does not."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What would follow if one shortfall were closed, and nothing else changed."""

    criterion: str
    check: str | None
    """None where the criterion as a whole is taken as met."""
    short: ByLevel
    """Localities where it is not met; of a check, where its criterion fails as well."""
    changed: ByLevel
    """Those whose own verdict would become another one."""
    passing: ByLevel
    """Those whose verdict would then be one that passes, and is not now."""
    parts: tuple["Closing", ...] = ()
    """The checks of a criterion that has several, each closed alone."""


@dataclass(frozen=True, slots=True)
class Target:
    """A number that a locality was set, and how far it has come."""

    locality: str
    name: str
    level: str
    check: str
    count: str
    number: int
    value: Interval
    truth: Truth


@dataclass(frozen=True, slots=True)
class Overview:
    """The judged localities, added up."""

    judged: ByLevel
    verdicts: Mapping[str, ByLevel]
    """By verdict, `undetermined` last; together they are `judged`."""
    criteria: tuple[Tally, ...]
    """In the pack's order."""
    checks: tuple[Tally, ...]
    """Of what the criteria require, not of when they apply."""
    closings: tuple[Closing, ...]
    """First those that would let most localities pass, then those that change most."""
    targets: tuple[Target, ...]
    """Where the pack compares a count with a number in the locality's own row."""
    counts_verdicts: bool
    """Whether verdicts above rest on those below: what would follow there is not told."""
