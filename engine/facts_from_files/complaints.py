"""What is said of a cell that cannot be read, and of one that must not be blank."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import N_, nearest
from engine.facts_from_files.columns import Column
from engine.facts_from_files.findings import Findings, listed, shown
from engine.source import Place
from engine.vocabulary import FieldType


@dataclass(frozen=True, slots=True)
class _Complaint:
    code: str
    what: str
    what_unseen: str
    """The same without the value, for a table whose values must not be shown."""
    cure: str


_YES_NO: Final = _Complaint(
    "facts-not-yes-or-no",
    N_("{column}: '{value}' is neither yes nor no"),
    N_("{column}: this value is neither yes nor no"),
    N_(
        "write yes or no (true, false, có, không, x, 1 and 0 are understood too), "
        "or leave the cell blank if it is not known"
    ),
)
_COMPLAINTS: Final[Mapping[FieldType, _Complaint]] = {
    FieldType.YES_NO: _YES_NO,
    FieldType.ASSESSED: _YES_NO,
    FieldType.COUNT: _Complaint(
        "facts-not-a-count",
        N_("{column}: '{value}' is not a whole number from 0 to 1000000000000"),
        N_("{column}: this value is not a whole number from 0 to 1000000000000"),
        N_(
            "write digits only, without a sign, a point or a comma (1.000 is a thousand "
            "to one reader and one to another), or leave the cell blank if it is not known"
        ),
    ),
    FieldType.NUMBER: _Complaint(
        "facts-not-a-number",
        N_("{column}: '{value}' is not a number of at most 15 digits"),
        N_("{column}: this value is not a number of at most 15 digits"),
        N_(
            "write digits, with a point before the decimals (12.5), or leave the cell "
            "blank if it is not known"
        ),
    ),
    FieldType.DATE: _Complaint(
        "facts-not-a-date",
        N_("{column}: '{value}' is not a day of the calendar, written YYYY-MM-DD"),
        N_("{column}: this value is not a day of the calendar, written YYYY-MM-DD"),
        N_(
            "write the year first, 2025-03-14 for 14/03/2025, "
            "or bring the table in with `diaban facts import`"
        ),
    ),
    FieldType.CHOICE: _Complaint(
        "facts-not-a-choice",
        N_("{column}: '{value}' is not one of the choices"),
        N_("{column}: this value is not one of the choices"),
        N_("write one of these: {choices}"),
    ),
    FieldType.TEXT: _Complaint(
        "facts-not-text",
        N_("{column}: '{value}' holds a control character, or is no text at all"),
        N_("{column}: this value holds a control character, or is no text at all"),
        N_("type the text anew, or leave the cell blank if it is not known"),
    ),
}


def wrong_with(column: Column) -> str:
    """Return what is wrong with a `{value}` that the `{column}` cannot hold."""
    return _COMPLAINTS[column.type].what


def report_unreadable(
    findings: Findings, place: Place, column: Column, value: str | None
) -> None:
    """Say that a cell cannot be read; no `value` where it must not be shown."""
    complaint = _COMPLAINTS[column.type]
    what, cure, near = complaint.what, complaint.cure, None
    if value is None:
        what = complaint.what_unseen
    elif near := nearest(value, column.of):
        cure = N_("did you mean '{near}'? The choices are {choices}")
    findings.error(
        complaint.code,
        place,
        what,
        cure,
        column=column.name,
        value=shown(value or ""),
        choices=listed(column.of),
        near=near,
    )


def report_blank(findings: Findings, place: Place, column: Column) -> None:
    """Say that a cell is blank that must not be."""
    findings.error(
        "facts-blank",
        place,
        N_("{column} is blank in a row that holds other values"),
        N_("fill it in, or clear the whole row"),
        column=column.name,
    )
