"""Hamlets whose numbers were all typed in, in columns, however many are wanted.

The rates are those of `typed_localities`: a third of the communes have neither fault nor
gap, the others a few of both. Chance is a hash of the row's number and the column's name,
so that ten million rows take a second and the same number makes the same hamlets.
"""

from typing import Final
from zlib import crc32

import polars as pl

from benchmarks.typed_localities import BOARD, EVERY, HAMLETS_A_COMMUNE, MODELS, NONE

WHOLES: Final = tuple(dict.fromkeys(whole for whole, _ in EVERY))
PARTS: Final = tuple(part for _, part in EVERY)
COUNTS: Final = (*NONE, *WHOLES, *PARTS, MODELS)
"""Every column of numbers; `BOARD` holds yes and no."""

_DIE: Final = 10_000
_COMMUNE: Final = HAMLETS_A_COMMUNE + 1


def hamlets(number: int) -> pl.DataFrame:
    """Return so many hamlets: `id`, `name`, `level` and the columns of numbers."""
    numbered = pl.LazyFrame({"at": range(number)}).select(
        at=pl.col("at").cast(pl.Int64),
        spotless=_thrown("commune", pl.col("at") // _COMMUNE) < _DIE // 3,
        stray=_thrown("stray") < _DIE // 5,
    )
    named = (
        pl.format("H{}", "at").alias("id"),
        pl.format("Bản {}", "at").alias("name"),
        pl.lit("hamlet").alias("level"),
    )
    made = numbered.with_columns(_whole(each) for each in WHOLES)
    made = made.with_columns(_part(whole, part) for whole, part in EVERY)
    made = made.with_columns(*(_fault(each) for each in NONE), _models(), _board())
    gaps = made.with_columns(_with_gaps(each) for each in (*COUNTS, BOARD))
    return gaps.select(*named, *COUNTS, BOARD).collect()


def in_communes(rows: pl.DataFrame) -> pl.DataFrame:
    """Return localities of two levels: each 29 hamlets, and the commune above them."""
    commune = pl.format("C{}", pl.int_range(pl.len()) // HAMLETS_A_COMMUNE)
    below = rows.with_columns(parent=commune)
    above = below.select(id=pl.col("parent").unique(maintain_order=True)).with_columns(
        name=pl.format("Xã {}", "id"), level=pl.lit("commune")
    )
    return pl.concat([below, above], how="diagonal")


def _thrown(name: str, what: pl.Expr | None = None) -> pl.Expr:
    """Throw a die of ten thousand sides for each row."""
    thrown = pl.col("at") if what is None else what
    return thrown.hash(seed=crc32(name.encode())) % _DIE


def _whole(name: str) -> pl.Expr:
    least, range_ = (40, 160) if name == "households" else (0, 10)
    return (least + _thrown(name) % range_).cast(pl.Int64).alias(name)


def _part(whole: str, part: str) -> pl.Expr:
    lacks = ~pl.col("spotless") & (_thrown(part) < 0.03 * _DIE) & (pl.col(whole) > 0)
    return (pl.col(whole) - lacks.cast(pl.Int64)).alias(part)


def _fault(name: str) -> pl.Expr:
    return (
        (~pl.col("spotless") & (_thrown(name) < 0.01 * _DIE)).cast(pl.Int64).alias(name)
    )


def _models() -> pl.Expr:
    kept = pl.col("spotless") | (_thrown(MODELS) >= 0.05 * _DIE)
    return kept.cast(pl.Int64).alias(MODELS)


def _board() -> pl.Expr:
    return (pl.col("spotless") | (_thrown(BOARD) >= 0.05 * _DIE)).alias(BOARD)


def _with_gaps(name: str) -> pl.Expr:
    """Blank the cell in one of twenty hamlets out of the fifth that has stray gaps."""
    gap = ~pl.col("spotless") & pl.col("stray") & (_thrown(f"gap {name}") < 0.06 * _DIE)
    return pl.when(~gap).then(pl.col(name)).alias(name)
