"""Times a country with its registers row by row beside a hand-written Polars query.

    python -m benchmarks.country [FOLDER]

FOLDER holds what `benchmarks.generate` makes; without it, a country is made first. The
query counts the same (the numbers are compared) and does nothing else: no cell is
checked, no digest taken, nothing judged. All in one run, each in a process of its own.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import polars as pl

from benchmarks.generate import COUNTRY, write_country
from benchmarks.measuring import (
    DAY,
    PACK,
    ROOT,
    Run,
    assessed,
    clocked,
    median_wall,
    runs_of,
    told,
)
from benchmarks.registers_by_hand import counted_by_hand, names_counted
from benchmarks.tables import markdown_table


def main() -> None:
    """Compare and print; or, told a way, measure it and tell."""
    match sys.argv[1:]:
        case [way, folder]:
            print(_measured(way, Path(folder)))
        case [folder]:
            print(section(Path(folder))[0])
        case _:
            with TemporaryDirectory() as made:
                write_country(Path(made), COUNTRY, 1)
                print(section(Path(made))[0])


def section(folder: Path) -> tuple[str, float, int]:
    """Measure a country; return Markdown, and the times and the memory of diaban."""
    hand, ours = runs_of("benchmarks.country", ("by_hand", "diaban"), folder)
    with TemporaryDirectory() as name:
        process, memory = assessed(folder, Path(name, "answer.json"))
    if hand[0].digest != ours[0].digest:
        sys.exit("the counts differ")
    base = median_wall(hand)
    rows = [
        ("Polars query by hand, the counts only", *_line(hand, base)),
        ("diaban, facts to verdicts", *_line(ours, base)),
        (
            "diaban, whole process, every reason as JSON",
            f"{process:.2f} s",
            f"{process / base:.2f}×",
            "",
            "",
            f"{memory / 1e6:.0f} MB",
        ),
    ]
    heading = ("", "time", "times", "spread", "processor", "peak memory")
    sizes = {
        file.stem: pl.scan_parquet(file).select(pl.len()).collect().item()
        for file in sorted(folder.glob("*.parquet"))
    }
    rows_told = ", ".join(f"{number:,} {table}" for table, number in sizes.items())
    most = max(memory, *(run.memory for run in ours))
    table = markdown_table(heading, rows)
    return f"{table}\n\nRows: {rows_told}.", median_wall(ours) / base, most


def _line(runs: list[Run], base: float) -> tuple[str, ...]:
    walls = [run.wall for run in runs]
    return (
        f"{median_wall(runs):.2f} s",
        f"{median_wall(runs) / base:.2f}×",
        f"{min(walls):.2f} … {max(walls):.2f} s",
        f"{median(run.processor for run in runs):.2f} s",
        f"{max(run.memory for run in runs) / 1e6:.0f} MB",
    )


def _measured(way: str, folder: Path) -> str:
    work = _of_diaban(folder) if way == "diaban" else lambda: counted_by_hand(folder)
    counted, wall, processor = clocked(work)
    rows = counted.sort("id").select("id", *names_counted()).write_csv()
    return told(rows, wall, processor)


def _of_diaban(folder: Path) -> Callable[[], pl.DataFrame]:
    """Return the work, with all imported: Polars is, too, before the query begins."""
    from engine.assess import judge_localities
    from engine.facts_from_files import facts_from_files
    from engine.library import Library

    def work() -> pl.DataFrame:
        library = Library(ROOT / "rules")
        facts = facts_from_files(folder, library.vocabulary)
        judged = judge_localities(library.find(PACK), facts, DAY)
        return judged.with_counts(names_counted())

    return work


if __name__ == "__main__":
    main()
