"""Compares diaban with other engines: the eight criteria, three-valued, in one run.

    python -m benchmarks.against_peers

Each engine is measured in a process of its own. All must come to the outcomes of the
plain reference evaluator, or the run ends 1.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from benchmarks.hamlets import hamlets
from benchmarks.one_peer import COMPARED, SIZES
from benchmarks.peers import NAMES, peer_named
from benchmarks.peers.contract import COLUMNS, ColumnPeer, Outcomes, Peer
from benchmarks.tables import markdown_table, share, short
from tests.reference import evaluate
from tests.support.plain_yaml import load_file

ROOT: Final = Path(__file__).parents[1]
PACK: Final = ROOT / "rules" / "lai-chau" / "city-2024.yaml"
VOCABULARY: Final = ROOT / "rules" / "vocabulary.yaml"
DAY: Final = date(2024, 3, 31)
PATIENCE: Final = 120
FEW: Final = 25
WORDS: Final = {"not_met": 0, "met": 1, "unknown": 2}


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine's times in seconds, its memory in bytes, and whether it agreed."""

    title: str
    way: str
    by_record: bool
    version: str | None
    agrees: bool
    start: float
    one: tuple[float, ...]
    rounds: dict[int, list[tuple[float, float]]]
    """Wall and processor time of every round, by the number of hamlets."""
    memory: int

    def wall(self, size: int) -> float:
        """Return the median time, for a size not measured by that of the largest."""
        known = size if size in self.rounds else max(self.rounds)
        return median(wall for wall, _ in self.rounds[known]) * size / known

    def spread(self, size: int) -> tuple[float, float]:
        """Return the least and the greatest time of a size that was measured."""
        walls = [wall for wall, _ in self.rounds[size]]
        return min(walls), max(walls)

    def processor(self, size: int) -> float:
        """Return the median processor time of a size that was measured."""
        return median(seconds for _, seconds in self.rounds[size])


@dataclass(frozen=True, slots=True)
class Missing:
    """An engine that could not be measured, and why."""

    name: str
    reason: str


def main() -> None:
    """Compare and print."""
    found = compared()
    print(section(found))
    if any(isinstance(each, Measured) and not each.agrees for each in found):
        sys.exit("the outcomes differ")


def compared() -> list[Measured | Missing]:
    """Measure every engine that is installed."""
    rows = hamlets(max(SIZES))
    reference = fingerprint(by_reference(rows.head(COMPARED)))
    with TemporaryDirectory() as folder:
        file = Path(folder, "hamlets.parquet")
        rows.write_parquet(file)
        return [_measured(name, file, reference) for name in NAMES]


def by_reference(rows: pl.DataFrame) -> list[tuple[int, ...]]:
    """Return the outcomes by the evaluator that was written from LANGUAGE alone.

    It goes through all localities for each of them, so it is given a few at a time.
    """
    vocabulary, pack = load_file(VOCABULARY), load_file(PACK)
    wanted = rows.select("id", "name", "level", *COLUMNS)
    return [
        tuple(WORDS[criterion["outcome"]] for criterion in locality["criteria"])
        for few in wanted.iter_slices(FEW)
        for locality in evaluate(vocabulary, pack, {"localities": few.to_dicts()}, DAY)[
            "localities"
        ]
    ]


def fingerprint(outcomes: list[Outcomes] | list[tuple[int, ...]]) -> str:
    """Return what tells outcomes from others, as `one_peer` writes it."""
    return hashlib.sha256(json.dumps(outcomes).encode()).hexdigest()


def _measured(name: str, file: Path, reference: str) -> Measured | Missing:
    try:
        kind = peer_named(name)
    except ImportError as error:
        return Missing(name, f"not installed: {error}")
    command = [sys.executable, "-m", "benchmarks.one_peer", name, str(file)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return Missing(name, f"not done after {PATIENCE} s")
    if done.returncode:
        return Missing(name, done.stderr.decode().strip().splitlines()[-1])
    return _read(kind, json.loads(done.stdout), reference)


def _read(kind: type[Peer], told: dict[str, Any], reference: str) -> Measured:
    return Measured(
        title=kind.title,
        way=kind.way,
        by_record=not issubclass(kind, ColumnPeer),
        version=told["version"],
        agrees=told["outcomes"] == reference,
        start=told["start"],
        one=tuple(told["one"]),
        rounds={int(size): rounds for size, rounds in told["rounds"].items()},
        memory=told["memory"],
    )


def section(found: list[Measured | Missing]) -> str:
    """Return what was found as Markdown."""
    measured = [each for each in found if isinstance(each, Measured)]
    ours = next(each for each in measured if each.title == "diaban")
    parts = [
        markdown_table(
            ("", *(f"{size:,}" for size in SIZES), "spread", "processor"),
            [_throughput(each, ours) for each in measured],
        ),
        markdown_table(
            ("", "one hamlet", "start-up", "peak memory", "judging at most"),
            [_costs(each, ours) for each in measured],
        ),
        markdown_table(
            ("", "version", "agrees", "how it was used"),
            [
                (
                    each.title,
                    each.version or "",
                    "yes" if each.agrees else "**no**",
                    each.way,
                )
                for each in measured
            ],
            left=4,
        ),
    ]
    missing = [each for each in found if isinstance(each, Missing)]
    parts += (
        f"- `{each.name}` could not be measured: {each.reason}" for each in missing
    )
    return "\n\n".join(parts)


def _throughput(each: Measured, ours: Measured) -> tuple[str, ...]:
    largest = max(each.rounds)
    least, most = each.spread(largest)
    return (
        each.title,
        *(_rate(each, ours, size) for size in SIZES),
        f"{share(least / each.wall(largest))} … {share(most / each.wall(largest))}",
        f"{each.processor(largest) / largest * 1e6:.2f} µs",
    )


def _rate(each: Measured, ours: Measured, size: int) -> str:
    about = "" if size in each.rounds else "≈ "
    times = ours.wall(size) / each.wall(size)
    return f"{about}{short(size / each.wall(size))}/s ({times:.3g}×)"


def _costs(each: Measured, ours: Measured) -> tuple[str, ...]:
    one, first = median(each.one), median(ours.one)
    return (
        each.title,
        f"{one * 1000:.3g} ms ({one / first:.2g}×)",
        f"{each.start * 1000:.0f} ms ({each.start / ours.start:.2g}×)",
        f"{each.memory / 1e6:.0f} MB",
        f"{max(each.rounds):,}",
    )


if __name__ == "__main__":
    main()
