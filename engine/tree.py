"""The tree of localities: layer by layer, and what lies beneath some of them."""

from collections.abc import Iterable
from typing import Final

import polars as pl


def layers_of(localities: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """Return the localities by their depth, roots first, with `parent_row` added.

    `parent_row` (Int64) is the `row` of the parent, null for a root. A locality that
    stands in a circle of parents, or below one, is in no layer.
    """
    # Most localities have none below them: depths are found for those alone that do.
    parent, inner = pl.col("parent"), without_leaves(localities)
    parents = [_parents(inner.filter(parent.is_null()), 1)]
    while not parents[-1].is_empty():
        below = inner.join(parents[-1], on="parent", how="semi")
        parents.append(_parents(below, len(parents) + 1))
    above = pl.concat(parents)
    known = localities.join(above, on="parent", how="left", maintain_order="left")
    depth = pl.when(parent.is_not_null()).then(_DEPTH).otherwise(0)
    layers = (known.filter(depth == at).drop(_DEPTH) for at in range(len(parents)))
    return tuple(layer for layer in layers if not layer.is_empty())


def without_leaves(localities: pl.DataFrame) -> pl.DataFrame:
    """Return the localities that are the parent of another; `id` and `parent` tell."""
    # Children of one parent mostly stand together: of equal parents one is looked up.
    parent = pl.col("parent")
    named = parent.filter(parent.ne_missing(parent.shift()))
    return localities.filter(pl.col("id").is_in(named.implode()))


_DEPTH: Final = "depth below"  # no column has a space in its name


def _parents(rows: pl.DataFrame, depth_below: int) -> pl.DataFrame:
    """Return localities as parents: `parent`, `parent_row`, the depth of the children."""
    depth = pl.lit(depth_below).alias(_DEPTH)
    return rows.select(depth, parent="id", parent_row="row")


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
