"""How the benchmarks measure: in processes of their own, by wall, processors, memory."""

import gc
import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

ROOT: Final = Path(__file__).parents[1]
PACK: Final = "lai-chau/city-2024"
DAY: Final = date(2024, 3, 31)
ROUNDS: Final = 5

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement in a process of its own; times are seconds, memory is bytes."""

    wall: float
    processor: float
    memory: int
    digest: str
    """Of what was found, so that two ways can be held to the same."""
    cases: int = 0


def runs_of(module: str, ways: Sequence[str], folder: Path) -> list[list[Run]]:
    """Measure each way several times; the module prints `told` when it is given one.

    They take turns, so that a machine which slows down meanwhile does so for all.
    """
    runs: list[list[Run]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, found in zip(ways, runs, strict=True):
            command = [sys.executable, "-m", module, way, str(folder)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            found.append(Run(**json.loads(done.stdout)))
    return runs


def clocked(work: Callable[[], _T]) -> tuple[_T, float, float]:
    """Do the work; return what it gave, and its wall and processor seconds.

    As in the command, and in `timeit`, nothing looks for circles in memory meanwhile.
    """
    gc.disable()
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - processor


def told(found: str, wall: float, processor: float, cases: int = 0) -> str:
    """Return this process's measurement as `runs_of` reads it."""
    digest = hashlib.sha256(found.encode()).hexdigest()
    return json.dumps(asdict(Run(wall, processor, peak_memory(), digest, cases)))


def peak_memory(process: int | str = "self") -> int:
    """Return the most bytes of memory that a running process has had (Linux).

    `getrusage` would tell no less than what the process had that started it.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return max((int(kb) * 1024 for kb in _MOST.findall(status)), default=0)


_MOST: Final = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_LOOK: Final = 0.01
"""Seconds between two looks at another process."""


def median_wall(runs: list[Run]) -> float:
    """Return the median of the wall seconds."""
    return median(run.wall for run in runs)


def assessed(folder: Path, answer: Path) -> tuple[float, int]:
    """Run `diaban assess … --format json -o ANSWER`; return its seconds and memory."""
    question = f"--pack {PACK} --as-of {DAY} --format json -o {answer}".split()
    command = [sys.executable, "-m", "cli.main", "assess", str(folder), *question]
    began = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    memory = 0
    while running.poll() is None:
        memory = max(memory, peak_memory(running.pid))
        time.sleep(_LOOK)
    seconds = time.perf_counter() - began
    if running.returncode != 1:
        sys.exit(
            f"diaban assess ended {running.returncode}, not 1 (some localities fail)"
        )
    return seconds, memory
