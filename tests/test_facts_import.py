"""A workbook as a commune keeps it becomes clean tables, or a list of its bad cells."""

from datetime import date
from pathlib import Path

import openpyxl  # noqa: TID251  (tests write what the engine reads)
import pytest
import xlsxwriter  # noqa: TID251  (tests write what the engine reads)

from engine.assess import assess
from engine.facts_from_files import facts_from_files
from engine.library import Library
from engine.localities_from_file import Locality
from engine.source import Place
from engine.tables_from_workbooks.decisions import Decision, Decisions
from engine.tables_from_workbooks.folder import write_folder
from engine.tables_from_workbooks.folding import spelt
from engine.tables_from_workbooks.importing import Imported
from engine.tables_from_workbooks.spellings import spellings_of
from tests.support.messy_workbooks import (
    COLUMNS,
    FIRST_ROW,
    ROOT,
    VOCABULARY,
    Book,
    faults,
    imported,
    rows_of,
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


PLANTED: dict[str, object] = {
    "F14 import-not-a-count": "3 điểm",
    "G14 import-not-a-count": "9999999999999",
    "H14 import-not-a-count": "N/A",
    "C7 import-not-a-count": "có",
    "D7 import-not-a-count": -1,
    "E7 import-not-a-count": 1.5,
    "F7 import-not-a-count": "1.23",
    "G7 import-not-a-count": "1,234",
    "H7 import-not-a-count": "12.0",
    "J7 import-not-yes-or-no": "đạt",
    "C8 import-not-a-count": "1e3",
    "D8 import-not-a-count": "12-15",
    "E8 import-not-a-count": True,
    "F8 import-not-a-count": "khoảng 10",
    "G8 import-not-a-count": "10 + 2",
    "H8 import-not-a-count": "1.2345",
    "J8 import-not-yes-or-no": 2,
    "C9 import-not-a-count": date(2024, 1, 2),
    "D9 import-not-a-count": "<5",
    "E9 import-not-a-count": "nhiều",
    "F9 import-not-a-count": "5%",
    "G9 import-not-calculated": "=F9+1",
    "H9 import-not-a-count": "12.34",
    "J9 import-not-yes-or-no": "đang làm",
    "B10 import-no-locality": None,
    "B11 import-locality-twice": "Tổ dân phố số 1",
    "B12 import-unknown-locality": "Tổ dân phố số 99",
    "C13 import-not-a-count": "1 2",
    "D13 import-not-a-count": "1.234.56",
    "H13 import-not-a-count": "0,5",
}
AROUND = [
    "I22 import-total-differs",
    "K4 import-unknown-heading",
    "L4 import-personal-column",
    "M4 import-personal-column",
    "N4 import-column-twice",
]
MODELS: list[list[object]] = [
    [
        "Tổ dân phố",
        "Loại mô hình",
        "Ngày quyết định thành lập",
        "Đang duy trì hoạt động",
    ],
    ["TDP số 1", "camera", date(2024, 3, 14), "có"],
    ["TDP số 2", "camera", "14/3/24", "có"],
    ["TDP số 3", "máy ảnh", "31/02/2024", "không"],
    ["TDP số 77", "other", 2024, "x"],
]
IN_MODELS = [
    "C3 import-ambiguous-year",
    "B4 import-not-a-choice",
    "C4 import-not-a-day",
    "A5 import-unknown-locality",
    "C5 import-not-a-day",
]


def known() -> tuple[Locality, ...]:
    names = [f"Tổ dân phố số {at}" for at in range(1, 16)]
    return (
        Locality("03389", "phường Đoàn Kết", "commune", ""),
        *(
            Locality(f"03389-{at:02}", name, "hamlet", "03389")
            for at, name in enumerate(names, 1)
        ),
    )


def sound() -> Book:
    rows = [
        [at, f"TDP số {at}", 0, 0, 0, 2, 2, 100 + at, 100 + at, "x"]
        for at in range(1, 16)
    ]
    total = [0, 0, 0, 30, 30, 1620, 1620]
    return Book(rows, total=total)


def planted() -> Book:
    made = sound()
    for fault, cell in PLANTED.items():
        address = fault.split()[0]
        row, column = int(address[1:]) - FIRST_ROW, ord(address[0]) - ord("A")
        made = made.with_cell(row, column, cell)
    rows = [[*row, None, None, None, None] for row in made.rows]
    extra = ["Ghi chú thêm", "Họ và tên trưởng bản", "Số điện thoại", "Số hộ gia đình"]
    columns = (*COLUMNS, *(("", heading) for heading in extra))
    return Book(rows, columns, total=[0, 0, 0, 30, 30, 1620, 1619, None])


def with_models(file: Path, rows: list[list[object]]) -> Path:
    workbook = openpyxl.load_workbook(file)
    sheet = workbook.create_sheet("Mô hình")
    for row in rows:
        sheet.append(row)
    workbook.save(file)
    return file


def test_forty_planted_errors_are_told_each_with_its_cell(tmp_path: Path) -> None:
    file = with_models(book(tmp_path, planted()), MODELS)
    told = faults(imported(file, localities=known()).problems)
    assert len(told) == 40
    assert sorted(told) == sorted([*PLANTED, *AROUND, *IN_MODELS])


def test_the_corrected_workbook_is_accepted_and_judged(tmp_path: Path) -> None:
    """Each of 15 hamlets has its pledges, its board, no point and no dealer; one model."""
    file = with_models(book(tmp_path, sound()), MODELS[:2])
    result = imported(file, localities=known())
    assert not result.problems
    told = judged(result, tmp_path / "out")
    hamlets = [f"03389-{at:02}" for at in range(1, 16)]
    for criterion, outcome in {"C6": "met", "C1": "met", "C2": "unknown"}.items():
        assert {told[hamlet, criterion] for hamlet in hamlets} == {outcome}
    assert told["03389-01", "C7"] == "unknown"  # whether it is effective, nobody said


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
        assert not spellings.ambiguous, table
    assert SYNONYMS
