"""Times diaban beside a hand-written Polars query for the same verdicts.

    python -m benchmarks.assess_typed [NUMBER OF LOCALITIES]

All in one run: the verdicts are compared one by one, the times are medians, and the
memory is that of the whole process. It ends 1 where they disagree or the memory is over.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import polars as pl

from benchmarks.by_hand import verdicts_by_hand
from benchmarks.measuring import DAY, PACK, ROOT, assessed
from benchmarks.typed_localities import write_localities
from engine.assess import judge_localities
from engine.facts_from_files import facts_from_files
from engine.library import Library
from engine.verdicts_from_checks import VERDICT

MOST_MEMORY: Final = 1_000_000_000
ROUNDS: Final = 5

Verdicts = dict[str, str]


class Timed(NamedTuple):
    """What was concluded, the first time and the median of the times after it."""

    verdicts: Verdicts
    first: float
    median: float


class Process(NamedTuple):
    """What a whole process concluded, how long it took and how much memory it had."""

    verdicts: Verdicts
    seconds: float
    memory: int
    written: int


def main() -> None:
    """Compare and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as name:
        facts = Path(name, "facts")
        facts.mkdir()
        write_localities(facts, number)
        process = whole_process(facts, Path(name, "answer.json"))
        hand = timed(lambda: verdicts_by_hand(facts))
        chain = timed(lambda: verdicts_of_the_engine(facts))
    report(number, hand, chain, process)
    if not (hand.verdicts == chain.verdicts == process.verdicts):
        sys.exit("the verdicts differ")
    if process.memory > MOST_MEMORY:
        sys.exit(f"more than {MOST_MEMORY // 10**6} MB of memory")


def verdicts_of_the_engine(facts: Path) -> Verdicts:
    """Return diaban's verdicts, in this process: files to columns of verdicts."""
    library = Library(ROOT / "rules")
    read = facts_from_files(facts, library.vocabulary)
    judged = judge_localities(library.find(PACK), read, DAY)
    return dict(judged.frame.select("id", VERDICT).iter_rows())


def whole_process(facts: Path, answer: Path) -> Process:
    """Run `diaban assess … --format json -o answer.json` and read its answer."""
    seconds, memory = assessed(facts, answer)
    told = json.loads(answer.read_bytes())["localities"]
    verdicts = {locality["id"]: locality["verdict"] for locality in told}
    return Process(verdicts, seconds, memory, answer.stat().st_size)


def timed(work: Callable[[], Verdicts]) -> Timed:
    """Do the work once, then several times more."""
    verdicts, first = _one(work)
    again = [_one(work)[1] for _ in range(ROUNDS)]
    return Timed(verdicts, first, median(again))


def _one(work: Callable[[], Verdicts]) -> tuple[Verdicts, float]:
    began = time.perf_counter()
    verdicts = work()
    return verdicts, time.perf_counter() - began


def report(number: int, hand: Timed, chain: Timed, process: Process) -> None:
    """Print the times, each beside the hand-written query's."""
    versions = f"Python {platform.python_version()}, Polars {pl.__version__}"
    print(f"{number:,} typed-in localities, {PACK}; {versions}, {os.cpu_count()} cores")
    for what, seconds in (
        ("Polars query by hand", hand.median),
        ("diaban, in process, again", chain.median),
        ("diaban, in process, first", chain.first),
        ("diaban, whole process", process.seconds),
    ):
        print(f"{what:28}{seconds:8.3f} s{seconds / hand.median:8.1f} times")
    print(f"{'memory of the process':28}{process.memory / 10**6:8.0f} MB")
    print(f"{'JSON written, with reasons':28}{process.written / 10**6:8.0f} MB")


if __name__ == "__main__":
    main()
