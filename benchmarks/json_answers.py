"""Times the answer as JSON beside orjson, whose dictionaries lie ready.

    python -m benchmarks.json_answers [NUMBER OF LOCALITIES]

diaban writes from columns of verdicts: every check, count, shortfall and reason of each
locality. orjson is given the same as Python has it after reading. Both in one process.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.hamlets import hamlets, in_communes
from benchmarks.measuring import DAY, PACK, ROOT
from benchmarks.tables import markdown_table
from engine.assess import judge_localities
from engine.facts_from_files import facts_from_files
from engine.json_from_judged import json_from_judged
from engine.judged import Judged
from engine.library import Library

LOCALITIES: Final = 100_000
ROUNDS: Final = 7


def main() -> None:
    """Compare and print."""
    print(section(*map(int, sys.argv[1:]))[0])


def section(number: int = LOCALITIES) -> tuple[str, float]:
    """Measure; return Markdown, and how many times orjson's time diaban takes."""
    judged = _judged(number)
    ours = [_seconds(lambda: json_from_judged(judged)) for _ in range(ROUNDS)]
    # Read only now: a hundred thousand dictionaries slow down whatever else is done.
    answer = b"".join(json_from_judged(judged))
    document, dumps = json.loads(answer), import_module("orjson").dumps
    ready = [_seconds(lambda: [dumps(document)]) for _ in range(ROUNDS)]
    base = median(ready)
    rows = [
        _row("orjson, dictionaries that lie ready", ready, len(dumps(document)), base),
        _row("diaban, columns of verdicts", ours, len(answer), base),
    ]
    table = markdown_table(("", "time", "times", "spread", "written"), rows)
    return table, median(ours) / base


def _judged(number: int) -> Judged:
    library = Library(ROOT / "rules")
    with TemporaryDirectory() as name:
        in_communes(hamlets(number)).write_parquet(Path(name, "localities.parquet"))
        facts = facts_from_files(Path(name), library.vocabulary)
        return judge_localities(library.find(PACK), facts, DAY)


def _seconds(answer: Callable[[], Iterable[bytes]]) -> float:
    """Return how long it takes to write all pieces, to where nothing is kept."""
    began = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        nowhere.writelines(answer())
    return time.perf_counter() - began


def _row(what: str, taken: list[float], size: int, base: float) -> tuple[str, ...]:
    times = median(taken) / base
    spread = f"{min(taken):.2f} … {max(taken):.2f} s"
    return (
        what,
        f"{median(taken):.2f} s",
        f"{times:.2f}×",
        spread,
        f"{size / 1e6:.0f} MB",
    )


if __name__ == "__main__":
    main()
