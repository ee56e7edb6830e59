"""Two packs side by side: whether what passes the one passes the other.

The locality is the same in both: its level, the day, and every count and field that
means the same in both vocabularies. What does not is free in each.
"""

from collections.abc import Iterator
from functools import partial

from engine.measures import fields_named
from engine.pack import Pack
from engine.policy.properties_from_pack.locality import Locality
from engine.policy.properties_from_pack.search import Candidate, Search, property_of
from engine.policy.properties_from_pack.solver import Condition, Solver
from engine.policy.property import Comparison, Finding, Kind, Property, Topic
from engine.vocabulary import LOCALITIES, Vocabulary


def comparison_of_packs(
    first: Pack, second: Pack, effort: int | None = None
) -> Comparison:
    """Prove which pack is the stricter, or show what passes each and fails the other."""
    solver = Solver() if effort is None else Solver(effort)
    one = Search(first, solver).candidate("first")
    other = Search(second, solver).candidate("second")
    pair = _Pair(one, other, solver)
    return Comparison(
        first_in_second=pair.stricter(one, other),
        second_in_first=pair.stricter(other, one),
        levels=pair.levels,
        shared=pair.shared,
        unshared=(pair.unshared(one.locality), pair.unshared(other.locality)),
        same_day=pair.same_day,
    )


class _Pair:
    """One locality as two packs see it."""

    def __init__(self, one: Candidate, other: Candidate, solver: Solver) -> None:
        self._one, self._other, self._solver = one.locality, other.locality, solver
        packs = self._one.pack, self._other.pack
        judged = set(packs[1].levels)
        self.levels = tuple(each for each in packs[0].levels if each in judged)
        self.same_day = _overlap(*packs)
        self.shared = tuple(
            name
            for name in _facts(self._one)
            if name in _facts(self._other)
            and _means_the_same(name, packs[0].vocabulary, packs[1].vocabulary)
        )

    def unshared(self, place: Locality) -> tuple[str, ...]:
        """Return the facts of one that the other does not know as the same."""
        return tuple(name for name in _facts(place) if name not in self.shared)

    def stricter(self, one: Candidate, other: Candidate) -> Property:
        """Prove that what passes the one passes the other, or show what does not."""
        names = (one.search.pack.id, other.search.pack.id)
        trial = partial(self._passes_only, names, one, other)
        return property_of(Topic.STRICTER, [(names, trial)] if self.levels else [])

    def _passes_only(
        self, names: tuple[str, str], one: Candidate, other: Candidate
    ) -> Finding | None:
        passes = one.concluded.verdicts(one.search.passing)
        fails = self._solver.no(other.concluded.verdicts(other.search.passing))
        wanted = self._solver.all(*self._same(), passes, fails)
        kind = Kind.PASSES_ONLY_FIRST
        return one.search.finding(kind, names, wanted, one, other)

    def _same(self) -> Iterator[Condition]:
        """Yield that both see the same locality on the same day."""
        one, other = self._one, self._other
        yield one.at(self.levels)
        yield from (one.at([each]) == other.at([each]) for each in self.levels)
        if self.same_day:
            yield one.day == other.day
        for name in self.shared:
            kinds = (one.counts, other.counts), (one.fields, other.fields)
            yield from (
                ours[name] == theirs[name] for ours, theirs in kinds if name in ours
            )
        for level, number in one.below.items():
            if level in other.below:
                yield number == other.below[level]


def _facts(place: Locality) -> tuple[str, ...]:
    return (*place.counts, *place.fields)


def _overlap(first: Pack, second: Pack) -> bool:
    """Tell whether there is a day on which both are in force."""
    starts = [each.in_force.start for each in (first, second) if each.in_force.start]
    ends = [each.in_force.end for each in (first, second) if each.in_force.end]
    return not (starts and ends) or max(starts) <= min(ends)


def _means_the_same(name: str, first: Vocabulary, second: Vocabulary) -> bool:
    """Tell whether a count, or a field of localities, is defined alike in both.

    A count of the verdicts below is each pack's own: they are its own verdicts.
    """
    if name in first.counts:
        if "verdict" in fields_named(first.rows_of(name)):
            return False
        return name in second.counts and (
            [*_definition(name, first)] == [*_definition(name, second)]
        )
    fields = first.registers[LOCALITIES].fields, second.registers[LOCALITIES].fields
    return name in fields[1] and fields[0][name].type is fields[1][name].type


def _definition(count: str, vocabulary: Vocabulary) -> Iterator[object]:
    """Yield what a count is: its name, its rows, and so each whole that it lies in."""
    for each in vocabulary.wholes(count):
        yield each.id, each.register, each.where
