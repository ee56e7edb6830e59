"""Headings and names as they are compared: without what is written this way or that."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_MARKS: Final = "".join(map(chr, range(0x300, 0x370)))
_ALIKE: Final = str.maketrans({"đ": "d", "ð": "d", **dict.fromkeys(_MARKS)})
_GAPS: Final = re.compile(f"[^\\w%{_MARKS}]+|_")
_NUMBERING: Final = re.compile(
    r"^\s*\(?(?:[0-9]+(?:\.[0-9]+)*|[IVX]+(?:\.[0-9]+)*|[a-zđ])[.):]\s*(?=\S)"
)
_SHORT: Final = {
    "tdp": "to dan pho", "kp": "khu pho", "ubnd": "uy ban nhan dan", "tt": "thi tran",
}  # fmt: skip
_LONGEST: Final = 500


@lru_cache(maxsize=2**12)
def spelt(text: str) -> str:
    """Return a text in small letters, words apart, each tone at its word's end.

    So it does not matter where in a word the tone mark was put.

    >>> spelt("Hoà-Bình ") == spelt("hòa bình"), spelt("hoa") == spelt("hòa")
    (True, False)
    """
    apart = normalize("NFD", text[:_LONGEST].lower())
    return " ".join(map(_tone_last, _GAPS.sub(" ", apart).split()))


@lru_cache(maxsize=2**14)
def folded(text: str) -> str:
    """Return a text in small letters, words apart, without any diacritics.

    >>> folded("Hộ đã ký cam-kết"), folded("households_pledged")
    ('ho da ky cam ket', 'households pledged')
    """
    apart = normalize("NFD", text[:_LONGEST].lower()).translate(_ALIKE)
    return " ".join(_GAPS.sub(" ", apart).split())


def named(text: str) -> str:
    """Return a locality's name as names are compared.

    >>> named("TDP số 01") == named("Tổ dân phố số 1")
    True
    """
    words = (_SHORT.get(word, word) for word in folded(text).split())
    return " ".join(word.lstrip("0") or word for word in words)


def unnumbered(heading: str) -> str:
    """Return a heading without the number in front of it.

    >>> unnumbered("3. Người nghiện"), unnumbered("(2) Hộ"), unnumbered("12 tháng")
    ('Người nghiện', 'Hộ', '12 tháng')
    """
    return _NUMBERING.sub("", heading)


def _tone_last(word: str) -> str:
    rest = "".join(each for each in word if each not in _TONES)
    return rest + "".join(each for each in word if each in _TONES)
