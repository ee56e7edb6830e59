"""Days that cannot be: before 1945, after the day asked about, or before a first day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import narwhals as nw

from engine.desk.finding import Finding, Severity, Value
from engine.errors import N_
from engine.facts import Table
from engine.judged import Judged
from engine.unchanged import collected
from engine.vocabulary import LOCALITIES, Field, FieldType, Text

EARLIEST: Final = date(1945, 1, 1)
"""No record that matters here is older: such a day is a slip of the pen."""
MOST: Final = 20
"""How many days of one column are told one by one; the others are only counted."""

_ON: Final = "on"
_DAY: Final = Text("Ngày kiểm tra", "Day of the inspection")


@dataclass(frozen=True, slots=True)
class _Column:
    table: Table
    name: str
    label: Text
    personal: bool
    first: Field | None = None
    """The field that no day of this one lies before."""


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    severity: Severity
    what: str
    masked: str
    """The same without the day, for registers whose values are nobody's business."""
    several: str
    cure: str
    first: Field | None = None
    """The field beside it that the day is compared with."""


_OLD: Final = _Fault(
    "date-too-old",
    Severity.ERROR,
    N_("“{label}”: {day} lies before 1945"),
    N_("“{label}”: the day lies before 1945"),
    N_("“{label}”: {number} more days lie before 1945"),
    N_("correct the day; look at the year"),
)
_FUTURE: Final = _Fault(
    "date-in-future",
    Severity.WARNING,
    N_("“{label}”: {day} lies after the day asked about, {as_of}"),
    N_("“{label}”: the day lies after the day asked about, {as_of}"),
    N_("“{label}”: {number} more days lie after the day asked about, {as_of}"),
    N_("correct the day, or ask about a later one (--as-of)"),
)


_OUT_OF_ORDER: Final = _Fault(
    "date-out-of-order",
    Severity.ERROR,
    N_("“{label}”: {day} lies before “{first}” of the same row"),
    N_("“{label}”: the day lies before “{first}” of the same row"),
    N_("“{label}”: {number} more days lie before “{first}” of the same row"),
    N_("correct whichever of the two days is wrong"),
)


def impossible_dates(judged: Judged) -> Iterator[Finding]:
    """Yield the days in any table that cannot be."""
    ids = dict(judged.frame.select("id", "name").iter_rows())
    for column in _columns(judged):
        value = nw.col(column.name)
        yield from _faults(column, value < EARLIEST, _OLD, judged, ids)
        yield from _faults(column, value > judged.as_of, _FUTURE, judged, ids)
        if column.first is not None:
            out_of_order = value < nw.col(column.first.id)
            fault = replace(_OUT_OF_ORDER, first=column.first)
            yield from _faults(column, out_of_order, fault, judged, ids)


def _columns(judged: Judged) -> Iterator[_Column]:
    facts = judged.facts
    for table in (facts.localities, *facts.registers.values()):
        names = table.frame.collect_schema().names()
        register = judged.pack.vocabulary.registers[table.name]
        for field in register.fields.values():
            if field.type is FieldType.DATE and field.id in names:
                first = field.not_before if field.not_before in names else None
                yield _Column(
                    table,
                    field.id,
                    field.label,
                    register.personal,
                    register.fields[first] if first is not None else None,
                )
    seen = facts.inspections
    if seen is not None and _ON in seen.frame.collect_schema().names():
        yield _Column(seen, _ON, _DAY, personal=False)


def _faults(
    column: _Column,
    wrong: nw.Expr,
    fault: _Fault,
    judged: Judged,
    names: Mapping[str, str],
) -> Iterator[Finding]:
    table = column.table
    where = "id" if table.name == LOCALITIES else "locality"
    picked = table.frame.filter(wrong).select(
        nw.col("row"), nw.col(where).alias("where"), nw.col(column.name).alias("day")
    )
    found = collected(table, picked).sort("row")
    values: dict[str, Value] = {"label": column.label, "as_of": judged.as_of}
    if fault.first is not None:
        values["first"] = fault.first.label
    told = _Telling(column, fault, values)
    for row, locality, day in found.head(MOST).iter_rows():
        yield told.one(row, locality, names.get(locality), day)
    if len(found) > MOST:
        yield told.rest(found["row"].to_list()[MOST:])


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells the faults of one kind in one column."""

    column: _Column
    fault: _Fault
    values: Mapping[str, Value]

    def one(self, row: int, locality: str, name: str | None, day: date) -> Finding:
        """Tell one day, by its place alone where the register is personal."""
        if self.column.personal:
            return self._finding(self.fault.masked, (row,), locality, name)
        return self._finding(self.fault.what, (row,), locality, name, day=day)

    def rest(self, rows: list[int]) -> Finding:
        """Tell how many more there are."""
        first = tuple(rows[:MOST])
        return self._finding(self.fault.several, first, None, None, number=len(rows))

    def _finding(
        self,
        what: str,
        rows: tuple[int, ...],
        locality: str | None,
        name: str | None,
        **more: Value,
    ) -> Finding:
        table, first = self.column.table, self.fault.first
        columns = (self.column.name, *([] if first is None else [first.id]))
        return Finding(
            self.fault.code,
            self.fault.severity,
            locality,
            name,
            (table.name, *columns),
            tuple(table.places(row, column) for row in rows for column in columns),
            what,
            self.fault.cure,
            {**self.values, **more},
        )
