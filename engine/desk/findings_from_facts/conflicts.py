"""Statements that cannot both be true, each with the places of both."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from engine.assessment import Conflict, ConflictKind
from engine.desk.finding import Finding, Severity, Value
from engine.desk.findings_from_facts.sources import MOST, Row, Sources
from engine.errors import N_
from engine.interval import Interval
from engine.judged import Judged
from engine.vocabulary import Text

_TYPED: Final = {
    "typed-against-register": N_(
        "{count}: {typed} typed in, but the rows of “{register}” give {counted}"
    ),
    "typed-against-children": N_(
        "{count}: {typed} typed in, but the localities below ({number}) give {counted}: "
        "{parts}"
    ),
    "typed-against-both": N_(
        "{count}: {typed} typed in, but the rows of “{register}” here and the localities "
        "below ({number}) give {counted}: {parts}"
    ),
}
_NONE: Final = Interval(0, 0)


def conflicts_of(judged: Judged) -> Iterator[Finding]:
    """Yield the conflicts that the counting found."""
    told = _Conflicts(judged, Sources(judged, judged.counted, judged.conflicts))
    found = judged.counted.filter(pl.col("row").is_in(list(judged.conflicts)))
    for row in found.iter_rows(named=True):
        for conflict in judged.conflicts[row["row"]]:
            yield told.finding(conflict, row)


class _Conflicts:
    def __init__(self, judged: Judged, sources: Sources) -> None:
        self._vocabulary = judged.pack.vocabulary
        self._sources = sources

    def finding(self, conflict: Conflict, row: Row) -> Finding:
        match conflict.kind:
            case ConflictKind.TYPED:
                return self._typed(conflict, row)
            case ConflictKind.PART_WHOLE:
                return self._part(conflict, row)
            case ConflictKind.EXCEPTIONS:
                return self._exceptions(conflict, row)

    def _typed(self, conflict: Conflict, row: Row) -> Finding:
        count = conflict.counts[0]
        register = self._vocabulary.counts[count].register
        children = self._sources.children(row)
        own = register is not None and bool(row.get(f"rows.hi:{count}"))
        code = "typed-against-register"
        if children:
            code = "typed-against-both" if own else "typed-against-children"
        cell = self._sources.typed(count, row)
        values: dict[str, Value] = {
            "count": self._label(count),
            "typed": conflict.left,
            "counted": conflict.right,
            "number": len(children),
            "parts": self._parts(count, children),
            "register": self._vocabulary.registers[register].label if register else "",
        }
        return Finding(
            code,
            Severity.ERROR,
            row["id"],
            row["name"],
            conflict.counts,
            (*(() if cell is None else (cell,)), *self._sources.beneath(count, row)),
            _TYPED[code],
            N_("find out which is right, and correct or blank the other"),
            values,
        )

    def _part(self, conflict: Conflict, row: Row) -> Finding:
        part, whole = conflict.counts
        return Finding(
            "part-beyond-whole",
            Severity.ERROR,
            row["id"],
            row["name"],
            conflict.counts,
            (*self._sources.of(part, row), *self._sources.of(whole, row)),
            N_(
                "{part}: {some}, more than the whole that they belong to, {whole}: {all}"
            ),
            N_("correct the one that is wrong; those counted are among the whole"),
            {
                "part": self._label(part),
                "some": conflict.left,
                "whole": self._label(whole),
                "all": Interval(conflict.right.hi or 0, conflict.right.hi),
            },
        )

    def _exceptions(self, conflict: Conflict, row: Row) -> Finding:
        whole, part = conflict.counts
        return Finding(
            "exceptions-contradict",
            Severity.ERROR,
            row["id"],
            row["name"],
            conflict.counts,
            (*self._sources.of(whole, row), *self._sources.of(part, row)),
            N_(
                "“{whole}” that are not “{part}”: {rows} by the rows, {numbers} by the "
                "numbers typed in"
            ),
            N_("find out which is right, and correct or blank the other"),
            {
                "whole": self._label(whole),
                "part": self._label(part),
                "rows": conflict.left,
                "numbers": conflict.right,
            },
        )

    def _parts(self, count: str, children: list[Row]) -> tuple[Value, ...]:
        """Return what each locality below adds, the first of those that add any."""
        adding = [
            f"{child['id']} {value}"
            for child in children
            if (value := self._sources.value(count, child)) != _NONE
        ]
        more = ("…",) if len(adding) > MOST else ()
        return (*adding[:MOST], *more) or ("0",)

    def _label(self, count: str) -> Text:
        return self._vocabulary.counts[count].label
