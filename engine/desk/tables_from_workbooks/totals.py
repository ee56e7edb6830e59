"""Rows of totals, compared with the sum of the rows they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.desk.tables_from_workbooks.complaints import report_fault
from engine.desk.tables_from_workbooks.extract import Extract, plainly
from engine.desk.tables_from_workbooks.headings import Heading
from engine.errors import N_
from engine.facts_from_files.findings import Findings, shown
from engine.source import Place
from engine.vocabulary import FieldType


@dataclass(frozen=True, slots=True)
class _Sum:
    """The sum of some rows of a column; a blank among them may stand for any number."""

    number: int
    rows: Sequence[int]
    is_whole: bool

    def allows(self, total: int) -> bool:
        return total == self.number or (not self.is_whole and total > self.number)


def check_totals(extract: Extract, findings: Findings) -> None:
    """Report each total that its rows do not add up to.

    The rows are all those above; or those since the total before, if these fit; or, if
    there are none above, all those below.
    """
    for name, heading in extract.headed.taken.items():
        if heading.column is not None and heading.column.type is FieldType.COUNT:
            for total in extract.totals:
                _check(extract, name, heading, total, findings)


def _check(
    extract: Extract, name: str, heading: Heading, total: int, findings: Findings
) -> None:
    column = heading.column
    place = extract.headed.sheet.place(total, heading.position)
    cell = extract.cell(total, name)
    reading = extract.readers[name](cell)
    if column is None or total in extract.unread.get(name, ()):
        return
    if reading.fault is not None:
        value = None if extract.shape.personal else plainly(cell)
        report_fault(findings, place, column, reading.fault, value)
        return
    if not reading.value:
        return
    sums = _sums(extract, name, total)
    if not sums or any(each.allows(int(reading.value)) for each in sums):
        return
    what = N_("the total {total} is not the sum {sum} of the rows {first} to {last}")
    if extract.shape.personal:
        what = N_("this total is not the sum of the rows {first} to {last}")
    sheet, rows = extract.headed.sheet, sums[0].rows
    findings.error(
        "import-total-differs",
        place,
        what,
        N_("correct the total, or the row that is wrong; a row may be missing, too"),
        total=shown(reading.value),
        sum=sums[0].number,
        first=_named(sheet.place(rows[0], heading.position)),
        last=_named(sheet.place(rows[-1], heading.position)),
    )


def _sums(extract: Extract, name: str, total: int) -> list[_Sum]:
    """Return the sums that a total may be; none if a row cannot be read."""
    before = [row for row in extract.totals if row < total]
    values = dict(zip(extract.rows, extract.columns[name], strict=True))
    above = [row for row in extract.rows if row < total]
    groups = [above or extract.rows]
    if above and before:
        groups.append([row for row in above if row > before[-1]])
    unread = extract.unread.get(name, set())
    if not unread.isdisjoint(groups[0]):
        return []
    return [
        _Sum(
            sum(int(values[row] or 0) for row in rows),
            rows,
            all(values[row] for row in rows),
        )
        for rows in groups
        if rows
    ]


def _named(place: Place) -> str:
    return place.cell or f"{place.line}:{place.column}"
