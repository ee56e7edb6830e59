"""Values looked up by whole numbers, a column at a time, and remembered."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import polars as pl

_SHORT: Final = 2**12


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
        self._table: pl.Series | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no key was met yet."""
        return not self._known

    def of(self, key: pl.Expr) -> pl.Expr:
        """Return what is known of keys, else null."""
        if not self._known:
            return pl.lit(None, dtype=self._kind)
        if self._table is None:
            return key.replace_strict(
                self._known, default=None, return_dtype=self._kind
            )
        return pl.lit(self._table).gather(key, null_on_oob=True)

    def meet(self, keys: Sequence[int], rows: int) -> None:
        """Ask for the values of keys not met before; so many rows are looked up."""
        self._known |= self._ask(keys)
        length = max(self._known) + 1
        self._table = None
        if length <= max(rows, _SHORT):  # longer, it would take more time than it saves
            empty = pl.Series([None], dtype=self._kind).new_from_index(0, length)
            self._table = empty.scatter([*self._known], [*self._known.values()])


def looked_up(keys: pl.DataFrame, lookups: Sequence[Lookup]) -> pl.DataFrame:
    """Return the values of columns of keys, each by its own lookup; of null, null."""
    if keys.height > _SHORT and any(each.is_empty for each in lookups):
        # Few rows hold most keys, and are gone through sooner.
        _values(keys.head(_SHORT), lookups, keys.height)
    return _values(keys, lookups, keys.height)


def _values(keys: pl.DataFrame, lookups: Sequence[Lookup], rows: int) -> pl.DataFrame:
    by_name = dict(zip(keys.columns, lookups, strict=True))

    def found(names: Sequence[str]) -> pl.DataFrame:
        of = (by_name[each].of(pl.col(each)).alias(each) for each in names)
        return keys.with_columns(of).select(names)

    values = found(keys.columns)
    lacking = [
        each.name for each in keys if values[each.name].null_count() > each.null_count()
    ]
    for name in lacking:
        unknown = pl.col(name).filter(pl.lit(values[name]).is_null())
        new = keys.select(unknown.drop_nulls().unique().sort()).to_series()
        by_name[name].meet(new.to_list(), rows)
    return values.with_columns(found(lacking))
