"""Which outcomes of criteria come together at some locality."""

from collections.abc import Mapping

from engine.policy.properties_from_pack.search import Search


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

    def can(self, wanted: Mapping[str, bool]) -> bool:
        """Tell whether some locality meets, and does not meet, these criteria.

        A criterion that does not apply is neither met nor not met.

        Raises:
            UndecidedError: the search was ended.
        """
        items = wanted.items()
        if any(items <= seen for seen in self._seen):
            return True
        conditions = (self._conditions[item] for item in items)
        model = self._solver.find(self._sound, *conditions)
        if model is None:
            return False
        found = (each for each, at in self._conditions.items() if model.holds(at))
        self._seen.append(frozenset(found))
        return True
