"""Tables for a terminal and for a pipe: plain text in aligned columns."""

from collections.abc import Callable, Iterator, Sequence
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


def table_lines(
    columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Yield the heading and the rows, each column as wide as its widest entry.

    What is wider than its column may be is cut, and the cut is marked.
    """
    headings = tuple(column.heading for column in columns)
    cut = [
        [fitted(text, column.widest) for text, column in zip(row, columns, strict=True)]
        for row in (headings, *rows)
    ]
    widths = [max(map(cells, column)) for column in zip(*cut, strict=True)]
    for row in cut:
        padded = (
            _padded(text, width, column)
            for text, width, column in zip(row, widths, columns, strict=True)
        )
        yield GAP.join(padded).rstrip()


def _padded(text: str, width: int, column: Column) -> str:
    space = " " * (width - cells(text))
    painted = column.paint(text)
    return space + painted if column.right else painted + space
