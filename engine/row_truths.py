"""Whether rows of a register are counted, for every measure over it."""

from typing import Any, TypeVar

import narwhals as nw

from engine.expressions_from_conditions import Columns
from engine.measures import Measures
from engine.vocabulary import Count

_Frame = TypeVar("_Frame", nw.DataFrame[Any], nw.LazyFrame[Any])


def with_truths(
    frame: _Frame, register: str, measures: Measures, columns: Columns
) -> _Frame:
    """Add to a register's rows, for each measure, whether `counts` it; null is unknown.

    Wholes come before their parts, so that no condition is worked out twice.
    """
    for stage in measures.stages_on(register):
        frame = frame.with_columns(
            _within(count, columns.truth(count.where)).alias(_counted(count.id))
            for count in stage
        )
    return frame.with_columns(
        (counts(pair.whole) & ~counts(pair.part)).alias(_counted(pair.key))
        for pair in measures.exceptions_on(register)
    )


def counts(key: str) -> nw.Expr:
    """Return the column that says whether a measure counts a row."""
    return nw.col(_counted(key))


def _within(count: Count, truth: nw.Expr) -> nw.Expr:
    return truth if count.within is None else counts(count.within) & truth


def _counted(key: str) -> str:
    # A point in a name parts a column from its fields where a cluster counts.
    return f"counted:{key.replace('.', '/')}"
