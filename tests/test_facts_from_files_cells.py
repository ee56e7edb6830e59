"""A cell that its column's type cannot read is refused, in every kind of file."""

# ruff: noqa: DTZ001  (a moment in a file knows no time zone)

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support.facts_files import FORMS, faults, told, write, write_files

HAMLETS = "id,level\nA,hamlet\nB,hamlet\n"

CELLS = {
    "members": (
        "facts-not-a-count",
        [
            "-1",
            "+1",
            "1.0",
            "1,5",
            "1.000",
            "1e3",
            "ba",
            "1 000",
            "x",
            str(10**23),
            "10**1",
        ],
    ),
    "n": ("facts-not-a-count", ["-1", "0.5", "1000000000001"]),
    "income": (
        "facts-not-a-number",
        ["1,5", "1e3", ".5", "NaN", "inf", "1234567890123456"],
    ),
    "since": (
        "facts-not-a-date",
        ["14/03/2025", "2025-02-29", "2025-3-14", "0000-01-01", "2025-03", "45730"],
    ),
    "pledged": ("facts-not-yes-or-no", ["maybe", "2", "y", "khong"]),
    "kind": ("facts-not-a-choice", ["Rich", "average", "0"]),
}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
@pytest.mark.parametrize("column", CELLS)
def test_a_cell_that_its_type_cannot_read_is_refused(
    tmp_path: Path, column: str, form: str
) -> None:
    code, values = CELLS[column]
    rows = [{"locality": "A", column: value} for value in ["", *values]]
    facts = {"localities": [{"id": "A", "level": "x"}], "households": rows}
    found = faults(write(tmp_path, facts, form))
    assert [each.split(" ")[1] for each in found] == [code] * len(values)


@pytest.mark.parametrize("column", CELLS)
def test_a_text_in_parquet_that_its_type_cannot_read_is_refused(
    tmp_path: Path, column: str
) -> None:
    code, values = CELLS[column]
    _write_parquet(tmp_path, {column: ["", None, *values]})
    expected = [
        f"households.parquet:{row}:2 {code}" for row, _ in enumerate(values, start=3)
    ]
    assert faults(tmp_path) == expected


TYPED = {
    "a fraction of a count": ("members", [4.5, 1.0], "facts-not-a-count"),
    "a negative count": ("members", [-1, 1], "facts-not-a-count"),
    "a count that is not a number": (
        "members",
        [float("nan"), 1.0],
        "facts-not-a-count",
    ),
    "a truth for a count": ("members", [True, None], "facts-not-a-count"),
    "a number that is not one": ("income", [float("nan"), 1.0], "facts-not-a-number"),
    "an endless number": ("income", [float("inf"), 1.0], "facts-not-a-number"),
    "an hour of a day": ("since", [datetime(2025, 1, 1, 7), None], "facts-not-a-date"),
    "a number for a day": ("since", [45730, None], "facts-not-a-date"),
    "a number for yes": ("pledged", [2, 1], "facts-not-yes-or-no"),
    "a text that is not a number": ("note", [float("nan"), 1.0], "facts-not-text"),
}


@pytest.mark.parametrize(("column", "cells", "code"), TYPED.values(), ids=TYPED)
def test_a_typed_cell_in_parquet_that_does_not_fit_is_refused(
    tmp_path: Path, column: str, cells: list[Any], code: str
) -> None:
    _write_parquet(tmp_path, {column: cells})
    assert faults(tmp_path) == [f"households.parquet:1:2 {code}"]


def test_a_column_of_lists_in_parquet_is_refused(tmp_path: Path) -> None:
    _write_parquet(tmp_path, {"note": [["a"], ["b"]]})
    assert faults(tmp_path) == ["households.parquet facts-column-type"]


def test_headings_in_parquet_are_held_to_the_vocabulary(tmp_path: Path) -> None:
    _write_parquet(tmp_path, {"row": [1], "row_": [2], "members ": [-1]})
    assert faults(tmp_path) == [
        "households.parquet facts-unknown-column",
        "households.parquet facts-unknown-column",
        "households.parquet:1:4 facts-not-a-count",
    ]


def _write_parquet(folder: Path, columns: dict[str, list[Any]]) -> None:
    write_files(folder, {"localities.csv": HAMLETS})
    rows = len(next(iter(columns.values())))
    frame = pl.DataFrame({"locality": ["A"] * rows, **columns})
    frame.write_parquet(folder / "households.parquet")


@pytest.mark.parametrize("sign", ["\x1b[31m", "a\x07", "\x9b2J"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_a_text_cannot_steer_the_terminal(tmp_path: Path, form: str, sign: str) -> None:
    localities = [{"id": "A", "level": "x", "name": sign}]
    path = write(tmp_path, {"localities": localities}, form)
    assert [each.split(" ")[1] for each in faults(path)] == ["facts-not-text"]
    assert told(path)[0].isprintable()
