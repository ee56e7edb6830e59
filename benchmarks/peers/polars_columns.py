"""Polars: expressions over columns; null is unknown, and `all_horizontal` follows Kleene."""

from typing import Any

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


class Polars(ColumnPeer):
    """One lazy query over a frame in memory."""

    title = "Polars"
    on_polars = True
    package = "polars"
    way = "one query of expressions; null is unknown, and follows Kleene by itself"

    def __init__(self) -> None:
        """Write the expressions."""
        self._outcomes = [
            _outcome(checks).alias(criterion) for criterion, checks in CRITERIA.items()
        ]

    def load(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the columns asked for."""
        return rows.select(COLUMNS)

    def judge(self, loaded: pl.DataFrame) -> Any:
        """Judge all hamlets."""
        return loaded.lazy().select(self._outcomes).collect()


def _outcome(checks: tuple[Check, ...]) -> pl.Expr:
    holds = pl.all_horizontal(_truth(check) for check in checks)
    codes = pl.when(holds).then(MET).when(~holds).then(NOT_MET).otherwise(OPEN)
    return codes.cast(pl.Int8)


def _truth(check: Check) -> pl.Expr:
    match check:
        case NoneOf(count):
            return pl.col(count) == 0
        case AtLeastOne(count):
            return pl.col(count) > 0
        case Yes(field):
            return pl.col(field)
        case Every(whole, part, must_be):
            nobody = pl.col(whole) == 0
            all_are = pl.col(part) >= pl.col(whole)
            if must_be:
                return pl.when(~nobody).then(all_are)
            return nobody | (pl.col(whole).is_not_null() & all_are)
