"""The verdicts of `lai-chau/city-2024`, as somebody good at Polars would write them.

It does less than diaban: it knows this one pack, that communes hold hamlets and nothing
else, that every number was typed in for a hamlet, and that none contradicts another. It
gives a verdict and no reasons.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.typed_localities import BOARD, EVERY, MODELS, NONE

_OPEN: Final = 10**15
"""Stands for an end that is not known; larger than any sum of known ends."""


def verdicts_by_hand(folder: Path) -> dict[str, str]:
    """Return the verdict of each locality by its id."""
    numbers = dict.fromkeys((*NONE, *sum(EVERY, ()), MODELS), pl.Int64)
    rows = pl.scan_csv(folder / "localities.csv", schema_overrides=numbers)
    verdicts = verdict_query(rows.with_columns(pl.col(BOARD) == "yes")).collect()
    return dict(verdicts.iter_rows())


def verdict_query(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return `id` and `verdict` of hamlets and of their communes; `BOARD` is Boolean."""
    hamlets = rows.filter(level="hamlet").select("id", "parent", *_ends())
    communes = hamlets.group_by(id="parent").agg(pl.exclude("id", "parent").sum())
    both = pl.concat([hamlets.drop("parent"), communes])
    passes = pl.all_horizontal(list(_checks()))
    verdict = (
        pl.when(passes)
        .then(pl.lit("eligible"))
        .when(~passes)
        .then(pl.lit("not_eligible"))
        .otherwise(pl.lit("undetermined"))
    )
    return both.select("id", verdict=verdict)


def _ends() -> Iterator[pl.Expr]:
    """Yield the least and the greatest of what each check looks at, in a hamlet."""
    for count in (*NONE, MODELS):
        yield pl.col(count).fill_null(0).alias(f"{count} lo")
        yield pl.col(count).fill_null(_OPEN).alias(f"{count} hi")
    for whole, part in EVERY:
        lacking = pl.col(whole) - pl.col(part)
        yield lacking.fill_null(0).alias(f"{part} lo")
        yield (
            (pl.col(whole) - pl.col(part).fill_null(0))
            .fill_null(_OPEN)
            .alias(f"{part} hi")
        )
    yield pl.col("households").fill_null(_OPEN).alias("households hi")
    none = ~pl.col(BOARD)
    yield none.fill_null(value=False).cast(pl.Int64).alias("board lo")
    yield none.fill_null(value=True).cast(pl.Int64).alias("board hi")


def _checks() -> Iterator[pl.Expr]:
    """Yield each check: true, false, or null where it is not known."""
    for looked_at in (*NONE, *(part for _, part in EVERY), "board"):
        yield _none(looked_at)
    yield pl.when(pl.col("households hi") > 0).then(statement=True)
    some, possibly = pl.col(f"{MODELS} lo") > 0, pl.col(f"{MODELS} hi") > 0
    yield pl.when(some).then(statement=True).when(~possibly).then(statement=False)


def _none(looked_at: str) -> pl.Expr:
    some, possibly = pl.col(f"{looked_at} lo") > 0, pl.col(f"{looked_at} hi") > 0
    return pl.when(some).then(statement=False).when(~possibly).then(statement=True)
