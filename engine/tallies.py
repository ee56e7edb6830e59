"""What is said of each locality, before anything is added up the tree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Final, Self, TypeVar

import narwhals as nw
import polars as pl

from engine import reckoning
from engine.expressions_from_conditions import Columns
from engine.facts import Table
from engine.measures import Measures, own_column
from engine.row_truths import counts, with_truths
from engine.source import Place
from engine.supposition import supposed_column
from engine.unchanged import unchanged
from engine.vocabulary import LARGEST_COUNT, LOCALITIES

_Frame = TypeVar("_Frame", pl.DataFrame, pl.LazyFrame)

TREE: Final = ("row", "id", "name", "level", "parent")

_BESIDE: Final = frozenset(TREE) - {"row"}


@dataclass(frozen=True)
class Tallies:
    """What is said of each locality: by registers, by its own row, and typed in.

    Frames of it have the columns `TREE`; `rows.lo:<key>` and `rows.hi:<key>` of every
    measure, the sums of `n` over the rows whose condition is true, and over those too
    where it is unknown (LANGUAGE §4.1), both null where the register was not surveyed;
    `own_column` of each field that a check asks for; and columns of the table of
    localities, of which a file may hold more than a memory does.
    """

    by_register: pl.DataFrame
    """`TREE`, ordered by `row`, and the ends of the measures by register."""
    localities: Table
    """In the same order; perhaps in a file still."""
    measures: Measures
    as_of: date

    def __len__(self) -> int:
        """Return the number of localities."""
        return self.by_register.height

    @cached_property
    def said(self) -> frozenset[str]:
        """The columns in which anything may be said of any locality."""
        cells = self._counted_cells
        if self.localities.streamed:
            # To look through a file takes longer than to count what is blank.
            return frozenset(cells.collect_schema()) | _filled(self.by_register)
        return _filled(self._collected(cells)) | _filled(self.by_register)

    def pieces(self, size: int) -> Iterator[pl.DataFrame]:
        """Yield all localities, so many at once, with the cells that counting needs.

        Raises:
            FactsError: once all were yielded: typed numbers may add up to too much.
        """
        cells = self._counted_cells
        pieces: Iterable[pl.DataFrame] = (
            cells.collect_batches(chunk_size=size, maintain_order=True)
            if self.localities.streamed
            else self._collected(cells).iter_slices(size)
        )
        at = largest = 0
        with unchanged(self.localities):
            for piece in pieces:
                known = self.by_register.slice(at, piece.height)
                yield known.hstack(piece.drop("row").rechunk())
                at += piece.height
                largest = max(largest, self._largest(piece))
        reckoning.refuse_sum(largest * len(self), Place(self.localities.file))

    def whole(self) -> pl.DataFrame:
        """Return all localities, with all cells."""
        with unchanged(self.localities):
            return self.by_register.hstack(self._collected(self._own.drop("row")))

    def among(self, rows: pl.Series) -> Self:
        """Return what is said of some localities only, by their `row`."""
        known, asked = self.by_register["row"], pl.col("row").is_in(rows.implode())
        at, end = known.search_sorted(
            pl.Series([rows.min(), rows.max()], dtype=pl.Int64)
        )
        many = 0 if rows.is_empty() else end + 1 - at
        with unchanged(self.localities):
            cells = self._collected(self._cells.slice(at, many).filter(asked))
        return replace(
            self,
            by_register=self.by_register.slice(at, many).filter(asked),
            localities=self.localities.held(nw.from_native(cells.lazy())),
        )

    def _largest(self, cells: pl.DataFrame) -> int:
        """Return the largest number typed in; 0 where no sum of such is too large."""
        typed = [each.id for each in self.measures.counts if each.id in cells.columns]
        if not typed or len(self) * LARGEST_COUNT < reckoning.LARGEST_SUM:
            return 0
        return cells.select(pl.max_horizontal(pl.col(typed).max())).item() or 0

    def _collected(self, rows: pl.LazyFrame) -> pl.DataFrame:
        """Collect rows; those in memory stay in one piece, which a stream would cut."""
        return rows.collect(engine="auto" if self.localities.streamed else "in-memory")

    @property
    def _cells(self) -> pl.LazyFrame:
        cells: pl.LazyFrame = self.localities.frame.to_native()
        return cells

    @cached_property
    def _own(self) -> pl.LazyFrame:
        """All cells, by `row`, with what is asked of own rows."""
        own = own_rows(self._cells, self.measures, self.as_of).drop(_BESIDE)
        return own if self.localities.streamed else self._collected(own).lazy()

    @cached_property
    def _counted_cells(self) -> pl.LazyFrame:
        """The cells that counting looks at, by `row`."""
        own = self._own
        if self.measures.use_verdicts:  # own rows are looked at once more
            return own
        counts = self.measures.counts
        supposed = (supposed_column(each.id) for each in counts)
        named = [*(each.id for each in counts), *supposed, *_own_columns(self.measures)]
        there = own.collect_schema()
        return own.select("row", *(each for each in named if each in there))


def _filled(frame: pl.DataFrame) -> frozenset[str]:
    """Return the columns in which anything stands."""
    return frozenset(each.name for each in frame if each.null_count() < len(each))


def _own_columns(measures: Measures) -> Iterator[str]:
    """Yield the columns that `own_rows` adds for others to read."""
    for measure in measures.on(LOCALITIES):
        yield from (f"{end}:{measure.key}" for end in ("rows.lo", "rows.hi"))
    yield from map(own_column, measures.fields)


def own_rows(localities: _Frame, measures: Measures, as_of: date) -> _Frame:
    """Return localities with what is asked of their own rows, given their verdicts.

    These are the tallies over the register of localities, and `own_column` of each
    field that a check asks for. Without a column `verdict` all are unknown.
    """
    fields = measures.vocabulary.registers[LOCALITIES].fields
    columns = Columns(localities.collect_schema().names(), fields, as_of)
    frame = with_truths(nw.from_native(localities), LOCALITIES, measures, columns)
    ends = (
        counts(key).fill_null(value).cast(nw.Int64).alias(f"{end}:{key}")
        for key in (measure.key for measure in measures.on(LOCALITIES))
        for end, value in (("rows.lo", False), ("rows.hi", True))
    )
    asked = (columns.value(each).alias(own_column(each)) for each in measures.fields)
    own: _Frame = frame.with_columns(chain(ends, asked)).to_native()
    return own
