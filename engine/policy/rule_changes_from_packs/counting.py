"""What differs in what the packs count: counts, fields and registers of vocabularies."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from engine.measures import (
    Measures,
    fields_asked,
    fields_named,
    measures_from_pack,
)
from engine.pack import Check, Pack, counts_named
from engine.policy.rule_change import Aspect, Matter, RuleChange
from engine.policy.rule_changes_from_packs.formulas import Both
from engine.policy.rule_changes_from_packs.matching import Matched, of_each
from engine.policy.rule_changes_from_packs.meaning import meaning_of_condition
from engine.vocabulary import LOCALITIES, Count, Field

_T = TypeVar("_T")


def counting_changes(
    before: Pack, after: Pack, matched: Matched
) -> Iterator[RuleChange]:
    """Yield the differences in what at least one of the packs rests on."""
    both = _Packs(before, after, matched)
    for name in both.counts:
        yield from both.count(name)
    for register, field in both.fields:
        yield from both.field(register, field)
    for register in both.registers:
        yield from both.register(register)


class _Packs:
    def __init__(self, before: Pack, after: Pack, matched: Matched) -> None:
        self._packs, self._matched = (before, after), matched
        measured = [measures_from_pack(pack) for pack in (before, after)]
        # Those of the second pack first, in its order; then what only the first has.
        measured.reverse()
        self.counts = _each_once(each.id for one in measured for each in one.counts)
        self.fields = _each_once(each for one in measured for each in _fields(one))
        self.registers = _each_once(register for register, _ in self.fields)

    def count(self, name: str) -> Iterator[RuleChange]:
        old, new = (pack.vocabulary.counts.get(name) for pack in self._packs)
        names = of_each((old, new), lambda each: each.id)
        places = of_each((old, new), lambda each: each.place)
        both = Both(Matter.COUNT, names, places, self._resting(count=name))
        if old is None or new is None:
            yield from both.differ(Aspect.WHOLE, old, new)
            return
        if old.within is None and new.within is None:
            yield from both.differ(Aspect.IN, old.register, new.register)
        yield from both.differ(Aspect.WITHIN, old.within, new.within)
        meanings = [meaning_of_condition(each.where) for each in (old, new)]
        yield from both.differ(
            Aspect.WHERE, old.where, new.where, same=meanings[0] == meanings[1]
        )
        yield from both.differ(Aspect.LABEL, old.label, new.label)
        yield from both.differ(Aspect.UNIT, old.unit, new.unit)
        yield from both.differ(Aspect.PERSONAL, old.personal, new.personal)

    def field(self, register: str, name: str) -> Iterator[RuleChange]:
        old, new = (self._field(pack, register, name) for pack in self._packs)
        if old is None or new is None:
            return  # what counts by it tells of it
        full = f"{register}.{name}"
        rests = self._resting(field=(register, name))
        both = Both(Matter.FIELD, (full, full), criteria=rests)
        yield from both.differ(Aspect.TYPE, old.type, new.type)
        if old.type is new.type:
            is_same = set(old.of) == set(new.of)
            yield from both.differ(Aspect.CHOICES, old.of, new.of, same=is_same)
        yield from both.differ(Aspect.LABEL, old.label, new.label)
        shared = [each for each in new.of if each in old.of]
        labels = [
            tuple(field.labels[each] for each in shared if each in field.labels)
            for field in (old, new)
        ]
        yield from both.differ(Aspect.LABELS, *labels)

    def register(self, name: str) -> Iterator[RuleChange]:
        old, new = (pack.vocabulary.registers.get(name) for pack in self._packs)
        if old is None or new is None:
            return  # what counts in it tells of it
        both = Both(Matter.REGISTER, (name, name))
        yield from both.differ(Aspect.PERSONAL, old.personal, new.personal)
        yield from both.differ(Aspect.LABEL, old.label, new.label)

    @staticmethod
    def _field(pack: Pack, register: str, name: str) -> Field | None:
        table = pack.vocabulary.registers.get(register)
        return None if table is None else table.fields.get(name)

    def _resting(
        self, count: str = "", field: tuple[str, str] = ("", "")
    ) -> tuple[str, ...]:
        """Return the criteria of either pack that rest on a count or a field."""
        before, after = self._packs
        old = {
            self._matched.names.get(each.id, each.id)
            for each in before.criteria
            if any(_rests(check, before, count, field) for check in each.checks)
        }
        new = [
            each.id
            for each in after.criteria
            if each.id in old
            or any(_rests(check, after, count, field) for check in each.checks)
        ]
        return (*new, *sorted(old - set(new)))


def _rests(check: Check, pack: Pack, count: str, field: tuple[str, str]) -> bool:
    counts = [
        each
        for name in counts_named(check.ask)
        for each in pack.vocabulary.wholes(name)
    ]
    if any(each.id == count for each in counts):
        return True
    if field[0] == LOCALITIES and field[1] in fields_asked(check):
        return True
    return any(field in _of_count(each) for each in counts)


def _of_count(count: Count) -> Iterator[tuple[str, str]]:
    if count.register is not None:
        yield from ((count.register, name) for name in fields_named(count.where))


def _fields(measures: Measures) -> Iterator[tuple[str, str]]:
    """Yield the fields that a pack rests on, each with its register."""
    registers = measures.vocabulary.registers
    own = ((LOCALITIES, name) for name in measures.fields)
    for found in (own, *map(_of_count, measures.counts)):
        for register, name in found:
            if name in registers[register].fields:  # not a built-in column
                yield register, name


def _each_once(found: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(found))
