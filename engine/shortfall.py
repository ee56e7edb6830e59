"""How far a check is from being true, in units that must change (LANGUAGE §7)."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from engine.interval import Interval
from engine.pack import Amount, Ask, Asked, Every, Falls, Holds, NoneOf, Share
from engine.vocabulary import Operator

Values = Mapping[str, Interval]


def shortfall(
    ask: Ask, values: Values, exceptions: Interval | None, targets: Mapping[str, int]
) -> int | None:
    """Return the least number of units that must change for a false check to be true.

    `targets` holds the locality's numbers that bounds name. The day that is asked for
    is no unit: a check of it has no shortfall.
    """
    match ask:
        case NoneOf(count):
            return values[count].lo
        case Every():
            return exceptions.lo if exceptions else None
        case Amount(count, bounds):
            pairs = (
                (operator, targets[bound] if isinstance(bound, str) else bound)
                for operator, bound in bounds
            )
            return max(_gaps(values[count], pairs))
        case Share(part, whole, bounds):
            return max(_share_gaps(values[part], values[whole], bounds))
        case Falls(now, before, by):
            most = values[before].hi
            return None if most is None else values[now].lo - floor((1 - by) * most)
        case Holds():
            return 1
        case Asked():
            return None


def _gaps(value: Interval, bounds: Iterable[tuple[Operator, int]]) -> Iterator[int]:
    for operator, bound in bounds:
        match operator:
            case Operator.AT_LEAST if value.hi is not None:
                yield bound - value.hi
            case Operator.MORE_THAN if value.hi is not None:
                yield bound + 1 - value.hi
            case Operator.AT_MOST:
                yield value.lo - bound
            case Operator.LESS_THAN:
                yield value.lo - bound + 1


def _share_gaps(
    part: Interval, whole: Interval, bounds: tuple[tuple[Operator, Fraction], ...]
) -> Iterator[int]:
    for operator, p in bounds:
        match operator:
            case Operator.AT_LEAST if part.hi is not None:
                yield ceil(p * whole.lo) - part.hi
            case Operator.MORE_THAN if part.hi is not None:
                yield floor(p * whole.lo) + 1 - part.hi
            case Operator.AT_MOST if whole.hi is not None or p == 0:
                yield part.lo - floor(p * (whole.hi or 0))
            case Operator.LESS_THAN if whole.hi is not None or p == 0:
                yield part.lo - ceil(p * (whole.hi or 0)) + 1
