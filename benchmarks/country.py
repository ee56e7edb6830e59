"""Times a country with its registers row by row beside a hand-written Polars query.

    python -m benchmarks.country [FOLDER]

FOLDER holds what `benchmarks.generate` makes; without it, a country is made first. The
query counts the same (the numbers are compared) and does nothing else: no cell is
checked, no digest taken, nothing judged. All in one run, each in a process of its own.
"""

import hashlib
import json
import os
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

from benchmarks.generate import COUNTRY, write_country
from benchmarks.registers_by_hand import counted_by_hand, names_counted
from benchmarks.tables import markdown_table

ROOT: Final = Path(__file__).parents[1]
DAY: Final = date(2024, 3, 31)
PACK: Final = "lai-chau/city-2024"
ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """A way to count a country: its seconds, by the wall and by processors, and memory."""

    wall: float
    processor: float
    memory: int
    digest: str


def main() -> None:
    """Compare and print; or, told a way, measure it and tell."""
    if len(sys.argv) > 2:  # noqa: PLR2004
        print(json.dumps(_told(sys.argv[1], Path(sys.argv[2]))))
        return
    with TemporaryDirectory() as name:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        if len(sys.argv) == 1:
            write_country(folder, COUNTRY, 1)
        print(section(folder)[0])


def section(folder: Path) -> tuple[str, float, int]:
    """Measure a country; return Markdown, and the times and the memory of diaban."""
    hand, ours = (_measured(way, folder) for way in ("by_hand", "diaban"))
    process, memory = _whole_process(folder)
    if hand[0].digest != ours[0].digest:
        sys.exit("the counts differ")
    base = _median(hand)
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
    told = ", ".join(f"{number:,} {table}" for table, number in sizes.items())
    most = max(memory, *(run.memory for run in ours))
    table = markdown_table(heading, rows)
    return f"{table}\n\nRows: {told}.", _median(ours) / base, most


def _line(runs: list[Run], base: float) -> tuple[str, ...]:
    walls = [run.wall for run in runs]
    return (
        f"{_median(runs):.2f} s",
        f"{_median(runs) / base:.2f}×",
        f"{min(walls):.2f} … {max(walls):.2f} s",
        f"{median(run.processor for run in runs):.2f} s",
        f"{max(run.memory for run in runs) / 1e6:.0f} MB",
    )


def _median(runs: list[Run]) -> float:
    return median(run.wall for run in runs)


def _measured(way: str, folder: Path) -> list[Run]:
    command = [sys.executable, "-m", "benchmarks.country", way, str(folder)]
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        runs.append(Run(**json.loads(done.stdout)))
    return runs


def _told(way: str, folder: Path) -> dict[str, object]:
    wall, processor = time.perf_counter(), time.process_time()
    counted = counted_by_hand(folder) if way == "by_hand" else _counted(folder)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    rows = counted.sort("id").select("id", *names_counted()).write_csv()
    digest = hashlib.sha256(rows.encode()).hexdigest()
    return {"wall": wall, "processor": processor, "memory": used, "digest": digest}


def _counted(folder: Path) -> pl.DataFrame:
    """Return what diaban counts and judges."""
    from engine.assess import judge_localities
    from engine.facts_from_files import facts_from_files
    from engine.library import Library

    library = Library(ROOT / "rules")
    facts = facts_from_files(folder, library.vocabulary)
    return judge_localities(library.find(PACK), facts, DAY).frame


def _whole_process(folder: Path) -> tuple[float, int]:
    """Run `diaban assess … --format json -o FILE`; return its seconds and its memory."""
    with TemporaryDirectory() as name:
        answer = Path(name, "answer.json")
        question = f"--pack {PACK} --as-of {DAY} --format json -o {answer}".split()
        command = [sys.executable, "-m", "cli.main", "assess", str(folder), *question]
        began = time.perf_counter()
        running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - began
    if (code := os.waitstatus_to_exitcode(status)) != 1:
        sys.exit(f"diaban assess ended {code}, not 1 (some localities do not pass)")
    return seconds, used.ru_maxrss * 1024


if __name__ == "__main__":
    main()
