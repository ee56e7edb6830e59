"""What makes a locality easy to read, where the search leaves a choice.

None of this decides anything: a wish that cannot be met is passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine.pack import Falls, Pack, Share
from engine.policy.properties_from_pack.locality import Locality, population
from engine.policy.properties_from_pack.solver import Condition, Number, Solver
from engine.vocabulary import LOCALITIES

Wish = tuple[Condition, ...]
"""Alternatives, the dearest first."""
_CAPS: Final = (1, 3, 10, 30, 100, 1_000, 10_000, 100_000, 1_000_000)
"""The largest number, if it can be so small."""
_ROUND: Final = (100, 1_000, 10_000, 100_000)
"""Sizes of a population of which shares are asked."""


def wishes_for_readers(places: Sequence[Locality], solver: Solver) -> Iterator[Wish]:
    """Yield wishes about localities, what matters most first."""
    for place in places:
        yield from _where_and_when(place)
        yield from _inhabited(place)
    for place in places:
        yield from ((number == 0,) for number in place.below.values())
    counts = [number for place in places for number in _not_round(place)]
    yield tuple(solver.all(*(number <= cap for number in counts)) for cap in _CAPS)
    for place in places:
        for name, field in place.fields.items():
            yield (field == 0 if place.is_number(name) else solver.no(field),)
    yield from ((number == 0, number == 1) for number in counts)


def _where_and_when(place: Locality) -> Iterator[Wish]:
    yield tuple(place.level == at for at in range(len(place.pack.levels)))
    period = place.pack.in_force
    if (day := period.start or period.end) is not None:
        yield (place.day == day.toordinal(),)


def _inhabited(place: Locality) -> Iterator[Wish]:
    """Yield that there is somebody of whom a share is asked: else it is vacuous."""
    sizes = _round_sizes(place.pack)
    shares = (
        population(check.ask)
        for check in place.pack.checks
        if isinstance(check.ask, Share | Falls)
    )
    for whole in dict.fromkeys(shares):
        number = place.counts[whole]
        size = (number == sizes[whole],) if whole in sizes else ()
        yield (*size, number > 0)


def _not_round(place: Locality) -> Iterator[Number]:
    """Yield the counts for which no round size is wished."""
    sizes = _round_sizes(place.pack)
    yield from (number for name, number in place.counts.items() if name not in sizes)


def _round_sizes(pack: Pack) -> Mapping[str, int]:
    """Return populations with a round size of which every share asked for is whole."""
    shares: dict[str, list[int]] = {}
    for check in pack.checks:
        match check.ask:
            case Share(_, whole, bounds):
                if pack.vocabulary.counts[whole].register != LOCALITIES:
                    parts = shares.setdefault(whole, [])
                    parts += (share.denominator for _, share in bounds)
            case _:
                pass
    return {
        whole: next(
            (size for size in _ROUND if not any(size % part for part in parts)),
            _ROUND[0],
        )
        for whole, parts in shares.items()
    }
