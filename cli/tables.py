"""Tables for a terminal and for a pipe: plain text in aligned columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cli.plain import cells, fitted

WIDTH: Final = 100
"""How wide a text is at most; only a table of very many criteria is wider."""
GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the most cells it may take, where its text leans."""

    heading: str
    widest: int = 40
    right: bool = False
    paint: Callable[[str], str] = str
    """Colours an entry; never the only sign of what it says."""
    narrowest: int | None = None
    """How far it gives way so that the table keeps to the width; None: not at all."""


def table_lines(
    columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Yield the heading and the rows, each column as wide as its widest entry.

    What is wider than its column may be is cut, and the cut is marked.
    """
    headings = tuple(column.heading for column in columns)
    most = [column.widest for column in columns]
    cut = _cut((headings, *rows), most)
    widths = _widths(cut)
    kept = _kept(columns, widths)
    if kept != widths:
        cut = _cut(cut, kept)
        widths = _widths(cut)
    for row in cut:
        padded = (
            _padded(text, width, column)
            for text, width, column in zip(row, widths, columns, strict=True)
        )
        yield GAP.join(padded).rstrip()


def _cut(rows: Iterable[Sequence[str]], most: Sequence[int]) -> list[list[str]]:
    return [[fitted(*each) for each in zip(row, most, strict=True)] for row in rows]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(cells, column)) for column in zip(*rows, strict=True)]


def _kept(columns: Sequence[Column], widths: Sequence[int]) -> list[int]:
    """Return how wide columns stay; none gives way where that would not be enough."""
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - WIDTH
    spare = [
        max(0, width - (width if each.narrowest is None else each.narrowest))
        for width, each in zip(widths, columns, strict=True)
    ]
    kept = list(widths)
    if excess <= sum(spare):
        for at, free in enumerate(spare):
            given = max(0, min(free, excess))
            kept[at] -= given
            excess -= given
    return kept


def _padded(text: str, width: int, column: Column) -> str:
    space = " " * (width - cells(text))
    painted = column.paint(text)
    return space + painted if column.right else painted + space
