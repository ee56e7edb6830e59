"""What an inspector should look at before the facts are judged, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.interval import Interval
from engine.source import Place
from engine.vocabulary import Duration, Text


class Severity(StrEnum):
    """How bad it is, the worst first."""

    ERROR = "error"
    """Two statements cannot both be true, or one cannot be true at all."""
    WARNING = "warning"
    """Something is missing, old or unlikely."""
    NOTE = "note"
    """Good to know; nothing need be done."""


Value = int | str | date | Duration | Interval | Text | tuple["Value", ...]
"""What fills a template; whoever tells it says it in the reader's language."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `what` and `cure` are English templates over `values`.

    `values` never holds a value of a personal register.
    """

    code: str
    severity: Severity
    locality: str | None
    """None where it concerns the facts as a whole."""
    name: str | None
    concerns: tuple[str, ...]
    """The ids of the counts, fields or registers in question."""
    places: tuple[Place, ...]
    what: str
    cure: str
    values: Mapping[str, Value]
