"""The localities of facts, and where each of them belongs by what changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.units.carried_from_facts.changes import Changes
from engine.units.succession import Succession

Row = dict[str, Any]


class OldUnits:
    """Localities by their ids, some of which are units that have ended."""

    def __init__(self, rows: Mapping[str, Row], changes: Changes) -> None:
        self.rows, self.changes = rows, changes

    @property
    def changed(self) -> Iterator[str]:
        """The localities that are old units, in the order of the facts."""
        return (name for name in self.rows if name in self.changes)

    @property
    def homes(self) -> dict[str, str]:
        """Where the rows of registers that name an old unit belong now.

        They stay with it; where it is gone, the unit above has them.
        """
        return {name: self._home(name) for name in self.changed}

    def has_ended(self, name: str) -> bool:
        """Tell whether nothing came after a unit."""
        return name in self.changes and self.changes[name][0].new_code is None

    def above(self, name: str) -> str | None:
        """Return the unit above one, past those that nothing came after."""
        above: str | None = self.rows[name]["parent"]
        while above is not None and self.has_ended(above):
            above = self.rows[above]["parent"]
        return above

    def all_above(self, name: str) -> Iterator[str]:
        """Yield the units above one, from the next upwards."""
        above = self.above(name)
        while above is not None:
            yield above
            above = self.above(above)

    def now(self, name: str) -> str:
        """Return the id that a locality has now: an old unit's holds its last day."""
        changes = self.changes.get(name)
        return name if changes is None else former_id(changes[0])

    def parent_now(self, name: str) -> str | None:
        """Return the id of the unit above a locality, as it is now."""
        above = self.above(name)
        return None if above is None else self.now(above)

    def _home(self, name: str) -> str:
        above = self.parent_now(name) if self.has_ended(name) else None
        return self.now(name) if above is None else above


def former_id(change: Succession) -> str:
    """Return the id of an old unit: its code may be a new unit's by now."""
    return f"{change.old_code}@{change.until.isoformat()}"
