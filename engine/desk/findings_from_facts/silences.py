"""Suspicious silence: some of one thing, and none of what should go with it."""

from collections.abc import Iterator

import polars as pl

from engine.counted import counted
from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts.sources import Row, Sources
from engine.errors import N_
from engine.judged import Judged
from engine.measures import measures_of_counts
from engine.meeting import ends
from engine.vocabulary import Expectation


def silences_of(judged: Judged) -> Iterator[Finding]:
    """Yield the localities where what the vocabulary expects is known to be none."""
    vocabulary = judged.pack.vocabulary
    named = [
        count
        for each in vocabulary.expectations
        for count in (*each.if_any, *each.then_any)
    ]
    if not named:
        return
    measures = measures_of_counts(vocabulary, named)
    frame, _ = counted(judged.facts, measures, judged.as_of)
    for expectation in vocabulary.expectations:
        silent = frame.filter(_is_silent(expectation))
        # A sum is silent where a part of it is; that is told at the part.
        above = silent.select(id="parent")
        silent = silent.join(above, on="id", how="anti", maintain_order="left")
        sources = Sources(judged, frame, silent.get_column("row"))
        for row in silent.iter_rows(named=True):
            yield _finding(expectation, row, sources, judged)


def _is_silent(expected: Expectation) -> pl.Expr:
    truth = pl.lit(value=True)
    if expected.levels:
        truth &= pl.col("level").is_in(expected.levels)
    if expected.if_any:
        truth &= pl.any_horizontal(ends(count).lo > 0 for count in expected.if_any)
    return truth & pl.all_horizontal(
        (ends(count).hi == 0).fill_null(value=False) for count in expected.then_any
    )


def _finding(
    expected: Expectation, row: Row, sources: Sources, judged: Judged
) -> Finding:
    counts = judged.pack.vocabulary.counts
    there = [count for count in expected.if_any if row[f"lo:{count}"]]
    named = (*there, *expected.then_any)
    places = dict.fromkeys(place for count in named for place in sources.of(count, row))
    return Finding(
        "suspicious-silence",
        Severity.WARNING,
        row["id"],
        row["name"],
        named,
        tuple(places),
        N_("{say} ({none})"),
        N_("look again: correct the numbers, or be ready to say why they are so"),
        {
            "say": expected.say,
            "none": tuple(counts[count].label for count in expected.then_any),
        },
    )
