"""The workbook to fill in: filled as people fill it, it is read and judged as it is."""

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl  # noqa: TID251  (tests read what the engine writes)
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assess import assess
from engine.assessment import Assessment
from engine.desk.localities_from_file import Locality, localities_from_file
from engine.desk.workbook_from_pack import workbook_from_pack
from engine.desk.workbook_from_pack.sheets import Speech
from engine.errors import QuestionError
from engine.facts_from_files import facts_from_files
from engine.measures import measures_from_pack
from engine.pack import Pack
from tests.support.bundled import EXAMPLE, FOLDERS, LAI_CHAU, QD_28, pack_of
from tests.support.engine_runner import read_pack
from tests.support.facts_files import rows_of
from tests.support.filled_workbooks import columns_of, fill, tables_in

REVIEW = date(2024, 3, 31)
VIETNAMESE = Speech("vi", str)
ENGLISH = Speech("en", str)


@cache
def blank_book(name: str, *, listed: bool = False) -> bytes:
    """Return the template of a pack, with or without the example's localities."""
    pack = pack_of(name)
    known = localities_from_file(EXAMPLE, pack.vocabulary) if listed else ()
    return workbook_from_pack(pack, known, VIETNAMESE)


def book_in(folder: Path, name: str, *, listed: bool = False) -> Path:
    file = folder / "book.xlsx"
    file.write_bytes(blank_book(name, listed=listed))
    return file


def judged(book: Path, pack: Pack, day: date = REVIEW) -> Assessment:
    return assess(pack, facts_from_files(book, pack.vocabulary), day)


def opened(file: Path) -> Any:
    return openpyxl.load_workbook(file)


# --- filled in and judged -----------------------------------------------------------


@pytest.mark.parametrize("listed", [False, True])
def test_the_whole_example_typed_into_the_template_is_judged_as_before(
    tmp_path: Path, listed: bool
) -> None:
    pack = pack_of(LAI_CHAU)
    book = fill(book_in(tmp_path, LAI_CHAU, listed=listed), tables_in(EXAMPLE))
    found = judged(book, pack)
    assert found.summary["hamlet"] == {
        "eligible": 17,
        "not_eligible": 41,
        "undetermined": 14,
    }
    expected = assess(pack, facts_from_files(EXAMPLE, pack.vocabulary), REVIEW)
    assert found.localities == expected.localities


def test_an_untouched_template_leaves_everything_open(tmp_path: Path) -> None:
    """A blank is never read as zero: not one locality passes, and not one fails."""
    found = judged(book_in(tmp_path, LAI_CHAU, listed=True), pack_of(LAI_CHAU))
    assert {each.verdict for each in found.localities} == {"undetermined"}
    assert len(found.localities) == 80


def test_another_pack_has_its_own_workbook(tmp_path: Path) -> None:
    folder = FOLDERS[QD_28] / "facts"
    pack, day = pack_of(QD_28), date(2025, 12, 14)
    book = fill(book_in(tmp_path, QD_28), tables_in(folder))
    expected = assess(pack, facts_from_files(folder, pack.vocabulary), day)
    assert judged(book, pack, day).localities == expected.localities


def test_rows_and_columns_may_be_moved_and_headings_reworded(tmp_path: Path) -> None:
    """People sort and insert; only what stands in brackets must stay."""
    pack = pack_of(LAI_CHAU)
    expected = {
        each.id: each
        for each in judged(
            fill(book_in(tmp_path, LAI_CHAU), tables_in(EXAMPLE)), pack
        ).localities
    }
    book = opened(tmp_path / "book.xlsx")
    sheet = book["localities"]
    sheet.insert_rows(5, 3)
    sheet.insert_cols(3)
    for cell in sheet[1]:
        if cell.value:
            cell.value = f"Cột {cell.column} [ {columns_id(cell.value)} ] "
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    book.save(tmp_path / "book.xlsx")
    found = judged(tmp_path / "book.xlsx", pack)
    assert {each.id: each for each in found.localities} == expected


def columns_id(heading: str) -> str:
    return heading.rpartition("[")[2].rstrip("]")


