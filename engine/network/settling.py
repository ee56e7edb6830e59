"""What would settle an undetermined verdict: the fewest checks that must be known.

For each literal, from the checks up to the verdicts, the smallest sets of truths are
kept from which the productions derive it (the labels of assumption-based truth
maintenance). The network has the last word on what can be left out of a set.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Final

from engine.network.productions import ALWAYS, VERDICT, Input, Kind, Literal, Production
from engine.pack import UNDETERMINED
from engine.truth import Truth
from engine.verdicts_from_checks import Judge

KEPT: Final = 64
"""How many sets are kept for each literal.

While no literal has more, the sets told are the smallest there are; beyond, they are
only such that nothing can be left out of them.
"""

_KNOWN: Final = (Truth.FALSE, Truth.TRUE)
_Set = int
"""A set of truths: two bits for each unknown check, the lower for false (as in
`Truth`), the upper for true."""
_Labels = dict[Literal, list[_Set]]

Truths = tuple[tuple[str, Truth], ...]


def what_would_settle(
    judge: Judge, level: str, truths: Mapping[str, int]
) -> Mapping[str, Truths]:
    """Return, for each verdict within reach, the fewest truths that would lead to it.

    Empty where the verdict is decided. A verdict may be `possible` and yet out of
    reach: Kleene's logic takes each unknown for itself.
    """
    if judge.ask(level, truths).verdict != UNDETERMINED:
        return {}
    search = _Search(judge, level, truths)
    labels = search.labels()
    return {
        verdict: search.least(labels[goal][0], verdict)
        for verdict in judge.pack.verdict_names
        if (goal := Literal(VERDICT, verdict)) in labels
    }


class _Search:
    """One locality whose verdict is open."""

    def __init__(self, judge: Judge, level: str, truths: Mapping[str, int]) -> None:
        self._judge, self._level, self._truths = judge, level, truths
        checks = dict.fromkeys(check.id for check in judge.pack.checks)
        unknown = [check for check in checks if truths[check] == Truth.UNKNOWN]
        self._places = {check: place for place, check in enumerate(unknown)}

    def labels(self) -> _Labels:
        """Return the smallest sets from which each literal follows, if any does."""
        labels: _Labels = {ALWAYS: [0]}
        productions = self._judge.productions
        for question in (*productions.criteria.values(), productions.verdict):
            for each in question.inputs:
                for truth, found in self._given(each).items():
                    said = each.true if truth == Truth.TRUE else each.false
                    labels[said] = [found]
            for production in question.productions:
                _derive(production, labels)
        return labels

    def _given(self, what: Input) -> Mapping[int, _Set]:
        """Return what an input says by itself, or could say if it were known."""
        match what.kind:
            case Kind.LEVEL:
                return {int(self._level in what.levels): 0}
            case Kind.CHECK if what.id in self._places:
                place = self._places[what.id]
                return {truth: _one(place, truth) for truth in _KNOWN}
            case Kind.CHECK:
                return {self._truths[what.id]: 0}
            case Kind.CRITERION:
                return {}  # its own question has said it

    def least(self, found: _Set, verdict: str) -> Truths:
        """Return the set without whatever the network can do without."""
        pairs = [
            (check, truth)
            for check, place in self._places.items()
            for truth in _KNOWN
            if found & _one(place, truth)
        ]
        for pair in tuple(pairs):
            fewer = [each for each in pairs if each != pair]
            told = {**self._truths, **dict(fewer)}
            if self._judge.ask(self._level, told).verdict == verdict:
                pairs = fewer
        return tuple(pairs)


def _one(place: int, truth: Truth) -> _Set:
    return 1 << 2 * place + truth


def _derive(production: Production, labels: _Labels) -> None:
    """Add to a conclusion's label what its antecedents' labels come to together."""
    found = [0]
    for antecedent in production.antecedents:
        right = labels.get(antecedent, [])
        found = _smallest(one | other for one in found for other in right)
    if found:
        known = labels.get(production.conclusion, [])
        labels[production.conclusion] = _smallest([*known, *found])


def _smallest(sets: Iterable[_Set]) -> list[_Set]:
    """Return the smallest sets, without those that contradict or contain another."""
    kept: list[_Set] = []
    # Of two sets of one size neither contains the other: compare with smaller ones.
    for _, same_size in groupby(
        sorted(sorted(set(sets)), key=int.bit_count), int.bit_count
    ):
        smaller = tuple(kept)
        kept += [
            each
            for each in same_size
            if not _contradicts(each) and all(less & each != less for less in smaller)
        ]
        if len(kept) >= KEPT:
            break
    return kept[:KEPT]


def _contradicts(found: _Set) -> bool:
    """Tell whether a set holds some check both false and true."""
    return bool(found & found >> 1 & _lower_bits(found.bit_length()))


@cache
def _lower_bits(length: int) -> int:
    return int("01" * (length // 2 + 1), 2)
