"""The criteria as expressions of languages that write `a > b and c`, for several peers.

Such languages know two truths, so each criterion is asked twice: whether something fails,
and else whether something is open.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.peers.contract import (
    AtLeastOne,
    Check,
    Every,
    NoneOf,
    Yes,
)


@dataclass(frozen=True, slots=True)
class Infix:
    """How a language writes operators, a field of the record, and whether it is known."""

    and_: str = "and"
    or_: str = "or"
    not_: str = "not "
    field: str = "{}"
    known: str = "{} != null"
    blank: str = "{} == null"

    def failing(self, checks: tuple[Check, ...]) -> str:
        """Return whether any check surely fails."""
        return self._any(self._fails(check) for check in checks)

    def opening(self, checks: tuple[Check, ...]) -> str:
        """Return whether any check that does not fail is open."""
        return self._any(self._open(check) for check in checks)

    def _fails(self, check: Check) -> str:
        match check:
            case NoneOf(count):
                return self._both(self._known(count), f"{self._named(count)} > 0")
            case Every(whole, part):
                less = f"{self._named(part)} < {self._named(whole)}"
                return self._both(self._known(whole), self._known(part), less)
            case AtLeastOne(count):
                return self._both(self._known(count), f"{self._named(count)} < 1")
            case Yes(field):
                named = f"{self.not_}{self._named(field)}"
                return self._both(self._known(field), named)

    def _open(self, check: Check) -> str:
        match check:
            case NoneOf(name) | AtLeastOne(name) | Yes(name):
                return self._blank(name)
            case Every(whole, part, must_be):
                some = f"{self._named(whole)} > 0"
                if must_be:
                    none = f"{self._named(whole)} == 0"
                    return self._any((self._blank(whole), self._blank(part), none))
                unsure = self._both(self._blank(part), some)
                return self._any((self._blank(whole), unsure))

    def _named(self, name: str) -> str:
        return self.field.format(name)

    def _known(self, name: str) -> str:
        return self.known.format(self._named(name))

    def _blank(self, name: str) -> str:
        return self.blank.format(self._named(name))

    def _both(self, *parts: str) -> str:
        return f"({f' {self.and_} '.join(parts)})"

    def _any(self, parts: Iterable[str]) -> str:
        return f"({f' {self.or_} '.join(parts)})"
