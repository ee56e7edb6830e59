"""Measures one engine in a process of its own, and tells what it found as JSON.

python -m benchmarks.one_peer NAME HAMLETS.parquet
"""

import hashlib
import json
import sys
import time
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measuring import peak_memory

if TYPE_CHECKING:
    import polars as pl

    from benchmarks.peers.contract import Peer

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
LONGEST: Final = 4.0
"""Seconds; a size that would take longer is not tried."""
ROUNDS: Final = 5
LEAST: Final = 3
ENOUGH: Final = 2.0
"""Seconds after which no further round is begun, once there were the least."""
COMPARED: Final = 1_000
SINGLES: Final = 100


def main() -> None:
    """Measure and tell."""
    name, file = sys.argv[1:]
    # Timed by itself: only some engines rest on it, but the rows of all come in it.
    began = time.perf_counter()
    polars = import_module("polars")
    took = time.perf_counter() - began
    from benchmarks.peers import peer_named

    began = time.perf_counter()
    kind = peer_named(name)
    peer = kind()
    made = time.perf_counter() - began
    rows: pl.DataFrame = polars.read_parquet(file)
    first, _ = timed(peer, peer.load(rows.head(1)))
    compared = peer.told(peer.judge(peer.load(rows.head(COMPARED))))
    singles = measured(peer, rows, 1, SINGLES)
    told = {
        "version": version(kind.package) if kind.package else None,
        "start": made + first + (took if kind.on_polars else 0),
        "outcomes": hashlib.sha256(json.dumps(compared).encode()).hexdigest(),
        "one": [wall for wall, _ in singles],
        "rounds": rounds_of(peer, rows),
        "memory": peak_memory(),
    }
    print(json.dumps(told))


def rounds_of(
    peer: "Peer", rows: "pl.DataFrame"
) -> dict[int, list[tuple[float, float]]]:
    """Return wall and processor seconds of every round, by size."""
    rounds: dict[int, list[tuple[float, float]]] = {}
    each = 0.0
    for size in SIZES:
        if each * size > LONGEST:
            break
        rounds[size] = measured(peer, rows, size, ROUNDS)
        each = min(wall for wall, _ in rounds[size]) / size
    return rounds


def measured(
    peer: "Peer", rows: "pl.DataFrame", size: int, most: int
) -> list[tuple[float, float]]:
    """Judge so many hamlets, time and again; single ones are different each time."""
    found: list[tuple[float, float]] = []
    loaded = peer.load(rows.head(size))
    began = time.perf_counter()
    for at in range(most):
        if at >= LEAST and time.perf_counter() - began > ENOUGH:
            break
        if size == 1:
            loaded = peer.load(rows.slice(at, 1))
        found.append(timed(peer, loaded))
    return found


def timed(peer: "Peer", loaded: Any) -> tuple[float, float]:
    """Return the wall and processor seconds of judging what was loaded."""
    wall, processor = time.perf_counter(), time.process_time()
    peer.judge(loaded)
    return time.perf_counter() - wall, time.process_time() - processor


if __name__ == "__main__":
    main()
