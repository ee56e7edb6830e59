"""The tree that localities and their parents make: no circles, and not too deep."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from engine.circles import circles
from engine.errors import N_
from engine.facts import Table
from engine.facts_from_files.findings import Findings, shown
from engine.tree import without_leaves

DEEPEST: Final = 64
_MOST_NAMED: Final = 10


def check_hierarchy(localities: Table, tree: pl.DataFrame, findings: Findings) -> None:
    """Report circles of parents, and a tree that is too deep.

    Args:
        localities: The table, for its places.
        tree: Its columns `row`, `id` and `parent`.
        findings: Takes the problems.
    """
    # Leaves, which are nearly all, stand on no circle.
    inner = without_leaves(tree)
    if _withers(inner):
        return
    rows = dict(zip(inner["id"], inner["row"], strict=True))
    parents = dict(zip(inner["id"], inner["parent"], strict=True))
    found = list(circles({each: [above] for each, above in parents.items()}))
    for circle in found:
        _report_circle(localities, circle, rows, findings)
    # The tree is too deep as soon as a locality on the last level allowed has a child.
    last = [] if found else _at_depth(DEEPEST, parents)
    if last:
        _report_too_deep(
            localities, tree.filter(pl.col("parent").is_in(last)), findings
        )


def _withers(inner: pl.DataFrame) -> bool:
    """Return whether nothing is left when leaves are taken off for each level allowed.

    Of a circle something is left for ever, and of a tree that is too deep its top.
    """
    for _ in range(1, DEEPEST):
        if inner.is_empty():
            break
        inner = without_leaves(inner)
    return inner.is_empty()


def _at_depth(wanted: int, parents: Mapping[str, str]) -> list[str]:
    """Return who stands so deep, a root 1 deep, where the parents make no circle."""
    depths: dict[str, int] = {}
    for start in parents:
        path, at = [], start
        while at in parents and at not in depths:
            path.append(at)
            at = parents[at]
        for above, each in enumerate(reversed(path), depths.get(at, 0)):
            depths[each] = above + 1
    return [each for each, depth in depths.items() if depth == wanted]


def _report_circle(
    localities: Table, circle: list[str], rows: Mapping[str, int], findings: Findings
) -> None:
    """Name the members, beginning with the one that stands first in the file."""
    first = min(range(len(circle)), key=lambda at: rows[circle[at]])
    members = [*circle[first:], *circle[:first]]
    named = [shown(member) for member in members[:_MOST_NAMED]]
    if len(members) > _MOST_NAMED:
        named.append("…")
    findings.error(
        "facts-circle-of-parents",
        localities.places(rows[members[0]], "parent"),
        N_("the parents make a circle: {circle}"),
        N_("leave the parent of the topmost locality blank"),
        circle=" → ".join([*named, named[0]]),
    )


def _report_too_deep(
    localities: Table, children: pl.DataFrame, findings: Findings
) -> None:
    row, locality, _ = children.sort("row").row(0)
    findings.error(
        "facts-tree-too-deep",
        localities.places(row, "parent"),
        N_("'{locality}' stands more than {limit} levels deep"),
        N_("look for a wrong parent above it"),
        locality=shown(locality or ""),
        limit=DEEPEST,
    )
