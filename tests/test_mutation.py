"""The list of accepted survivors is about the kernel as it stands (`make mutants`)."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.mutation.kernel import KERNEL, ROOT, survivors
from tests.mutation.mutator import Mutant, mutants_in, mutants_of

SOURCE = '''\
"""Text."""

def passes(value: int, bounds: tuple[int, int]) -> bool:
    """Text."""
    if not value:
        raise ValueError("text")
    return at_least(value, bounds.lo) and value < 7
'''


def changes(source: str) -> list[str]:
    found = mutants_of(source, "module.py")
    for each in found:
        each.code()  # all of them are Python
    return [each.change for each in found]


def every_mutant() -> Iterator[Mutant]:
    for part in KERNEL:
        yield from mutants_in(ROOT / part.module, ROOT)


def test_every_accepted_survivor_names_one_mutant_of_the_code_as_it_is() -> None:
    names = [each.name for each in every_mutant()]
    assert len(set(names)) == len(names)
    listed = [each.name for each in survivors()]
    assert len(set(listed)) == len(listed)
    assert set(listed) <= set(names)


def test_every_accepted_survivor_says_why_in_a_sentence() -> None:
    for each in survivors():
        assert len(each.why.split()) >= 5, each
        assert each.why[0].isupper(), each
        assert each.why.endswith("."), each


def test_what_runs_is_changed_and_what_only_readers_see_is_not() -> None:
    assert changes(SOURCE) == [
        "if not value: raise ValueError('text') → if True: raise ValueError('text')",
        "if not value: raise ValueError('text') → if False: raise ValueError('text')",
        "not value → value",
        "at_least(value, bounds.lo) and value < 7 → at_least(value, bounds.lo) or value < 7",
        "at_least(value, bounds.lo) → at_least(bounds.lo, value)",
        "bounds.lo → bounds.hi",
        "value < 7 → value <= 7",
        "value < 7 → value < 8",
    ]


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("a == b", ["a == b → a != b"]),
        ("a + b", ["a + b → a - b"]),
        ("a & b", ["a & b → a | b"]),
        ("max(x)", ["max(x) → min(x)"]),
        ("-a", ["-a → a"]),
        ("True", ["True → False"]),
        ("a if b else c", ["a if b else c → a", "a if b else c → c"]),
        ("a, b", ["(a, b) → (b, a)"]),
        ("[x for x in y if x]", ["[x for x in y if x] → [x for x in y]"]),
        ("f(a, *b)", []),
        ("c.fill_null(0)", ["c.fill_null(0) → c", "c.fill_null(0) → c.fill_null(1)"]),
        ("sorted(x)", ["sorted(x) → x"]),
        ("Truth.TRUE", ["Truth.TRUE → Truth.UNKNOWN"]),
        ("'text'", []),
    ],
)
def test_a_fault_is_small_and_said_in_words(written: str, changed: list[str]) -> None:
    assert changes(f"_ = {written}") == changed


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("f(a, b)", ["f(a, b) → pass", "f(a, b) → f(b, a)"]),
        ("a += b", ["a += b → pass"]),
        (
            "match x:\n    case A() | B():\n        y",
            ["A() | B() → B()", "A() | B() → A()", "y → pass"],
        ),
        ("match x:\n    case A(a, b):\n        z = 'a'", ["A(a, b) → A(b, a)"]),
    ],
)
def test_a_step_is_left_out_and_names_change_places(
    written: str, changed: list[str]
) -> None:
    assert changes(written) == changed


def test_what_the_type_checker_refuses_is_not_tried() -> None:
    told = changes("def f(a: int, b: str, c: str) -> int:\n    return f(x, y, z)\n")
    assert told == ["f(x, y, z) → f(x, z, y)"]


def test_a_mutant_runs_with_its_fault_and_with_no_other() -> None:
    found = []
    for mutant in mutants_of("def small(x): return x <= 3\n", "module.py"):
        space: dict[str, Any] = {}
        exec(mutant.code(), space)  # noqa: S102  (our own code)
        found.append([space["small"](x) for x in (2, 3, 4)])
    assert found == [[True, False, False], [True, True, True]]


def test_a_run_tells_what_was_noticed() -> None:
    """In a process of its own: after Polars has run in one, a fork of it hangs."""
    asked = ["engine/interval.py", "--within", "Interval.is_exact"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation.run", *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "| engine/interval.py | 3 | 3 | 0 | 0 |" in done.stdout, done.stderr
    assert done.returncode == 0
