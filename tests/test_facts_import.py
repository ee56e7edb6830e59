"""A workbook as a commune keeps it becomes clean tables, or a list of its bad cells."""

from datetime import date
from pathlib import Path

import openpyxl  # noqa: TID251  (tests write what the engine reads)
import pytest
import xlsxwriter  # noqa: TID251  (tests write what the engine reads)

from engine.assess import assess
from engine.desk.tables_from_workbooks.decisions import Decision, Decisions
from engine.desk.tables_from_workbooks.folder import write_folder
from engine.desk.tables_from_workbooks.folding import spelt
from engine.desk.tables_from_workbooks.importing import Imported
from engine.desk.tables_from_workbooks.proposals import columns_like, names_like
from engine.desk.tables_from_workbooks.spellings import spellings_of
from engine.facts_from_files import facts_from_files
from engine.library import Library
from engine.source import Place
from tests.support.facts_files import write_workbook
from tests.support.messy_workbooks import (
    COLUMNS,
    ROOT,
    VOCABULARY,
    Book,
    faults,
    imported,
    known,
    rows_of,
    sound,
)

HAMLETS = Book(
    [
        [1, "Tổ dân phố số 1", "Không", 0, "0", 3, "3", "1.120", "1.120", "x"],
        [2, "TDP số 02", 0, 0, 0, "", "", 98, " 97 ", "Có"],
        [3, "Bản Tả Xin Chải", "-", "không", None, "02", 2, "85 hộ", "85,0", "không"],
    ],
    total=["", 0, 0, 5, 5, 1303, 1302],
)


def book(folder: Path, made: Book = HAMLETS, name: str = "03389.xlsx") -> Path:
    return made.write(folder / name)


def test_a_communes_workbook_becomes_one_row_a_hamlet(tmp_path: Path) -> None:
    result = imported(book(tmp_path))
    assert not result.problems
    commune, *hamlets = rows_of(result)
    assert commune == {"id": "03389", "level": "commune", "name": "phường Đoàn Kết"}
    assert [each["id"] for each in hamlets] == ["03389-01", "03389-02", "03389-03"]
    assert {each["parent"] for each in hamlets} == {"03389"}
    assert (
        hamlets[0]
        | {
            "hot_spots": "0",
            "retail_dealers": "0",
            "use_points": "0",
            "addicts": "3",
            "addicts_with_file": "3",
            "households": "1120",
            "households_pledged": "1120",
            "hotline_board": "yes",
        }
        == hamlets[0]
    )


def test_a_blank_and_a_dash_are_never_read_as_zero(tmp_path: Path) -> None:
    result = imported(book(tmp_path))
    _, _, second, third = rows_of(result)
    assert "addicts" not in second
    assert "addicts_with_file" not in second
    assert "hot_spots" not in third
    assert "use_points" not in third
    assert third["retail_dealers"] == "0"
    assert any(line[2] == "dash-is-not-known" for line in result.log)


def test_whatever_is_done_to_a_value_stands_in_the_log(tmp_path: Path) -> None:
    lines = {
        (place.rpartition("!")[2], change, before, after)
        for place, _, change, before, after in imported(book(tmp_path)).log
    }
    assert {
        ("C7", "word-for-none", "Không", "0"),
        ("E7", "number-as-text", "0", "0"),
        ("H7", "thousands-separator", "1.120", "1120"),
        ("J7", "yes-or-no", "x", "yes"),
        ("I8", "number-as-text", " 97 ", "97"),
        ("H9", "unit-left-out", "85 hộ", "85"),
        ("I9", "decimal-comma", "85,0", "85"),
        ("B9", "made-id", "Bản Tả Xin Chải", "03389-03"),
        ("A6", "column-numbers-left-out", "", ""),
        ("A10", "total-left-out", "", ""),
        ("A13", "row-left-out", "", ""),
    } <= lines


def test_what_is_hidden_is_read_and_stands_in_the_log(tmp_path: Path) -> None:
    file = book(tmp_path)
    opened = openpyxl.load_workbook(file)
    opened["Biểu 01"].row_dimensions[8].hidden = True
    old = opened.copy_worksheet(opened["Biểu 01"])
    old.title, old.sheet_state = "03390", "hidden"
    old.row_dimensions[8].hidden = False
    opened.save(file)
    result = imported(file)
    assert len(rows_of(result)) == 8
    log = [line for line in result.log if line[2].startswith("hidden")]
    assert [
        (place.removeprefix(f"{tmp_path}/"), kind) for place, _, kind, *_ in log
    ] == [
        ("03389.xlsx!Biểu 01!A8", "hidden-row-read"),
        ("03389.xlsx!03390", "hidden-sheet-read"),
    ]


def test_no_signature_becomes_a_hamlet(tmp_path: Path) -> None:
    result = imported(book(tmp_path))
    assert len(rows_of(result)) == 4
    assert not any("Lò Văn Dẫn" in cell for line in result.log for cell in line)


