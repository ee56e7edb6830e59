"""How large sums may become: a number that leaves 64 bits would be a wrong verdict."""

from typing import Final

from engine.errors import N_, FactsError, Problems
from engine.source import Place

LARGEST_SUM: Final = 2**62
"""Sums stay below this, so that adding two of them cannot leave 64 bits."""


def refuse_sum(bound: int, place: Place) -> None:
    """Refuse the numbers of a table that may add up to `bound`, if that is too much.

    Raises:
        FactsError: it is.
    """
    if bound < LARGEST_SUM:
        return
    problems = Problems()
    problems.error(
        "facts-beyond-reckoning",
        place,
        N_("the numbers may add up to {bound}, more than can be reckoned with"),
        N_("look for a number with too many digits"),
        bound=bound,
    )
    problems.raise_as(FactsError)
