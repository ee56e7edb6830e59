"""A finding in the language that is spoken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cli.language import _
from cli.words.wording import duration, interval, number, said
from engine.desk.finding import Finding, Severity, Value
from engine.errors import N_
from engine.interval import Interval
from engine.vocabulary import Duration, Text

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.NOTE: N_("note"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong and how to cure it, in words."""

    what: str
    cure: str


def told(finding: Finding) -> Told:
    """Return the words of a finding."""
    values = {name: _said(value) for name, value in finding.values.items()}
    return Told(_(finding.what).format_map(values), _(finding.cure).format_map(values))


def _said(value: Value) -> str:
    match value:
        case str():
            return value
        case int():
            return number(value)
        case date():
            return value.isoformat()
        case Duration():
            return duration(value)
        case Interval():
            return interval(value)
        case Text():
            return said(value)
        case tuple():
            return _joined(value)


def _joined(values: tuple[Value, ...]) -> str:
    """Join names by commas, and labels, which may hold commas, by semicolons."""
    joint = "; " if any(isinstance(each, Text) for each in values) else ", "
    return joint.join(map(_said, values))