def judged(result: Imported, out: Path) -> dict[tuple[str, str], str]:
    """Return the outcome of each criterion for each locality, by the city's pack."""
    out.mkdir()
    write_folder(result, out, VOCABULARY)
    facts = facts_from_files(out, VOCABULARY)
    pack = Library(ROOT / "rules").find("lai-chau/city-2024")
    told = assess(pack, facts, date(2024, 12, 14))
    return {
        (each.id, criterion.id): str(criterion.outcome)
        for each in told.localities
        for criterion in each.criteria
    }


def test_clean_tables_are_accepted_and_judged(tmp_path: Path) -> None:
    result = imported(book(tmp_path))
    outcomes = judged(result, tmp_path / "out")
    assert outcomes["03389-01", "C6"] == "met"
    assert outcomes["03389-02", "C6"] == "not_met"  # 97 of 98 households
    assert outcomes["03389-03", "C1"] == "unknown"  # a dash and a blank


def test_a_total_that_its_rows_do_not_add_up_to_is_told_with_both(
    tmp_path: Path,
) -> None:
    wrong = Book(HAMLETS.rows, total=[None, None, None, 5, 5, 1304, None])
    (problem,) = imported(book(tmp_path, wrong)).problems
    assert faults([problem]) == ["H10 import-total-differs"]
    assert "H7" in str(problem)
    assert "H9" in str(problem)
    assert "1303" in str(problem)


def test_a_heading_is_taken_only_if_it_is_certain(tmp_path: Path) -> None:
    columns = [*COLUMNS[:-1], ("", "Bảng đường dây nóng có")]
    result = imported(book(tmp_path, Book(HAMLETS.rows, columns)))
    assert faults(result.problems) == ["J4 import-unknown-heading"]
    assert result.undecided["Bảng đường dây nóng có"][0] == "hotline_board"


@pytest.mark.parametrize(
    "heading",
    [
        "Họ tên", "Họ và tên", "Bí danh", "Số CCCD", "CMND", "Số định danh cá nhân",
        "Ngày sinh", "Năm sinh", "Số điện thoại", "SĐT", "Địa chỉ", "Nơi ở hiện tại",
        "Thường trú tại", "HO VA TEN", "Full name", "Date of birth", "Phone",
    ],
)  # fmt: skip
def test_a_column_that_tells_a_person_is_refused_even_if_decided(
    tmp_path: Path, heading: str
) -> None:
    for column in ("ignore", "name"):
        made = {spelt(heading): Decision(column, Place("map.yaml", 1, 1))}
        columns = [*COLUMNS[:-1], ("", heading)]
        rows = [[*row[:-1], "Lò Thị Bí Mật"] for row in HAMLETS.rows]
        result = imported(
            book(tmp_path, Book(rows, columns)),
            decisions=Decisions(made, frozenset(made)),
        )
        assert faults(result.problems) == ["J4 import-personal-column"]
        assert "Bí Mật" not in "".join(map(str, result.problems))
        assert "Bí Mật" not in "".join(cell for line in result.log for cell in line)


@pytest.mark.parametrize("heading", ["Tên thôn", "Tổ dân phố, bản", "Địa bàn", "Thôn"])
def test_the_hamlets_own_name_is_no_persons(tmp_path: Path, heading: str) -> None:
    columns = [COLUMNS[0], ("", heading), *COLUMNS[2:]]
    assert not imported(book(tmp_path, Book(HAMLETS.rows, columns))).problems


def test_values_of_a_personal_register_reach_no_message_and_no_log(
    tmp_path: Path,
) -> None:
    file = tmp_path / "03389.xlsx"
    with xlsxwriter.Workbook(str(file)) as made:
        hamlets = made.add_worksheet("localities")
        hamlets.write_row(0, 0, ["Mã", "Tên thôn"])
        hamlets.write_row(1, 0, ["A1", "Bản Hai"])
        sheet = made.add_worksheet("people")
        sheet.write_row(
            0, 0, ["Thôn", "Diện quản lý", "Điều trị thay thế liên tục từ ngày"]
        )
        sheet.write_row(1, 0, ["Bản Hai", "ADDICT", "14/03/2024"])
        sheet.write_row(2, 0, ["Bản Bí Mật", "bí mật", "mật/03/24"])
    result = imported(file)
    assert faults(result.problems) == [
        "A3 import-unknown-locality",
        "B3 import-not-a-choice",
        "C3 import-not-a-day",
    ]
    said = "".join(map(str, result.problems))
    logged = "".join(
        cell for line in result.log for cell in line if "people" in line[0]
    )
    assert "mật" not in (said + logged).lower()
    assert "2024" not in logged
    assert "people!B2" in logged


def test_a_persons_row_taken_for_headings_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "03389.xlsx"
    with xlsxwriter.Workbook(str(file)) as made:
        sheet = made.add_worksheet("people")
        sheet.write_row(0, 0, ["Thôn", "Lò Thị Bí Mật", "Bản Bí Mật", "bí mật", "mật"])
    result = imported(file)
    assert {each.code for each in result.problems} >= {"import-unknown-heading"}
    assert not result.undecided
    assert "mật" not in "".join(map(str, result.problems)).lower()


