"""NumPy: one array a column, with a sentinel, since its integers have no null."""

from typing import Any

import numpy as np
import polars as pl

from benchmarks.peers.contract import (
    COLUMNS,
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    AtLeastOne,
    Check,
    ColumnPeer,
    Every,
    NoneOf,
    Yes,
)

_UNKNOWN = -1

Arrays = dict[str, Any]


class NumPy(ColumnPeer):
    """Comparisons of whole arrays."""

    title = "NumPy"
    package = "numpy"
    way = "arrays and masks; −1 is unknown, and every mask has to mind it"

    def load(self, rows: pl.DataFrame) -> Arrays:
        """Return an array of whole numbers a column."""
        ints = pl.col(COLUMNS).cast(pl.Int64).fill_null(_UNKNOWN)
        return {each.name: each.to_numpy() for each in rows.select(ints)}

    def judge(self, loaded: Arrays) -> list[Any]:
        """Judge all hamlets."""
        return [_outcome(checks, loaded) for checks in CRITERIA.values()]


def _outcome(checks: tuple[Check, ...], of: Arrays) -> Any:
    fails, opens = zip(*(_sides(check, of) for check in checks), strict=True)
    failing, opening = np.logical_or.reduce(fails), np.logical_or.reduce(opens)
    return np.where(failing, NOT_MET, np.where(opening, OPEN, MET)).astype(np.int8)


def _sides(check: Check, of: Arrays) -> tuple[Any, Any]:
    """Return where a check fails, and where it is open."""
    match check:
        case NoneOf(count):
            return of[count] > 0, of[count] < 0
        case AtLeastOne(name) | Yes(name):
            return of[name] == 0, of[name] < 0
        case Every(whole, part, must_be):
            all_, some = of[whole], of[part]
            fails = (some >= 0) & (some < all_)
            unsure = (some < 0) & (all_ > 0)
            return fails, (all_ <= 0 if must_be else all_ < 0) | unsure
