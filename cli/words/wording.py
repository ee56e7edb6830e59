"""The words of a pack, and its numbers as people write them, in the spoken language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from cli.language import _, ngettext, spoken
from cli.plain import fitted
from engine.assessment import Outcome
from engine.errors import N_
from engine.interval import Interval
from engine.pack import UNDETERMINED, Pack, Period
from engine.supposition import Supposition
from engine.vocabulary import LOCALITIES, Duration, Text, Unit

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.MET: N_("met"),
    Outcome.NOT_MET: N_("not met"),
    Outcome.UNKNOWN: N_("not known"),
    Outcome.NOT_APPLICABLE: N_("not applicable"),
}
SYMBOLS: Final[Mapping[Outcome, str]] = {
    Outcome.MET: "✓",
    Outcome.NOT_MET: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "–",
}
_COLUMNS: Final[Mapping[str, str]] = {
    "_by": N_("{field}: who judged it"),
    "_reason": N_("{field}: the reason"),
}


def said(words: Text) -> str:
    """Return a pack's words in the language that is spoken."""
    return words.said_in(spoken())


def number(value: int) -> str:
    """Return a number with its thousands apart.

    >>> number(1234)
    '1,234'
    """
    written = f"{value:,}"
    return written.replace(",", ".") if spoken() == "vi" else written


def percent(share: Fraction) -> str:
    """Return an exact share as a percentage.

    >>> percent(Fraction(1, 200))
    '0.5%'
    """
    whole, rest = divmod(share * 100, 1)
    digits = f".{int(rest * 10**9):09}".rstrip("0") if rest else ""
    return f"{whole}{decimal(digits)}%"


def decimal(written: str) -> str:
    """Return a decimal number, written with a point, as people write it."""
    return written.replace(".", ",") if spoken() == "vi" else written


def interval(value: Interval) -> str:
    """Return what is known of a number."""
    if value.is_exact:
        return number(value.lo)
    if value.hi is None:
        return _("{least} or more").format(least=number(value.lo))
    return _("{least} to {most}").format(least=number(value.lo), most=number(value.hi))


def duration(length: Duration) -> str:
    """Return a length of time."""
    words = {
        Unit.DAYS: ngettext("{number} day", "{number} days", length.number),
        Unit.WEEKS: ngettext("{number} week", "{number} weeks", length.number),
        Unit.MONTHS: ngettext("{number} month", "{number} months", length.number),
        Unit.YEARS: ngettext("{number} year", "{number} years", length.number),
    }
    return words[length.unit].format(number=number(length.number))


def period(days: Period, written: Callable[[date], str] = date.isoformat) -> str:
    """Return the days on which a pack is in force, each as it is to be `written`."""
    first, last = (each and written(each) for each in (days.start, days.end))
    match first, last:
        case None, None:
            return _("in force without limit")
        case start, None:
            return _("in force from {start}").format(start=start)
        case None, end:
            return _("in force until {end}").format(end=end)
        case start, end:
            return _("in force from {start} to {end}").format(start=start, end=end)


def _supposed(value: float | bool | str) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case int():
            return number(value)
        case _:
            return fitted(str(value), 80)


@dataclass(frozen=True, slots=True)
class Wording:
    """Says the names in a pack as people know them."""

    pack: Pack

    def verdict(self, name: str) -> str:
        """Return a verdict's label."""
        if name == UNDETERMINED:
            return _("Undetermined")
        rules = (rule for rule in self.pack.verdicts if rule.verdict == name)
        return said(next(rules).label)

    def level(self, name: str) -> str:
        """Return a level's label."""
        label = self.pack.vocabulary.levels.get(name)
        return said(label) if label else name

    def count(self, name: str) -> str:
        """Return a count's label."""
        return said(self.pack.vocabulary.counts[name].label)

    def field(self, name: str) -> str:
        """Return the label of a field of the localities."""
        return said(self.pack.vocabulary.registers[LOCALITIES].fields[name].label)

    def register(self, name: str) -> str:
        """Return a register's label."""
        return said(self.pack.vocabulary.registers[name].label)

    def column(self, name: str) -> str:
        """Return the label of a column of any register; the localities' come first."""
        registers = self.pack.vocabulary.registers
        for register in (registers[LOCALITIES], *registers.values()):
            for field in register.fields.values():
                if name in field.columns:
                    words = _COLUMNS.get(name.removeprefix(field.id), "{field}")
                    return _(words).format(field=said(field.label))
        return name

    def supposition(self, one: Supposition) -> str:
        """Say what is taken to be so, though nobody knows it."""
        is_count = one.name in self.pack.vocabulary.counts
        what = self.count(one.name) if is_count else self.column(one.name)
        return _("Supposed, not known: {locality}, {what}: {value}").format(
            locality=fitted(one.locality, 40), what=what, value=_supposed(one.value)
        )

    def value(self, known: Interval, count: str) -> str:  # noqa: ARG002  (public words look)
        """Return what is known of a count; a public copy says less of some."""
        return interval(known)

    def amount(self, value: int, count: str) -> str:
        """Return a number with the count's unit, where it has one.

        Units stand in the plural, so English leaves the unit of one out.
        """
        unit = self.pack.vocabulary.counts[count].unit
        if unit is None:
            return number(value)
        words = ngettext("{number}", "{number} {unit}", value)
        return words.format(number=number(value), unit=said(unit))

    def at_least(self, value: int, count: str) -> str:
        """Return a number that may turn out to be larger, with the count's unit."""
        return _("at least {bound}").format(bound=self.amount(value, count))
