"""Runs: equal cells that stand together, as the rows of one locality mostly do."""

import polars as pl


def starts_run(cell: pl.Expr) -> pl.Expr:
    """Tell where a run begins; an empty first cell is taken to go on from before."""
    return cell.ne_missing(cell.shift())
