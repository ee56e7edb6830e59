"""JSON with places: where in the text a row stands, and a key in it.

The standard library reads fast and knows no places. So only the text around the rows
is walked here; a row is walked again when a place in it is asked for.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from engine.source import Place

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F])|.)"
)
_MAYBE_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_LARGEST_EXPONENT: Final = 400


class JsonText:
    """A JSON text, and a place where it is being read."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._at = 0
        self.found_twice = False
        """Whether an object that was read held a key twice."""
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=str,
            parse_float=_digits,
            parse_constant=lambda _: ...,  # NaN is not JSON, and no value of ours
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        self.found_twice |= len(read) < len(pairs)
        return read

    def place(self, at: int) -> Place:
        """Return the line and column of an offset."""
        line = bisect_left(self._line_ends, at)
        start = self._line_ends[line - 1] + 1 if line else 0
        return Place(self._file, line + 1, at - start + 1)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self._text)]

    def half_a_character(self) -> int | None:
        """Return where an escape stands for one half of a character, if any does."""
        if not _MAYBE_HALF.search(self._text):
            return None
        halves = (each for each in _ESCAPE.finditer(self._text) if each[1])
        return next((each.start() for each in halves), None)

    def next_sign(self) -> str:
        """Return the character where the next value or sign begins; empty at the end."""
        self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # any text matches
        return self._text[self._at : self._at + 1]

    def value(self) -> Any:
        """Read a value; numbers stay text."""
        self.next_sign()
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        return value

    def entries(self) -> Iterator[tuple[str, int]]:
        """Yield each key of an object and where it stands; the caller reads the value."""
        for at in self._members("{", "}"):
            if self.next_sign() != '"':
                self._refuse()
            key = self.value()
            self._expect(":")
            self.next_sign()
            yield key, at

    def items(self) -> Iterator[int]:
        """Yield where each item of an array stands; the caller reads it."""
        return self._members("[", "]")

    def _members(self, opening: str, closing: str) -> Iterator[int]:
        self._expect(opening)
        if self.next_sign() != closing:
            yield self._at
            while self.next_sign() == ",":
                self._at += 1
                self.next_sign()
                yield self._at
        self._expect(closing)

    def members_at(self, at: int) -> list[tuple[str, int, int]]:
        """Return the keys of the object at an offset, and where key and value stand."""
        here, self._at = self._at, at
        members = []
        for key, key_at in self.entries():
            members.append((key, key_at, self._at))
            self.value()
        self._at = here
        return members

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self.next_sign():
            self._refuse()

    def _expect(self, sign: str) -> None:
        if self.next_sign() != sign:
            self._refuse()
        self._at += 1

    def _refuse(self) -> None:
        message = "unexpected"
        raise json.JSONDecodeError(message, self._text, self._at)


def _digits(number: str) -> str:
    """Return a number with a point or an exponent as plain digits, if they are few."""
    mantissa, _, exponent = number.lower().partition("e")
    if int(exponent.lstrip("+-0")[:6] or 0) > _LARGEST_EXPONENT:
        return number
    digits = format(Decimal(number), "f") if exponent else mantissa
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
