"""Verdicts in columns: one row a locality, with everything that they rest on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self

import polars as pl

from engine.assessment import Conflict
from engine.facts import Facts
from engine.measures import Measures
from engine.pack import Pack
from engine.recount import Recount
from engine.tallies import TREE
from engine.verdicts_from_checks import VERDICT, Judge


@dataclass(frozen=True)
class Judged:
    """The localities of the facts after the whole chain.

    `frame` has `row`, by which it is ordered, `id`, `name`, `level` and `parent`;
    `truth_column` of every check (Int8, a `Truth`); and `outcome_column` and `VERDICT`
    as `Judge` adds them: null where the pack does not judge the level. Where counts ask
    for the verdicts below, it has `passed.lo:<key>` and `passed.hi:<key>`: what the
    locality adds above, now that its verdict is known.
    """

    pack: Pack
    facts: Facts
    as_of: date
    outside_force: bool
    measures: Measures
    judge: Judge
    frame: pl.DataFrame
    recount: Recount
    conflicts: Mapping[int, tuple[Conflict, ...]]
    """By the locality's `row`; only where there is one."""

    @cached_property
    def counted(self) -> pl.DataFrame:
        """`frame` with all that was counted, and the columns of `facts.localities`.

        There are `lo:<key>` and `hi:<key>` of every measure, `own_column` of the fields
        that checks ask for, `rows.lo:` and `rows.hi:` of the measures by register, and
        `children`, how many localities are directly below, where there are any. For a
        million localities this takes gigabytes: ask for some, or for some columns.
        """
        return self._beside(self.recount.at(self.frame["row"]))

    def with_counts(self, names: Collection[str]) -> pl.DataFrame:
        """Return `frame` with some of the columns of `counted`."""
        return self._beside(self.recount.at(self.frame["row"], names))

    def _beside(self, counted: pl.DataFrame) -> pl.DataFrame:
        told = (name for name in counted.columns if name not in self.frame.columns)
        return self.frame.hstack(counted.select(told))

    @property
    def says_nothing(self) -> bool:
        """Whether no locality is of a level that the pack judges."""
        return self.frame[VERDICT].null_count() == self.frame.height

    @property
    def said(self) -> Self:
        """The verdicts on the localities whose level the pack judges."""
        return self.among(pl.col(VERDICT).is_not_null())

    def at_rows(self, rows: Collection[int]) -> Self:
        """Return the verdicts on some localities only, by their `row`."""
        return self.among(pl.col("row").is_in([*rows]))

    def at_level(self, level: str) -> Self:
        """Return the verdicts on the localities of one level only."""
        return self.among(pl.col("level") == level)

    def among(self, asked: pl.Expr) -> Self:
        """Return the verdicts on the localities of which something is true in `frame`."""
        return replace(self, frame=self.frame.filter(asked))


def in_order(localities: pl.DataFrame, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put parts of verdicts beside the localities, both by `row`, as `Judged` has them."""
    verdicts = pl.concat(parts)
    if not verdicts["row"].is_sorted():
        verdicts = verdicts.sort("row")
    return localities.select(TREE).hstack(verdicts.drop("row"))
