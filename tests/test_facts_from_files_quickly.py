"""What is read quickly is read as it would be slowly; what looks small is small."""

from pathlib import Path
from unicodedata import normalize

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.facts_from_files import cells, workbook_cells
from engine.facts_from_files.columns import Column
from engine.facts_from_files.findings import column_letters
from engine.facts_from_files.sheet_extent import cells_within, looked_over
from engine.facts_from_files.workbook_parts import MOST_CELLS
from engine.vocabulary import FieldType
from tests.support.facts_files import edit_part, faults, read, rows_of, write_workbook

TEXT = Column("note", FieldType.TEXT)
CHOICE = Column("kind", FieldType.CHOICE, ("rich", "poor"))
SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    " \n\t\u00a0\u0301\u0323\u1ed9\u212b\u0340\u1100\u1161\u200b\x85\x1f\ufb01ạA"
)

# --- Texts in Parquet ----------------------------------------------------------------


def read_quickly(column: Column, texts: list[str | None]) -> list[str | None] | None:
    """Return the values as they stand, or none if they have to be read slowly."""
    frame = pl.DataFrame({"cell": texts}, schema={"cell": pl.String})
    cell = pl.col("cell")
    stands = cells.stands_as_it_is(cell, pl.String(), column)
    assert stands is not None
    if not frame.select(stands.all()).item():
        return None
    return frame.select(cells.as_it_is(cell))["cell"].to_list()


def read_slowly(column: Column, texts: list[str | None]) -> list[str | None]:
    frame = pl.DataFrame({"cell": texts}, schema={"cell": pl.String})
    cell, kind = pl.col("cell"), pl.String()
    prepared = frame.select(cells.prepared(cell, kind, column))
    return prepared.select(cells.typed(cell, kind, column))["cell"].to_list()


@given(st.lists(st.none() | st.text(SIGNS, max_size=6), max_size=3))
@example(["Trung tâm Y tế số 97", "", None])
def test_a_text_that_stands_as_it_is_would_be_read_as_the_same(
    texts: list[str | None],
) -> None:
    found = read_quickly(TEXT, texts)
    if found is not None:
        assert found == read_slowly(TEXT, texts)


def test_every_sign_that_stands_is_one_that_composing_leaves_alone() -> None:
    signs = [chr(code) for code in range(1, 0x11000) if not 0xD800 <= code < 0xE000]
    stands = cells.stands_as_it_is(pl.col("sign"), pl.String(), TEXT)
    plain = pl.DataFrame({"sign": signs}).filter(stands)["sign"].to_list()
    assert "ộ" in plain
    bases = "aeiouyAEIOUYdđcns"
    for sign in plain:
        for text in (sign, *(base + sign for base in bases)):
            assert normalize("NFC", text) == text, hex(ord(sign))


@pytest.mark.parametrize("text", [" a", "a ", "a\n", "a\u0301", "\x1f", "\u00a0", " "])
def test_a_text_that_would_change_is_read_slowly(text: str) -> None:
    assert read_quickly(TEXT, ["a", text]) is None


@pytest.mark.parametrize("text", [" rich", "Rich", "other", "rich\u0301"])
def test_a_word_outside_the_choice_is_read_slowly(text: str) -> None:
    assert read_quickly(CHOICE, ["rich", "", None]) == ["rich", None, None]
    assert read_quickly(CHOICE, ["rich", text]) is None


def test_texts_that_stand_and_texts_that_do_not_are_read_alike(tmp_path: Path) -> None:
    localities = {"id": ["A", " B "], "level": ["x", "x"]}
    pl.DataFrame(localities).write_parquet(tmp_path / "localities.parquet")
    rows = {
        "locality": ["A", "B", "A"],
        "note": ["Bản Hai", "  ", "co\u0301 "],
        "kind": ["rich", "", " poor"],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "households.parquet")
    found = rows_of(read(tmp_path).registers["households"])
    assert [(row["locality"], row["note"], row["kind"]) for row in found] == [
        ("A", "Bản Hai", "rich"),
        ("B", None, None),
        ("A", "có", "poor"),
    ]


# --- Numbers in workbooks ------------------------------------------------------------


