"""The lines of a YAML text, laid out in the order of a tree's keys.

Whatever belongs to a key moves with it, letter by letter: its value, the comment behind it,
the comment lines directly above it, and those that stand indented below it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final
from unicodedata import normalize

from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from engine.yaml_source.reading import long_texts

_BREAK: Final = re.compile("\r\n?|\n")
_KEEPS_END: Final = re.compile(r"[|>][0-9]?\+[0-9]?[ \t]*(#.*)?$")
_BULLET: Final = re.compile(r"-[ \t]+(?=[^ \t])")
_SPACES: Final = " \t"
"""What is no letter to YAML; a no-break space is one."""


def composed(data: bytes) -> str:
    """Return a text in UTF-8 with letters composed and lines ended by LF."""
    return _BREAK.sub("\n", normalize("NFC", data.decode("utf-8-sig")))


def laid_out(text: str, tree: Node) -> str:
    """Return a text with its parts in the order of its tree.

    The comment at the top stays there, and so does the one at the bottom.
    """
    page = _Page(text)
    start = tree.line - 1
    end = page.end_of(start, len(page.lines), column=1)
    if isinstance(tree, Scalar) or not page.is_block(tree):
        head, body = page.asides(0, start), page.verbatim(start, end, 0)
    else:
        top = page.head_of(tree)
        head, block = page.asides(0, top), page.block(tree, top, end)
        body = [*block.above, *block.lines]
        if head and block.above:
            head = [*_without_blank_end(head), ""]
    head = _without_blank_start(head)
    foot = _without_blank_end(page.asides(end, len(page.lines)))
    return "\n".join([*head, *body, *foot]) + "\n"


def _without_blank_start(lines: list[str]) -> list[str]:
    return lines[next((n for n, line in enumerate(lines) if line), len(lines)) :]


def _without_blank_end(lines: list[str]) -> list[str]:
    return _without_blank_start(lines[::-1])[::-1]


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" if line else line for line in lines)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a part begins: with its key, or with the hyphen of an item."""

    line: int
    column: int
    value: Node
    is_item: bool


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a block or of a part of it, without indentation."""

    above: list[str]
    lines: list[str]
    below: list[str] = field(default_factory=list)
    """Comments that stand apart from what follows."""


class _Page:
    """The lines of a text, counted from 0, of which some go on with what began above."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._going_on: set[int] = set()
        self._with_end: set[int] = set()
        """The lines whose last spaces may belong to a text."""
        for first, end, is_block in long_texts(text):
            last = end
            if is_block and not _KEEPS_END.search(self.lines[first]):
                while last > first and not self.lines[last].strip(_SPACES):
                    last -= 1
            self._going_on.update(range(first + 1, last + 1))
            self._with_end.update(range(first, last + is_block))

    def is_block(self, node: Mapping | Sequence) -> bool:
        """Tell whether each part of a list or mapping begins on a line of its own."""
        first = self.lines[node.line - 1][node.column - 1]
        if isinstance(node, Sequence):
            return first == "-"
        keys = sorted(node.keys.values(), key=lambda key: key.line)
        before = [self.lines[key.line - 1][: key.column - 1] for key in keys]
        is_plain = first not in "{?" and not "".join(before[1:]).strip(_SPACES)
        return is_plain and not before[0].strip(" -")

    def _is_blank(self, number: int) -> bool:
        return number not in self._going_on and not self.lines[number].strip(_SPACES)

    def _is_comment(self, number: int) -> bool:
        is_text = number in self._going_on
        return not is_text and self.lines[number].lstrip(_SPACES).startswith("#")

    def _indent(self, number: int) -> int:
        return len(self.lines[number]) - len(self.lines[number].lstrip(" "))

    def end_of(self, start: int, end: int, column: int | None = None) -> int:
        """Return where what begins at `start` ends, without the asides behind it.

        A comment that is indented to `column` or beyond is its own.
        """
        while end - 1 > start and (
            self._is_blank(end - 1)
            or (
                self._is_comment(end - 1)
                and (column is None or self._indent(end - 1) < column)
            )
        ):
            end -= 1
        return end

    def asides(self, start: int, end: int) -> list[str]:
        """Return comments without indentation, and blank lines, of these one in a row."""
        lines = [self.lines[number].strip(_SPACES) for number in range(start, end)]
        return [line for before, line in pairwise(["-", *lines]) if line or before]

    def verbatim(self, start: int, end: int, column: int) -> list[str]:
        """Return lines moved to the left as a whole, otherwise letter by letter."""
        moved = [
            self.lines[number][min(column, self._indent(number)) :]
            for number in range(start + 1, end)
        ]
        kept: list[str] = []
        for number, line in enumerate([self.lines[start][column:], *moved], start):
            is_text = number in self._going_on
            shown = line if number in self._with_end else line.rstrip(_SPACES)
            if shown or is_text or kept[-1:] != [""]:
                kept.append(shown)
        return kept

    def block(self, node: Mapping | Sequence, start: int, end: int) -> _Lines:
        """Return the lines of a block, its parts in the order of the tree."""
        parts: dict[int, _Lines] = {}
        starts = sorted(self._starts(node), key=lambda each: each.line)
        begin = start
        for at, after in zip(starts, [*starts[1:], None], strict=True):
            stop = end if after is None else self._lead(at.line + 1, after)
            parts[at.line] = self._part(at, begin, stop)
            begin = stop
        first, *others = (parts[at.line] for at in self._starts(node))
        lines, is_apart = [*first.lines, *first.below], bool(first.below)
        for part in others:
            # So that nobody takes a comment for what comes next.
            gap = [""] if is_apart and part.above[:1] != [""] else []
            lines += [*gap, *part.above, *part.lines, *part.below]
            is_apart = bool(part.below)
        return _Lines(_without_blank_start(first.above), lines)

    def head_of(self, node: Mapping | Sequence) -> int:
        """Return where the comment at the top ends; one that stands alone is all of it."""
        first = min(self._starts(node), key=lambda each: each.line)
        return self._lead(0, first) or first.line

    def _starts(self, node: Mapping | Sequence) -> Iterator[_Start]:
        """Yield where the parts begin, in the order of the tree."""
        if isinstance(node, Mapping):
            for name, key in node.keys.items():
                value = node.values[name]
                yield _Start(key.line - 1, key.column - 1, value, is_item=False)
            return
        column = node.column - 1
        for item in node.items:
            line = item.line - 1
            while self.lines[line][column : column + 1] != "-":
                line -= 1
            yield _Start(line, column, item, is_item=True)

    def _lead(self, floor: int, part: _Start) -> int:
        """Return where the comments directly above a part begin, with a gap above them."""
        line = part.line
        while (
            line > floor
            and self._is_comment(line - 1)
            and self._indent(line - 1) <= part.column
        ):
            line -= 1
        while line > floor and self._is_blank(line - 1):
            line -= 1
        return line

    def _part(self, at: _Start, begin: int, stop: int) -> _Lines:
        above = self.asides(begin, at.line)
        if not isinstance(at.value, Scalar) and self.is_block(at.value):
            end = self.end_of(at.line, stop, at.value.column - 1)
            inner = self._joined(at, at.value, above, end)
        else:
            end = self.end_of(at.line, stop)
            lines = self.verbatim(at.line, end, at.column)
            if at.is_item:
                lines[0] = _BULLET.sub("- ", lines[0], count=1)
            inner = _Lines(above, lines)
        below = _without_blank_end(self.asides(end, stop))
        return _Lines(inner.above, inner.lines, below)

    def _joined(
        self, at: _Start, value: Mapping | Sequence, above: list[str], end: int
    ) -> _Lines:
        """Put a block behind its hyphen or below its key."""
        if at.is_item and value.line - 1 == at.line:
            block = self.block(value, at.line, end)
            head: list[str] = []
        else:
            block = self.block(value, at.line + 1, end)
            head = [self.lines[at.line][at.column :].rstrip(_SPACES)]
        if not at.is_item:
            return _Lines(above, [*head, *_indented([*block.above, *block.lines])])
        comment = [line[1:].lstrip(_SPACES) for line in head if line != "-"]
        first, *others = block.lines
        above = [*above, *comment, *block.above]
        return _Lines(above, [f"- {first}", *_indented(others)])
