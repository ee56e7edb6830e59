"""Ask every mutant of the kernel whether a test notices it: `make mutants`.

A child process for each mutant, forked before Polars has started a thread, imports the
module with its fault and runs the tests until one fails. No file is touched.
"""

# ruff: noqa: T201  (a script that runs and prints)

import argparse
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from random import Random
from tempfile import TemporaryFile
from types import CodeType, ModuleType
from typing import Final, NoReturn

import pytest
from hypothesis import Phase, settings

from tests.mutation.kernel import KERNEL, ROOT, Part, Survivor, survivors
from tests.mutation.mutator import Mutant, mutants_in

_WARMED: Final = ("hypothesis", "jsonschema", "narwhals", "polars", "pytest", "yaml")
"""What every child needs, and no mutant changes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 1 if a survivor is not explained, or an explained one did not survive."""
    asked = _asked(arguments)
    for name in _WARMED:
        import_module(name)
    accepted = {each.name: each for each in survivors()}
    parts = [x for x in KERNEL if not asked.modules or x.module in asked.modules]
    tables = [_judged(part, accepted, asked) for part in parts]
    print("\n| module | mutants | killed | equivalent | unexplained |")
    print("|---|--:|--:|--:|--:|")
    for each in tables:
        print(each)
    return int(any(each.unexplained or each.noticed for each in tables))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m tests.mutation.run")
    reader.add_argument("modules", nargs="*", help="such as engine/truth.py; else all")
    reader.add_argument("--within", help="only mutants in this function")
    reader.add_argument("--most", type=int, help="at most so many of each module")
    return reader.parse_args(arguments)


@dataclass(slots=True)
class Tally:
    """What became of one module's mutants."""

    module: str
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    unexplained: list[Mutant] = field(default_factory=list)
    noticed: list[Mutant] = field(default_factory=list)
    """Those that are explained as survivors and were killed."""

    def __str__(self) -> str:
        numbers = (self.mutants, self.killed, self.equivalent, len(self.unexplained))
        return f"| {self.module} | {' | '.join(map(str, numbers))} |"


def _judged(
    part: Part,
    accepted: dict[tuple[str, str, str, str], Survivor],
    asked: argparse.Namespace,
) -> Tally:
    mutants = mutants_in(ROOT / part.module, ROOT)
    if asked.within:
        mutants = [each for each in mutants if each.within == asked.within]
    if asked.most and asked.most < len(mutants):
        picked = Random(0).sample(range(len(mutants)), asked.most)  # noqa: S311  (no secret)
        mutants = [mutants[at] for at in sorted(picked)]
    tally, runs = Tally(part.module), _Runs(part)
    for mutant in mutants:
        killer = runs.killer(mutant)
        if sys.stderr.isatty() or tally.mutants % 20 == 0:
            told = f"{part.module}: {tally.mutants} of {len(mutants)}"
            print(told, end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr)
        tally.mutants += 1
        tally.killed += killer is not None
        tally.equivalent += killer is None and mutant.name in accepted
        if killer is None and mutant.name not in accepted:
            tally.unexplained.append(mutant)
            print(f"SURVIVED {mutant}", flush=True)
        if killer is not None and mutant.name in accepted:
            tally.noticed.append(mutant)
            print(f"KILLED, though explained, by {killer}: {mutant}", flush=True)
    print(f"{tally}  {runs.seconds:.0f} s", file=sys.stderr, flush=True)
    return tally


class _Runs:
    """The runs of one module's tests: first those that killed most, then the quickest."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._kills = Counter[str]()
        self._seconds: dict[str, float] = {}
        self._started = time.monotonic()
        self._limit = 600.0
        failed, self._seconds = self._run(None)
        if failed:
            message = f"without a mutant, {failed} fails for {part.module}"
            raise SystemExit(message)
        self._limit = 10 + 4 * self.seconds

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def killer(self, mutant: Mutant) -> str | None:
        """Return the test that a mutant fails, or None if it survives."""
        killer, _ = self._run(_Finder(mutant.module, mutant.code()))
        if killer:
            self._kills[killer] += 1
        return killer

    def _rank(self, test: str) -> tuple[int, float]:
        return -self._kills[test], self._seconds.get(test, 0.0)

    def _run(
        self, finder: MetaPathFinder | None
    ) -> tuple[str | None, dict[str, float]]:
        """Return what failed, and how long each test took."""
        with TemporaryFile() as told:
            child = os.fork()
            if child == 0:
                _child(finder, self._part, _Watcher(self._rank), told.fileno())
            until = time.monotonic() + self._limit
            while os.waitpid(child, os.WNOHANG)[0] == 0:
                if time.monotonic() > until:
                    os.kill(child, signal.SIGKILL)
                    os.waitpid(child, 0)
                    return "a time-out", {}
                time.sleep(0.01)
            told.seek(0)
            # A child that died, such as by a crash in compiled code, has said nothing.
            failed, seconds = json.loads(told.read() or '["a crash", {}]')
        return failed, seconds


def _child(
    finder: MetaPathFinder | None, part: Part, watcher: "_Watcher", told: int
) -> NoReturn:
    """Run the tests with the mutant in place, say which failed first, and end."""
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    failed: str | None = "an error"
    try:
        if finder is not None:
            sys.meta_path.insert(0, finder)
        options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider"]
        paths = [str(ROOT / "tests" / each) for each in part.tests]
        ended = pytest.main([*options, *paths], plugins=[watcher])
        failed = watcher.failed or (None if ended == 0 else failed)
    finally:
        os.write(told, json.dumps([failed, watcher.seconds]).encode())
        os._exit(0)


class _Watcher:
    """A pytest plugin: no shrinking, the most telling tests first, the first failure."""

    def __init__(self, rank: Callable[[str], tuple[int, float]]) -> None:
        self._rank = rank
        self.failed: str | None = None
        self.seconds: dict[str, float] = {}

    def pytest_configure(self) -> None:
        same = settings.get_profile("ci")
        once = settings(same, phases=(Phase.explicit, Phase.generate))
        settings.register_profile("mutants", once)
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda each: self._rank(each.nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid
        if report.when == "call":
            self.seconds[report.nodeid] = report.duration


class _Finder(MetaPathFinder, Loader):
    """Imports one module from code that is at hand."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._name = module.removesuffix(".py").replace("/", ".")
        self._code = code

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            spec.loader = self
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102  (our own code)


if __name__ == "__main__":
    sys.exit(main())
