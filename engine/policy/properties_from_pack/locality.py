"""A locality of which everything is known, in numbers that the solver is to find.

What LANGUAGE §4 and §5 say of exact counts, as conditions: parts never exceed their
wholes, counts over localities agree with those that lie below, checks are true or false.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from engine.measures import measures_from_pack
from engine.pack import (
    Amount,
    Ask,
    Asked,
    Check,
    Every,
    Falls,
    Holds,
    NoneOf,
    Pack,
    Share,
)
from engine.policy.properties_from_pack.own_row import OwnRow, truth_below, values_named
from engine.policy.properties_from_pack.solver import Condition, Model, Number, Solver
from engine.truth import Truth
from engine.vocabulary import LARGEST_COUNT, LOCALITIES, FieldType, Operator


@dataclass(frozen=True, slots=True)
class Known:
    """The numbers of one locality, found."""

    level: str
    as_of: date
    counts: Mapping[str, int]
    fields: Mapping[str, bool | int]
    below: Mapping[str, int]
    """How many localities lie below it, by level, of which nothing else is known."""


class Locality:
    """One unknown locality that a pack judges."""

    def __init__(self, name: str, pack: Pack, solver: Solver) -> None:
        self.pack, self._solver, self._name = pack, solver, name
        self.measures = measures_from_pack(pack)
        self.level = solver.number(f"{name} level")
        self.day = solver.number(f"{name} day")
        self.counts: Mapping[str, Number] = {
            each.id: solver.number(f"{name} count {each.id}")
            for each in self.measures.counts
        }
        self.fields: Mapping[str, Condition | Number] = {
            field: (solver.number if self.is_number(field) else solver.truth)(
                f"{name} field {field}"
            )
            for field in self._fields_used()
        }
        self.below: Mapping[str, Number] = {
            level: solver.number(f"{name} below {level}") for level in self._levels()
        }

    def is_number(self, field: str) -> bool:
        """Tell whether a field of the locality's row is a number, not a yes or no."""
        fields = self.pack.vocabulary.registers[LOCALITIES].fields
        return fields[field].type is FieldType.COUNT

    def at(self, levels: Iterable[str]) -> Condition:
        """Return that the locality is of one of the levels."""
        known = self.pack.levels
        here = [self.level == known.index(each) for each in levels if each in known]
        return self._solver.any(*here)

    @cached_property
    def sound(self) -> Condition:
        """That the facts are facts."""
        return self._solver.all(
            *self._within_limits(),
            *self._parts_within_wholes(),
            *self._as_many_as_below(),
        )

    def sides(self, check: Check) -> tuple[Condition, Condition]:
        """Return that a check is true, and that it is false.

        It is neither where nobody is concerned and it says `if_empty: unknown`.
        """
        asked = self._solver.all(*self._asked(check.ask))
        whole = population(check.ask)
        if not whole:
            return asked, self._solver.no(asked)
        nobody = self.counts[whole] == 0
        some = self._solver.no(nobody)
        match check.if_empty:
            case Truth.TRUE:
                true = self._solver.any(nobody, asked)
            case _:
                true = self._solver.all(some, asked)
        false = self._solver.no(true)
        if check.if_empty is Truth.UNKNOWN:
            false = self._solver.all(some, false)
        return true, false

    def known(self, model: Model) -> Known:
        """Return the numbers that were found."""
        return Known(
            level=self.pack.levels[model.number(self.level)],
            as_of=date.fromordinal(model.number(self.day)),
            counts={name: model.number(one) for name, one in self.counts.items()},
            fields={
                name: model.number(one) if self.is_number(name) else model.holds(one)
                for name, one in self.fields.items()
            },
            below={
                level: number
                for level, one in self.below.items()
                if (number := model.number(one))
            },
        )

    def _fields_used(self) -> tuple[str, ...]:
        """Return the fields that checks ask for, or counts over this very row."""
        fields = self.pack.vocabulary.registers[LOCALITIES].fields
        kinds = (FieldType.YES_NO, FieldType.ASSESSED)
        of_rows = (
            part.field
            for each in self.measures.on(LOCALITIES)
            for part in values_named(each.rows)
            if part.field in fields and fields[part.field].type in kinds
        )
        return tuple(dict.fromkeys((*self.measures.fields, *of_rows)))

    def _levels(self) -> tuple[str, ...]:
        """Return the levels that a locality below may have."""
        named = (
            value
            for each in self.measures.on(LOCALITIES)
            for part in values_named(each.rows)
            if part.field == "level"
            for value in part.values
        )
        if not self.measures.on(LOCALITIES):
            return ()
        known = (*self.pack.levels, *self.pack.vocabulary.levels, *map(str, named))
        return tuple(dict.fromkeys(known))

    def _within_limits(self) -> Iterator[Condition]:
        period = self.pack.in_force
        yield self.level >= 0
        yield self.level < len(self.pack.levels)
        yield self.day >= (period.start or date.min).toordinal()
        yield self.day <= (period.end or date.max).toordinal()
        numbers = (self.fields[each] for each in self.fields if self.is_number(each))
        for number in (*self.counts.values(), *numbers, *self.below.values()):
            yield number >= 0
            yield number <= LARGEST_COUNT

    def _parts_within_wholes(self) -> Iterator[Condition]:
        for each in self.measures.counts:
            if each.within is not None:
                yield self.counts[each.id] <= self.counts[each.within]

    def _as_many_as_below(self) -> Iterator[Condition]:
        """Yield that counts over localities are what its row and those below allow.

        Nothing is known of those below but their level, so a count may take any number
        that they leave open.
        """
        one_if = self._solver.one_if
        row = self._own_row()
        for each in self.measures.on(LOCALITIES):
            own = row.sides(each.rows)
            least, most = one_if(own.true), one_if(self._solver.no(own.false))
            for level, number in self.below.items():
                truth = truth_below(each.rows, level)
                least = least + number * int(truth is Truth.TRUE)
                most = most + number * int(truth is not Truth.FALSE)
            if each.key in self.counts:
                counted = self.counts[each.key]
            else:
                pair = next(x for x in self.measures.exceptions if x.key == each.key)
                counted = self.counts[pair.whole] - self.counts[pair.part]
            yield counted >= least
            yield counted <= most

    def _own_row(self) -> OwnRow:
        return OwnRow(
            self._solver,
            {level: self.at([level]) for level in self.pack.levels},
            {
                name: one
                for name, one in self.fields.items()
                if not self.is_number(name)
            },
        )

    def _asked(self, ask: Ask) -> Iterator[Condition]:
        """Yield what a check asks, bound by bound."""
        count = self.counts
        match ask:
            case NoneOf(name):
                yield count[name] == 0
            case Every(whole, part):
                yield count[part] >= count[whole]
            case Amount(name, bounds):
                yield from (op.compare(count[name], self._bound(x)) for op, x in bounds)
            case Share(part, whole, shares):
                yield from (self.share(part, whole, *each) for each in shares)
            case Falls(now, before, by):
                yield self.share(now, before, Operator.AT_MOST, 1 - by)
            case Holds(field):
                yield self.fields[field]
            case Asked(days):
                yield from (op.compare(self.day, day.toordinal()) for op, day in days)

    def _bound(self, bound: int | str) -> Number:
        return self.fields[bound] if isinstance(bound, str) else bound

    def share(
        self, part: str, whole: str, operator: Operator, share: Fraction
    ) -> Condition:
        """Return that one count compares so with an exact share of another."""
        left = self.counts[part] * share.denominator
        return operator.compare(left, self.counts[whole] * share.numerator)


def population(ask: Ask) -> str:
    """Return the count of which a check is vacuous where it is nobody, or nothing."""
    match ask:
        case Every(whole, _) | Share(_, whole, _):
            return whole
        case Falls(_, before, _):
            return before
        case _:
            return ""
