"""LANGUAGE.md §4 read plainly: the value of a count at a locality, by recursion.

An interval is a pair, its upper end maybe infinite. Part of `tests/reference.py`.
"""

import math
from collections import defaultdict
from datetime import date
from typing import Any

from tests.support.plain_conditions import Truth, condition, every, negation
from tests.support.plain_facts import Doc, kind_of

Interval = tuple[int, Any]


def added(intervals: list[Interval]) -> Interval:
    """Add intervals end by end."""
    return sum(lo for lo, _ in intervals), sum(hi for _, hi in intervals)


class Counting:
    """One set of facts on one day, counted as the vocabulary says."""

    def __init__(self, vocabulary: Doc, facts: Doc, as_of: date) -> None:
        self.as_of = as_of
        self.counts = {name: one or {} for name, one in vocabulary["counts"].items()}
        self.registers = vocabulary.get("registers") or {}
        self.localities = self.readable("localities", facts)
        self.rows: dict[tuple[str, str], list[Doc]] = defaultdict(list)
        for register in self.registers.keys() - {"localities"}:
            for row in self.readable(register, facts):
                self.rows[register, row["locality"]].append(row)
        self.surveyed = set(self.rows)
        for row in facts.get("inspections") or []:
            self.surveyed.add((row["register"], row["locality"]))
        self.verdicts: dict[str, str] = {}  # so far; undetermined ones are missing
        self.conflicts: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)

    def readable(self, table: str, facts: Doc) -> list[Doc]:
        """The rows of a table, where a judgement without name or reason is blank."""
        fields = (self.registers.get(table) or {}).get("fields") or {}
        rows = [dict(row) for row in facts.get(table) or []]
        for row in rows:
            for field, kind in fields.items():
                signed = row.get(f"{field}_by") and row.get(f"{field}_reason")
                if kind_of(kind) == "assessed" and not signed:
                    row[field] = None
            if table == "localities":
                row["name"] = row.get("name") or row["id"]
        return rows

    def children(self, unit: Doc) -> list[Doc]:
        return [row for row in self.localities if row.get("parent") == unit["id"]]

    def register_of(self, name: str) -> Any:
        count = self.counts[name]
        return (
            self.register_of(count["within"]) if "within" in count else count.get("in")
        )

    def counted(self, name: str, row: Doc) -> Truth:
        """A row of a part is a row of its whole too."""
        count = self.counts[name]
        whole = self.counted(count["within"], row) if "within" in count else True
        return every([whole, condition(count.get("where") or {}, row, self.as_of)])

    def own_rows(self, name: str, but_not: str | None, unit: Doc) -> Interval:
        """Step 1: a locality's own rows of a count (that another does not count)."""
        register, at = self.register_of(name), unit["id"]
        if register == "localities":
            rows = [unit | {"n": 1, "verdict": self.verdicts.get(at)}]
        elif (register, at) in self.surveyed:
            rows = self.rows.get((register, at), [])
        else:
            return (0, 0) if self.children(unit) else (0, math.inf)
        lo = hi = 0
        for row in rows:
            truth = self.counted(name, row)
            if but_not is not None:
                truth = every([truth, negation(self.counted(but_not, row))])
            n = 1 if row.get("n") is None else row["n"]
            lo, hi = lo + n * (truth is True), hi + n * (truth is not False)
        return lo, hi

    def value(self, name: str, unit: Doc) -> Interval:
        """Steps 2 to 4: the subtree, the typed number, the part in its whole."""
        below = [self.value(name, child) for child in self.children(unit)]
        found = added([self.own_rows(name, None, unit), *below])
        typed, whole = unit.get(name), self.counts[name].get("within")
        if typed is not None:
            found = self.meet("typed", (name,), unit, (typed, typed), found)
        if whole is not None:
            room = (0, self.value(whole, unit)[1])
            found = self.meet("part_whole", (name, whole), unit, found, room)
        return found

    def exceptions(self, whole: str, part: str, unit: Doc) -> Interval:
        """How many of the whole are not of the part."""
        below = [self.exceptions(whole, part, child) for child in self.children(unit)]
        found = added([self.own_rows(whole, part, unit), *below])
        (lo, hi), (part_lo, part_hi) = self.value(whole, unit), self.value(part, unit)
        bounds = (max(0, lo - part_hi), max(0, hi - part_lo))
        return self.meet("exceptions", (part, whole), unit, found, bounds)

    def meet(
        self, kind: str, names: tuple[str, ...], unit: Doc, a: Interval, b: Interval
    ) -> Interval:
        """What two statements allow together; in conflict, all from one to the other."""
        lo, hi = max(a[0], b[0]), min(a[1], b[1])
        if lo <= hi:
            return lo, hi
        self.conflicts[unit["id"]].add((kind, names))
        return min(a[0], b[0]), max(a[1], b[1])
