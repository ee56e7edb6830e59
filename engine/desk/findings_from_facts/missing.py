"""What is needed and nobody gave: registers, numbers, cells, whole columns, names."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import polars as pl

from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts.asked import Asked, is_open
from engine.desk.findings_from_facts.gaps import Gap, Kind, Telling
from engine.desk.findings_from_facts.nowhere import Nowhere, Sort, Subject
from engine.errors import N_
from engine.judged import Judged
from engine.measures import fields_named
from engine.vocabulary import LOCALITIES

Row = Mapping[str, Any]

_REGISTER: Final = Kind(
    "register-missing",
    Severity.WARNING,
    N_("no rows, no inspection and no number typed in: {labels}"),
    N_(
        "no rows, no inspection and no number typed in for {number} of the {all} "
        "localities below ({names}): {labels}"
    ),
    N_("add the rows, or an inspection that found none, or type the numbers in"),
)
_NUMBER: Final = Kind(
    "number-missing",
    Severity.WARNING,
    N_("no number: {labels}"),
    N_("no number for {number} of the {all} localities below ({names}): {labels}"),
    N_("type the number in, 0 if there is none"),
)
_CELL: Final = Kind(
    "cell-missing",
    Severity.WARNING,
    N_("not filled in: {labels}"),
    N_("not filled in for {number} of the {all} localities below ({names}): {labels}"),
    N_("fill it in; a judgement also needs who judged, and why"),
)
_NAME: Final = Kind(
    "name-missing",
    Severity.WARNING,
    N_("no name: papers can call it by its id alone"),
    N_(
        "no name for {number} of the {all} localities below ({names}): papers can call "
        "them by their ids alone"
    ),
    N_("write its name into the column name of the table of localities"),
)
_KINDS: Final = {Sort.REGISTER: _REGISTER, Sort.COUNT: _NUMBER, Sort.FIELD: _CELL}


def missing_from(judged: Judged, telling: Telling) -> Iterator[Finding]:
    """Yield what is missing, what is missing everywhere first."""
    nowhere = Nowhere(judged)
    missing = _Missing(judged, nowhere)
    yield from nowhere.findings(missing.wanted)
    for sort, kind in _KINDS.items():
        yield from telling.findings(kind, missing.gaps[sort])
    yield from telling.findings(_NAME, _nameless(judged))


def _nameless(judged: Judged) -> Iterator[Gap]:
    """Yield the localities whose name is blank, for which their id stands in."""
    found = judged.frame.filter(pl.col("name") == pl.col("id")).get_column("row")
    for row in found.sort():
        yield Gap(row, ("name",), (), (judged.facts.localities.places(row, "name"),))


class _Missing:
    """Sorts what is open at localities by what would close it."""

    def __init__(self, judged: Judged, nowhere: Nowhere) -> None:
        self._judged, self._nowhere = judged, nowhere
        self._vocabulary = judged.pack.vocabulary
        self._columns = judged.counted.columns
        self._asked = Asked(judged.pack, judged.counted)
        self.gaps: Mapping[Sort, list[Gap]] = {sort: [] for sort in Sort}
        self.wanted: set[Subject] = set()
        """The registers, counts and fields that some locality lacks."""
        for row in self._open.iter_rows(named=True):
            self._sort(row)

    @cached_property
    def _open(self) -> pl.DataFrame:
        """The localities that lack something, with a flag a count and a field."""
        frame = self._judged.counted
        open_ = self._asked.open_counts().drop("row").select(pl.all().name.prefix("?"))
        flagged = frame.sort("row").hstack(open_)
        flagged = flagged.select(
            "row",
            *(self._lacks(count).alias(count) for count in self._asked.counts),
            *(blank.alias(f"blank {field}") for field, blank in self._blanks()),
            *(
                pl.col(each.id).is_not_null().alias(f"typed {each.id}")
                for each in self._judged.measures.counts
                if each.id in self._columns
            ),
        ).hstack(
            self._asked.open_fields().drop("row").select(pl.all().name.prefix("="))
        )
        flags = [name for name in flagged.columns if name in self._asked.counts]
        flags += [name for name in flagged.columns if name.startswith("=")]
        return flagged.filter(pl.any_horizontal(pl.lit(value=False), *flags))

    def _lacks(self, count: str) -> pl.Expr:
        """Tell where somebody must say something, for a count to be known."""
        lacks = pl.col(f"?{count}") & is_open(count)
        if count in self._columns:
            lacks &= pl.col(count).is_null()
        register = self._vocabulary.counts[count].register
        if register == LOCALITIES:
            return lacks & (pl.col(f"rows.lo:{count}") < pl.col(f"rows.hi:{count}"))
        if "children" in self._columns:
            lacks &= pl.col("children").is_null()
        if register is not None:
            lacks &= pl.col(f"rows.hi:{count}").is_null()
        return lacks

    def _blanks(self) -> Iterator[tuple[str, pl.Expr]]:
        fields = self._vocabulary.registers[LOCALITIES].fields.values()
        for field in fields:
            cells = [
                pl.col(name).is_null() if name in self._columns else pl.lit(value=True)
                for name in field.columns
            ]
            yield field.id, pl.any_horizontal(*cells)

    def _sort(self, row: Row) -> None:
        lacking = [count for count in self._asked.counts if row[count]]
        by_register: dict[str | None, list[str]] = {}
        for count in lacking:
            register = self._vocabulary.counts[count].register
            by_register.setdefault(register, []).append(count)
        below = by_register.pop(LOCALITIES, [])
        numbers = by_register.pop(None, [])
        registers = []
        for register, counts in by_register.items():
            if self._has_typed(register, row):
                numbers += counts
            else:
                registers.append(str(register))
        self._add(Sort.REGISTER, row, registers)
        self._add(Sort.COUNT, row, numbers)
        self._add(Sort.FIELD, row, self._blank_fields(row, below))

    def _has_typed(self, register: str | None, row: Row) -> bool:
        return any(
            row.get(f"typed {each.id}")
            for each in self._judged.measures.counts
            if each.register == register
        )

    def _blank_fields(self, row: Row, counts: Collection[str]) -> list[str]:
        named = dict.fromkeys(each for each in self._asked.fields if row[f"={each}"])
        for count in counts:
            fields = fields_named(self._vocabulary.rows_of(count))
            named |= dict.fromkeys(each for each in fields if row.get(f"blank {each}"))
        return list(named)

    def _add(self, sort: Sort, row: Row, names: list[str]) -> None:
        subjects = [Subject(sort, name) for name in names]
        self.wanted.update(subjects)
        here = [each for each in subjects if each not in self._nowhere.absent]
        if not here:
            return
        cells = () if sort is Sort.REGISTER else (each.name for each in here)
        places = self._judged.facts.localities.places
        gap = Gap(
            row["row"],
            tuple(each.name for each in here),
            tuple(self._nowhere.label(each) for each in here),
            tuple(places(row["row"], cell) for cell in cells if cell in self._columns),
        )
        self.gaps[sort].append(gap)
