"""Which criteria of a pack rest on a count or a field, level by level."""

from collections.abc import Collection, Iterator, Mapping

from engine.measures import fields_asked
from engine.pack import Check, Pack, counts_named


class Touching:
    """Knows the checks that matter at a level, and what they name."""

    def __init__(self, pack: Pack | None) -> None:
        self._pack = pack
        self._known: dict[str, Mapping[str, set[str]]] = {}

    def criteria(self, name: str, levels: Collection[str]) -> tuple[str, ...]:
        """Return the criteria whose checks name a count or field at one of the levels."""
        named = {
            criterion for level in levels for criterion in self._at(level).get(name, ())
        }
        if self._pack is None or not named:
            return ()
        return tuple(each.id for each in self._pack.criteria if each.id in named)

    def checks(self, level: str) -> Iterator[tuple[Check, str | None]]:
        """Yield the checks that matter at a level, each with its criterion."""
        if self._pack is None or level not in self._pack.levels:
            return
        for criterion in self._pack.criteria:
            if level in criterion.levels:
                yield from ((check, criterion.id) for check in criterion.checks)
        yield from ((check, None) for check in self._pack.verdict_checks)

    def _at(self, level: str) -> Mapping[str, set[str]]:
        """Return the criteria of a level by the counts and fields that they rest on."""
        if level not in self._known:
            found: dict[str, set[str]] = {}
            for check, criterion in self.checks(level):
                if criterion is not None:
                    for name in (*counts_named(check.ask), *fields_asked(check)):
                        found.setdefault(name, set()).add(criterion)
            self._known[level] = found
        return self._known[level]
