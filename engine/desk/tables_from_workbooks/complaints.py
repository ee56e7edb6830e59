"""What is said of a cell that an import cannot read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.desk.tables_from_workbooks.readings import Fault
from engine.errors import N_
from engine.facts_from_files.columns import Column
from engine.facts_from_files.findings import Findings, listed, shown
from engine.facts_from_files.workbook_parts import Doubt
from engine.source import Place


@dataclass(frozen=True, slots=True)
class _Complaint:
    what: str
    what_unseen: str
    """The same without the value, for a table whose values must not be shown."""
    cure: str


_COMPLAINTS: Final[Mapping[Fault, _Complaint]] = {
    Fault.NOT_A_COUNT: _Complaint(
        N_("{column}: '{value}' is not a whole number from 0 to 1000000000000"),
        N_("{column}: this value is not a whole number from 0 to 1000000000000"),
        N_(
            "write digits (1234 or 1.234), 0 or Không for none, "
            "or leave the cell blank if it is not known"
        ),
    ),
    Fault.NOT_A_NUMBER: _Complaint(
        N_("{column}: '{value}' is not a number of at most 15 digits"),
        N_("{column}: this value is not a number of at most 15 digits"),
        N_(
            "write digits, with a comma before the decimals (12,5), "
            "or leave the cell blank if it is not known"
        ),
    ),
    Fault.AMBIGUOUS_NUMBER: _Complaint(
        N_("{column}: '{value}' is thousands to one reader and decimals to another"),
        N_("{column}: this value is thousands to one reader and decimals to another"),
        N_("write it without a separator, or with one or two decimals"),
    ),
    Fault.NOT_A_DAY: _Complaint(
        N_("{column}: '{value}' is not a day of the calendar"),
        N_("{column}: this value is not a day of the calendar"),
        N_(
            "write day, month and year, such as 14/03/2025, "
            "or leave the cell blank if it is not known"
        ),
    ),
    Fault.AMBIGUOUS_YEAR: _Complaint(
        N_("{column}: '{value}' does not say which century its year is in"),
        N_("{column}: this value does not say which century its year is in"),
        N_("write the year with four digits, such as 14/03/2025"),
    ),
    Fault.NOT_YES_OR_NO: _Complaint(
        N_("{column}: '{value}' is neither yes nor no"),
        N_("{column}: this value is neither yes nor no"),
        N_("write có or không (x, yes, no, 1 and 0 are understood too), or leave it blank"),
    ),
    Fault.NOT_A_CHOICE: _Complaint(
        N_("{column}: '{value}' is not one of the choices"),
        N_("{column}: this value is not one of the choices"),
        N_("write one of these: {choices}"),
    ),
    Fault.NOT_TEXT: _Complaint(
        N_("{column}: '{value}' holds a control character, or is no text at all"),
        N_("{column}: this value holds a control character, or is no text at all"),
        N_("type the text anew, or leave the cell blank if it is not known"),
    ),
}  # fmt: skip


def report_fault(
    findings: Findings, place: Place, column: Column, fault: Fault, value: str | None
) -> None:
    """Say that a cell cannot be read; no `value` where it must not be shown."""
    complaint = _COMPLAINTS[fault]
    findings.error(
        fault.value,
        place,
        complaint.what_unseen if value is None else complaint.what,
        complaint.cure,
        column=column.name,
        value=shown(value or ""),
        choices=listed(column.of),
    )


def report_doubt(findings: Findings, place: Place, doubt: Doubt) -> None:
    """Say that a cell seems blank and is not; nothing more is said of it."""
    match doubt:
        case Doubt.ERROR:
            findings.error(
                "import-error-cell",
                place,
                N_("this cell holds an error (such as #N/A), not a value"),
                N_("correct its formula, or clear the cell if it is not known"),
            )
        case Doubt.NOT_CALCULATED:
            findings.error(
                "import-not-calculated",
                place,
                N_("the formula in this cell was never calculated"),
                N_("open the workbook in a spreadsheet program and save it there"),
            )
    findings.close(place)


def report_merged(findings: Findings, place: Place) -> None:
    """Say that one value stands for several cells, which it cannot."""
    findings.error(
        "import-merged-cells",
        place,
        N_("one value stands here in cells that are merged, and cannot be each one's"),
        N_("unmerge them, and write each cell its own value"),
    )
    findings.close(place)
