"""Runs: equal cells that stand together, as the rows of one locality mostly do."""

from typing import TypeVar

import polars as pl

_Cells = TypeVar("_Cells", pl.Expr, pl.Series)


def starts_run(cells: _Cells) -> _Cells:
    """Tell where a run begins; an empty first cell is taken to go on from before."""
    return cells.ne_missing(cells.shift())
