"""Cases: what fired for one distinct pattern of inputs, and what its answer rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.network.productions import (
    ALWAYS,
    Input,
    Kind,
    Literal,
    Production,
    Question,
)
from engine.network.rete import network_of

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Case:
    """A question asked once: the facts told, and the productions that fired, in order."""

    question: Question
    told: tuple[Literal, ...]
    """The facts; the last may say that conditions of verdicts are unknown."""
    fired: tuple[Production, ...]

    @cached_property
    def answer(self) -> str:
        """The value of what was asked, or `unknown` where nothing was concluded."""
        values = set(self.concluded(self.question.about)) or {UNKNOWN}
        (value,) = values  # two would contradict each other, and be no answer at all
        return value

    def concluded(self, node: str) -> Iterator[str]:
        """Yield the values concluded for a node, in the order they were."""
        for production in self.fired:
            if production.conclusion.node == node:
                yield production.conclusion.value

    @cached_property
    def proof(self) -> frozenset[Literal] | None:
        """Facts from which alone the answer follows; none where it rests on a doubt.

        Productions take nothing back: wherever these facts are told, it follows again.
        """
        by = {each.conclusion: each for each in self.fired}
        waiting, leaves = [Literal(self.question.about, self.answer)], set[Literal]()
        while waiting:
            literal = waiting.pop()
            if literal in by:  # any that fired will do: none rests on its conclusion
                waiting += by[literal].antecedents
            else:
                leaves.add(literal)
        return frozenset(leaves) if leaves <= self._certain else None

    @cached_property
    def _certain(self) -> frozenset[Literal]:
        doubts = {condition.unknown for condition in self.question.conditions}
        return frozenset(set(self.told) - doubts)

    @cached_property
    def rests_on(self) -> tuple[tuple[Input, str], ...]:
        """The checks and criteria that the answer rests on, in the question's order.

        Of a decided answer, all that a production towards it used; of an unknown one,
        the unknown ones that leave it open.
        """
        inputs = {each.node: each for each in self.question.inputs}
        found: dict[str, str] = {}
        waiting = [Literal(self.question.about, self.answer)]
        seen: set[Literal] = set()
        while waiting:
            goal = waiting.pop()
            if goal in seen:
                continue
            seen.add(goal)
            if goal.node in inputs and (goal in self.told or goal.value == UNKNOWN):
                found[goal.node] = goal.value
            else:
                waiting += self._reasons(goal)
        return tuple(
            (each, found[node])
            for node, each in inputs.items()
            if node in found and each.kind is not Kind.LEVEL
        )

    def _reasons(self, goal: Literal) -> list[Literal]:
        """Return what a literal follows from or, where it is unknown, waits for."""
        used = self._used.get(goal, [])
        if used or goal.value != UNKNOWN:
            return used
        return [
            Literal(literal.node, UNKNOWN)
            for literal in self._wanted.get(goal.node, [])
            if literal.node not in self._decided
        ]

    @cached_property
    def _used(self) -> Mapping[Literal, list[Literal]]:
        """The antecedents of all that fired, by conclusion."""
        used = defaultdict[Literal, list[Literal]](list)
        for production in self.fired:
            used[production.conclusion] += production.antecedents
        return used

    @cached_property
    def _wanted(self) -> Mapping[str, list[Literal]]:
        """The antecedents of all that might fire, by the node they conclude."""
        wanted = defaultdict[str, list[Literal]](list)
        for production in self.question.productions:
            wanted[production.conclusion.node] += production.antecedents
        return wanted

    @cached_property
    def _decided(self) -> frozenset[str]:
        # An unknown condition is told too, but only verdicts want it, and these fire.
        told = {literal.node for literal in self.told}
        return frozenset(told | {each.conclusion.node for each in self.fired})


@dataclass(frozen=True, slots=True)
class _Proven:
    """An answer that holds for every pattern with certain codes at certain inputs."""

    mask: int
    codes: int
    answer: str

    def covers(self, pattern: int) -> bool:
        return pattern & self.mask == self.codes


@dataclass(frozen=True, slots=True)
class _Open:
    """An answer left open, and so open for every pattern that says less.

    Whatever such a pattern concludes for certain would follow from this one as well.
    """

    pattern: int
    lower: int
    """The lower bit of each input."""
    answer: str

    def covers(self, pattern: int) -> bool:
        unknown = _unknown(pattern, self.lower)
        return (pattern ^ self.pattern) & ~(3 * unknown) == 0


class Casebook:
    """One question, and every case of it that was met; each is judged once."""

    def __init__(self, question: Question) -> None:
        """Compile the question, unless this process already has."""
        self.question = question
        self._network = network_of(question.productions)
        self._met: dict[int, Case] = {}
        self._lower = sum(1 << 2 * place for place in range(len(question.inputs)))
        self._covering: list[_Proven | _Open] = []

    @property
    def asked(self) -> int:
        """How many patterns the network was asked about."""
        return len(self._met)

    def case(self, pattern: int) -> Case:
        """Return the case of a pattern: the codes of the inputs, two bits each."""
        if pattern not in self._met:
            self._met[pattern] = self._ask(pattern)
        return self._met[pattern]

    def answers(self, patterns: Iterable[int]) -> Mapping[int, str]:
        """Return the answer of each pattern, for which that of another may serve.

        Faults of many kinds come in thousands of patterns, and one fault decides; and
        what one gap leaves open, more gaps do.
        """
        first = sorted(patterns, key=self._gaps)
        return {pattern: self._answer(pattern) for pattern in first}

    def _gaps(self, pattern: int) -> int:
        return _unknown(pattern, self._lower).bit_count()

    def _answer(self, pattern: int) -> str:
        for known in self._covering:
            if known.covers(pattern):
                return known.answer
        case = self.case(pattern)
        if case.proof is None:
            self._covering.append(_Open(pattern, self._lower, case.answer))
        else:
            mask = sum(
                3 << at for at, said in self._said(pattern) if said in case.proof
            )
            self._covering.append(_Proven(mask, pattern & mask, case.answer))
        return case.answer

    def _said(self, pattern: int) -> Iterator[tuple[int, Literal | None]]:
        """Yield what a pattern says of each input, and at which bit it says so."""
        inputs = self.question.inputs
        for place, each in zip(reversed(range(len(inputs))), inputs, strict=True):
            yield 2 * place, each.by_code[pattern >> 2 * place & 3]

    def _ask(self, pattern: int) -> Case:
        said = (literal for _, literal in self._said(pattern))
        told = [ALWAYS, *(literal for literal in said if literal is not None)]
        with self._network.session() as session:
            session.tell(told)
            # The world is closed: a condition that nothing settled is unknown.
            doubts = [
                condition.unknown
                for condition in self.question.conditions
                if session.known.isdisjoint(condition.settled)
            ]
            session.tell(doubts)
        return Case(self.question, (*told, *doubts), tuple(session.fired))


def _unknown(pattern: int, lower: int) -> int:
    """Return the lower bits, of those given, where the code is that of unknown."""
    return pattern >> 1 & ~pattern & lower
