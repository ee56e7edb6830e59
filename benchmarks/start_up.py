"""Times whole short commands beside `python -c "import click"`, in one run.

    python -m benchmarks.start_up

What it prints are the least of several rounds, which other work on the machine disturbs
least. It ends 1 where a command takes more than its bound.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
ROUNDS: Final = 11
EXAMPLE: Final = "examples/lai-chau --pack lai-chau/city-2024 --as-of 2024-03-31"
DIABAN: Final = ("-m", "cli.main")
COMMANDS: Final = {
    "diaban --help": ((*DIABAN, "--help"), 2.5),
    "diaban packs": ((*DIABAN, "packs"), None),
    "diaban assess, the example": ((*DIABAN, "assess", *EXAMPLE.split()), 12.0),
}
"""Each with the most times `import click` that it may take."""


def main() -> None:
    """Compare and print."""
    least = dict.fromkeys(("import click", *COMMANDS), float("inf"))
    for _ in range(ROUNDS):
        least["import click"] = min(
            least["import click"], seconds("-c", "import click")
        )
        for name, (arguments, _) in COMMANDS.items():
            least[name] = min(least[name], seconds(*arguments))
    over = []
    for name, taken in least.items():
        times = taken / least["import click"]
        bound = COMMANDS[name][1] if name in COMMANDS else None
        allowed = f"  (at most {bound})" if bound else ""
        print(f"{name:28}{taken:8.3f} s{times:8.1f} times{allowed}")
        if bound and times > bound:
            over.append(name)
    if over:
        sys.exit(f"slower than allowed: {', '.join(over)}")


def seconds(*arguments: str) -> float:
    """Return how long a Python process takes, from its start to its end.

    It keeps its compiled modules, as click's are kept since it was installed.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
