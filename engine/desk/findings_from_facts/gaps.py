"""The same thing found at many localities, told once for those that lie together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from engine.desk.finding import Finding, Severity, Value
from engine.source import Place
from engine.vocabulary import Text

FEW: Final = 5
"""Up to so many localities of one parent are told one by one."""
_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """How a gap is told: templates over `labels` and the gap's own values.

    `many` may also use `number`, `all` and `names`.
    """

    code: str
    severity: Severity
    one: str
    many: str
    cure: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something found at one locality: what is missing, old or blank there."""

    row: int
    concerns: tuple[str, ...]
    labels: tuple[Text, ...]
    places: tuple[Place, ...] = ()
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


class Telling:
    """Tells gaps, those of the same concerns below one parent together."""

    def __init__(self, localities: pl.DataFrame) -> None:
        names = localities.select("row", "id", "name", "parent").iter_rows()
        self._localities = {row: (one, name, up) for row, one, name, up in names}
        self._by_id = {one: name for one, name, _ in self._localities.values()}
        counted = localities.group_by("parent").len().iter_rows()
        self._children: dict[str | None, int] = dict(counted)

    def findings(self, kind: Kind, gaps: Iterable[Gap]) -> Iterator[Finding]:
        """Yield a finding a gap, or one for many under their parent's name."""
        together: dict[tuple[str | None, tuple[str, ...]], list[Gap]] = {}
        for gap in gaps:
            parent = self._localities[gap.row][2]
            together.setdefault((parent, gap.concerns), []).append(gap)
        for (parent, _), alike in together.items():
            if len(alike) > FEW:
                yield self._many(kind, parent, alike)
            else:
                yield from (self._one(kind, gap) for gap in alike)

    def _one(self, kind: Kind, gap: Gap) -> Finding:
        one, name, _ = self._localities[gap.row]
        return Finding(
            kind.code,
            kind.severity,
            one,
            name,
            gap.concerns,
            gap.places,
            kind.one,
            kind.cure,
            {"labels": gap.labels, **gap.values},
        )

    def _many(self, kind: Kind, parent: str | None, gaps: list[Gap]) -> Finding:
        names = tuple(self._localities[gap.row][0] for gap in gaps)
        more = ("…",) if len(names) > _NAMED else ()
        values: dict[str, Any] = {
            **gaps[0].values,
            "labels": gaps[0].labels,
            "number": len(gaps),
            "all": self._children[parent],
            "names": (*names[:_NAMED], *more),
        }
        return Finding(
            kind.code,
            kind.severity,
            parent,
            None if parent is None else self._by_id[parent],
            gaps[0].concerns,
            tuple(place for gap in gaps[:_NAMED] for place in gap.places[:1]),
            kind.many,
            kind.cure,
            values,
        )
