"""Percentages to be read: rounded half up from exact fractions, never misleading."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Final

from cli.words.wording import percent

_HALF: Final = Fraction(1, 2)
_FINEST: Final = 12
"""A pack's limits have at most nine decimals of a per cent, and no more are shown."""
_ENDS: Final = (Fraction(0), Fraction(1))


def rounded(share: Fraction, bounds: Iterable[Fraction] = ()) -> str:
    """Return a share as a percentage with one decimal, or with more where one misleads.

    What is shown lies on the same side of 0%, of 100% and of each bound as the share
    itself, so that it never contradicts an outcome, and is a whole number only if the
    share is one.

    >>> rounded(Fraction(5, 16)), rounded(Fraction(1999, 2000)), rounded(Fraction(1))
    ('31.3%', '99.95%', '100%')
    >>> rounded(Fraction(95, 96)), rounded(Fraction(299, 300))
    ('98.96%', '99.7%')
    """
    return percent(_shown(share, (*_ENDS, *bounds)))


@lru_cache(maxsize=2**14)
def _shown(share: Fraction, limits: tuple[Fraction, ...]) -> Fraction:
    """Return a share rounded so far that it stands to each limit as it did."""
    shown = share
    for digits in range(3, _FINEST):
        parts = 10**digits
        shown = Fraction(floor(share * parts + _HALF), parts)
        told_apart = all(_side(shown, at) == _side(share, at) for at in limits)
        if told_apart and (shown == share or (shown * 100).denominator > 1):
            break
    return shown


def _side(share: Fraction, limit: Fraction) -> int:
    return (share > limit) - (share < limit)
