"""Files that are read more than once must be the same each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from narwhals.exceptions import NarwhalsError

from engine.errors import N_, FactsError, Problems
from engine.facts import Table
from engine.source import Place

if TYPE_CHECKING:
    import narwhals as nw

_DAMAGE: Final = (
    OSError,
    NarwhalsError,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)
"""What reading a file is seen to raise whose bytes are others meanwhile."""


@contextmanager
def unchanged(table: Table) -> Iterator[None]:
    """Refuse what is read meanwhile from a file that changed after it was checked.

    Raises:
        FactsError: it is no longer the file whose cells were checked.
    """
    try:
        yield
    except _DAMAGE:
        if not table.is_changed():
            raise
    if table.is_changed():
        problems = Problems()
        problems.error(
            "facts-changed",
            Place(table.file),
            N_("this file changed while it was read"),
            N_("ask again when nobody writes to it"),
        )
        problems.raise_as(FactsError)


def collected(table: Table, rows: "nw.LazyFrame[Any]") -> "nw.DataFrame[Any]":
    """Read rows of a table again.

    Raises:
        FactsError: they lie in a file that changed after it was checked.
    """
    with unchanged(table):
        return rows.collect()
