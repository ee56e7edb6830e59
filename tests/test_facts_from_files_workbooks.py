"""A workbook that is not sound is refused: every fault with its sheet and its cell."""

# ruff: noqa: DTZ001  (a moment in a file knows no time zone)

import gc
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.facts_from_files import workbook, workbook_cells
from tests.support.facts_files import (
    edit_part,
    faults,
    read,
    rows_of,
    told,
    write_workbook,
)

OF_HAMLETS: list[list[Any]] = [["id", "level", "events"], ["A", "hamlet", 1]]

IN_WORKBOOKS: dict[str, tuple[dict[str, list[list[Any]]], list[str]]] = {
    "no localities": ({"people": [["locality"], [None]]}, [" facts-no-localities"]),
    "a sheet outside the vocabulary": (
        {"localities": OF_HAMLETS, "persons": [["a"]]},
        ["!persons facts-unknown-table"],
    ),
    "a formula that was never calculated": (
        {"localities": [*OF_HAMLETS, ["B", "hamlet", "=1+1"]]},
        ["!localities!C3 facts-not-calculated"],
    ),
    "an error of a formula": (
        {"localities": [*OF_HAMLETS, ["B", "=NA()", 2]]},
        ["!localities!B3 facts-not-calculated"],
    ),
    "a column twice, a blank heading and a bad cell": (
        {
            "localities": [
                ["id", "level", "id", None, "events"],
                ["A", "x", "A", 1, 0.5],
            ]
        },
        [
            "!localities!C1 facts-column-twice",
            "!localities!D2 facts-no-heading",
            "!localities!E2 facts-not-a-count",
        ],
    ),
    "a title above the headings": (
        {"localities": [["Danh sách"], *OF_HAMLETS]},
        ["!localities!A1 facts-no-headings"],
    ),
    "a blank id below the rows": (
        {"localities": [*OF_HAMLETS, [None], [None, None, 5]]},
        ["!localities!A4 facts-blank", "!localities!B4 facts-blank"],
    ),
    "a table in two sheets": (
        {"localities": OF_HAMLETS, " localities": OF_HAMLETS},
        ["! localities!A1 facts-table-twice"],
    ),
    "far to the right": (
        {"localities": [["id", "level", *[None] * 98, "x"], ["A", "hamlet"]]},
        ["!localities!CW1 facts-unknown-column"],
    ),
}


@pytest.mark.parametrize(
    ("sheets", "expected"), IN_WORKBOOKS.values(), ids=IN_WORKBOOKS
)
def test_a_workbook_is_refused_with_every_fault_in_its_place(
    tmp_path: Path, sheets: dict[str, list[list[Any]]], expected: list[str]
) -> None:
    found = faults(write_workbook(tmp_path / "facts.xlsx", sheets))
    assert [each.removeprefix("facts.xlsx") for each in found] == expected


CELLS_AS_WRITTEN = {
    "an error": ('<c r="C3" t="e"><v>#N/A</v></c>', ["facts-error-cell"]),
    "an error of a formula": (
        '<c r="C3" t="e"><f>NA()</f><v>#N/A</v></c>',
        ["facts-error-cell"],
    ),
    "no value of a formula": ('<c r="C3"><f>1+1</f><v/></c>', ["facts-not-calculated"]),
    "no value element": ('<c r="C3"><f>1+1</f></c>', ["facts-not-calculated"]),
    "no value, no reference": ("<c/><c/><c><f>1+1</f></c>", ["facts-not-calculated"]),
    "a value of a formula": ('<c r="C3"><f>1+1</f><v>2</v></c>', []),
    "an empty text of a formula": ('<c r="C3" t="str"><f>""</f><v></v></c>', []),
    "a number that is none": ('<c r="C3"><v>NaN</v></c>', ["facts-not-a-count"]),
    "a number without end": ('<c r="C3"><v>1e999</v></c>', ["facts-not-a-count"]),
}