def test_blank_error_and_formula_are_told_apart(tmp_path: Path) -> None:
    file = book(tmp_path, sound().with_cell(0, 5, "=NA()").with_cell(1, 5, None))
    workbook = openpyxl.load_workbook(file)
    workbook.active["G9"] = "#N/A"
    workbook.save(file)
    told = faults(imported(file).problems)
    assert "F7 import-not-calculated" in told
    assert "G9 import-error-cell" in told
    assert not any(each.startswith("F8") for each in told)


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_day_is_the_same_in_both_ways_of_counting_days(
    tmp_path: Path, *, from_1904: bool
) -> None:
    """As a date, as its bare serial number, as that number in text, and written out."""
    day = date(2024, 3, 14)
    serial = (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))).days
    cells = [day, serial, str(serial), "14/03/2024"]
    sheets = {
        "localities": [["Mã", "Tên thôn"], ["A", "Bản Hai"]],
        "models": [
            ["Thôn", "Ngày quyết định thành lập"],
            *(["Bản Hai", each] for each in cells),
        ],
    }
    file = write_workbook(tmp_path / "03389.xlsx", sheets, from_1904=from_1904)
    result = imported(file)
    assert not result.problems
    days = [each["decided_on"] for each in rows_of(result, "models")]
    assert days == ["2024-03-14"] * 4
    assert [line[2] for line in result.log].count("serial-day") == 2


@pytest.mark.parametrize("heading", ["Ghi chú", "Trạng thái", "Số điện thoại cố định"])
def test_nothing_is_proposed_for_a_heading_like_no_other(heading: str) -> None:
    phrases = spellings_of(VOCABULARY)["localities"].phrases
    assert columns_like(heading, phrases) == ()


def test_a_name_with_a_number_is_like_those_with_the_same_number() -> None:
    names = {each.id: each.name for each in known()}
    assert names_like("Tổ 6", names) == ("03389-06",)
    assert names_like("Tổ 06", names) == ("03389-06",)


def test_the_same_hamlet_in_two_workbooks_is_an_error(tmp_path: Path) -> None:
    one = book(tmp_path, name="03389.xlsx")
    two = book(tmp_path, name="03389 (2).xlsx")
    problems = imported(one, two).problems
    assert {each.code for each in problems} == {"import-locality-twice"}
    assert len(problems) == 3


def test_many_workbooks_become_one_table(tmp_path: Path) -> None:
    title = ("UBND XÃ NẬM LOỎNG",)
    one = book(tmp_path)
    two = book(tmp_path, Book(HAMLETS.rows, title=title * 2), "03390_nam_loong.xlsx")
    result = imported(one, two)
    assert not result.problems
    assert [each["id"] for each in rows_of(result)] == [
        "03389", "03390", "03389-01", "03389-02", "03389-03",
        "03390-01", "03390-02", "03390-03",
    ]  # fmt: skip


def test_a_known_hamlet_without_a_row_is_kept_as_not_known(tmp_path: Path) -> None:
    made = sound()
    result = imported(book(tmp_path, Book(made.rows[:-1])), localities=known())
    assert not result.problems
    (missing,) = [each for each in rows_of(result) if each["id"] == "03389-15"]
    assert set(missing) == {"id", "name", "level", "parent"}


def test_a_csv_file_is_read_in_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "03389.csv"
    file.write_text(
        "Biểu tổng hợp;;;\n;;;\nSTT;Tên thôn;Số hộ gia đình;Hộ đã ký cam kết\n"
        '1;Bản Một;1.234;"1.200"\n2;Bản Hai;-;Không\nTổng cộng;;1234;1200\n',
        encoding="utf-8-sig",
    )
    result = imported(file)
    assert not result.problems
    _, first, second = rows_of(result)
    assert (first["households"], first["households_pledged"]) == ("1234", "1200")
    assert "households" not in second
    assert second["households_pledged"] == "0"


def test_a_synonym_of_the_vocabulary_is_as_certain_as_a_label(tmp_path: Path) -> None:
    for text, column in SYNONYMS.items():
        columns = [*COLUMNS[:-1], ("", text.upper())]
        rows = [[*row[:-1], "Không"] for row in HAMLETS.rows]
        result = imported(book(tmp_path, Book(rows, columns)))
        assert not result.problems, text
        assert column in rows_of(result)[1]


SYNONYMS = {
    synonym: count.id
    for count in VOCABULARY.counts.values()
    for synonym in count.synonyms
    if count.id not in {"hot_spots", "retail_dealers", "use_points", "households"}
    and count.id not in {"addicts", "addicts_with_file", "households_pledged"}
}


def test_no_spelling_of_the_vocabulary_stands_for_two_columns() -> None:
    for table, spellings in spellings_of(VOCABULARY).items():
        for text, columns in spellings._by_spelling.items():
            assert len(columns) == 1, (table, text)
    assert SYNONYMS
