"""Registers as numbers: one pass a register, one row a locality.

This is the pass that meets millions of rows, and what leaves it is small. It is written
against narwhals, so that the same expressions run wherever the registers lie.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, TypeVar

import narwhals as nw
import polars as pl

from engine.errors import N_, FactsError, Problems
from engine.expressions_from_conditions import Columns
from engine.facts import Facts, Table
from engine.measures import Exceptions, Measure, Measures, own_column
from engine.source import Place
from engine.vocabulary import LARGEST_COUNT, LOCALITIES, Count

_Frame = TypeVar("_Frame", nw.DataFrame[Any], nw.LazyFrame[Any])

LARGEST_SUM: Final = 2**62
"""Sums stay below this, so that adding two of them cannot leave 64 bits."""


def tallies_from_facts(facts: Facts, measures: Measures, as_of: date) -> pl.DataFrame:
    """Return the localities with `rows.lo:` and `rows.hi:` of every measure by register.

    A row of the result is a row of `facts.localities`, in its order, with its columns.
    `rows.lo:<key>` is the sum of `n` over the rows whose condition is true, and
    `rows.hi:<key>` also over those where it is unknown (LANGUAGE §4.1). Both are null
    where the register was not surveyed: no row of it names the locality, and no
    inspection does. Over the register of localities each has its own row; verdicts
    are unknown there (`verdict` is added, all null).

    Raises:
        FactsError: the numbers of a table may add up to more than can be reckoned with.
    """
    localities = facts.localities.frame.collect().to_native().rechunk()
    _refuse_large_numbers(localities, facts, measures)
    localities = localities.with_columns(verdict=pl.lit(None, dtype=pl.String))
    surveyed = sorted({each.register for each in measures.all if each.register})
    for register in surveyed:
        table = facts.registers.get(register)
        if table is not None:
            localities = _beside(localities, _tally(table, measures, as_of))
    localities = _with_inspected(localities, facts, measures, surveyed)
    return own_rows(localities, measures, as_of).sort("row")


def _beside(localities: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Put what was found by `locality` beside each of them; null where nothing was."""
    ids = localities.select(locality="id")  # to join all columns would copy them
    joined = ids.join(found, on="locality", how="left", maintain_order="left")
    return localities.hstack(joined.drop("locality"))


def own_rows(localities: pl.DataFrame, measures: Measures, as_of: date) -> pl.DataFrame:
    """Return localities with what is asked of their own rows, given their verdicts.

    These are the tallies over the register of localities, and `own_column` of each
    field that a check asks for.
    """
    fields = measures.vocabulary.registers[LOCALITIES].fields
    columns = Columns(localities.columns, fields, as_of)
    frame = _with_truths(nw.from_native(localities), LOCALITIES, measures, columns)
    ends = (
        _counts(key).fill_null(value).cast(nw.Int64).alias(f"{end}:{key}")
        for key in (measure.key for measure in measures.on(LOCALITIES))
        for end, value in (("rows.lo", False), ("rows.hi", True))
    )
    asked = (columns.value(each).alias(own_column(each)) for each in measures.fields)
    own: pl.DataFrame = frame.with_columns(*ends, *asked).to_native()
    return own


def _with_truths(
    frame: _Frame, register: str, measures: Measures, columns: Columns
) -> _Frame:
    """Add to a register's rows, for each measure, whether the row is counted.

    Wholes come before their parts, so that no condition is worked out twice.
    """
    for stage in measures.stages_on(register):
        frame = frame.with_columns(
            _within(count, columns.truth(count.where)).alias(_counted(count.id))
            for count in stage
        )
    return frame.with_columns(
        (_counts(pair.whole) & ~_counts(pair.part)).alias(_counted(pair.key))
        for pair in measures.exceptions_on(register)
    )


def _within(count: Count, truth: nw.Expr) -> nw.Expr:
    return truth if count.within is None else _counts(count.within) & truth


def _counted(key: str) -> str:
    # A point in a name parts a column from its fields where a cluster counts.
    return f"counted:{key.replace('.', '/')}"


def _counts(key: str) -> nw.Expr:
    return nw.col(_counted(key))


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
    tally: pl.DataFrame = (
        _with_truths(table.frame, table.name, measures, columns)
        .group_by("locality")
        .agg(*sums, *bounds)
        .collect("polars", **_way_of(table))
        .to_native()
    )
    if numbered and not tally.is_empty():
        largest, many = tally["largest"].to_list(), tally["many"].to_list()
        _refuse_sum(max(largest) * sum(many), Place(table.file))
    found = tally.select("locality", *names).rename(names)
    return found.with_columns(each for pair in told.values() for each in _others(pair))


_ENDS: Final = ("lo", "hi")


def _sums(
    measure: Measure, measures: Measures, n: nw.Expr, every: nw.Expr
) -> tuple[nw.Expr, nw.Expr]:
    """Return the sums of `n` over the rows that count surely, and that may count."""
    if measures.count_every_row(measure.key):
        return every, every
    counts, none = _counts(measure.key), nw.lit(0, dtype=nw.Int64)
    return (
        nw.when(counts).then(n).otherwise(none).sum(),
        nw.when(~counts).then(none).otherwise(n).sum(),
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


def _way_of(table: Table) -> dict[str, Any]:
    """Return how Polars collects: a file by the stream, a small table without a plan."""
    if not table.frame.implementation.is_polars():
        return {}
    if table.streamed:
        return {"engine": "streaming"}
    return {"optimizations": pl.QueryOptFlags.none()}


def _with_inspected(
    localities: pl.DataFrame, facts: Facts, measures: Measures, registers: list[str]
) -> pl.DataFrame:
    """Write zeros where an inspection says that no row means none."""
    measured = [each for name in registers for each in measures.on(name)]
    ends = {f"rows.{end}:{each.key}": each for each in measured for end in ("lo", "hi")}
    localities = localities.with_columns(
        pl.lit(None, dtype=pl.Int64).alias(name)
        for name in ends
        if name not in localities.columns
    )
    if facts.inspections is None:
        return localities
    inspections: pl.DataFrame = facts.inspections.frame.collect().to_native()
    inspected = inspections.group_by("locality").agg(
        (pl.col("register") == name).any().alias(f"inspected:{name}")
        for name in registers
    )
    return (
        _beside(localities, inspected)
        .with_columns(_none_if_inspected(name, each) for name, each in ends.items())
        .drop(f"inspected:{name}" for name in registers)
    )


def _none_if_inspected(name: str, measure: Measure) -> pl.Expr:
    none = pl.when(pl.col(f"inspected:{measure.register}")).then(0)
    return pl.col(name).fill_null(none)


def _refuse_large_numbers(
    localities: pl.DataFrame, facts: Facts, measures: Measures
) -> None:
    """Refuse typed numbers that, added up the tree, would leave 64 bits."""
    typed = [each.id for each in measures.counts if each.id in localities.columns]
    if typed and localities.height * LARGEST_COUNT >= LARGEST_SUM:
        largest = localities.select(pl.max_horizontal(pl.col(typed).max())).item() or 0
        _refuse_sum(largest * localities.height, Place(facts.localities.file))


def _refuse_sum(bound: int, place: Place) -> None:
    if bound < LARGEST_SUM:
        return
    problems = Problems()
    problems.error(
        "facts-beyond-reckoning",
        place,
        N_("the numbers may add up to {bound}, more than can be reckoned with"),
        N_("look for a number with too many digits"),
        bound=bound,
    )
    problems.raise_as(FactsError)
