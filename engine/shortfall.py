"""How far a check is from being true, in units that must change (LANGUAGE §7)."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Final

from engine.interval import Interval
from engine.pack import Amount, Ask, Asked, Every, Falls, Holds, NoneOf, Share
from engine.vocabulary import Operator

Values = Mapping[str, Interval]

_UPWARD: Final = (Operator.AT_LEAST, Operator.MORE_THAN)


def shortfall(
    ask: Ask,
    values: Values,
    exceptions: Interval | None,
    targets: Mapping[str, int | None],
) -> int | None:
    """Return the least number of units that must change for a false check to be true.

    `targets` holds the locality's numbers that bounds name; one that is not known asks
    for nothing. The day that is asked for is no unit: a check of it has no shortfall.
    """
    match ask:
        case NoneOf(count):
            return values[count].lo
        case Every():
            return exceptions.lo if exceptions else None
        case Amount(count, bounds):
            numbers = (
                (operator, targets[bound] if isinstance(bound, str) else bound)
                for operator, bound in bounds
            )
            known = ((operator, n) for operator, n in numbers if n is not None)
            return max(_gaps(values[count], known), default=None)
        case Share(part, whole, bounds):
            gaps = _share_gaps(values[part], values[whole], bounds)
            return max(gaps, default=None)
        case Falls(now, before, by):
            return _excess(values[now], values[before], 1 - by)
        case Holds():
            return 1
        case Asked():
            return None


def _excess(now: Interval, before: Interval, kept: Fraction) -> int | None:
    if before.hi is None and kept > 0:
        return None
    return now.lo - floor(kept * (before.hi or 0))


def _gaps(value: Interval, bounds: Iterable[tuple[Operator, int]]) -> Iterator[int]:
    for operator, bound in bounds:
        if operator in _UPWARD:
            if value.hi is not None:
                yield bound + (operator is Operator.MORE_THAN) - value.hi
        else:
            yield value.lo - bound + (operator is Operator.LESS_THAN)


def _share_gaps(
    part: Interval, whole: Interval, bounds: tuple[tuple[Operator, Fraction], ...]
) -> Iterator[int]:
    for operator, p in bounds:
        # The least number that is more than a bound, or the most that is less.
        if operator in _UPWARD:
            strict = operator is Operator.MORE_THAN
            enough = floor(p * whole.lo) + 1 if strict else ceil(p * whole.lo)
            if part.hi is not None:
                yield enough - part.hi
        elif whole.hi is not None or p == 0:
            strict = operator is Operator.LESS_THAN
            limit = p * (whole.hi or 0)
            yield part.lo - (ceil(limit) - 1 if strict else floor(limit))
