"""A heading may say to people what it says to the machine: `words [name]`."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.facts_from_files.raw_table import column_name, tidy
from engine.vocabulary import Text
from tests.support.facts_files import faults, read, rows_of, write_files, write_workbook
from tests.support.rules_texts import vocabulary

WORDS = st.text("aạ1 .,;:()[]\"'\n·–", max_size=30)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
SPACE = st.text(" \n\t\u00a0", max_size=3)


@given(WORDS, NAMES, SPACE, SPACE)
def test_what_ends_a_heading_in_brackets_is_its_name(
    words: str, name: str, within: str, after: str
) -> None:
    assert column_name(f"{words}[{within}{name}{within}]{after}") == name


@given(WORDS)
def test_any_other_heading_is_its_own_name(words: str) -> None:
    if not tidy(words).endswith("]"):
        assert column_name(words) == tidy(words)


@pytest.mark.parametrize("heading", ["[]", "x []", "a]", "x [a b]", "[[]"])
def test_brackets_without_a_name_are_words(heading: str) -> None:
    assert column_name(heading) == heading


def test_names_in_brackets_are_read_from_workbooks_and_csv(tmp_path: Path) -> None:
    headings = ["Mã địa bàn\n[id]", "Cấp [level]", "Số vụ\nvụ · II.1\n[events]"]
    rows = [headings, ["01", "hamlet", 3]]
    book = write_workbook(tmp_path / "book.xlsx", {"localities": rows})
    folder = tmp_path / "folder"
    folder.mkdir()
    quoted = ",".join(f'"{heading}"' for heading in headings)
    write_files(folder, {"localities.csv": f"{quoted}\n01,hamlet,3\n"})
    expected = [
        {"id": "01", "level": "hamlet", "events": 3, "name": "01", "parent": None}
    ]
    assert rows_of(read(book).localities) == expected
    assert rows_of(read(folder).localities) == expected


def test_a_name_outside_the_vocabulary_is_refused_in_brackets_too(
    tmp_path: Path,
) -> None:
    """Words such as `Họ và tên [ho_ten]` bring no column of names in."""
    rows = [["[id]", "[level]", "Họ và tên [ho_ten]", "x [id]"], ["1", "hamlet"]]
    book = write_workbook(tmp_path / "book.xlsx", {"localities": rows})
    assert faults(book) == [
        "book.xlsx!localities!C1 facts-unknown-column",
        "book.xlsx!localities!D1 facts-column-twice",
    ]


def test_choices_may_say_what_they_mean() -> None:
    known = vocabulary(
        "vocabulary: 1\nregisters: {people: {fields: {standing: "
        "{type: choice, of: [a, b, c], labels: {a: {vi: một, en: one}, b: hai}}}}}"
    )
    standing = known.registers["people"].fields["standing"]
    assert standing.labels == {"a": Text("một", "one"), "b": Text("hai", "hai")}


def test_columns_without_headings_are_looked_at_in_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stray cell far to the right of a sheet makes thousands of them."""
    looks = []
    collect = pl.LazyFrame.collect

    def counted(frame: pl.LazyFrame, **options: Any) -> Any:
        looks.append(1)
        return collect(frame, **options)

    commas = "," * 300
    text = f"id,level{commas}\nA,hamlet{commas}x\nB,hamlet{commas[1:]}y\n"
    write_files(tmp_path, {"localities.csv": text})
    monkeypatch.setattr(pl.LazyFrame, "collect", counted)
    assert faults(tmp_path) == [
        "localities.csv:2:302 facts-no-heading",
        "localities.csv:3:301 facts-no-heading",
    ]
    assert len(looks) < 30
