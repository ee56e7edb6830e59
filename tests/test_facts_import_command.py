"""`diaban facts import` on the command line: folders whole or not there, decisions kept."""

import zipfile
from pathlib import Path

import openpyxl  # noqa: TID251  (tests write what the engine reads)
import pytest
import xlsxwriter  # noqa: TID251  (tests write what the engine reads)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.facts_from_files import facts_from_files
from tests.support.commands import run
from tests.support.messy_workbooks import COLUMNS, VOCABULARY, Book

SOUND = Book([[1, "TDP số 1", 0, "Không", "-", 3, 3, "1.120", 1120, "x"]])
WRONG = SOUND.with_cell(0, 5, "nhiều")
UNKNOWN = Book(SOUND.rows, (*COLUMNS[:-1], ("", "Bảng đường dây nóng có")))


def importing(*words: object, folder: Path) -> tuple[int, str]:
    said = run("facts", "import", *words, "-o", folder / "facts")
    assert said.out == ""
    return said.code, said.err


def test_a_sound_workbook_gives_a_folder_that_can_be_assessed(tmp_path: Path) -> None:
    file = SOUND.write(tmp_path / "03389.xlsx")
    code, said = importing(file, "--pack", "lai-chau/city-2024", folder=tmp_path)
    assert code == 0
    assert "1 row of 1 file" in said
    names = sorted(each.name for each in (tmp_path / "facts").iterdir())
    assert names == ["import-log.tsv", "localities.csv"]
    facts_from_files(tmp_path / "facts", VOCABULARY)
    judged = run("assess", tmp_path / "facts", "--as-of", "2024-12-14")
    assert judged.code in {1, 4}


def test_hidden_rows_that_were_read_are_said_to_be(tmp_path: Path) -> None:
    file = SOUND.write(tmp_path / "03389.xlsx")
    opened = openpyxl.load_workbook(file)
    opened.worksheets[0].row_dimensions[7].hidden = True
    opened.save(file)
    code, said = importing(file, folder=tmp_path)
    assert code == 0
    told = "1 hidden sheet or row was read too; import-log.tsv says which."
    assert told in said.splitlines()


@pytest.mark.parametrize("name", ["e.csv", "e.xlsx"])
def test_a_file_without_a_table_is_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    openpyxl.Workbook().save(file)
    if name.endswith(".csv"):
        file.write_text("")
    code, said = importing(file, folder=tmp_path)
    assert code == 5
    assert said.startswith(f"{file}: error[import-no-table]: no table stands here")
    assert len(said.splitlines()) == 1


def test_no_cell_of_the_log_is_taken_for_a_formula(tmp_path: Path) -> None:
    file = SOUND.write(tmp_path / "03389.xlsx")
    importing(file, "--pack", "lai-chau/city-2024", folder=tmp_path)
    log = (tmp_path / "facts" / "import-log.tsv").read_text(encoding="utf-8-sig")
    cells = [cell for line in log.splitlines() for cell in line.split("\t")]
    assert "'-" in cells
    assert not [each for each in cells if each.strip('"').startswith(tuple("=+-@"))]


def test_a_bad_cell_leaves_no_folder_and_no_draft(tmp_path: Path) -> None:
    file = WRONG.write(tmp_path / "03389.xlsx")
    code, said = importing(file, folder=tmp_path)
    assert code == 5
    assert f"{file}!Biểu 01!F7: error[import-not-a-count]" in said
    assert [each.name for each in tmp_path.iterdir()] == ["03389.xlsx"]


def test_a_folder_that_holds_something_is_never_overwritten(tmp_path: Path) -> None:
    file = SOUND.write(tmp_path / "03389.xlsx")
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "work").write_text("of weeks", encoding="utf-8")
    code, said = importing(file, folder=tmp_path)
    assert code == 2
    assert "is not an empty folder" in said
    assert (tmp_path / "facts" / "work").read_text(encoding="utf-8") == "of weeks"


def test_decisions_are_proposed_then_kept_for_the_next_time(tmp_path: Path) -> None:
    file = UNKNOWN.write(tmp_path / "03389.xlsx")
    decisions = tmp_path / "map.yaml"
    code, said = importing(file, "--map", decisions, folder=tmp_path)
    assert code == 5
    assert "import-unknown-heading" in said
    text = decisions.read_text(encoding="utf-8")
    line = '"Bảng đường dây nóng có":  # hotline_board'
    assert line in text

    code, _ = importing(file, "--map", decisions, folder=tmp_path)
    assert code == 5  # nothing is taken without a decision
    assert decisions.read_text(encoding="utf-8") == text

    decided = text.replace(line, '"Bảng đường dây nóng có": hotline_board # decided, ')
    decisions.write_text(decided, encoding="utf-8")
    code, _ = importing(file, "--map", decisions, folder=tmp_path)
    assert code == 0
    assert decisions.read_text(encoding="utf-8") == decided
    table = (tmp_path / "facts" / "localities.csv").read_text(encoding="utf-8")
    assert "hotline_board" in table


