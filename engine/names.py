"""Names of places compared as people mean them, however they are written."""

from typing import Final
from unicodedata import normalize

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


def folded(name: str) -> str:
    """Return a name without what means no difference: case, spaces, where a tone sits.

    A tone belongs to its syllable, and two schools write it over different letters.

    >>> folded("Xã  Hòa Bình") == folded("xã Hoà Bình")
    True
    >>> folded("xã Hoa Bình") == folded("xã Hòa Bình")
    False
    """
    return " ".join(map(_syllable, name.casefold().split()))


def _syllable(text: str) -> str:
    letters = normalize("NFD", text)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones
