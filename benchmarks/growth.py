"""Shows how time grows with localities and with distinct cases, beside Polars by hand.

    python -m benchmarks.growth [NUMBER OF LOCALITIES ...]

Numbers were typed in for hamlets, in Parquet; both end with the verdict of each hamlet
and commune, which are compared. The start of the network is included: every measurement
is the first and only one of its process.
"""

import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from benchmarks.by_hand import verdict_query
from benchmarks.hamlets import COUNTS, hamlets, in_communes
from benchmarks.measuring import (
    DAY,
    PACK,
    ROOT,
    clocked,
    median_wall,
    runs_of,
    told,
)
from benchmarks.peers.contract import CRITERIA, AtLeastOne, Every, NoneOf, Yes
from benchmarks.tables import markdown_table
from benchmarks.typed_localities import BOARD

SIZES: Final = (125_000, 250_000, 500_000, 1_000_000)
MANY: Final = 10_000_000
MEMORY_FOR_MANY: Final = 20_000_000_000
"""Bytes; a machine with less does not try that many."""
OPEN: Final = (2, 4, 6, 8)
"""How many criteria may be open, each by itself: twice as many patterns for each."""
ROWS: Final = 100_000


def main() -> None:
    """Compare and print; or, told a way, measure it and tell."""
    if len(sys.argv) > 1 and not sys.argv[1].isdigit():
        print(_measured(sys.argv[1], Path(sys.argv[2])))
        return
    print(section(tuple(map(int, sys.argv[1:])) or sizes_here())[0])


def sizes_here() -> tuple[int, ...]:
    """Return the sizes that this machine has the memory for."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return (*SIZES, MANY) if memory >= MEMORY_FOR_MANY else SIZES


def section(sizes: tuple[int, ...]) -> tuple[str, dict[int, float]]:
    """Measure; return Markdown, and how many times the query each size takes."""
    with TemporaryDirectory() as name:
        by_size = [_of_size(size, Path(name, str(size))) for size in sizes]
        by_case = [_of_cases(number, Path(name, f"open{number}")) for number in OPEN]
    rows = markdown_table(
        ("localities", "by hand", "diaban", "times", "µs each", "processor", "memory"),
        [line for line, _ in by_size],
        left=0,
    )
    cases = markdown_table(
        ("distinct cases", "localities", "diaban", "processor"), by_case, left=0
    )
    times = {size: found for size, (_, found) in zip(sizes, by_size, strict=True)}
    return f"{rows}\n\n{cases}", times


def _of_size(size: int, folder: Path) -> tuple[tuple[str, ...], float]:
    """Return the line of a size, and how many times the query diaban takes."""
    folder.mkdir()
    in_communes(hamlets(size)).write_parquet(folder / "localities.parquet")
    hand, ours = runs_of("benchmarks.growth", ("by_hand", "diaban"), folder)
    if {run.digest for run in hand} != {run.digest for run in ours}:
        sys.exit("the verdicts differ")
    base, wall = median_wall(hand), median_wall(ours)
    processors = median(run.processor for run in ours)
    line = (
        f"{size:,}",
        f"{base:.2f} s",
        f"{wall:.2f} s",
        f"{wall / base:.1f}×",
        f"{wall / size * 1e6:.2f}",
        f"{processors:.2f} s ({processors / median(r.processor for r in hand):.1f}×)",
        f"{max(run.memory for run in ours) / 1e6:.0f} MB",
    )
    return line, wall / base


def _of_cases(number: int, folder: Path) -> tuple[str, ...]:
    """Judge spotless hamlets of which so many criteria may be open, each by itself."""
    folder.mkdir()
    names = [_decisive(criterion) for criterion in list(CRITERIA)[:number]]
    at = pl.int_range(pl.len())
    gaps = [
        pl.when(at // 2**place % 2 == 0).then(pl.col(name)).alias(name)
        for place, name in enumerate(names)
    ]
    spotless = (
        hamlets(ROWS)
        .with_columns(
            pl.lit(value=True).alias(BOARD),
            *(pl.lit(0, pl.Int64).alias(name) for name in COUNTS),
        )
        .with_columns(
            households=pl.lit(100),
            households_pledged=pl.lit(100),
            models_effective=pl.lit(1),
        )
    )
    spotless.with_columns(gaps).write_parquet(folder / "localities.parquet")
    (ours,) = runs_of("benchmarks.growth", ("diaban",), folder)
    return (
        f"{ours[0].cases:,}",
        f"{ROWS:,}",
        f"{median_wall(ours):.2f} s",
        f"{median(run.processor for run in ours):.2f} s",
    )


def _decisive(criterion: str) -> str:
    """Return a column whose blank leaves a criterion open."""
    match CRITERIA[criterion][-1]:
        case NoneOf(name) | Yes(name):
            return name
        case AtLeastOne(name):
            return name
        case Every(whole, _):
            return whole


def _measured(way: str, folder: Path) -> str:
    if way == "diaban":
        return _measured_diaban(folder)
    rows = pl.scan_parquet(folder / "localities.parquet")
    verdicts, wall, processor = clocked(lambda: verdict_query(rows).collect())
    return told(verdicts.sort("id").write_csv(), wall, processor)


def _measured_diaban(folder: Path) -> str:
    """Measure with all imported: Polars is, too, before the query begins."""
    from engine.assess import judge_localities
    from engine.facts_from_files import facts_from_files
    from engine.library import Library
    from engine.verdicts_from_checks import VERDICT, outcome_column

    library = Library(ROOT / "rules")

    def judged() -> pl.DataFrame:
        facts = facts_from_files(folder, library.vocabulary)
        return judge_localities(library.find(PACK), facts, DAY).frame

    frame, wall, processor = clocked(judged)
    cases = frame.select(map(outcome_column, CRITERIA)).unique().height
    verdicts = frame.select("id", verdict=VERDICT).sort("id")
    return told(verdicts.write_csv(), wall, processor, cases)


if __name__ == "__main__":
    main()
