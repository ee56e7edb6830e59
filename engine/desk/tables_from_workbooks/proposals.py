"""The one door to rapidfuzz: which known names an unknown one resembles most."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process  # noqa: TID251  (this module is the door)

from engine.desk.tables_from_workbooks.folding import folded, unnumbered
from engine.desk.tables_from_workbooks.spellings import Phrase

_MOST: Final = 3
_LEAST_ALIKE: Final = 60.0
"""Of 100. It only decides what is proposed: nobody takes a proposal without asking."""
_LEAST_ALIKE_IN_ALL: Final = 64.0
"""Of headings, which are compared whole: their words stand in many others."""
_NUMBER: Final = re.compile("[0-9]+")


def columns_like(heading: str, phrases: Sequence[Phrase]) -> tuple[str, ...]:
    """Return the columns whose names a heading resembles most, best first."""
    known = [folded(each.text) for each in phrases]
    columns = [each.column for each in phrases]
    best: dict[str, float] = {}
    for text in {heading, unnumbered(heading), heading.rpartition(" – ")[2]}:
        for at, score in _alike(
            text, known, 4 * _MOST, fuzz.token_sort_ratio, _LEAST_ALIKE_IN_ALL
        ):
            best[columns[at]] = max(score, best.get(columns[at], 0.0))
    ranked = sorted(best, key=lambda column: (-best[column], columns.index(column)))
    return tuple(ranked[:_MOST])


def names_like(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of the names that a name resembles most, best first.

    Where any has the same numbers, only such: hamlet 6 is not hamlet 1.
    """
    numbers = _numbers(name)
    same = [key for key, each in known.items() if _numbers(each) == numbers]
    keys = same if numbers and same else list(known)
    names = [folded(known[key]) for key in keys]
    found = _alike(name, names, _MOST, fuzz.WRatio, _LEAST_ALIKE)
    return tuple(keys[at] for at, _ in found)


def _numbers(name: str) -> list[int]:
    return [int(each) for each in _NUMBER.findall(name)]


def _alike(
    text: str,
    known: Sequence[str],
    limit: int,
    scorer: Callable[..., float],
    least: float,
) -> list[tuple[int, float]]:
    found = process.extract(
        folded(text),
        known,
        scorer=scorer,
        limit=limit,
        score_cutoff=least,
    )
    return [(at, score) for _, score, at in found]
