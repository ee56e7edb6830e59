"""What is mutated, by which tests it is judged, and which mutants may survive."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LIST: Final = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """A module of the kernel, and the quickest tests that say all about it."""

    module: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test can notice, and why."""

    module: str
    within: str
    line: str
    change: str
    why: str

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What `Mutant.name` is."""
        return self.module, self.within, self.line, self.change


_RAILS: Final = ("test_productions.py", "test_verdicts_from_checks.py")
_JUDGED: Final = ("test_verdicts_from_checks.py", "test_settling.py")
KERNEL: Final = (
    Part("engine/truth.py", ("test_truth.py", "test_verdicts_from_checks.py")),
    Part("engine/interval.py", ("test_interval.py",)),
    Part("engine/meeting.py", ("test_meeting.py", "test_counts_from_tallies.py")),
    Part("engine/counts_from_tallies.py", ("test_counts_from_tallies.py",)),
    Part("engine/checks_from_counts.py", ("test_checks_from_counts.py",)),
    Part("engine/shortfall.py", ("test_checks_from_counts.py",)),
    Part("engine/network/productions.py", _RAILS),
    Part("engine/network/productions_from_pack.py", _RAILS),
    Part("engine/network/rails_from_formulas.py", _RAILS),
    Part("engine/network/cases.py", (*_JUDGED, "test_proofs_reused.py")),
    Part("engine/network/settling.py", ("test_settling.py",)),
    Part("engine/verdicts_from_checks.py", _JUDGED),
    Part("engine/packing.py", ("test_packing.py", *_JUDGED)),
    Part("engine/lookup.py", ("test_lookup.py", *_JUDGED)),
    Part("engine/tree.py", ("test_tree.py",)),
    Part("engine/climb.py", ("test_pieces.py", "test_rejudging.py")),
    Part("engine/recount.py", ("test_pieces.py", "test_rejudging.py")),
)


def survivors() -> tuple[Survivor, ...]:
    """Return the list of accepted survivors, in its order."""
    document = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return tuple(Survivor(**each) for each in document.get("survivor", ()))
