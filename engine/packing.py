"""What the inputs of a question say, as one number a row."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from engine.lookup import Lookup, looked_up

_KINDS: Final = {4: pl.UInt8, 8: pl.UInt16, 16: pl.UInt32}
"""Whole numbers by the most inputs, of two bits each, that they hold."""
_IN_A_BYTE, *_, _TOGETHER = _KINDS
"""How many inputs are packed at once; beside them, 2³¹ numbered patterns."""


class Packing:
    """Packs the codes of inputs, two bits each, into a key a row.

    As many as fit are packed as they are; what those before them say is numbered.
    """

    def __init__(self, inputs: Sequence[pl.Expr]) -> None:
        """Prepare to pack columns, UInt8 or Boolean, of codes from 0 to 3."""
        before, last = inputs[:-_TOGETHER], inputs[-_TOGETHER:]
        self._before = _Numbering(before) if before else None
        self._size: int = 4 ** len(last)
        self._last = _packed(last)

    def keys(self, frame: pl.DataFrame, where: str) -> pl.Expr:
        """Return the key of each row of `frame` that the column `where` is true of."""
        key = self._last
        if self._before is not None:
            key = pl.lit(self._before.numbers(frame, where)) * self._size + key
        return key if frame[where].all() else pl.when(where).then(key)

    def pattern(self, key: int) -> int:
        """Return the codes of all inputs, which a key stands for."""
        if self._before is None:
            return key
        number, last = divmod(key, self._size)
        return self._before.patterns[number] * self._size + last


def _packed(inputs: Sequence[pl.Expr]) -> pl.Expr:
    """Pack codes into the narrowest numbers there are: wide ones take longer."""
    before, last = inputs[:-_IN_A_BYTE], inputs[-_IN_A_BYTE:]
    byte = pl.lit(0, dtype=pl.UInt8)
    for each in last:
        byte = byte * 4 + each
    if not before:
        return byte
    kind = next(kind for most, kind in _KINDS.items() if len(inputs) <= most)
    size: int = 4 ** len(last)
    return _packed(before).cast(kind) * size + byte


class _Numbering:
    """Numbers what inputs say in the order in which it is met."""

    def __init__(self, inputs: Sequence[pl.Expr]) -> None:
        self._packing = Packing(inputs)
        self._numbers = Lookup(pl.Int64, self._numbered)
        self.patterns: list[int] = []
        """The codes of the inputs, by number."""

    def numbers(self, frame: pl.DataFrame, where: str) -> pl.Series:
        keys = frame.select(self._packing.keys(frame, where).alias("key"))
        return looked_up(keys, [self._numbers]).to_series()

    def _numbered(self, keys: Sequence[int]) -> Mapping[int, int]:
        numbers = {key: at for at, key in enumerate(keys, len(self.patterns))}
        self.patterns += map(self._packing.pattern, keys)
        return numbers
