"""The tree of localities: layer by layer, and what lies beneath some of them."""

from collections.abc import Iterable

import polars as pl

from engine.runs import starts_run


def places_in_tree(localities: pl.DataFrame) -> pl.DataFrame:
    """Return `parent_row` and `depth` of localities that make no circle, row by row.

    `parent_row` (Int64) is the `row` of the parent, null for a root. `depth`, 0 of a
    root, is null of whoever has none below: most localities.
    """
    nowhere = pl.Series([None], dtype=pl.Int64).new_from_index(0, localities.height)
    depths = nowhere.alias("depth")
    if localities["parent"].null_count() == localities.height:  # a list, not a tree
        return pl.DataFrame([nowhere.alias("parent_row"), depths])
    inner = without_leaves(localities.with_row_index("at"))
    layer = inner.filter(pl.col("parent").is_null())
    at = 0
    while not layer.is_empty():
        depths = depths.scatter(layer["at"], at)
        layer = inner.join(layer.select(parent="id"), on="parent", how="semi")
        at += 1
    return _parent_rows(localities, inner).to_frame().with_columns(depths)


def _parent_rows(localities: pl.DataFrame, inner: pl.DataFrame) -> pl.Series:
    """Look up each run of children once: those of one parent mostly stand together."""
    parents = localities["parent"]
    run = parents.rle_id()
    rows = (
        parents.to_frame()
        .filter(starts_run(run))
        .join(
            inner.select(parent="id", parent_row="row"),
            on="parent",
            how="left",
            maintain_order="left",
        )
        .get_column("parent_row")
    )
    return rows.gather(run)


def layers_of(placed: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """Return the localities that have others below them by their depth, roots first.

    `placed` has the columns of `places_in_tree` among its own.
    """
    inner = placed.filter(has_below())
    number = inner["depth"].n_unique()
    return tuple(inner.filter(pl.col("depth") == at) for at in range(number))


def has_below() -> pl.Expr:
    """Tell, from what `places_in_tree` returns, who has others below."""
    return pl.col("depth").is_not_null()


def without_leaves(localities: pl.DataFrame) -> pl.DataFrame:
    """Return the localities that are the parent of another; `id` and `parent` tell."""
    # Children of one parent mostly stand together: of equal parents one is looked up.
    named = pl.col("parent").filter(starts_run(pl.col("parent")))
    return localities.filter(pl.col("id").is_in(named.implode()))


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