def test_a_sheet_saved_as_csv_is_read_too(tmp_path: Path) -> None:
    """With its headings of several lines, as spreadsheet programs save them."""
    pack = pack_of(LAI_CHAU)
    sheet = opened(book_in(tmp_path, LAI_CHAU, listed=True))["localities"]
    folder = tmp_path / "facts"
    folder.mkdir()
    lines = [
        ";".join(f'"{cell or ""}"' for cell in row)
        for row in sheet.iter_rows(values_only=True)
    ]
    (folder / "localities.csv").write_text("\r\n".join(lines), encoding="utf-8")
    facts = facts_from_files(folder, pack.vocabulary)
    assert facts.levels == ("commune", "district", "hamlet")


# --- what stands in it ----------------------------------------------------------------


@pytest.mark.parametrize("name", [LAI_CHAU, QD_28])
def test_each_count_has_a_column_and_each_register_a_sheet(
    tmp_path: Path, name: str
) -> None:
    pack = pack_of(name)
    measures = measures_from_pack(pack)
    book = opened(book_in(tmp_path, name))
    counts = {count.id for count in measures.counts}
    columns = set(columns_of(book["localities"]))
    fields = columns - counts - {"id", "name", "level", "parent"}
    assert counts <= columns
    assert fields <= {
        column
        for field in pack.vocabulary.registers["localities"].fields.values()
        for column in field.columns
    }
    registers = {count.register for count in measures.counts}
    tables = registers - {None} | {"localities", "inspections"}
    assert set(book.sheetnames) == tables | {"README"}


def test_only_vocabulary_fields_are_asked_for(tmp_path: Path) -> None:
    people = pack_of(LAI_CHAU).vocabulary.registers["people"]
    fields = [column for field in people.fields.values() for column in field.columns]
    book = opened(book_in(tmp_path, LAI_CHAU))
    assert list(columns_of(book["people"])) == ["locality", *fields, "n"]
    assert list(columns_of(book["inspections"])) == [
        "locality",
        "register",
        "on",
        "by",
        "document",
    ]


def test_a_heading_names_label_unit_and_clause(tmp_path: Path) -> None:
    sheet = opened(book_in(tmp_path, LAI_CHAU))["localities"]
    said = {columns_id(cell.value): cell.value for cell in sheet[1]}
    assert said["addicts_with_file"].split("\n") == [
        "Người nghiện có hồ sơ quản lý",
        "người · II.3",
        "[addicts_with_file]",
    ]
    assert "II.3, II.4" in said["addicts"]  # the whole of parts in both
    assert "II.6" in said["hotline_board"]


def test_every_heading_has_a_note_that_tells_none_from_not_known(
    tmp_path: Path,
) -> None:
    book = opened(book_in(tmp_path, LAI_CHAU))
    for sheet in book.worksheets[1:]:
        assert all(cell.comment is not None for cell in sheet[1]), sheet.title
    sheet = book["localities"]
    column = columns_of(sheet)["addicts_with_file"]
    note = sheet.cell(1, column).comment.text
    assert "C3 (II.3): Người nghiện, người sau cai có hồ sơ" in note
    assert "None: write 0." in note
    assert "Not known: leave the cell blank." in note
    assert "“người nghiện đến hạn có hồ sơ quản lý”" in note


def rules_of(sheet: Any) -> Mapping[str, Any]:
    """Return the validation of each column by the column's id."""
    columns = {number: name for name, number in columns_of(sheet).items()}
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (where,) = rule.sqref.ranges
        assert where.min_row == 2
        found[columns[where.min_col]] = rule
    return found


def test_no_blank_is_offered_where_it_would_be_an_error(tmp_path: Path) -> None:
    book = opened(book_in(tmp_path, LAI_CHAU))
    for sheet, columns in (
        ("localities", ["level"]),
        ("inspections", ["locality", "register"]),
        ("people", ["locality"]),
    ):
        heads = {str(cell.value): cell for cell in book[sheet][1]}
        for column in columns:
            (head,) = (cell for text, cell in heads.items() if f"[{column}]" in text)
            assert "Not known" not in head.comment.text
            assert "Not known" not in rules_of(book[sheet])[column].error
    people = rules_of(book["people"])
    assert people["standing"].error.endswith("Not known: leave the cell blank.")


