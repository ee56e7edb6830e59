"""What the placeholders of a procedure stand for: names of localities, as heads write them."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final

from engine.levels import USUAL_WORDS

_TYPES: Final = "|".join(("thành phố", *chain.from_iterable(USUAL_WORDS.values())))
_TYPE: Final = re.compile(rf"({_TYPES})\s+", re.IGNORECASE)
_HEAD: Final = 24
"""Capitals that fit in a line of a paper's head."""


def names_of(locality: str, above: str) -> Mapping[str, str]:
    """Return what stands for each placeholder of `engine.review.dossier.procedure`."""
    return {
        "locality": locality,
        "LOCALITY": _unbroken(locality.upper()),
        "locality_seat": seat(locality),
        "above": above,
        "ABOVE": _unbroken(above.upper()),
        "above_seat": seat(above),
    }


def _unbroken(name: str) -> str:
    """Keep a name that fits in a line of a head from breaking within."""
    return name.replace(" ", "\N{NO-BREAK SPACE}") if len(name) <= _HEAD else name


def seat(name: str) -> str:
    """Return a name without its type, as it stands before a date.

    >>> seat("phường Đoàn Kết"), seat("Xã Bản Bo"), seat("thành phố Lai Châu")
    ('Đoàn Kết', 'Bản Bo', 'Lai Châu')
    """
    return _TYPE.sub("", name, count=1) if _TYPE.match(name) else name
