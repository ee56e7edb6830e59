"""The one door to rapidfuzz: which known names an unknown one resembles most."""

from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process  # noqa: TID251  (this module is the door)

from engine.desk.tables_from_workbooks.folding import folded, unnumbered
from engine.desk.tables_from_workbooks.spellings import Phrase

_MOST: Final = 3
_LEAST_ALIKE: Final = 60.0
"""Of 100. It only decides what is proposed: nobody takes a proposal without asking."""


def columns_like(heading: str, phrases: Sequence[Phrase]) -> tuple[str, ...]:
    """Return the columns whose names a heading resembles most, best first."""
    known = [folded(each.text) for each in phrases]
    columns = [each.column for each in phrases]
    best: dict[str, float] = {}
    for text in {heading, unnumbered(heading), heading.rpartition(" – ")[2]}:
        for at, score in _alike(text, known, limit=4 * _MOST):
            best[columns[at]] = max(score, best.get(columns[at], 0.0))
    ranked = sorted(best, key=lambda column: (-best[column], columns.index(column)))
    return tuple(ranked[:_MOST])


def names_like(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of the names that a name resembles most, best first."""
    keys = list(known)
    names = [folded(each) for each in known.values()]
    return tuple(keys[at] for at, _ in _alike(name, names, limit=_MOST))


def _alike(text: str, known: Sequence[str], *, limit: int) -> list[tuple[int, float]]:
    found = process.extract(
        folded(text),
        known,
        scorer=fuzz.WRatio,
        limit=limit,
        score_cutoff=_LEAST_ALIKE,
    )
    return [(at, score) for _, score, at in found]
