"""The small faults: what a piece of syntax may be mistaken for."""

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeVar

_Node = TypeVar("_Node", bound=ast.AST)

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_OPPOSITES: Final = (
    *(("lo", "hi"), ("true", "false"), ("left", "right"), ("whole", "part")),
    *(("min", "max"), ("min_horizontal", "max_horizontal"), ("and_", "or_")),
    *(("any", "all"), ("any_horizontal", "all_horizontal"), ("now", "before")),
    *(("is_null", "is_not_null"), ("__ge__", "__gt__"), ("__le__", "__lt__")),
    *(("AT_LEAST", "MORE_THAN"), ("AT_MOST", "LESS_THAN"), ("_NONE", "_OPEN")),
    *(("_NEVER", "_EVER"), ("ALWAYS", "NEVER"), ("CHECK", "CRITERION")),
)
"""Names that say the contrary of each other, in the words of this engine."""
_TAKEN_FOR: Final = {
    **dict(_OPPOSITES),
    **{right: left for left, right in _OPPOSITES},
    "TRUE": "UNKNOWN",
    "FALSE": "UNKNOWN",
    "UNKNOWN": "FALSE",
}
_DONE_WITHOUT: Final = {"fill_null", "cast", "drop_nulls", "unique"}
_LOOKED_THROUGH: Final = {"sorted", "reversed"}
_NEVER_SWAPPED: Final = {
    *("isinstance", "replace_strict"),
    *("max", "min", "max_horizontal", "min_horizontal", "all_horizontal"),
}
"""Calls that no other order of arguments survives, or that every order does."""


Signatures = Mapping[str, Sequence[str]]
"""The types that the functions of a module take, by name."""


def signatures_of(module: ast.Module) -> Signatures:
    """Return the types of positional arguments, but for `self`."""
    functions = [each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)]
    return {
        function.name: [
            ast.unparse(x.annotation) for x in function.args.args if x.annotation
        ]
        for function in functions
    }


def faults_of(node: ast.AST, signatures: Signatures) -> Iterator[ast.AST]:
    """Yield what a node may be replaced by; nothing for most.

    What the type checker surely refuses is no fault that a test has to find: nothing
    returned where something is promised, arguments of two types swapped.
    """
    match node:
        case ast.Call(called, arguments):
            yield from _of_call(node, called, arguments, signatures)
        case ast.expr():
            yield from _of_expression(node)
        case ast.stmt():
            yield from _of_statement(node)
        case ast.MatchOr([first, second]):
            yield from (second, first)
        case ast.MatchOr(patterns):
            yield from _each_left_out(node, "patterns", patterns)
        case ast.MatchClass(_, [_, _, *_] as patterns):
            swapped = _neighbours_swapped(node, "patterns", patterns)
            yield from (new for _, new in swapped)
        case _:
            return


def _of_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(ast.Constant()):
            return  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.Continue():
            yield ast.Pass()
        case ast.If():
            yield from (_with(node, test=ast.Constant(each)) for each in (True, False))
        case _:
            return


def _of_expression(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() | ast.UnaryOp():
            yield from _of_operation(node)
        case ast.Constant() | ast.Name() | ast.Attribute():
            yield from _of_word(node)
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.Tuple(elements, ast.Load()):
            yield from (new for _, new in _neighbours_swapped(node, "elts", elements))
        case ast.ListComp(_, loops) | ast.GeneratorExp(_, loops):
            yield from _unfiltered(node, loops)
        case ast.SetComp(_, loops) | ast.DictComp(_, _, loops):
            yield from _unfiltered(node, loops)
        case _:
            return


def _of_operation(
    node: ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp,
) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(_, ops):
            for at, op in enumerate(ops):
                other = _COMPARISONS[type(op)]()
                yield _with(node, ops=[*ops[:at], other, *ops[at + 1 :]])
        case ast.BoolOp(op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.BinOp(_, op) if type(op) in _OPERATORS:
            yield _with(node, op=_OPERATORS[type(op)]())
        case ast.UnaryOp(_, operand):
            yield operand
        case _:
            return


def _of_word(node: ast.Constant | ast.Name | ast.Attribute) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(bool() as said):
            yield ast.Constant(not said)
        case ast.Constant(int() as number):
            yield ast.Constant(number + 1)
        case ast.Name(name) if name in _TAKEN_FOR:
            yield _with(node, id=_TAKEN_FOR[name])
        case ast.Attribute(_, name) if name in _TAKEN_FOR:
            yield _with(node, attr=_TAKEN_FOR[name])
        case _:
            return


def _of_call(
    node: ast.Call,
    called: ast.expr,
    arguments: list[ast.expr],
    signatures: Signatures,
) -> Iterator[ast.AST]:
    name = _last(called)
    if isinstance(called, ast.Attribute) and name in _DONE_WITHOUT:
        yield called.value
    elif isinstance(called, ast.Name) and name in _LOOKED_THROUGH:
        yield from arguments
    elif name not in _NEVER_SWAPPED:
        types = signatures.get(name, ())
        for at, swapped in _neighbours_swapped(node, "args", arguments):
            if at + 1 >= len(types) or types[at] == types[at + 1]:
                yield swapped


def _last(called: ast.expr) -> str:
    return ast.unparse(called).rpartition(".")[2]


def _unfiltered(node: ast.expr, loops: list[ast.comprehension]) -> Iterator[ast.AST]:
    for at, loop in enumerate(loops):
        for less in _each_left_out(loop, "ifs", loop.ifs):
            yield _with(node, generators=[*loops[:at], less, *loops[at + 1 :]])


def _each_left_out(
    node: _Node, field: str, parts: list[ast.pattern] | list[ast.expr]
) -> Iterator[_Node]:
    for at in range(len(parts)):
        yield _with(node, **{field: [*parts[:at], *parts[at + 1 :]]})


def _neighbours_swapped(
    node: _Node, field: str, parts: list[ast.pattern] | list[ast.expr]
) -> Iterator[tuple[int, _Node]]:
    """Yield each pair's place, and the node with that pair swapped."""
    for at, (left, right) in enumerate(pairwise(parts)):
        starred = isinstance(left, ast.Starred) or isinstance(right, ast.Starred)
        if not starred and ast.unparse(left) != ast.unparse(right):
            swapped = [*parts[:at], right, left, *parts[at + 2 :]]
            yield at, _with(node, **{field: swapped})


def _with(node: _Node, **fields: object) -> _Node:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
