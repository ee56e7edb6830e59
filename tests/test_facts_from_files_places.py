"""Each value keeps where it came from, and facts their fingerprint."""

import hashlib
from pathlib import Path

import pytest

from tests.support.facts_files import read, write, write_files

HAMLETS = "id,level\nA,hamlet\nB,hamlet\n"

PLACES = {
    "csv": "facts/households.csv:3:2",
    "csv;": "facts/households.csv:3:2",
    "csv tab": "facts/households.csv:3:2",
    "parquet": "facts/households.parquet:2:2",
    "xlsx": "facts.xlsx!households!B3",
}
TWO_ROWS = {
    "localities": [{"id": "A", "level": "x"}],
    "households": [{"locality": "A", "members": each} for each in (1, 2)],
}


@pytest.mark.parametrize("form", PLACES)
def test_a_value_in_a_table_keeps_its_place(tmp_path: Path, form: str) -> None:
    table = read(write(tmp_path, TWO_ROWS, form)).registers["households"]
    assert str(table.places(1, "members")) == f"{tmp_path}/{PLACES[form]}"
    assert str(table.places(1, "n")).startswith(table.file)


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_value_in_a_document_keeps_its_place(tmp_path: Path, form: str) -> None:
    path = write(tmp_path, TWO_ROWS, form)
    places = read(path).registers["households"].places
    value, row = places(1, "members"), places(1, "n")
    text = path.read_text().splitlines()
    assert value.line is not None
    assert value.column is not None
    assert row.column is not None
    assert text[value.line - 1][value.column - 1 :].startswith("2}")
    assert text[value.line - 1][row.column - 1 : value.column].startswith("{")


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    files = {"localities.csv": HAMLETS, "people.csv": "locality\nA\n"}
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, order in ((one, 1), (other, -1)):
        folder.mkdir()
        write_files(folder, dict([*files.items()][::order]))
    assert read(one).sha256 == read(other).sha256


def test_only_the_tables_make_the_fingerprint(tmp_path: Path) -> None:
    write_files(tmp_path, {"localities.csv": HAMLETS})
    before = read(tmp_path).sha256
    others = {
        "README.md": "notes",
        "scan.pdf": "%PDF",
        ".people.csv": "x",
        "~$a.csv": "x",
    }
    write_files(tmp_path, others)
    (tmp_path / "archive.csv").mkdir()
    assert read(tmp_path).sha256 == before
    write_files(tmp_path, {"localities.csv": HAMLETS + "\n"})
    assert read(tmp_path).sha256 != before


@pytest.mark.parametrize("form", ["xlsx", "yaml", "json"])
def test_the_fingerprint_of_one_file_is_that_of_its_bytes(
    tmp_path: Path, form: str
) -> None:
    path = write(tmp_path, {"localities": [{"id": "A", "level": "x"}]}, form)
    assert read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