def test_cells_take_only_what_can_be_read(tmp_path: Path) -> None:
    book = opened(book_in(tmp_path, LAI_CHAU))
    people, localities = rules_of(book["people"]), rules_of(book["localities"])
    assert people["standing"].formula1 == '"addict,user,post_rehab"'
    assert people["other_drugs"].formula1 == '"có,không"'
    assert people["complies"].formula1 == '"có,không"'
    assert people["substitution_since"].type == "date"
    assert "localities!$A$2" in people["locality"].formula1
    assert "localities!$A$2" in localities["parent"].formula1
    assert "hamlet,commune,district" in localities["level"].formula1
    whole = localities["addicts"]
    limits = whole.type, whole.operator, whole.formula1, whole.formula2
    assert limits == ("whole", None, "0", "1000000000000")  # no operator: between
    assert people["standing"].errorStyle != "warning"
    assert all(rule.allow_blank for rule in (*people.values(), *localities.values()))


def test_the_choices_say_what_they_mean(tmp_path: Path) -> None:
    book = opened(book_in(tmp_path, LAI_CHAU))
    rule = rules_of(book["people"])["standing"]
    assert "post_rehab: người sau cai nghiện" in rule.prompt
    cells = list(book["README"].iter_rows(values_only=True))
    assert ("people: standing", "post_rehab", "người sau cai nghiện") in cells


def test_ids_keep_their_zeros_and_days_look_like_days(tmp_path: Path) -> None:
    book = opened(book_in(tmp_path, LAI_CHAU, listed=True))
    cell = book["localities"]["A3"]
    assert (cell.value, cell.number_format) == ("03389", "@")
    people = book["people"]
    formats = {
        name: people.column_dimensions[
            openpyxl.utils.get_column_letter(number)
        ].number_format
        for name, number in columns_of(people).items()
    }
    assert formats["substitution_since"] == "dd/mm/yyyy"
    assert formats["locality"] == "@"
    assert formats["n"] == "0"


def test_headings_stay_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    book = opened(book_in(tmp_path, LAI_CHAU, listed=True))
    assert book["localities"].freeze_panes == "C2"
    assert book["people"].freeze_panes == "B2"
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:])


def test_the_instructions_speak_of_privacy_and_quote_the_criteria(
    tmp_path: Path,
) -> None:
    notes = opened(book_in(tmp_path, LAI_CHAU))["README"]
    text = "\n".join(
        str(cell) for row in notes.iter_rows(values_only=True) for cell in row if cell
    )
    assert "No names of people, no identity numbers" in text
    assert "people, offences, hot_spots, cultivation" in text
    assert "households," not in text
    quotes = [criterion.quote or "" for criterion in pack_of(LAI_CHAU).criteria]
    assert [quote for quote in quotes if not quote or quote not in text] == []
    assert pack_of(LAI_CHAU).sha256 in text


def test_the_same_pack_gives_the_same_bytes() -> None:
    again = workbook_from_pack(pack_of(LAI_CHAU), (), VIETNAMESE)
    assert again == blank_book(LAI_CHAU)
    assert again != workbook_from_pack(pack_of(LAI_CHAU), (), ENGLISH)


# --- limits of workbooks ----------------------------------------------------------------

PACK = """
pack: p/q
levels: [hamlet]
criteria: [{id: C1, requires: {none: some}}]
"""


def vocabulary(register: str, field: str) -> str:
    return (
        f"vocabulary: 1\nregisters:\n  {register}:\n    fields:\n      {field}\n"
        f"counts:\n  some: {{in: {register}, where: {{kind: a}}}}\n"
    )


def book_of(register: str, field: str = "kind: {type: choice, of: [a]}") -> bytes:
    pack = read_pack(vocabulary(register, field), PACK)
    return workbook_from_pack(pack, (), ENGLISH)


def test_numbers_that_are_kept_in_no_register_need_no_register(tmp_path: Path) -> None:
    words = (
        "vocabulary: 1\nregisters: {localities: {fields: {area: number, aim: count, "
        "calm: assessed, seen: date}}}\ncounts:\n  events: {}\n  quiet: {in: localities, "
        "where: {not: {area: {more_than: 1}}, seen: {before: as_of}}}\n"
    )
    pack = read_pack(
        words,
        "pack: p/q\nlevels: [ward]\ncriteria:\n  - id: C1\n    requires:\n      all: "
        "[{none: events}, {at_least: aim, of: quiet}, {holds: calm}]\n",
    )
    (tmp_path / "a.xlsx").write_bytes(workbook_from_pack(pack, (), ENGLISH))
    book = opened(tmp_path / "a.xlsx")
    assert book.sheetnames == ["README", "localities"]
    columns = [each for each in columns_of(book["localities"]) if each != "events"]
    assert columns[:4] == ["id", "name", "level", "parent"]
    assert columns[4:] == [
        "aim",
        "area",
        "seen",
        "calm",
        "calm_by",
        "calm_reason",
        "quiet",
    ]
    rules = rules_of(book["localities"])
    assert rules["area"].type == "decimal"
    assert rules["level"].formula1 == '"ward"'
    assert book["localities"]["A1"].value == "Code of the locality\n[id]"