@pytest.mark.parametrize(
    ("cell", "codes"), CELLS_AS_WRITTEN.values(), ids=CELLS_AS_WRITTEN
)
def test_a_cell_that_only_seems_blank_is_refused(
    tmp_path: Path, cell: str, codes: list[str]
) -> None:
    """As spreadsheet programs write them; the cell C3 is a count, alone in its row."""
    rows = [["id", "level", "events"], ["A", "x"], [None, None, 12345]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    edit_part(path, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    edit_part(path, "xl/worksheets/sheet1.xml", '<c r="C3"><v>12345</v></c>', cell)
    blank = [f"facts.xlsx!localities!{each}3 facts-blank" for each in "AB"]
    found = [each for each in faults(path) if each not in blank]
    assert found == [f"facts.xlsx!localities!C3 {code}" for code in codes]


def test_a_formula_in_an_uncalculated_workbook_has_no_value(tmp_path: Path) -> None:
    """XlsxWriter and openpyxl write 0, or nothing, for what they cannot calculate."""
    sheets = {
        "localities": [["id", "level", "events"], ["A", "x", "=COUNTA(people!A:A)"]]
    }
    path = write_workbook(tmp_path / "facts.xlsx", sheets)
    assert faults(path) == ["facts.xlsx!localities!C2 facts-not-calculated"]


MERGED = {
    "one value for two rows": ("B2:B3", ["!localities!B2 facts-merged-cells"]),
    "a heading and a row": ("B1:B2", ["!localities!B1 facts-merged-cells"]),
    "two cells of a row": ("B3:C3", ["!localities!B3 facts-merged-cells"]),
    "headings alone": ("C1:D1", []),
    "blank cells below the rows": ("A5:C9", []),
    "blank cells beside the rows": ("F2:F3", []),
}


@pytest.mark.parametrize(("ref", "expected"), MERGED.values(), ids=MERGED)
def test_one_value_never_stands_for_the_cells_that_it_covers(
    tmp_path: Path, ref: str, expected: list[str]
) -> None:
    rows = [["id", "level", "events"], ["A", "x", 1], ["B", "x", 2], ["C", "x", 3]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    end = "</sheetData>"
    merged = f'{end}<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'
    edit_part(path, "xl/worksheets/sheet1.xml", end, merged)
    assert [each.removeprefix("facts.xlsx") for each in faults(path)] == expected


def test_sheets_are_held_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    raw = workbook._raw

    def counted(name: str, file: str, sheet: Any) -> Any:
        held.append(sum(isinstance(each, type(sheet)) for each in gc.get_objects()))
        return raw(name, file, sheet)

    names = ["localities", "people", "households"]
    sheets = {name: [["locality"], ["A"]] for name in names}
    sheets["localities"] = OF_HAMLETS
    path = write_workbook(tmp_path / "facts.xlsx", sheets)
    monkeypatch.setattr(workbook, "_raw", counted)
    faults(path)
    assert held == [1, 1, 1]


def test_a_readme_in_a_workbook_is_ignored(tmp_path: Path) -> None:
    sheets = {"ReadMe": [["notes"]], "localities": OF_HAMLETS, "Sheet3": []}
    assert faults(write_workbook(tmp_path / "facts.xlsx", sheets)) == []


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (datetime(2025, 3, 14, 7, 30), "'2025-03-14T07:30:00'"),
        (time(7, 30), "'07:30:00'"),
        (45730, "'45730'"),
        (True, "'true'"),
    ],
)
def test_what_is_no_day_in_a_workbook_is_shown_as_read(
    tmp_path: Path, cell: Any, shown: str
) -> None:
    households = [["locality", "since"], ["A", cell]]
    sheets = {"localities": OF_HAMLETS, "households": households}
    (line,) = told(write_workbook(tmp_path / "facts.xlsx", sheets))
    assert line.startswith("facts.xlsx!households!B2: error[facts-not-a-date]")
    assert shown in line


def test_a_length_of_time_in_a_workbook_is_no_day(tmp_path: Path) -> None:
    households = [["locality", "since"], ["A", timedelta(hours=50)]]
    sheets = {"localities": OF_HAMLETS, "households": households}
    (line,) = told(write_workbook(tmp_path / "facts.xlsx", sheets, days="[h]:mm:ss"))
    assert "'2 days, 2:00:00' is not a day of the calendar" in line


def test_a_day_is_the_same_in_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    households = [["locality", "since"], ["A", date(2024, 3, 14)]]
    sheets = {"localities": OF_HAMLETS, "households": households}
    file = write_workbook(tmp_path / "facts.xlsx", sheets, from_1904=True)
    (row,) = rows_of(read(file).registers["households"])
    assert row["since"] == date(2024, 3, 14)


def test_a_midnight_is_its_day() -> None:
    """The reader gives a day itself; should it give the moment, it is the same."""
    assert workbook_cells.text_of(datetime(2025, 3, 14)) == "2025-03-14"
