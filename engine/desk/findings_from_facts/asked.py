"""Where a pack asks for a count or a field: at a locality, or in the sums above it."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

import polars as pl

from engine.measures import fields_asked, own_column
from engine.meeting import end_names
from engine.pack import Check, Pack, counts_named
from engine.tree import has_below, layers_of, places_in_tree


class Asked:
    """Which counts and fields are asked for where and not known exactly there."""

    def __init__(self, pack: Pack, frame: pl.DataFrame) -> None:
        """Look at the localities in `frame`, as `Judged.counted` has them."""
        checks = _checks_by_level(pack)
        self.counts = _levels_of(checks, lambda check: counts_named(check.ask))
        self.fields = _levels_of(checks, fields_asked)
        self._frame = frame

    def open_counts(self) -> pl.DataFrame:
        """Return `row` and a column a count: open there, or in a sum above."""
        frame = self._frame
        own = frame.select(
            "row",
            "id",
            "parent",
            *(
                (pl.col("level").is_in(levels) & is_open(count)).alias(count)
                for count, levels in self.counts.items()
            ),
        )
        placed = own.hstack(places_in_tree(own))
        kept = own.select("row", *self.counts).clear()
        for layer in (*layers_of(placed), placed.filter(~has_below())):
            above = kept.rename({"row": "parent_row"})
            passed = _joined(layer, above, [*self.counts])
            kept = pl.concat((kept, passed.select("row", *self.counts)))
        return kept.sort("row")

    def open_fields(self) -> pl.DataFrame:
        """Return `row` and a column a field: asked for there, and blank."""
        return self._frame.select(
            "row",
            *(
                (
                    pl.col("level").is_in(levels) & pl.col(own_column(field)).is_null()
                ).alias(field)
                for field, levels in self.fields.items()
            ),
        )


def is_open(count: str) -> pl.Expr:
    """Tell where a count is not known exactly."""
    lo, hi = end_names(count)
    return pl.col(hi).is_null() | (pl.col(lo) < pl.col(hi))


def _joined(
    layer: pl.DataFrame, above: pl.DataFrame, counts: list[str]
) -> pl.DataFrame:
    joined = layer.join(above, on="parent_row", how="left", suffix=" above")
    return joined.with_columns(
        pl.col(count) | pl.col(f"{count} above").fill_null(value=False)
        for count in counts
    )


def _checks_by_level(pack: Pack) -> Mapping[str, list[Check]]:
    """Return the checks that matter at each level that the pack judges."""
    return {
        level: [
            *chain.from_iterable(
                criterion.checks
                for criterion in pack.criteria
                if level in criterion.levels
            ),
            *pack.verdict_checks,
        ]
        for level in pack.levels
    }


def _levels_of(
    checks: Mapping[str, list[Check]], names: Callable[[Check], Iterable[str]]
) -> Mapping[str, list[str]]:
    levels: dict[str, list[str]] = {}
    for level, asked in checks.items():
        for name in dict.fromkeys(chain.from_iterable(map(names, asked))):
            levels.setdefault(name, []).append(level)
    return levels
