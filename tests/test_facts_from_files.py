"""Facts are read the same from every kind of file, and a blank is never a zero."""

# ruff: noqa: DTZ001  (a moment in a file knows no time zone)

import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.facts_files import (
    FORMS,
    Doc,
    read,
    rows_of,
    write,
    write_files,
    write_workbook,
)

HAMLETS = "id,level\nA,hamlet\nB,hamlet\n"
LETTERS = (
    "aâbcdđeêghiklmnoôơpqrstuưvxyáàảãạÁÀẢÃẠ ,;\t\"'\n#=~-:{}[]0123456789\u0301\u00a0"
)
NUMBERS = st.decimals(-(10**9), 10**9, places=3)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["rich", "poor"]),
    "pledged": st.booleans(),
    "since": st.dates(date(1900, 3, 1)),  # Excel knows a 29 February of that year
    "members": st.integers(0, 10**12),
    "income": NUMBERS,
    "note": st.text(LETTERS, max_size=12),
    "n": st.integers(0, 1000),
}
OF_LOCALITIES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.text(LETTERS, max_size=12),
    "board": st.booleans(),
    "target": st.integers(0, 10**12),
    "area": NUMBERS,
    "work": st.booleans(),
    "work_by": st.text(LETTERS, max_size=5),
    "events": st.integers(0, 10**12),
}


def rows_with(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Doc]:
    cells = {name: st.none() | value for name, value in fields.items()}
    return st.fixed_dictionaries({}, optional=cells)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[Doc]]:
    ids = draw(
        st.lists(st.text("aạ1", min_size=1, max_size=3), min_size=1, unique=True)
    )
    localities = [{"id": each, "level": "hamlet"} for each in ids]
    households = draw(st.lists(rows_with(VALUES), max_size=6))
    return {
        "localities": [row | draw(rows_with(OF_LOCALITIES)) for row in localities],
        "households": [
            {"locality": draw(st.sampled_from(ids)), **row} for row in households
        ]
        or [{"locality": ids[0]}],
    }


def meant(value: Any) -> Any:
    match value:
        case Decimal():
            return float(value)
        case str():
            return normalize("NFC", value).strip() or None
        case _:
            return value


def completed(rows: list[Doc], **others: Any) -> list[Doc]:
    """Return the rows as a table must hold them: every column, blank as None."""
    columns = dict.fromkeys(name for row in rows for name in row)
    whole = [{name: meant(row.get(name)) for name in columns} for row in rows]
    return [
        row | {name: other for name, other in others.items() if row.get(name) is None}
        for row in whole
    ]


