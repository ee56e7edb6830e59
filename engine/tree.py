"""The tree of localities: layer by layer, and what lies beneath some of them."""

from collections.abc import Iterable

import polars as pl


def layers_of(localities: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """Return the localities by their depth, roots first, with `parent_row` added.

    `parent_row` (Int64) is the `row` of the parent, null for a root. A locality that
    stands in a circle of parents, or below one, is in no layer.
    """
    # Most localities have none below them: only those that are named are looked up.
    named = localities.select("parent").drop_nulls().unique()
    rows = localities.select(parent="id", parent_row="row")
    rows = rows.join(named, on="parent", how="semi")
    known = localities.join(rows, on="parent", how="left", maintain_order="left")
    layer = known.filter(pl.col("parent").is_null())
    layers = []
    while not layer.is_empty():
        layers.append(layer)
        above = layer["row"].rename("parent_row").to_frame()
        layer = known.join(above, on="parent_row", how="semi", maintain_order="left")
    return tuple(layers)


def beneath(
    localities: Iterable[str], tree: Iterable[tuple[str, str | None]]
) -> tuple[str, ...]:
    """Return localities and all below them, each once; `tree` is of ids and parents."""
    below: dict[str | None, list[str]] = {}
    for each, parent in tree:
        below.setdefault(parent, []).append(each)
    inside = dict.fromkeys(localities)
    reached = list(inside)
    for each in reached:  # it grows while it is gone through
        for child in below.get(each, ()):
            if child not in inside:
                inside[child] = None
                reached.append(child)
    return tuple(inside)
