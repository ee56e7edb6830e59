"""Shows how time grows with localities and with distinct cases, beside Polars by hand.

    python -m benchmarks.growth [NUMBER OF LOCALITIES ...]

Numbers were typed in for hamlets, in Parquet; both end with the verdict of each hamlet
and commune, which are compared. The start of the network is included: every measurement
is the first and only one of its process.
"""

import hashlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from benchmarks.by_hand import verdict_query
from benchmarks.hamlets import COUNTS, hamlets, in_communes
from benchmarks.peers.contract import CRITERIA, AtLeastOne, Every, NoneOf, Yes
from benchmarks.tables import markdown_table
from benchmarks.typed_localities import BOARD

ROOT: Final = Path(__file__).parents[1]
DAY: Final = date(2024, 3, 31)
PACK: Final = "lai-chau/city-2024"
SIZES: Final = (125_000, 250_000, 500_000, 1_000_000)
OPEN: Final = (2, 4, 6, 8)
"""How many criteria may be open, each by itself: twice as many patterns for each."""
ROWS: Final = 100_000
ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement in a process of its own."""

    wall: float
    processor: float
    memory: int
    digest: str
    cases: int


def main() -> None:
    """Compare and print; or, told a way, measure it and tell."""
    if len(sys.argv) > 1 and not sys.argv[1].isdigit():
        print(json.dumps(_told(sys.argv[1], Path(sys.argv[2]))))
        return
    print(section(tuple(map(int, sys.argv[1:])) or SIZES))


def section(sizes: tuple[int, ...] = SIZES) -> str:
    """Measure, and return what was found as Markdown."""
    return section_and_times(sizes)[0]


def section_and_times(sizes: tuple[int, ...] = SIZES) -> tuple[str, float]:
    """Return the Markdown, and how many times the query the largest size takes."""
    with TemporaryDirectory() as name:
        by_size = [_of_size(size, Path(name, str(size))) for size in sizes]
        by_case = [_of_cases(number, Path(name, f"open{number}")) for number in OPEN]
    rows = markdown_table(
        ("localities", "by hand", "diaban", "times", "µs each", "processor", "memory"),
        by_size,
        left=0,
    )
    cases = markdown_table(
        ("distinct cases", "localities", "diaban", "processor"), by_case, left=0
    )
    return f"{rows}\n\n{cases}", float(by_size[-1][3].rstrip("×"))


def _of_size(size: int, folder: Path) -> tuple[str, ...]:
    folder.mkdir()
    in_communes(hamlets(size)).write_parquet(folder / "localities.parquet")
    hand, ours = _runs("by_hand", folder), _runs("diaban", folder)
    if {run.digest for run in hand} != {run.digest for run in ours}:
        sys.exit("the verdicts differ")
    base, wall = _median(hand), _median(ours)
    processors = median(run.processor for run in ours)
    return (
        f"{size:,}",
        f"{base:.2f} s",
        f"{wall:.2f} s",
        f"{wall / base:.1f}×",
        f"{wall / size * 1e6:.2f}",
        f"{processors:.2f} s ({processors / median(r.processor for r in hand):.1f}×)",
        f"{max(run.memory for run in ours) / 1e6:.0f} MB",
    )


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
    ours = _runs("diaban", folder)
    return (
        f"{ours[0].cases:,}",
        f"{ROWS:,}",
        f"{_median(ours):.2f} s",
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


def _median(runs: list[Run]) -> float:
    return median(run.wall for run in runs)


def _runs(way: str, folder: Path) -> list[Run]:
    command = [sys.executable, "-m", "benchmarks.growth", way, str(folder)]
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        runs.append(Run(**json.loads(done.stdout)))
    return runs


def _told(way: str, folder: Path) -> dict[str, object]:
    if way == "diaban":  # imported before the clock runs, as Polars is for the query
        from engine.assess import judge_localities
        from engine.facts_from_files import facts_from_files
        from engine.library import Library
        from engine.verdicts_from_checks import VERDICT, outcome_column

        library = Library(ROOT / "rules")
        wall, processor = time.perf_counter(), time.process_time()
        facts = facts_from_files(folder, library.vocabulary)
        frame = judge_localities(library.find(PACK), facts, DAY).frame
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        cases = frame.select(map(outcome_column, CRITERIA)).unique().height
        verdicts = frame.select("id", verdict=VERDICT)
    else:
        wall, processor = time.perf_counter(), time.process_time()
        rows = pl.scan_parquet(folder / "localities.parquet")
        verdicts, cases = verdict_query(rows).collect(), 0
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    told = verdicts.sort("id").write_csv()
    return {
        "wall": wall,
        "processor": processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "digest": hashlib.sha256(told.encode()).hexdigest(),
        "cases": cases,
    }


if __name__ == "__main__":
    main()
