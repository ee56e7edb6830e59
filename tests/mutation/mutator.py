"""Mutants: a module with one small fault, made in its syntax tree and never in a file."""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Final

from tests.mutation.faults import faults_of, signatures_of

_ONLY_FOR_READERS: Final = {"annotation", "returns", "decorator_list"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in which function, on which line, what it was and what it became."""

    module: str
    within: str
    line: str
    change: str
    number: int
    """Of the line, as it stands now."""
    tree: ast.Module
    old: ast.AST
    new: ast.AST

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What tells it from every other mutant, wherever its line moves."""
        return self.module, self.within, self.line, self.change

    def code(self) -> CodeType:
        """Compile the module with the fault."""
        _Putting(self.old, self.new).visit(self.tree)
        ast.fix_missing_locations(self.tree)
        code = compile(self.tree, self.module, "exec")
        _Putting(self.new, self.old).visit(self.tree)
        return code

    def __str__(self) -> str:
        where = f"{self.module}:{self.number} in {self.within or 'the module'}"
        return f"{where}\n    {self.line}\n    {self.change}"


def mutants_in(file: Path, root: Path) -> list[Mutant]:
    """Return every mutant of a file below `root`."""
    module = file.relative_to(root).as_posix()
    return mutants_of(file.read_text(encoding="utf-8"), module)


def mutants_of(source: str, module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its text."""
    tree = ast.parse(source)
    signatures = signatures_of(tree)
    lines, seen = source.splitlines(), Counter[tuple[str, str, str]]()
    found = []
    for within, parent, old, number in _places(tree, "", 0):
        line = lines[number - 1].strip()
        for new in faults_of(old, signatures):
            change = f"{_told(parent, old, old)} → {_told(parent, old, new)}"
            seen[within, line, change] += 1
            if (again := seen[within, line, change]) > 1:
                change = f"{change} ({again})"
            found.append(Mutant(module, within, line, change, number, tree, old, new))
    return found


class _Putting(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._old:
            return ast.copy_location(self._new, node)
        return self.generic_visit(node)


def _places(
    node: ast.AST, within: str, number: int
) -> Iterator[tuple[str, ast.AST, ast.AST, int]]:
    """Yield function, parent, node and line of all that runs, in the text's order."""
    for field, value in ast.iter_fields(node):
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, ast.AST) or _is_only_for_readers(field, each):
                continue
            line = getattr(each, "lineno", number)
            inside = within
            if isinstance(each, ast.FunctionDef | ast.ClassDef):
                inside = f"{within}.{each.name}".lstrip(".")
            yield within, node, each, line
            yield from _places(each, inside, line)


def _is_only_for_readers(field: str, node: ast.AST) -> bool:
    """Tell types, decorators, texts and messages from what runs."""
    if field == "slice" and isinstance(node, ast.Tuple):
        return True
    return field in _ONLY_FOR_READERS or isinstance(node, ast.Raise | ast.JoinedStr)


def _told(parent: ast.AST, old: ast.AST, said: ast.AST) -> str:
    """Say a node in its own words; a bare constant or name within its parent's."""
    if isinstance(old, ast.Constant | ast.Name) and isinstance(parent, ast.expr):
        whole = copy.copy(parent)
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(whole, field, said)
            elif isinstance(value, list):
                setattr(whole, field, [said if x is old else x for x in value])
        said = whole
    words = " ".join(ast.unparse(said).split())
    return words if len(words) <= 70 else f"{words[:34]} … {words[-34:]}"