@given(
    st.lists(
        st.just("")
        | st.floats(allow_nan=False)
        | st.integers(-(2**54), 2**54).map(float)
        | st.integers(0, 9).map(float)
        | st.sampled_from(["x", " ", True]),
        min_size=1,
        max_size=4,
    )
    | st.just(["", "", 7.0]),
    st.integers(1, 4),
)
@example([0.1 + 0.2, 3.0], 2)
@example([11.999999999999998], 1)
@example([-0.0, ""], 1)
@example([2.0**53, 2.0**53 + 2], 1)
@example([1.0, 2.0, "x"], 2)
def test_a_column_says_what_its_cells_say_in_however_many_parts_it_comes(
    column: list[workbook_cells.Cell], size: int
) -> None:
    rows = iter([[cell] for cell in column])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbook_cells, "_BLOCK", size)
        found = workbook_cells.frame_of_rows(rows, 1)["cell 0"]
    assert found.dtype in {pl.Int64, pl.String}
    texts = found.cast(pl.String).fill_null("").to_list()
    assert texts == [workbook_cells.text_of(cell) for cell in column]


def test_a_table_that_begins_in_the_second_column_keeps_its_places(
    tmp_path: Path,
) -> None:
    rows = [["", "id", "level", "events"], ["", "A", "x", 12], ["", "B", "x", "many"]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    assert faults(path) == ["facts.xlsx!localities!D3 facts-not-a-count"]


# --- How far a sheet reaches ---------------------------------------------------------

FAR = [
    '<c r="xfd1048576"><v>1</v></c>',
    '<c r = "XFD1048576"><v>1</v></c>',
    "<c r=\t'XFD1048576'><v>1</v></c>",
    '<c\nr="XFD1048576"><v>1</v></c>',
    '<c s="0" r="XFD1048576"><v>1</v></c>',
    '<c r="C99999999"><v>1</v></c>',
    '</row><row r="4000000000"><c><v>1</v></c>',
    '</row><row r = "4000000000"><c><v>1</v></c>',
]


@pytest.mark.parametrize("far", FAR)
def test_a_cell_far_away_is_refused_however_it_is_written(
    tmp_path: Path, far: str
) -> None:
    """Its reader would ask for more memory than there is, and the process would end."""
    rows = [["id", "level", "events"], ["A", "x", 12345]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    edit_part(path, "xl/worksheets/sheet1.xml", '<c r="C2"><v>12345</v></c>', far)
    assert faults(path) == ["facts.xlsx facts-too-large"]


refs = st.tuples(
    st.from_regex(r"[A-Za-z]{1,3}", fullmatch=True), st.integers(1, 2_000_000)
)


@given(st.lists(refs, min_size=1, max_size=4), st.integers(0, 4))
def test_what_looks_small_is_small(cells: list[tuple[str, int]], size: int) -> None:
    texts = [f'<c r="{letters}{row}"><v>1</v></c>' for letters, row in cells]
    chunks = ["".join(each).encode() for each in (texts[:size], texts[size:])]
    within = max(column_of(letters) for letters, _ in cells) * max(
        row for _, row in cells
    )
    look = looked_over(chunks)
    assert look.is_plain
    assert not (look.is_small and within > MOST_CELLS)
    assert cells_within(chunks) == within


def column_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    return number


@pytest.mark.parametrize(("columns", "rows"), [(32, 999_999), (260, 99_999)])
def test_a_sheet_of_common_size_is_seen_at_once(columns: int, rows: int) -> None:
    letters = column_letters(columns)
    assert looked_over([f'<c r="A1"/><c r="{letters}{rows}"/>'.encode()]).is_small


def test_a_sheet_that_is_not_utf_8_is_never_taken_for_plain() -> None:
    look = looked_over([b'<c r="A1"/>', b'<c r="B1"/>\x80<c r="C1"/>'])
    assert not look.is_plain
    assert not look.is_small


def test_a_workbook_written_with_other_quotes_is_read(tmp_path: Path) -> None:
    rows = [["id", "level", "events"], ["A", "x", 12345]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    edit_part(path, "xl/worksheets/sheet1.xml", 'r="C2"', "r = 'C2'")
    assert rows_of(read(path).localities)[0]["events"] == 12345
    old, new = "r = 'C2'><v>12345</v>", "r = 'C2' t='e'><v>#N/A</v>"
    edit_part(path, "xl/worksheets/sheet1.xml", old, new)
    assert faults(path) == ["facts.xlsx!localities!C2 facts-error-cell"]
