"""Registers as numbers: one pass a register, one row a locality.

This is the pass that meets millions of rows, and what leaves it is small. It is written
against narwhals, so that the same expressions run wherever the registers lie.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import narwhals as nw
import polars as pl

from engine.expressions_from_conditions import Columns
from engine.facts import Facts, Table
from engine.measures import Exceptions, Measure, Measures
from engine.reckoning import refuse_sum
from engine.row_truths import counts, with_truths
from engine.source import Place
from engine.tallies import TREE, Tallies
from engine.unchanged import collected, unchanged
from engine.vocabulary import LOCALITIES


def tallies_from_facts(facts: Facts, measures: Measures, as_of: date) -> Tallies:
    """Count the registers' rows, each register in one pass.

    Raises:
        FactsError: the numbers of a table may add up to more than can be reckoned with.
    """
    named = facts.localities.frame.select(*TREE)
    tree: pl.DataFrame = collected(facts.localities, named).to_native()
    tree = tree.rechunk()
    registers = {each.register for each in measures.all if each.register}
    surveyed = sorted(registers - {LOCALITIES})
    for register in surveyed:
        table = facts.registers.get(register)
        if table is not None:
            tree = _beside(tree, _tally(table, measures, as_of))
    known = _with_inspected(tree, facts, measures, surveyed)
    return Tallies(known, facts.localities, measures, as_of)


def _beside(localities: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Put what was found by `locality` beside each of them; null where nothing was."""
    ids = localities.select(locality="id")  # to join all columns would copy them
    joined = ids.join(found, on="locality", how="left", maintain_order="left")
    return localities.hstack(joined.drop("locality"))


def _tally(table: Table, measures: Measures, day: date) -> pl.DataFrame:
    fields = measures.vocabulary.registers[table.name].fields
    columns = Columns(table.frame.collect_schema().names(), fields, day)
    numbered = "n" in columns.names
    n = nw.col("n") if numbered else nw.lit(1, dtype=nw.Int64)
    every, bounds = nw.len().cast(nw.Int64), [nw.len().alias("many")]
    if numbered:
        every = n.sum()
        bounds.append(n.max().alias("largest"))
    told = {pair.key: pair for pair in _told_by_others(table.name, measures)}
    sums: list[nw.Expr] = []
    names: dict[str, str] = {}
    for at, measure in enumerate(measures.on(table.name)):
        if measure.key not in told:
            lo, hi = _sums(measure, measures, n, every)
            sums += [lo.alias(f"lo {at}"), hi.alias(f"hi {at}")]
            names |= {f"{end} {at}": f"rows.{end}:{measure.key}" for end in _ENDS}
    rows = with_truths(table.frame, table.name, measures, columns)
    tally = _counted_by_locality(table, rows, [*sums, *bounds])
    if numbered and not tally.is_empty():
        largest, many = tally["largest"].to_list(), tally["many"].to_list()
        refuse_sum(max(largest) * sum(many), Place(table.file))
    found = tally.select("locality", *names).rename(names)
    return found.with_columns(each for pair in told.values() for each in _others(pair))


_ENDS: Final = ("lo", "hi")


def _sums(
    measure: Measure, measures: Measures, n: nw.Expr, every: nw.Expr
) -> tuple[nw.Expr, nw.Expr]:
    """Return the sums of `n` over the rows that count surely, and that may count."""
    if measures.count_every_row(measure.key):
        return every, every
    counted, none = counts(measure.key), nw.lit(0, dtype=nw.Int64)
    return (
        nw.when(counted).then(n).otherwise(none).sum(),
        nw.when(~counted).then(none).otherwise(n).sum(),
    )


def _told_by_others(register: str, measures: Measures) -> Iterator[Exceptions]:
    """Yield the exceptions from every row there is: what is not the part is one."""
    for pair in measures.exceptions_on(register):
        if measures.count_every_row(pair.whole):
            yield pair


def _others(pair: Exceptions) -> Iterator[pl.Expr]:
    """Yield how many are not the part: the fewer, the more are the part."""
    for end, other in zip(_ENDS, reversed(_ENDS), strict=True):
        whole, part = f"rows.{end}:{pair.whole}", f"rows.{other}:{pair.part}"
        yield (pl.col(whole) - pl.col(part)).alias(f"rows.{end}:{pair.key}")


def _counted_by_locality(
    table: Table, rows: "nw.LazyFrame[Any]", sums: Iterable[nw.Expr]
) -> pl.DataFrame:
    """Add up the rows of a table, a row a locality that they name."""
    key = "locality"
    if table.runs is not None:
        key, rows = _RUN, _numbered_runs(rows)
    added = rows.group_by(key).agg(sums)
    with unchanged(table):
        found: pl.DataFrame = added.collect("polars", **_way_of(table)).to_native()
    if table.runs is None:
        return found
    return found.with_columns(locality=table.runs.gather(found[_RUN])).drop(_RUN)


_RUN: Final = "run of rows"  # no field has a space in its name


def _numbered_runs(rows: "nw.LazyFrame[Any]") -> "nw.LazyFrame[Any]":
    """Number each run of rows of one locality: to group by what rises needs no hashes."""
    native: pl.LazyFrame = rows.to_native()
    numbered = native.with_columns(pl.col("locality").rle_id().alias(_RUN))
    return nw.from_native(numbered.set_sorted(_RUN))


def _way_of(table: Table) -> dict[str, Any]:
    """Return how Polars collects: by the stream, and what it holds without a plan."""
    if not table.frame.implementation.is_polars():
        return {}
    if table.streamed:
        return {"engine": "streaming"}
    return {"engine": "streaming", "optimizations": pl.QueryOptFlags.none()}


def _with_inspected(
    localities: pl.DataFrame, facts: Facts, measures: Measures, registers: list[str]
) -> pl.DataFrame:
    """Write zeros where an inspection says that no row means none."""
    measured = [each for name in registers for each in measures.on(name)]
    ends = {f"rows.{end}:{each.key}": each for each in measured for end in ("lo", "hi")}
    nothing = pl.lit(None, dtype=pl.Int64)
    localities = localities.with_columns(
        nothing.alias(name) for name in ends if name not in localities.columns
    )
    if facts.inspections is None:
        return localities
    inspected = _counted_by_locality(
        facts.inspections,
        facts.inspections.frame,
        [
            (nw.col("register") == name).any().alias(f"inspected:{name}")
            for name in registers
        ],
    )
    return (
        _beside(localities, inspected)
        .with_columns(_none_if_inspected(name, each) for name, each in ends.items())
        .drop(f"inspected:{name}" for name in registers)
    )


def _none_if_inspected(name: str, measure: Measure) -> pl.Expr:
    none = pl.when(pl.col(f"inspected:{measure.register}")).then(0)
    return pl.col(name).fill_null(none)