def test_a_file_of_decisions_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    file = UNKNOWN.write(tmp_path / "03389.xlsx")
    decisions = tmp_path / "map.yaml"
    decisions.write_text('"Ghi chú": [unclosed\n', encoding="utf-8")
    before = decisions.read_bytes()
    code, said = importing(file, "--map", decisions, folder=tmp_path)
    assert (code, decisions.read_bytes()) == (5, before)
    assert "map.yaml:" in said


def test_a_decision_for_what_does_not_exist_is_told_in_its_file(tmp_path: Path) -> None:
    file = UNKNOWN.write(tmp_path / "03389.xlsx")
    decisions = tmp_path / "map.yaml"
    decisions.write_text("Bảng đường dây nóng có: hotlin_board\n", encoding="utf-8")
    code, said = importing(file, "--map", decisions, folder=tmp_path)
    assert code == 5
    assert "map.yaml:1:25: error[import-map-unknown]" in said


def test_the_workbook_comes_back_with_its_bad_cells_marked(tmp_path: Path) -> None:
    file = WRONG.write(tmp_path / "03389.xlsx")
    marked = tmp_path / "marked.xlsx"
    before = file.read_bytes()
    code, _ = importing(file, "--errors", marked, folder=tmp_path)
    assert code == 5
    assert file.read_bytes() == before
    old, new = (
        openpyxl.load_workbook(file).active,
        openpyxl.load_workbook(marked).active,
    )
    changed = [
        cell.coordinate
        for row in new.iter_rows()
        for cell in row
        if cell.comment is not None
    ]
    assert changed == ["F7"]
    assert "import-not-a-count" in new["F7"].comment.text
    assert new["F7"].fill.start_color.rgb == "FFFF9999"
    assert [[cell.value for cell in row] for row in new.iter_rows()] == [
        [cell.value for cell in row] for row in old.iter_rows()
    ]
    assert new.merged_cells.ranges == old.merged_cells.ranges


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def test_a_marked_copy_that_lacks_the_pictures_says_so(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PICTURE)
    for drawn in (False, True):
        file, marked = tmp_path / f"{drawn}.xlsx", tmp_path / f"{drawn}-marked.xlsx"
        with xlsxwriter.Workbook(str(file)) as made:
            sheet = made.add_worksheet("localities")
            sheet.write_row(0, 0, ["Mã", "Tên thôn", "Số hộ"])
            sheet.write_row(1, 0, ["A", "Bản Hai", "nhiều"])
            sheet.write_comment(1, 2, "a comment is no picture")
            if drawn:
                sheet.insert_image(5, 0, str(tmp_path / "logo.png"))
        code, said = importing(file, "--errors", marked, folder=tmp_path)
        assert code == 5
        assert marked.exists()
        assert ("lacks the pictures and charts" in said) == drawn


def test_a_workbook_too_damaged_for_a_marked_copy_is_told_without_one(
    tmp_path: Path,
) -> None:
    file = WRONG.write(tmp_path / "03389.xlsx")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = b"<"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    code, said = importing(file, "--errors", tmp_path / "bad.xlsx", folder=tmp_path)
    assert code == 5
    assert "F7: error[import-not-a-count]" in said
    assert "too damaged for a marked copy" in said
    assert not (tmp_path / "bad.xlsx").exists()


def test_each_of_several_workbooks_has_its_marked_copy(tmp_path: Path) -> None:
    files = [WRONG.write(tmp_path / f"{code}.xlsx") for code in ("03389", "03390")]
    code, said = importing(*files, "--errors", tmp_path / "bad.xlsx", folder=tmp_path)
    assert code == 5
    assert said.count("import-not-a-count") == 2
    assert {each.name for each in tmp_path.glob("bad-*.xlsx")} == {
        "bad-03389.xlsx",
        "bad-03390.xlsx",
    }


@pytest.mark.parametrize("name", ["book.xlsm", "book.xls", "book.ods"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK")
    code, said = importing(tmp_path / name, folder=tmp_path)
    assert code == 5
    assert "save it as .xlsx" in said


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("xl/vbaProject.bin", "import-macros"),
        ("xl/externalLinks/externalLink1.xml", "import-external-links"),
    ],
)
def test_macros_and_links_to_other_files_are_refused(
    tmp_path: Path, part: str, fault: str
) -> None:
    file = SOUND.write(tmp_path / "03389.xlsx")
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr(part, b"x")
    code, said = importing(file, folder=tmp_path)
    assert code == 5
    assert fault in said


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_a_damaged_workbook_never_gives_a_traceback(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = tmp_path / "whole.xlsx"
    if not whole.exists():
        SOUND.write(whole)
    damaged = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(damaged)), st.integers(0, len(damaged))))
    file = tmp_path / "03389.xlsx"
    file.write_bytes(damaged[:end])
    folder = tmp_path / "facts"
    for each in folder.glob("*"):
        each.unlink()
    said = run("facts", "import", file, "-o", folder)
    assert said.code in {0, 5}, said.err
    assert "internal error" not in said.err


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_csv_file_gives_a_traceback(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "03389.csv"
    file.write_bytes(data)
    said = run("facts", "import", file, "-o", tmp_path / "facts")
    assert said.code == 5
    assert "internal error" not in said.err


def test_the_help_is_in_both_languages() -> None:
    for language in ("vi", "en"):
        said = run("--lang", language, "facts", "import", "--help")
        assert said.code == 0
        assert "facts import" in said.out
