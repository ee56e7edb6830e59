"""Good rules gone wrong: parts left out, renamed, repeated, put in each other's place."""

import json
from collections.abc import Iterator

from hypothesis import strategies as st

from engine.errors import Problems
from engine.yaml_source import FOR_RULES, read_text
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence

Tree = str | list["Tree"] | dict[str, "Tree"]
Path = tuple[int, ...]
"""Which child of which child: a tree's parts without their names."""

_STRANGE: list[Tree] = [
    *("~", "yes", "0", "-1", "0.5", "2024-02-29", "9" * 30, '""', '"%"', '"50%"'),
    *("always", "criteria", "as_of", '"12 months"', "C1", "addicts", "board"),
    [],
    {},
    [[]],
    {"all": ["always", []]},
    {"not": "C1"},
    {"within": "addicts"},
]


def tree_of(text: str) -> Tree:
    """Read YAML as lists, mappings, and scalars as they are written."""
    node = read_text(text.encode(), "good.yaml", FOR_RULES, Problems())
    assert node is not None
    return _tree(node)


def _tree(node: Node) -> Tree:
    match node:
        case Scalar(value=str() as text):
            return json.dumps(text)
        case Scalar(raw=raw):
            return raw or "~"
        case Sequence(items=items):
            return [_tree(item) for item in items]
        case Mapping(values=values):
            return {key: _tree(value) for key, value in values.items()}


def text_of(tree: Tree) -> str:
    """Write a tree as YAML on one line."""
    match tree:
        case str():
            return tree
        case list():
            return f"[{', '.join(text_of(part) for part in tree)}]"
        case dict():
            parts = (
                f"{json.dumps(key)}: {text_of(part)}" for key, part in tree.items()
            )
            return f"{{{', '.join(parts)}}}"


def _children(tree: Tree) -> list[Tree]:
    match tree:
        case str():
            return []
        case list():
            return tree
        case dict():
            return list(tree.values())


def _paths(tree: Tree, at: Path = ()) -> Iterator[Path]:
    yield at
    for number, child in enumerate(_children(tree)):
        yield from _paths(child, (*at, number))


def _part(tree: Tree, path: Path) -> Tree:
    for number in path:
        tree = _children(tree)[number]
    return tree


def _with(tree: Tree, path: Path, part: Tree | None) -> Tree | None:
    """Return the tree with another part at the path; without any if there is none."""
    if not path:
        return part
    first, *rest = path
    new = _with(_children(tree)[first], tuple(rest), part)
    match tree:
        case list():
            kept: list[Tree | None] = [*tree[:first], new, *tree[first + 1 :]]
            return [each for each in kept if each is not None]
        case dict():
            pairs = {**tree, list(tree)[first]: new}
            return {key: each for key, each in pairs.items() if each is not None}
        case str():
            raise AssertionError(path)


def _renamed(tree: Tree, path: Path, name: str) -> Tree | None:
    """Rename the keys of the mapping at the path, one of them."""
    part = _part(tree, path)
    if not isinstance(part, dict) or not part:
        return tree
    _, *others = part.items()
    return _with(tree, path, {name: next(iter(part.values())), **dict(others)})


@st.composite
def mutants(draw: st.DrawFn, good: str) -> str:
    """Rules that have been changed in up to four places."""
    tree: Tree | None = tree_of(good)
    names = sorted(_keys(tree_of(good)))
    for _ in range(draw(st.integers(1, 4))):
        if tree is None:
            break
        path = draw(st.sampled_from(list(_paths(tree))))
        match draw(st.sampled_from(["leave out", "rename", "move", "replace"])):
            case "leave out":
                tree = _with(tree, path, None)
            case "rename":
                tree = _renamed(tree, path, draw(st.sampled_from(names)))
            case "move":
                donor = draw(st.sampled_from(list(_paths(tree))))
                tree = _with(tree, path, _part(tree, donor))
            case _:
                tree = _with(tree, path, draw(st.sampled_from(_STRANGE)))
    return "" if tree is None else text_of(tree)


def _keys(tree: Tree) -> set[str]:
    own = set(tree) if isinstance(tree, dict) else set()
    return own.union(*(_keys(child) for child in _children(tree)))
