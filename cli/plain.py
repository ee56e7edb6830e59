"""Text from data made safe to print: no control, escape or direction characters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_ESCAPE: Final = "\x1b\x9b\x90\x9d"
_LONGEST: Final = 160


def plain(text: str) -> str:
    r"""Return `text` without anything that could steer a terminal or reverse its order.

    >>> plain("Bản\x1b[31m Hai\u202e\n")
    'Bản Hai '
    """
    if text.isprintable():
        return text
    if any(mark in text for mark in _ESCAPE):
        text = _escapes().sub("", text)
    return "".join(
        letter if letter.isprintable() else " " if letter.isspace() else ""
        for letter in text
    )


def on_paper(text: str) -> str:
    r"""Return `text` made plain, but for the no-break spaces that hold a name together.

    >>> on_paper("Phường\u00a0Đoàn\u00a0Kết\u202e") == "Phường\u00a0Đoàn\u00a0Kết"
    True
    """
    return "\u00a0".join(map(plain, text.split("\u00a0")))


def _escapes() -> "re.Pattern[str]":
    """Match a terminal's sequences: CSI, then those that run to a terminator."""
    return re.compile(
        r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
        r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f]).*?(?:\x1b\\|\x9c|\x07|$)"
        r"|\x1b[ -/]*[0-~]?",
        re.DOTALL,
    )


def brief(text: str) -> str:
    """Return `text` made plain and, where it is very long, cut."""
    text = plain(text[: 2 * _LONGEST])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@lru_cache(maxsize=2**14)
def cells(text: str) -> int:
    r"""Return how many columns of a terminal `text` takes up.

    >>> cells("bản"), cells("ba\u0309n"), cells("村")
    (3, 3, 2)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


@lru_cache(maxsize=2**12)
def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fitted(text: str, width: int) -> str:
    """Return `text` made plain and no wider than `width`, its cut marked by `…`."""
    text = plain(text[: 4 * width])
    if cells(text) <= width:
        return text
    kept, room = "", width - 1
    for letter in text:
        room -= _cells(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept}…"


def wrapped(text: str, width: int, first: str, others: str) -> Iterator[str]:
    """Yield `text` made plain, in lines of at most `width` cells behind their indents."""
    words = plain(text).split()
    whole = first + " ".join(words)
    if cells(whole) <= width and len(whole) <= width:
        yield whole
        return
    line, room = first, width - cells(first)
    begun = False
    for word in words:
        for piece in _pieces(word, width - cells(others)):
            if begun and cells(piece) + 1 > room:
                yield line
                line, room, begun = others, width - cells(others), False
            joined = f" {piece}" if begun else piece
            line, room, begun = line + joined, room - cells(joined), True
    yield line


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word, or the parts of one that no line could hold."""
    if cells(word) <= width and len(word) <= 4 * width:
        yield word
        return
    piece, room = "", width
    for letter in word:
        room -= _cells(letter)
        if room < 0 or len(piece) >= 4 * width:
            yield piece
            piece, room = "", width - _cells(letter)
        piece += letter
    yield piece
