"""Percentages to be read: rounded half up from exact fractions, never misleading."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import Final

from cli.wording import percent

_HALF: Final = Fraction(1, 2)
_ENDS: Final = (Fraction(0), Fraction(1))


def rounded(share: Fraction, bounds: Iterable[Fraction] = ()) -> str:
    """Return a share as a percentage with one decimal, or with more where one misleads.

    What is shown lies on the same side of 0%, of 100% and of each bound as the share
    itself, so that it never contradicts an outcome.

    >>> rounded(Fraction(5, 16)), rounded(Fraction(1999, 2000)), rounded(Fraction(1))
    ('31.3%', '99.95%', '100%')
    """
    limits = (*_ENDS, *bounds)
    tenth = 1000
    while True:
        shown = Fraction(floor(share * tenth + _HALF), tenth)
        if all(_side(shown, limit) == _side(share, limit) for limit in limits):
            return percent(shown)
        tenth *= 10


def _side(share: Fraction, limit: Fraction) -> int:
    return (share > limit) - (share < limit)
