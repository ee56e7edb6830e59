"""Whether bands of one number or ratio overlap, or leave a gap between them.

Bands are checks of different criteria on the same number, or the same ratio, at a level
that they share, where at least one of them has an end below and an end above. Where one
lies within another they are grades and not bands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Final

from engine.pack import Amount, Check, Criterion, NoneOf, Pack, Share, leaves
from engine.policy.properties_from_pack.locality import Locality
from engine.policy.properties_from_pack.search import Search, Trial, property_of
from engine.policy.properties_from_pack.solver import Condition, Solver
from engine.policy.property import Finding, Kind, Property, Topic
from engine.vocabulary import Operator

_UP: Final = (Operator.AT_LEAST, Operator.MORE_THAN)
Measure = tuple[str, ...]
"""A count, or a part and the whole that it is a share of."""


@dataclass(frozen=True, slots=True)
class Band:
    """A check that divides a number or a ratio, between bounds that are fixed."""

    criterion: Criterion
    check: Check
    measure: Measure
    bounds: tuple[tuple[Operator, Fraction], ...]

    @property
    def low(self) -> Fraction:
        """Where it begins."""
        return max((at for op, at in self.bounds if op in _UP), default=Fraction(0))

    @property
    def has_both_ends(self) -> bool:
        """Whether it ends below and above."""
        return len({operator in _UP for operator, _ in self.bounds}) > 1

    def keeps(self, place: Locality, solver: Solver, *, lower: bool) -> Condition:
        """Return that the ends below (or above) are kept."""
        return solver.all(
            *(
                _stands(self.measure, place, operator, at)
                for operator, at in self.bounds
                if (operator in _UP) is lower
            )
        )


def bands(search: Search) -> Property:
    """Prove that the bands of each number or ratio fit, or show where they do not."""

    def trials() -> Iterator[Trial]:
        done = set[tuple[str, ...]]()
        for level in search.pack.levels:
            for family in _families(search.pack, level):
                ids = tuple(each.check.id for each in family)
                if ids not in done:
                    done.add(ids)
                    yield from _trials(search, level, family)

    return property_of(Topic.BANDS, trials())


def _families(pack: Pack, level: str) -> Iterator[Sequence[Band]]:
    found: dict[Measure, list[Band]] = {}
    for criterion in pack.criteria:
        if level not in criterion.levels:
            continue
        for leaf in leaves(criterion.requires):
            if (
                isinstance(leaf, Check)
                and (band := band_of(criterion, leaf)) is not None
            ):
                found.setdefault(band.measure, []).append(band)
    for family in found.values():
        criteria = {band.criterion.id for band in family}
        if len(criteria) > 1 and any(band.has_both_ends for band in family):
            yield sorted(family, key=lambda band: band.low)


def band_of(criterion: Criterion, check: Check) -> Band | None:
    """Return a check of a criterion as a band, if it compares a number or a share."""
    match check.ask:
        case NoneOf(count):
            bounds = ((Operator.AT_MOST, Fraction(0)),)
            return Band(criterion, check, (count,), bounds)
        case Amount(count, limits):
            known = [(op, Fraction(at)) for op, at in limits if isinstance(at, int)]
            if len(known) < len(limits):
                return None
            return Band(criterion, check, (count,), tuple(known))
        case Share(part, whole, shares):
            return Band(criterion, check, (part, whole), shares)
        case _:
            return None


def _trials(search: Search, level: str, family: Sequence[Band]) -> Iterator[Trial]:
    asked = _Family(search, level, family)
    for one, other in combinations(family, 2):
        if one.criterion.id != other.criterion.id:
            yield asked.subjects(one, other), partial(asked.overlap, one, other)
    for cut in range(1, len(family)):
        subjects = asked.subjects(family[cut - 1], family[cut])
        yield subjects, partial(asked.gap, cut)


class _Family:
    """The bands of one number or ratio at one level."""

    def __init__(self, search: Search, level: str, bands: Sequence[Band]) -> None:
        self._search, self._bands = search, bands
        self._at = search.candidate()
        place = self._at.locality
        wholes = bands[0].measure[1:]
        self._here = search.solver.all(
            place.at([level]), *(place.counts[whole] > 0 for whole in wholes)
        )

    def subjects(self, one: Band, other: Band) -> tuple[str, ...]:
        """Return what a finding is about."""
        return one.criterion.id, other.criterion.id, " / ".join(one.measure)

    def overlap(self, one: Band, other: Band) -> Finding | None:
        """Find where two bands hold at once, unless one lies within the other."""
        solver, sound = self._search.solver, self._at.sound
        a, b = (self._at.concluded.truth(each.check) for each in (one, other))
        for inner, outer in ((a, b), (b, a)):
            if solver.find(sound, self._here, inner, solver.no(outer)) is None:
                return None
        return self._found(Kind.BANDS_OVERLAP, one, other, solver.all(a, b))

    def gap(self, cut: int) -> Finding | None:
        """Find what lies above the bands before a cut and below those after it."""
        solver, place, bands = self._search.solver, self._at.locality, self._bands
        above = (solver.no(x.keeps(place, solver, lower=False)) for x in bands[:cut])
        under = (solver.no(x.keeps(place, solver, lower=True)) for x in bands[cut:])
        between = solver.all(*above, *under)
        return self._found(Kind.BANDS_GAP, bands[cut - 1], bands[cut], between)

    def _found(
        self, kind: Kind, one: Band, other: Band, condition: Condition
    ) -> Finding | None:
        wanted = self._search.solver.all(self._here, condition)
        checks = [band.check for band in self._bands]
        subjects = self.subjects(one, other)
        return self._search.finding(kind, subjects, wanted, self._at, checks=checks)


def _stands(
    measure: Measure, place: Locality, operator: Operator, at: Fraction
) -> Condition:
    match measure:
        case (part, whole):
            return place.share(part, whole, operator, at)
        case _:
            return operator.compare(place.counts[measure[0]], int(at))
