"""Formulas to productions: one rail for *is true*, one for *is false*.

Negation is pushed inward (De Morgan), so every production is a plain conjunction. Where
neither rail of a formula fires, it is unknown. A third rail, *not applicable*, exists
only for criteria that have limits, and for `not` of such.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.network.productions import ALWAYS, NEVER, Literal, Production
from engine.pack import (
    All,
    Always,
    Any_,
    AtLeast,
    Check,
    CriterionRef,
    Formula,
    Negation,
)

WIDEST: Final = 12
"""The most antecedents of a production; durable-rules joins at most 16 facts."""


@dataclass(frozen=True, slots=True)
class Rails:
    """The literals that say what became of a formula; no `na` if it always applies."""

    true: Literal
    false: Literal
    na: Literal | None = None

    @classmethod
    def of(cls, node: str) -> "Rails":
        """Name the rails of a check or of a formula."""
        return cls(Literal(node, "true"), Literal(node, "false"))

    @classmethod
    def of_criterion(cls, node: str) -> "Rails":
        """Name the rails of a criterion that always applies."""
        return cls(Literal(node, "met"), Literal(node, "not_met"))

    @property
    def swapped(self) -> "Rails":
        """Those of the negation."""
        return Rails(self.false, self.true, self.na)

    @property
    def settled(self) -> tuple[Literal, ...]:
        """The literals of which one holds unless the formula is unknown."""
        sides = (self.true, self.false)
        return sides if self.na is None else (*sides, self.na)

    @property
    def doubt(self) -> Literal:
        """The literal that says that it is unknown, once the world is closed."""
        return Literal(self.true.node, "unknown")


class Book:
    """The productions of one question while they are being written."""

    def __init__(self, outcomes: dict[str, Rails]) -> None:
        self.productions: list[Production] = []
        self._outcomes = outcomes
        self._alternatives: set[Literal] = set()

    def conclude(self, conclusion: Literal, *antecedents: Literal) -> None:
        """Write one production; a long conjunction is cut into short ones."""
        needed = tuple(dict.fromkeys(each for each in antecedents if each != ALWAYS))
        if NEVER in needed:
            return
        part = 0
        while len(needed) > WIDEST:
            part += 1
            some = Literal(f"{conclusion} part {part}", "true")
            self._write(some, needed[:WIDEST])
            needed = (some, *needed[WIDEST:])
        self._write(conclusion, needed or (ALWAYS,))

    def _write(self, conclusion: Literal, antecedents: tuple[Literal, ...]) -> None:
        name = f"{len(self.productions) + 1} {conclusion}"
        self.productions.append(Production(name, antecedents, conclusion))

    def rails(self, formula: Formula, node: str) -> Rails:
        """Return the rails of a formula, written under `node` if they are new."""
        match formula:
            case Check(id=check):
                return Rails.of(check)
            case CriterionRef(criterion):
                return self._outcomes[criterion]
            case Always():
                return Rails(ALWAYS, NEVER)
            case Negation(part):
                return self.rails(part, f"{node} not").swapped
            case All() | Any_() | AtLeast():
                rails = Rails.of(node)
                self.write(formula, rails, node)
                return rails

    def write(self, formula: All | Any_ | AtLeast, into: Rails, node: str) -> None:
        """Write the productions that conclude a formula's rails as `into`."""
        match formula:
            case All(parts):
                members = self._members(parts, node)
                trues = [self._or_na(each.true, each.na) for each in members]
                self._count(into.true, trues, len(trues))
                self._count(into.false, [each.false for each in members], 1)
            case Any_(parts):
                self._write_at_least(1, self._members(parts, node), into)
            case AtLeast(number, parts):
                self._write_at_least(number, self._members(parts, node), into)

    def _write_at_least(
        self, number: int, members: Sequence[Rails], into: Rails
    ) -> None:
        falses = [self._or_na(each.false, each.na) for each in members]
        self._count(into.true, [each.true for each in members], number)
        self._count(into.false, falses, len(members) - number + 1)

    def _members(self, parts: Sequence[Formula], node: str) -> list[Rails]:
        return [self.rails(part, f"{node} {i}") for i, part in enumerate(parts, 1)]

    def _or_na(self, rail: Literal, na: Literal | None) -> Literal:
        """Return the literal that says *true (or false) or not applicable*."""
        if na is None:
            return rail
        either = Literal(rail.node, f"{rail.value}_or_not_applicable")
        if either not in self._alternatives:
            self._alternatives.add(either)
            self.conclude(either, rail)
            self.conclude(either, na)
        return either

    def _count(
        self, conclusion: Literal, members: Sequence[Literal], number: int
    ) -> None:
        """Write that at least `number` of the members lead to the conclusion.

        Between one and all of them, a chain counts: `j of i` says that at least j of
        the first i hold. It grows with the product of both numbers, not with their
        combinations.
        """
        many = len(members)
        if number <= 0:
            self.conclude(conclusion)
        elif number == 1:
            for member in dict.fromkeys(members):
                self.conclude(conclusion, member)
        elif number == many:
            self.conclude(conclusion, *members)
        else:  # of more than there are, the chain writes nothing
            self._chain(conclusion, members, number)

    def _chain(
        self, conclusion: Literal, members: Sequence[Literal], number: int
    ) -> None:
        many = len(members)

        def reached(j: int, i: int) -> Literal:
            if (j, i) == (number, many):
                return conclusion
            return Literal(f"{conclusion} {j} of {i}", "true")

        for i, member in enumerate(members, 1):
            # Fewer than `least` among the first i can no longer become enough.
            least = max(1, number - (many - i))
            for j in range(least, min(i, number) + 1):
                if j < i:
                    self.conclude(reached(j, i), reached(j, i - 1))
                before = [reached(j - 1, i - 1)] if j > 1 else []
                self.conclude(reached(j, i), *before, member)
