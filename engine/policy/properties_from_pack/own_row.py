"""What a condition on rows of localities says of the locality itself and of those below.

Kleene's truths: what is true, what is false; neither is open, and leaves a count free.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.policy.properties_from_pack.solver import Condition, Solver
from engine.truth import Truth
from engine.vocabulary import AllOf, AnyOf, Compared, Lasting, Not, OneOf
from engine.vocabulary import Condition as RowCondition


@dataclass(frozen=True, slots=True)
class Sides:
    """Where a condition surely holds, and where it surely does not."""

    true: Condition
    false: Condition


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What is known of the row: its level, and fields that say yes or no."""

    solver: Solver
    levels: Mapping[str, Condition]
    """By level, that the row is of it."""
    fields: Mapping[str, Condition]

    def sides(self, condition: RowCondition) -> Sides:
        """Return where a condition on the row holds, and where it does not."""
        every, some = self.solver.all, self.solver.any
        match condition:
            case OneOf("level", values):
                is_one = some(
                    *(self.levels[each] for each in self.levels if each in values)
                )
                return Sides(is_one, self.solver.no(is_one))
            case OneOf(field, values) if field in self.fields:
                yes = self.fields[field]
                no = self.solver.no(yes)
                said = [yes] * (True in values) + [no] * (False in values)
                is_one = some(*said)
                return Sides(is_one, self.solver.no(is_one))
            case AllOf(parts):
                sides = [self.sides(part) for part in parts]
                return Sides(
                    every(*(each.true for each in sides)),
                    some(*(each.false for each in sides)),
                )
            case AnyOf(parts):
                sides = [self.sides(part) for part in parts]
                return Sides(
                    some(*(each.true for each in sides)),
                    every(*(each.false for each in sides)),
                )
            case Not(part):
                turned = self.sides(part)
                return Sides(turned.false, turned.true)
            case OneOf() | Compared() | Lasting():
                never = self.solver.fixed(value=False)
                return Sides(never, never)


def truth_below(condition: RowCondition, level: str) -> Truth:
    """Return what a condition says of a locality of which only the level is known."""
    match condition:
        case OneOf("level", values):
            return Truth(int(level in values))
        case AllOf(parts):
            return _least([truth_below(part, level) for part in parts], Truth.FALSE)
        case AnyOf(parts):
            return _least([truth_below(part, level) for part in parts], Truth.TRUE)
        case Not(part):
            turned = truth_below(part, level)
            return turned if turned is Truth.UNKNOWN else Truth(1 - turned)
        case OneOf() | Compared() | Lasting():
            return Truth.UNKNOWN


def _least(truths: list[Truth], strong: Truth) -> Truth:
    """Return the strong truth if any is, else the open one if any is, else the other."""
    if strong in truths:
        return strong
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth(1 - strong)


def values_named(condition: RowCondition) -> Iterator[OneOf]:
    """Yield the equalities in a condition."""
    match condition:
        case OneOf():
            yield condition
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from values_named(part)
        case Not(part):
            yield from values_named(part)
        case Compared() | Lasting():
            return
