"""A tree in plain text, its lines wrapped within their branch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cli.plain import wrapped
from cli.tables import WIDTH


@dataclass(slots=True)
class Branch:
    """A statement, and what it rests on."""

    text: str
    branches: list["Branch"] = field(default_factory=list)


def tree_lines(root: Branch) -> Iterator[str]:
    """Yield the root's statement, then its branches below it."""
    yield from wrapped(root.text, WIDTH, "", "")
    yield from _below(root.branches, "")


def _below(branches: Sequence[Branch], prefix: str) -> Iterator[str]:
    for at, branch in enumerate(branches, 1):
        last = at == len(branches)
        fork, on = ("└─ ", "   ") if last else ("├─ ", "│  ")
        under = prefix + on + ("│  " if branch.branches else "")
        yield from wrapped(branch.text, WIDTH, prefix + fork, under)
        yield from _below(branch.branches, prefix + on)
