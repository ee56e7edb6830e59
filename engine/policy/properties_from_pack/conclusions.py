"""What the rule network concludes of a locality, as conditions on its numbers.

The productions are those that the network itself runs: what is proved of them is proved
of what judges. A literal holds where some production towards it has all it needs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from engine.network.productions import (
    ALWAYS,
    POSSIBLE,
    VERDICT,
    Input,
    Kind,
    Literal,
    Production,
    Productions,
)
from engine.pack import Check
from engine.policy.properties_from_pack.locality import Locality
from engine.policy.properties_from_pack.solver import Condition, Solver

OUTCOMES: Final = ("met", "not_met", "not_applicable")
"""How a criterion can come out where everything is known."""


class Conclusions:
    """What follows for one locality."""

    def __init__(
        self, locality: Locality, productions: Productions, solver: Solver
    ) -> None:
        self._locality, self._solver = locality, solver
        self._checks = {each.id: each for each in locality.pack.checks}
        self._rules = productions.verdict.conditions
        self._known: dict[Literal, Condition] = {}
        self._towards: Mapping[Literal, dict[Production, None]] = defaultdict(dict)
        questions = (*productions.criteria.values(), productions.verdict)
        for question in questions:
            for each in question.inputs:
                self._take(each)
            for production in question.productions:
                self._towards[production.conclusion][production] = None
        self._doubts = {each.unknown: each.settled for each in self._rules}

    def outcome(self, criterion: str, word: str) -> Condition:
        """Return that a criterion comes out so: `met`, `not_met`, `not_applicable`."""
        return self._holds(Literal(f"criterion {criterion}", word))

    def verdict(self, verdict: str) -> Condition:
        """Return that the locality gets the verdict."""
        return self._holds(Literal(VERDICT, verdict))

    def verdicts(self, verdicts: Sequence[str]) -> Condition:
        """Return that the locality gets one of the verdicts."""
        return self._solver.any(*map(self.verdict, verdicts))

    def possible(self, verdicts: Sequence[str]) -> Condition:
        """Return that the locality gets one of the verdicts, or may yet get it."""
        literals = (Literal(POSSIBLE, each) for each in verdicts)
        return self._solver.any(*map(self._holds, literals))

    def rule(self, number: int) -> Condition:
        """Return that the condition of a rule, counted from 0, is true by itself."""
        return self._holds(self._rules[number].settled[0])

    def truth(self, check: Check) -> Condition:
        """Return that a check is true."""
        return self._holds(Literal(check.id, "true"))

    def falsehood(self, check: Check) -> Condition:
        """Return that a check is false."""
        return self._holds(Literal(check.id, "false"))

    def known(self, check: Check) -> Condition:
        """Return that a check is true or false."""
        return self._solver.any(self.truth(check), self.falsehood(check))

    @cached_property
    def settled(self) -> Condition:
        """That everything is known: every criterion comes out, every rule is decided.

        A check about nobody that says `if_empty: unknown` leaves open what rests on it.
        """
        outcomes = (
            self._solver.any(*(self.outcome(each.id, word) for word in OUTCOMES))
            for each in self._locality.pack.criteria
        )
        rules = (
            self._solver.any(*map(self._holds, each.settled)) for each in self._rules
        )
        return self._solver.all(*outcomes, *rules)

    def _take(self, what: Input) -> None:
        """Say where an input is true and where false; outcomes are concluded instead."""
        if what.kind is Kind.CRITERION:
            return
        if what.kind is Kind.CHECK:
            true, false = self._locality.sides(self._checks[what.id])
        else:
            true = self._locality.at(what.levels)
            false = self._solver.no(true)
        self._known[what.true], self._known[what.false] = true, false

    def _holds(self, literal: Literal) -> Condition:
        if literal not in self._known:
            self._known[literal] = self._derived(literal)
        return self._known[literal]

    def _derived(self, literal: Literal) -> Condition:
        if literal == ALWAYS:
            return self._solver.fixed(value=True)
        if literal in self._doubts:
            settled = map(self._holds, self._doubts[literal])
            return self._solver.no(self._solver.any(*settled))
        return self._solver.any(
            *(
                self._solver.all(*map(self._holds, production.antecedents))
                for production in self._towards.get(literal, ())
            )
        )
