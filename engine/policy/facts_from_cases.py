"""The facts of several worked cases as one, so that they are judged at once."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

import narwhals as nw
import polars as pl

from engine.facts import Facts, Table
from engine.measures import fields_named, measures_from_pack
from engine.pack import Pack
from engine.policy.worked_case import WorkedCase
from engine.source import Place

_NAMES: Final = ("id", "parent")
_LINK: Final = ("locality",)


def asks_for_names(pack: Pack) -> bool:
    """Tell whether what a pack counts depends on how localities are called."""
    asked = (fields_named(each.rows) for each in measures_from_pack(pack).all)
    return not {*_NAMES, *_LINK}.isdisjoint(chain.from_iterable(asked))


def facts_from_cases(cases: Sequence[WorkedCase]) -> Facts:
    """Return facts in which the localities of each case are those `named_in_case`.

    They serve a pack that does not ask for names. Whatever a case does not hold, a
    table or a column, is blank for its localities, which says the same. Of cells only
    the file is still known, not the place.
    """
    every = [case.facts for case in cases]
    names = dict.fromkeys(name for facts in every for name in facts.registers)
    registers = {
        name: _together([facts.registers.get(name) for facts in every], _LINK)
        for name in names
    }
    inspections = [facts.inspections for facts in every]
    return Facts(
        _together([facts.localities for facts in every], _NAMES),
        registers,
        _together(inspections, _LINK) if any(inspections) else None,
        "",
    )


def named_in_case(case: int, locality: str) -> str:
    """Return the name that a locality of one of the cases, by its number, has."""
    return f"{case} {locality}"


def _together(tables: Sequence[Table | None], names: Iterable[str]) -> Table:
    """Put the tables of cases under each other; not every case has one."""
    held = [(case, table) for case, table in enumerate(tables) if table is not None]
    rows = pl.concat(
        (_named(table, case, names) for case, table in held), how="diagonal"
    )
    if "n" in rows.collect_schema():
        rows = rows.with_columns(pl.col("n").fill_null(1))
    numbered = rows.with_row_index("row").cast({"row": pl.Int64})
    _, first = held[0]
    return Table(
        first.name,
        first.file,
        nw.from_native(numbered.collect().lazy()),
        lambda _row, _column: Place(first.file),
    )


def _named(table: Table, case: int, names: Iterable[str]) -> pl.LazyFrame:
    rows: pl.LazyFrame = table.frame.to_native()
    prefix = pl.lit(named_in_case(case, ""))
    return rows.drop("row").with_columns(
        (prefix + pl.col(each)).alias(each) for each in names
    )
