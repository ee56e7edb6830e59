"""Values looked up by whole numbers, a column at a time, and remembered."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import polars as pl

_LONGEST: Final = 2**20
"""How long a table may be; with larger keys, each is searched for."""


class Lookup:
    """What belongs to each key; it is asked for once, when the key is first met."""

    def __init__(
        self,
        kind: type[pl.DataType],
        ask: Callable[[Sequence[int]], Mapping[int, int | str]],
    ) -> None:
        """Prepare to look up values of a type; `ask` tells those of keys just met."""
        self._kind, self._ask = kind, ask
        self._known: dict[int, int | str] = {}
        self._table = pl.Series([], dtype=kind)

    def of(self, key: pl.Expr) -> pl.Expr:
        """Return what is known of keys, else null."""
        if max(self._known, default=0) < _LONGEST:
            return pl.lit(self._table).gather(key, null_on_oob=True)
        return key.replace_strict(self._known, default=None, return_dtype=self._kind)

    def meet(self, keys: pl.Series) -> None:
        """Ask for the values of keys that were not met before."""
        self._known |= self._ask(sorted(keys.drop_nulls().unique()))
        last = max(self._known, default=0)
        if last < _LONGEST:
            empty = pl.Series([None], dtype=self._kind).new_from_index(0, last + 1)
            self._table = empty.scatter([*self._known], [*self._known.values()])


def looked_up(keys: pl.DataFrame, lookups: Sequence[Lookup]) -> pl.DataFrame:
    """Return the values of columns of keys, each by its own lookup; of null, null."""
    by_name = dict(zip(keys.columns, lookups, strict=True))

    def found(names: Sequence[str]) -> pl.DataFrame:
        return keys.select(by_name[each].of(pl.col(each)).alias(each) for each in names)

    values = found(keys.columns)
    new = [
        each.name for each in keys if values[each.name].null_count() > each.null_count()
    ]
    for name in new:
        by_name[name].meet(keys[name].filter(values[name].is_null()))
    return values.with_columns(found(new)) if new else values
