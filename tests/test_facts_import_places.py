"""Which commune a sheet is about, and whether a lone name is a locality."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter  # noqa: TID251  (tests write what the engine reads)

from engine.desk.localities_from_file import Locality
from tests.support.messy_workbooks import Book, faults, imported, known, rows_of

HEADINGS = ["STT", "Tên thôn", "Số hộ", "Hộ đã ký cam kết"]
ROWS = [[1, "Bản Một", 10, 10], [2, "Bản Hai", 20, 20]]
TWO_COMMUNES = (
    Locality("105", "Lai Châu", "district", ""),
    *(
        Locality(*each, "commune", "105")
        for each in (("03389", "phường Đoàn Kết"), ("03390", "xã Nậm Loỏng"))
    ),
    *(
        Locality(f"{commune}-{name[-3:]}", name, "hamlet", commune)
        for commune in ("03389", "03390")
        for name in ("Bản Một", "Bản Hai")
    ),
)
Sheets = Mapping[str, tuple[str, Sequence[Sequence[object]]]]


def write(file: Path, sheets: Sheets) -> Path:
    """Write sheets by name, each with its title and rows."""
    with xlsxwriter.Workbook(str(file)) as book:
        for name, (title, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, title)
            for at, row in enumerate([HEADINGS, *rows], 2):
                sheet.write_row(at, 0, row)
    return file


# --- Several sheets in one workbook ------------------------------------------------


def test_sheets_that_bear_their_communes_codes_become_one_table(tmp_path: Path) -> None:
    sheets = {
        "03389": ("PHƯỜNG ĐOÀN KẾT", ROWS),
        "03390 Nậm Loỏng": ("XÃ NẬM LOỎNG", ROWS),
    }
    result = imported(write(tmp_path / "thanh pho.xlsx", sheets))
    assert not result.problems
    assert [(each["id"], each["name"], each.get("parent")) for each in rows_of(result)] == [
        ("03389", "phường Đoàn Kết", None),
        ("03390", "xã Nậm Loỏng", None),
        ("03389-01", "Bản Một", "03389"),
        ("03389-02", "Bản Hai", "03389"),
        ("03390-01", "Bản Một", "03390"),
        ("03390-02", "Bản Hai", "03390"),
    ]  # fmt: skip


@pytest.mark.parametrize("file", ["thanh pho.xlsx", "Đoàn Kết và Nậm Loỏng.xlsx"])
def test_names_are_looked_up_within_the_commune_of_their_own_sheet(
    tmp_path: Path, file: str
) -> None:
    sheets = {"Đoàn Kết": ("BIỂU 1", ROWS), "Biểu 2": ("UBND XÃ NẬM LOỎNG", ROWS[::-1])}
    result = imported(write(tmp_path / file, sheets), localities=TWO_COMMUNES)
    assert not result.problems
    hamlets = [each for each in rows_of(result) if each["level"] == "hamlet"]
    assert [(each["id"], each["households"]) for each in hamlets] == [
        ("03389-Một", "10"),
        ("03389-Hai", "20"),
        ("03390-Hai", "20"),
        ("03390-Một", "10"),
    ]


@pytest.mark.parametrize(
    ("file", "sheet", "title"),
    [
        ("03389.xlsx", "Biểu 1", "UBND XÃ NẬM LOỎNG"),
        ("Biểu.xlsx", "03390", "UBND phường Đoàn Kết"),
        ("Đoàn Kết.xlsx", "Nậm Loỏng", "UBND phường Đoàn Kết"),
    ],
)
def test_file_sheet_and_title_that_disagree_are_told(
    tmp_path: Path, file: str, sheet: str, title: str
) -> None:
    """Both communes have hamlets of these names: the wrong ones would be filled."""
    result = imported(
        write(tmp_path / file, {sheet: (title, ROWS)}), localities=TWO_COMMUNES
    )
    assert f"{sheet} import-several-communes" in faults(result.problems)


def test_sheets_of_which_nothing_tells_the_communes_are_told_one_by_one(
    tmp_path: Path,
) -> None:
    file = write(tmp_path / "tinh.xlsx", {"A": ("BIỂU", ROWS), "B": ("BIỂU", ROWS)})
    told = faults(imported(file).problems)
    assert told == ["A import-no-commune", "B import-no-commune"]


# --- A name and nothing else -------------------------------------------------------

SIGNATURE = ["", "Lò Văn Dẫn"]


@pytest.mark.parametrize(
    "rows", [[*ROWS, [], SIGNATURE], [*ROWS, SIGNATURE], [["", "Khu vực 1"], *ROWS]]
)
def test_a_lone_name_is_asked_about_and_not_shown(
    tmp_path: Path, rows: list[list[object]]
) -> None:
    at = 4 + next(at for at, row in enumerate(rows) if row and row[0] == "")
    (problem,) = imported(write(tmp_path / "03389.xlsx", {"A": ("", rows)})).problems
    assert faults([problem]) == [f"B{at} import-name-alone"]
    assert "Dẫn" not in str(problem)


@pytest.mark.parametrize("row", [[3, "Bản Ba"], ["", "Bản Ba", "-"], ["", "Bản Ba", 0]])
def test_a_name_with_a_number_or_a_dash_is_a_locality(
    tmp_path: Path, row: list[object]
) -> None:
    result = imported(write(tmp_path / "03389.xlsx", {"A": ("", [*ROWS, row])}))
    assert not result.problems
    assert rows_of(result)[-1]["name"] == "Bản Ba"


def test_a_lone_name_that_the_list_knows_is_a_locality(tmp_path: Path) -> None:
    """Nothing is known of it, and nothing is doubtful about it."""
    file = Book([["", "TDP số 2"]]).write(tmp_path / "03389.xlsx")
    result = imported(file, localities=known())
    assert not result.problems
    (row,) = [each for each in rows_of(result) if each["id"] == "03389-02"]
    assert set(row) == {"id", "name", "level", "parent"}


def test_a_cell_in_error_beside_a_name_is_told_alone(tmp_path: Path) -> None:
    row = ["", "Bản Ba", "=1/0"]
    file = write(tmp_path / "03389.xlsx", {"A": ("", [*ROWS, row])})
    assert faults(imported(file).problems) == ["C6 import-not-calculated"]


def test_whatever_is_added_above_has_all_its_known_parts(tmp_path: Path) -> None:
    sheets = {"Sheet1": ("PHƯỜNG ĐOÀN KẾT", ROWS)}
    result = imported(write(tmp_path / "03389.xlsx", sheets), localities=TWO_COMMUNES)
    assert not result.problems
    ids = [each["id"] for each in rows_of(result)]
    assert ids == ["105", "03389", "03390", "03389-Một", "03389-Hai"]
    added = [line[4] for line in result.log if line[2] == "locality-added"]
    assert added == ["105", "03389", "03390"]


def test_a_commune_with_a_row_of_its_own_has_all_its_known_hamlets(
    tmp_path: Path,
) -> None:
    file = tmp_path / "03389.csv"
    file.write_text(
        "Mã,Tên thôn,Cấp,parent,Số hộ\n"
        "03389,phường Đoàn Kết,commune,105,30\n03389-Một,Bản Một,hamlet,03389,10\n"
    )
    result = imported(file, localities=TWO_COMMUNES)
    assert not result.problems
    ids = [each["id"] for each in rows_of(result)]
    assert sorted(ids) == ["03389", "03389-Hai", "03389-Một", "03390", "105"]


def test_a_usual_word_for_a_level_is_the_level(tmp_path: Path) -> None:
    file = tmp_path / "03389.csv"
    file.write_text("Tên thôn,Cấp,Số hộ\nA,Thôn,1\nB,tổ dân phố,1\nC,khu lạ,1\n")
    result = imported(file)
    assert not result.problems
    levels = [each["level"] for each in rows_of(result)[1:]]
    assert levels == ["hamlet", "hamlet", "khu lạ"]


def test_a_listed_locality_keeps_the_name_of_the_list(tmp_path: Path) -> None:
    file = tmp_path / "03389.csv"
    file.write_text("Tên thôn,Số hộ\nTDP số 4,10\nTổ dân phố số 5,20\n")
    result = imported(file, localities=known())
    names = {each["id"]: each["name"] for each in rows_of(result)}
    assert (names["03389-04"], names["03389-05"]) == (
        "Tổ dân phố số 4",
        "Tổ dân phố số 5",
    )
    log = [line[3:] for line in result.log if line[2] == "name-as-listed"]
    assert log == [("TDP số 4", "Tổ dân phố số 4")]


def test_the_zeros_that_a_program_cut_off_a_code_are_put_back(tmp_path: Path) -> None:
    file = tmp_path / "Biểu.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("Biểu")
        sheet.write_row(0, 0, ["Mã", "Tên thôn", "Số hộ"])
        sheet.write_row(1, 0, [338901, "Bản Một", 10])
    hamlet = Locality("0338901", "Bản Một", "hamlet", "")
    result = imported(file, localities=(hamlet,))
    assert not result.problems
    assert rows_of(result)[0]["id"] == "0338901"
    changed = [line[2:] for line in result.log if line[1] == "id"]
    assert ("leading-zeros", "338901", "0338901") in changed
