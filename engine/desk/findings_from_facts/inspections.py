"""Inspections that are old, or that alone speak for a register."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts.gaps import Gap, Kind, Telling
from engine.errors import N_
from engine.judged import Judged
from engine.unchanged import collected
from engine.vocabulary import LOCALITIES, Duration

_STALE: Final = Kind(
    "inspection-stale",
    Severity.WARNING,
    N_("inspected on {on}, {age} days before the day asked about: {labels}"),
    N_(
        "inspected up to {age} days before the day asked about at {number} of the {all} "
        "localities below ({names}): {labels}"
    ),
    N_("inspect again: an inspection should be no older than {limit}"),
)
_UNDATED: Final = Kind(
    "inspection-undated",
    Severity.NOTE,
    N_("inspected, but nobody says when: {labels}"),
    N_(
        "inspected, but nobody says when, at {number} of the {all} localities below "
        "({names}): {labels}"
    ),
    N_("write the day into the column on of the inspections"),
)


def stale_inspections(judged: Judged, telling: Telling) -> Iterator[Finding]:
    """Yield the localities whose latest inspection of a needed register is too old."""
    limit, table = judged.pack.stale_after, judged.facts.inspections
    if limit is None or table is None:
        return
    latest = _latest(judged)
    oldest = limit.before(judged.as_of)
    undated = latest.filter(pl.col("on").is_null())
    stale = latest.filter(pl.col("on") < oldest)
    yield from telling.findings(_STALE, _gaps(stale, judged, limit))
    yield from telling.findings(_UNDATED, _gaps(undated, judged, limit))


def registers_only_inspected(judged: Judged) -> Iterator[Finding]:
    """Yield the needed registers that were inspected and of which there is no table.

    That there are no rows then means none, even where a file was only forgotten.
    """
    table = judged.facts.inspections
    if table is None:
        return
    inspected = _latest(judged)
    for name in sorted({*inspected["register"]} - {*judged.facts.registers}):
        rows = inspected.filter(register=name)["row"].sort()
        yield Finding(
            "register-only-inspected",
            Severity.WARNING,
            None,
            None,
            (name,),
            (table.places(rows[0], "register"),),
            N_(
                "no table of “{label}” ({name}) is among the facts: that there is "
                "nothing in it rests on inspections alone, of {number} localities"
            ),
            N_("add the table {name}; if nothing is in it, with its headings alone"),
            {
                "label": judged.pack.vocabulary.registers[name].label,
                "name": name,
                "number": len(rows),
            },
        )


def _latest(judged: Judged) -> pl.DataFrame:
    """Return the latest inspection up to the day, a locality and needed register."""
    table = judged.facts.inspections
    frame = pl.DataFrame()
    if table is not None:
        frame = collected(table, table.frame).to_native()
    if "on" not in frame.columns:
        frame = frame.with_columns(on=pl.lit(None, dtype=pl.Date))
    needed = {each.register for each in judged.measures.counts} - {LOCALITIES, None}
    localities = judged.frame.select(locality="id", at="row")
    return (
        frame.filter(pl.col("register").is_in(list(needed)))
        .filter(pl.col("on").is_null() | (pl.col("on") <= judged.as_of))
        .sort("on", "row", nulls_last=False)
        .unique(("locality", "register"), keep="last", maintain_order=True)
        .join(localities, on="locality", how="inner")
        .sort("at", "row")
    )


def _gaps(inspections: pl.DataFrame, judged: Judged, limit: Duration) -> Iterator[Gap]:
    """Yield a gap a locality and day, with the registers that were inspected then."""
    table, registers = judged.facts.inspections, judged.pack.vocabulary.registers
    together = inspections.group_by("at", "on", maintain_order=True).agg(
        "register", "row"
    )
    for at, on, names, rows in together.iter_rows():
        yield Gap(
            at,
            tuple(names),
            tuple(registers[name].label for name in names),
            tuple(table.places(row, "on") for row in rows if table),
            {"on": on, "age": (judged.as_of - on).days, "limit": limit} if on else {},
        )
