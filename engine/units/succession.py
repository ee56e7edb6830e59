"""Which administrative unit came after which: units have a code and days it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from unicodedata import combining, normalize

from engine.names import folded
from engine.source import Place


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit between two days; the same code may mean another one before or after."""

    code: str
    name: str
    since: date | None
    """The first day that is known of it; None where it was there before the table."""
    until: date | None
    """Its last day."""

    def holds_on(self, day: date) -> bool:
        """Tell whether there was this unit on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def is_called(self, words: str) -> bool:
        """Tell whether words are its code, or stand in its name.

        Case does not count, nor where a tone sits (hòa, hoà); words without diacritics
        find names with them.
        """
        if words.strip() == self.code:
            return True
        wanted, name = folded(words), folded(self.name)
        if wanted == _bare(words):
            wanted, name = _bare(words), _bare(self.name)
        return bool(wanted) and f" {wanted} " in f" {name} "

    def goes_by(self, name: str) -> bool:
        """Tell whether a name is its own, with its kind (phường, xã) or without."""
        own, other = folded(self.name), folded(name)
        return f" {own}".endswith(f" {other}") or f" {other}".endswith(f" {own}")


def _bare(words: str) -> str:
    letters = normalize("NFD", words.casefold()).replace("đ", "d")
    return " ".join("".join(e for e in letters if not combining(e)).split())


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit that ended, and one that it went into, wholly or in part."""

    old_code: str
    old_name: str
    until: date
    new_code: str | None
    """None where nothing came after it, as after a district."""
    new_name: str
    since: date
    """The first day of the new unit, or without the old one."""
    is_whole: bool
    """Whether all of the old unit went into the new one."""
    source: str
    place: Place


@dataclass(frozen=True)
class Successions:
    """A table of successors."""

    rows: Sequence[Succession]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which units changed."""
        return tuple(sorted({each.since for each in self.rows}))

    def on(self, day: date) -> tuple[Succession, ...]:
        """Return what changed on one day."""
        return tuple(each for each in self.rows if each.since == day)

    def is_same(self, row: Succession) -> bool:
        """Tell whether the new unit is the old one: its code, its name, nothing more."""
        names = row.old_code == row.new_code and row.old_name == row.new_name
        alone = len(self._into[row.new_code, row.since]) == 1
        return names and row.is_whole and alone

    @cached_property
    def _into(self) -> Mapping[tuple[str | None, date], Sequence[Succession]]:
        """What each new unit was made of, by its code and first day."""
        found: dict[tuple[str | None, date], list[Succession]] = {}
        for row in self.rows:
            found.setdefault((row.new_code, row.since), []).append(row)
        return found

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit of the table, by code, then by the day it began."""
        began: dict[str, dict[date, Unit]] = {}
        for code, since in self._into:
            if code is not None:
                name = self._into[code, since][0].new_name
                began.setdefault(code, {})[since] = Unit(code, name, since, None)
        for row in self.rows:
            of_code = began.setdefault(row.old_code, {})
            # The latest of this code that had begun by then; else one from before.
            since = max((day for day in of_code if day <= row.until), default=date.min)
            unit = of_code.get(since) or Unit(row.old_code, row.old_name, None, None)
            of_code[since] = replace(unit, until=row.until)
        return tuple(
            of_code[since]
            for _code, of_code in sorted(began.items())
            for since in sorted(of_code)
        )

    def found(self, words: str) -> tuple[Unit, ...]:
        """Return the units that words name, old and new."""
        return tuple(unit for unit in self.units if unit.is_called(words))

    def after(self, unit: Unit) -> Iterator[Succession]:
        """Yield what a unit went into."""
        yield from (
            row
            for row in self.rows
            if row.old_code == unit.code and row.until == unit.until
        )

    def before(self, unit: Unit) -> Sequence[Succession]:
        """Return what a unit was made of."""
        return () if unit.since is None else self._into.get((unit.code, unit.since), ())