@pytest.mark.parametrize(
    "name", ["a" * 32, "History", "readme", "Inspections", "LOCALITIES"]
)
def test_a_register_that_no_sheet_can_be_called_like_is_refused(name: str) -> None:
    with pytest.raises(QuestionError) as refused:
        book_of(name)
    (found,) = refused.value.diagnostics
    assert found.code == "template-sheet-name"


def test_thirty_one_letters_are_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book_of("a" * 31))
    assert "a" * 31 in opened(tmp_path / "a.xlsx").sheetnames


@pytest.mark.parametrize(
    "choices",
    [[f"choice_number_{number}" for number in range(30)], ["a", "b, c"]],
    ids=["long", "with a comma"],
)
def test_choices_that_fit_in_no_list_stand_in_the_instructions(
    tmp_path: Path, choices: list[str]
) -> None:
    listed = ", ".join(f'"{choice}"' for choice in ["a", *choices[1:]])
    book = book_of("things", f"kind: {{type: choice, of: [{listed}]}}")
    (tmp_path / "a.xlsx").write_bytes(book)
    workbook = opened(tmp_path / "a.xlsx")
    rule = rules_of(workbook["things"])["kind"]
    where = re.fullmatch(r"README!\$B\$(\d+):\$B\$(\d+)", rule.formula1)
    assert where
    cells = workbook["README"][f"B{where[1]}:B{where[2]}"]
    assert [row[0].value for row in cells] == ["a", *choices[1:]]


def test_a_text_longer_than_a_cell_is_refused() -> None:
    far = Locality("1", "x" * 32_768, "hamlet", "")
    with pytest.raises(QuestionError, match="template-too-large"):
        workbook_from_pack(pack_of(LAI_CHAU), [far], VIETNAMESE)


def test_what_looks_like_a_formula_or_an_address_stays_text(tmp_path: Path) -> None:
    known = [Locality("=1+1", "https://example.org", "hamlet", "")]
    (tmp_path / "book.xlsx").write_bytes(
        workbook_from_pack(pack_of(LAI_CHAU), known, VIETNAMESE)
    )
    vocabulary_known = pack_of(LAI_CHAU).vocabulary
    assert localities_from_file(tmp_path / "book.xlsx", vocabulary_known) == (known[0],)


# --- what is typed is what is read ----------------------------------------------------

TYPED: dict[str, st.SearchStrategy[tuple[Any, Any]]] = {
    "standing": st.sampled_from(["addict", "user", "post_rehab"]).map(lambda v: (v, v)),
    "other_drugs": st.sampled_from(
        [("có", True), ("không", False), (True, True), (1.0, True), ("No", False)]
    ),
    "complies": st.sampled_from([("Có", True), ("x", True), (0, False)]),
    "complies_by": st.sampled_from([("Trạm y tế", "Trạm y tế"), (12.0, "12")]),
    "substitution_since": st.dates(date(1900, 3, 1)).map(lambda day: (day, day)),
    "n": st.integers(0, 10**12).map(lambda number: (float(number), number)),
}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={name: st.none() | value for name, value in TYPED.items()},
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_typed_is_what_is_read(rows: list[dict[str, Any]]) -> None:
    """Blank stays blank in every column, but `n`, of which a blank is one."""
    with tempfile.TemporaryDirectory() as folder:
        book = book_in(Path(folder), LAI_CHAU, listed=True)
        workbook = opened(book)
        sheet = workbook["people"]
        columns = columns_of(sheet)
        for at, row in enumerate(rows, start=2):
            sheet.cell(at, columns["locality"]).value = "03389-01"
            for name, pair in row.items():
                sheet.cell(at, columns[name]).value = pair and pair[0]
        workbook.save(book)
        facts = facts_from_files(book, pack_of(LAI_CHAU).vocabulary)
        found = rows_of(facts.registers["people"])
    blank = dict.fromkeys(TYPED, None) | {"n": 1}
    for row, read in zip(rows, found, strict=True):
        expected = blank | {name: pair[1] for name, pair in row.items() if pair}
        assert {name: read[name] for name in TYPED} == expected
