"""Which outcomes of criteria come together at some locality."""

from collections.abc import Iterator, Mapping, Sequence

from engine.policy.properties_from_pack.search import Search
from engine.policy.properties_from_pack.solver import Model


class Outcomes:
    """Answers what criteria can come to; every locality found answers much at once."""

    def __init__(self, search: Search) -> None:
        self._solver = search.solver
        at = search.candidate()
        self._sound = at.sound
        self._conditions = {
            (each.id, is_met): at.concluded.outcome(
                each.id, "met" if is_met else "not_met"
            )
            for each in search.pack.criteria
            for is_met in (True, False)
        }
        self._seen: list[frozenset[tuple[str, bool]]] = []
        self._mixtures = [*_mixtures([each.id for each in search.pack.criteria])]

    def can(self, wanted: Mapping[str, bool]) -> bool:
        """Tell whether some locality meets, and does not meet, these criteria.

        A criterion that does not apply is neither met nor not met.

        Raises:
            UndecidedError: the search was ended.
        """
        self._see_mixtures()
        items = wanted.items()
        if any(items <= seen for seen in self._seen):
            return True
        conditions = (self._conditions[item] for item in items)
        model = self._solver.find(self._sound, *conditions)
        if model is None:
            return False
        self._see(model)
        return True

    def _see_mixtures(self) -> None:
        """Find localities that mix outcomes, before many pairs are asked one by one."""
        while self._mixtures:
            wishes = ((self._conditions[each],) for each in self._mixtures[-1])
            if model := self._solver.find_simple(self._sound, wishes):
                self._see(model)
            self._mixtures.pop()

    def _see(self, model: Model) -> None:
        found = (each for each, at in self._conditions.items() if model.holds(at))
        self._seen.append(frozenset(found))


def _mixtures(names: Sequence[str]) -> Iterator[tuple[tuple[str, bool], ...]]:
    """Yield a few patterns in which any two names take all four pairs of values.

    Two numbers differ in some bit; one bit more, which all lack, makes them alike.
    """
    for bit in range(len(names).bit_length() + 1):
        for turned in (False, True):
            yield tuple(
                (name, bool(number >> bit & 1) is not turned)
                for number, name in enumerate(names)
            )
