"""Rows of which nobody can tell whether they count, as a value in them is blank."""

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw
import polars as pl

from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts.gaps import Gap, Kind, Telling
from engine.errors import N_
from engine.expressions_from_conditions import Columns
from engine.facts import Table
from engine.judged import Judged
from engine.pack import counts_named
from engine.unchanged import collected

_DOUBT: Final = Kind(
    "row-in-doubt",
    Severity.NOTE,
    N_("rows that may count or not, as a value is blank: {number} of “{labels}”"),
    N_(
        "rows of “{labels}” that may count or not, as a value is blank, at {number} of "
        "the {all} localities below ({names})"
    ),
    N_("fill in the blank values, if they are known by now"),
)
_SHOWN: Final = 5
_DOUBTFUL: Final = "is doubtful"


def doubts_of(judged: Judged, telling: Telling) -> Iterator[Finding]:
    """Yield the localities that have such rows in a register that is needed."""
    asked = {name for each in judged.pack.checks for name in counts_named(each.ask)}
    for table in judged.facts.registers.values():
        keys = [
            each.key for each in judged.measures.on(table.name) if each.key in asked
        ]
        if keys:
            yield from telling.findings(_DOUBT, _gaps(table, keys, judged))


def _gaps(table: Table, keys: list[str], judged: Judged) -> Iterator[Gap]:
    register = judged.pack.vocabulary.registers[table.name]
    columns = Columns(
        table.frame.collect_schema().names(), register.fields, judged.as_of
    )
    rows = {each.key: each.rows for each in judged.measures.on(table.name)}
    truths = [columns.truth(rows[key]).is_null() for key in keys]
    doubt = nw.any_horizontal(*truths, ignore_nulls=True).alias(_DOUBTFUL)
    # A column first: a condition that asks for no column cannot be filtered by.
    rows_seen = table.frame.with_columns(doubt).filter(nw.col(_DOUBTFUL))
    named = rows_seen.select("row", "locality")
    found: Any = collected(table, named).to_native()
    at = judged.frame.select(at="row", locality="id")
    together = (
        found.join(at, on="locality", how="inner")
        .sort("at", "row")
        .group_by("at", maintain_order=True)
        .agg(pl.col("row").head(_SHOWN), number=pl.len())
    )
    for locality, first, number in together.iter_rows():
        yield Gap(
            locality,
            (table.name,),
            (register.label,),
            tuple(table.places(row, "locality") for row in first),
            {"number": number},
        )
