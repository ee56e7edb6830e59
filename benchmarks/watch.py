"""How soon a change of one hamlet shows, among as many localities as the country has."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.typed_localities import write_localities

LOCALITIES: Final = 98_000
CHANGES: Final = 7
ASKED: Final = ("--pack", "lai-chau/city-2024", "--as-of", "2024-03-31", "--lang", "en")


def main() -> None:
    """Change one hamlet after another and print when each verdict was told."""
    with TemporaryDirectory() as folder:
        write_localities(Path(folder), LOCALITIES)
        took = sorted(_waited(Path(folder)))
    print(f"{LOCALITIES:,} localities; a change shows after (seconds)")
    print(f"  least {took[0]:.2f}   median {median(took):.2f}   most {took[-1]:.2f}")


def _waited(folder: Path) -> list[float]:
    command = [sys.executable, "-m", "cli.main", "assess", str(folder), *ASKED]
    with subprocess.Popen(
        [*command, "--watch", "--level", "district"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        lines = iter(watching.stderr or ())
        next(line for line in lines if line.startswith("Watching"))
        took = []
        for at in range(CHANGES):
            changed = _changed(folder / "localities.csv", 40 + 13_000 * at)
            since = perf_counter()
            (folder / "localities.csv").write_text(changed, encoding="utf-8")
            next(line for line in lines if line.startswith("Judged"))
            took.append(perf_counter() - since)
        watching.kill()
    return took


def _changed(file: Path, at: int) -> str:
    """Return the table with another number in the fifth column of one hamlet's row."""
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = lines[at].split(",")
    cells[4] = "0" if cells[4] == "1" else "1"
    lines[at] = ",".join(cells)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