@given(tables(), st.sampled_from(FORMS))
def test_the_same_tables_are_read_from_every_kind_of_file(
    facts: dict[str, list[Doc]], form: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(write(Path(folder), facts, form))
        localities = rows_of(found.localities)
        households = rows_of(found.registers["households"])
    expected = completed(facts["localities"], name=None, parent=None)
    assert localities == [row | {"name": row["name"] or row["id"]} for row in expected]
    numbered = any("n" in row for row in facts["households"])
    assert households == completed(facts["households"], **{"n": 1} if numbered else {})


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_is_never_read_as_zero(tmp_path: Path, form: str) -> None:
    blank = {"board": None, "target": None, "area": None, "work": None, "events": None}
    filled = {
        "board": False,
        "target": 0,
        "area": Decimal(0),
        "work": False,
        "events": 0,
    }
    rows = [{"id": "A", "level": "x", **blank}, {"id": "B", "level": "x", **filled}]
    first, second = rows_of(
        read(write(tmp_path, {"localities": rows}, form)).localities
    )
    assert [first[name] for name in blank] == [None] * 5
    assert [second[name] for name in filled] == [False, 0, 0.0, False, 0]


@pytest.mark.parametrize(
    "word", ["yes", "YES", "true", "có", "CÓ", "co\u0301", "x", " X ", "1"]
)
def test_yes_is_read_in_all_its_spellings(tmp_path: Path, word: str) -> None:
    assert _board(tmp_path, word) is True


@pytest.mark.parametrize(
    "word", ["no", "No", "false", "không", "KHÔNG", "kho\u0302ng", "0"]
)
def test_no_is_read_in_all_its_spellings(tmp_path: Path, word: str) -> None:
    assert _board(tmp_path, word) is False


def _board(folder: Path, word: str) -> Any:
    files = {"localities.csv": f"id,level,board\nA,hamlet,{word}\n"}
    return rows_of(read(write_files(folder, files)).localities)[0]["board"]


@pytest.mark.parametrize("form", FORMS)
def test_composed_and_decomposed_letters_are_one(tmp_path: Path, form: str) -> None:
    name = "Bản Hồ Thầu"
    facts = {
        "localities": [{"id": normalize("NFD", name), "level": "hamlet"}],
        "households": [
            {"locality": normalize("NFC", name), "note": normalize("NFD", name)}
        ],
    }
    found = read(write(tmp_path, facts, form))
    assert rows_of(found.registers["households"])[0]["note"] == normalize("NFC", name)
    assert rows_of(found.localities)[0]["id"] == normalize("NFC", name)


def test_absent_columns_are_completed_as_the_table_promises(tmp_path: Path) -> None:
    files = {"localities.csv": HAMLETS, "people.csv": "locality,n\nA,\nA,0\nA,7\n"}
    found = read(write_files(tmp_path, files | {"households.csv": "locality\nB\n"}))
    assert [row["n"] for row in rows_of(found.registers["people"])] == [1, 0, 7]
    assert rows_of(found.registers["households"]) == [{"locality": "B"}]
    assert rows_of(found.localities)[0] == {
        "id": "A", "level": "hamlet", "name": "A", "parent": None,
    }  # fmt: skip
    assert found.inspections is None


def test_inspections_need_no_day(tmp_path: Path) -> None:
    inspections = "locality,register,by\nA,people,Công an xã\nB,households,\n"
    files = {"localities.csv": HAMLETS, "inspections.csv": inspections}
    found = read(write_files(tmp_path, files)).inspections
    assert found is not None
    assert [row["register"] for row in rows_of(found)] == ["people", "households"]


@pytest.mark.parametrize("document", ["facts.json", "facts.yaml"])
def test_a_table_without_rows_in_a_document_is_a_table(
    tmp_path: Path, document: str
) -> None:
    text = (
        '{"localities": [{"id": "A", "level": "x"}], "people": [], "households": null}'
    )
    (tmp_path / document).write_text(text)
    found = read(tmp_path / document)
    assert [rows_of(table) for table in found.registers.values()] == [[], []]


# --- What spreadsheet programs and others do to values ---------------------------


def test_a_workbook_gives_numbers_days_and_truths_as_typed(tmp_path: Path) -> None:
    localities = [
        ["id", "level", "board", "target", "area", "parent"],
        [12, "hamlet", True, 3.0, 0.1 + 0.2, None],
        ["B", "hamlet", 0, "4", "0.5", 12],
    ]
    households = [["locality", "since", "note"], [12.0, date(2025, 3, 14), 7.5]]
    sheets = {"localities": localities, "households": households, "Sheet1": []}
    found = read(write_workbook(tmp_path / "facts.xlsx", sheets))
    first, second = rows_of(found.localities)
    assert (first["id"], first["board"], first["target"], first["area"]) == (
        "12",
        True,
        3,
        0.3,
    )
    assert (second["parent"], second["board"], second["target"]) == ("12", False, 4)
    assert rows_of(found.registers["households"]) == [
        {"locality": "12", "since": date(2025, 3, 14), "note": "7.5"}
    ]


def test_a_parquet_file_may_type_its_columns_otherwise(tmp_path: Path) -> None:
    columns = {
        "locality": pl.Series([1, 2, 2], dtype=pl.Int16),
        "kind": pl.Series(["rich", "poor", None], dtype=pl.Categorical()),
        "pledged": pl.Series([1, 0, None], dtype=pl.Int8),
        "since": pl.Series([datetime(2025, 3, 14), None, datetime(2024, 2, 29)]),
        "members": pl.Series([4.0, None, 0.0]),
        "income": pl.Series(
            [Decimal("1.50"), None, Decimal(-2)], dtype=pl.Decimal(9, 2)
        ),
        "note": pl.Series([datetime(2025, 3, 14), None, datetime(2024, 2, 29, 7)]),
        "n": pl.Series(["1", " ", "3"]),
    }
    pl.DataFrame({"id": [1.0, 2.0], "level": "x"}).write_parquet(
        tmp_path / "localities.parquet"
    )
    pl.DataFrame(columns).write_parquet(tmp_path / "households.parquet")
    rows = rows_of(read(tmp_path).registers["households"])
    assert [tuple(row.values()) for row in rows] == [
        ("1", "rich", True, date(2025, 3, 14), 4, 1.5, "2025-03-14", 1),
        ("2", "poor", False, None, None, None, None, 1),
        ("2", None, None, date(2024, 2, 29), 0, -2.0, "2024-02-29 07:00:00.000000", 3),
    ]


def test_a_long_parquet_file_is_scanned_and_not_held(tmp_path: Path) -> None:
    rows = 2**18 + 1
    ids = pl.select(id=pl.format("A{}", pl.int_range(2))).with_columns(
        level=pl.lit("x")
    )
    ids.write_parquet(tmp_path / "localities.parquet")
    long = pl.select(locality=pl.format("A{}", pl.int_range(rows) // (rows - 1)))
    long.write_parquet(tmp_path / "households.parquet")
    long.head(-1).write_parquet(tmp_path / "people.parquet")
    found = read(tmp_path)
    assert [each.streamed for each in found.registers.values()] == [True, False]
    households: Any = found.registers["households"].frame.to_native()
    assert "Parquet SCAN" in households.explain()


def test_a_large_parquet_file_is_scanned_however_few_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, {"localities": [{"id": "A", "level": "x"}]}, "parquet")
    assert not read(folder).localities.streamed
    monkeypatch.setattr("engine.facts_from_files.parquet_table._LARGEST_HELD", 10)
    assert read(folder).localities.streamed


def test_a_csv_file_may_bear_a_mark_and_end_its_lines_as_windows_does(
    tmp_path: Path,
) -> None:
    text = '\ufeffid;level;name\r\nA;hamlet;"Bản\r\n""Một"""\r\n\r\nB;hamlet;Hai;;\r\n;;\r\n'
    found = read(write_files(tmp_path, {"localities.csv": text})).localities
    assert [row["name"] for row in rows_of(found)] == ['Bản\r\n"Một"', "Hai"]
    assert [str(found.places(row, "id"))[-5:] for row in (0, 2)] == ["v:2:1", "v:5:1"]


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\n\n\n", ",,\n , ,\t\n"])
def test_blank_rows_at_the_end_say_nothing(tmp_path: Path, ending: str) -> None:
    text = f"id,level,parent\nA,hamlet,\nB,hamlet,A{ending}"
    found = read(write_files(tmp_path, {"localities.csv": text}))
    assert [row["id"] for row in rows_of(found.localities)] == ["A", "B"]


def test_a_column_without_heading_and_cells_says_nothing(tmp_path: Path) -> None:
    files = {"localities.csv": "id,level,,\nA,hamlet,,\nB,hamlet, \n"}
    assert len(rows_of(read(write_files(tmp_path, files)).localities)) == 2
