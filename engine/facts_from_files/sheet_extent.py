"""How far the cells of a sheet reach, told before anything reserves room for them.

A sheet may be a hundred megabytes of XML, so it is looked over as bytes, and parsed only
where that cannot tell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from operator import not_
from typing import Final

import polars as pl

from engine.facts_from_files.findings import column_number

_UNUSUAL: Final = r""" =|\t=|\n=|\r=|= |=\t|=\n|=\r|='|\tr="|\nr="|\rr=\""""
"""Attributes that are not written as programs write them, or a text that looks so.

Spelt out, and no more of them: a few texts are sought several times as fast as kinds of
signs, or as many texts.
"""
_MAY_BE_DOUBTFUL: Final = '<f|:f|t="e"'
_DOUBTFUL: Final = re.compile(rb'<(?:\w+:)?f[\s/>]|t="e"')
_BEYOND_32_BY_A_MILLION: Final = (
    ' r="(?:[Aa][G-Zg-z]|[B-Zb-z][A-Za-z]|[A-Za-z]{3}|[A-Za-z]{0,2}[0-9]{7})'
)
_BEYOND_260_BY_100_000: Final = (
    ' r="(?:[J-Zj-z][A-Za-z]|[A-Za-z]{3}|[A-Za-z]{0,2}[0-9]{6})'
)
_REF: Final = re.compile(rb' r="([A-Za-z]*)([0-9]+)')


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at the bytes of a sheet tells."""

    is_plain: bool
    """Whether all attributes are written as programs write them."""
    is_small: bool
    """Whether all cells surely lie within 32 by a million, or 260 by 100,000."""
    may_be_doubtful: bool
    """Whether a formula or an error may stand in it."""


def looked_over(chunks: Iterable[bytes]) -> Look:
    """Look over a sheet's XML, in chunks that hold whole tags."""
    is_plain, may_be_doubtful = True, False
    limits = [_BEYOND_32_BY_A_MILLION, _BEYOND_260_BY_100_000]
    for chunk in chunks:
        is_odd, *is_beyond = _holds(chunk, f"{_UNUSUAL}|{_MAY_BE_DOUBTFUL}", *limits)
        if is_odd:
            is_plain = is_plain and not any(_holds(chunk, _UNUSUAL))
            may_be_doubtful = may_be_doubtful or _DOUBTFUL.search(chunk) is not None
        # One of them, from the first chunk on: a search takes half as long as unpacking.
        limits = list(compress(limits, map(not_, is_beyond)))[:1]
    return Look(is_plain, is_plain and bool(limits), may_be_doubtful)


def cells_within(chunks: Iterable[bytes]) -> int:
    """Return how many cells lie between the first of a plain sheet and its last."""
    columns = rows = 1
    for chunk in chunks:
        refs = _REF.findall(chunk)
        for letters in {letters for letters, _ in refs}:
            columns = max(columns, column_number(letters.decode().upper()))
        rows = max(rows, *map(int, {row for _, row in refs}), 1)
    return columns * rows


def _holds(chunk: bytes, *patterns: str) -> tuple[bool, ...]:
    """Return which patterns a chunk holds, or that it may hold all if it is not UTF-8.

    Several times as fast as Python's own search.
    """
    held = (
        pl.col("text").str.contains(each).alias(str(at))
        for at, each in enumerate(patterns)
    )
    try:
        text = pl.Series("text", [chunk], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return (True,) * len(patterns)
    return text.to_frame().select(held).row(0)
