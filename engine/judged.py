"""Verdicts in columns: one row a locality, with everything that they rest on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import polars as pl

from engine.assessment import Conflict
from engine.facts import Facts
from engine.measures import Measures
from engine.pack import Pack
from engine.verdicts_from_checks import Judge


@dataclass(frozen=True, slots=True)
class Judged:
    """The localities of the facts after the whole chain.

    `frame` has the columns of `facts.localities`, `lo:<key>` and `hi:<key>` of every
    measure, `truth_column` of every check (Int8, a `Truth`), and `outcome_column` and
    `VERDICT` as `Judge` adds them: null where the pack does not judge the level. If
    the parts were kept it also has `rows.lo:`, `rows.hi:`, `below.lo:` and `below.hi:`
    of every measure that has them; else, of the localities' fields, only targets.
    """

    pack: Pack
    facts: Facts
    as_of: date
    outside_force: bool
    measures: Measures
    judge: Judge
    frame: pl.DataFrame
    conflicts: Mapping[int, tuple[Conflict, ...]]
    """By the locality's `row`; only where there is one."""

    def at_rows(self, rows: Collection[int]) -> Self:
        """Return the verdicts on some localities only, by their `row`."""
        return replace(self, frame=self.frame.filter(pl.col("row").is_in([*rows])))

    def at_level(self, level: str) -> Self:
        """Return the verdicts on the localities of one level only."""
        return replace(self, frame=self.frame.filter(pl.col("level") == level))
