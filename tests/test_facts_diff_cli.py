"""`diaban facts diff` as people run it: exit codes, forms, languages, two days."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.bundled import EXAMPLE
from tests.support.commands import Said, run, spawn
from tests.support.desk import (
    CLEAN,
    Changed,
    Tables,
    with_lines,
    write_rules,
    write_tables,
)

DAY = ("--as-of", "2024-06-30")
CHANGED = with_lines("households", l2="X1,no,2024-06-01,40")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write_rules(tmp_path / "rules")


def asked(tmp_path: Path, rules: Path, after: Tables) -> tuple[object, ...]:
    old = write_tables(tmp_path / "old", {})
    new = write_tables(tmp_path / "new", after)
    return ("facts", "diff", old, new, "--rules", rules, *DAY)


def diff(tmp_path: Path, rules: Path, after: Tables, *more: object) -> Said:
    return run(*asked(tmp_path, rules, after), *more)


ENDINGS: dict[str, tuple[Tables, tuple[str, ...], int]] = {
    "nothing changed": ({}, (), 0),
    "something changed": (CHANGED, (), 1),
    "no such pack": ({}, ("--pack", "demo/dask"), 2),
    "facts that cannot be read": ({"localities": ["id,name", "X,Xã"]}, (), 5),
}


@pytest.mark.parametrize(("after", "more", "code"), ENDINGS.values(), ids=ENDINGS)
def test_the_exit_code_says_whether_anything_changed(
    tmp_path: Path, rules: Path, after: Tables, more: tuple[str, ...], code: int
) -> None:
    said = spawn(*asked(tmp_path, rules, after), *more)
    assert said.code == code
    assert (said.out == "") == (code > 1)
    assert "Traceback" not in said.err


def test_the_text_shows_before_and_after_and_what_it_touches(
    tmp_path: Path, rules: Path
) -> None:
    text = diff(tmp_path, rules, CHANGED, "--pack", "demo/desk").out
    assert "Localities changed: 2, added: 0, removed: 0" in text
    assert "\nX1 Thôn Một (hamlet)\n" in text
    assert "  households that have signed: 40 → 0 [C2]\n" in text
    assert "✓ met → ✗ not met [C2]\n" in text
    assert "  Verdict: Eligible → Not eligible\n" in text


def test_a_vietnamese_reader_reads_vietnamese(tmp_path: Path, rules: Path) -> None:
    text = diff(tmp_path, rules, CHANGED, "--lang", "vi").out
    assert "Số địa bàn thay đổi: 2" in text
    assert "hộ đã ký: 40 → 0" in text
    assert "Before" not in text


def test_the_json_is_for_programs(tmp_path: Path, rules: Path) -> None:
    said = diff(tmp_path, rules, CHANGED, "--pack", "demo/desk", "--format", "json")
    answer = json.loads(said.out)
    assert answer["pack"]["id"] == "demo/desk"
    assert answer["before"]["facts"] != answer["after"]["facts"]
    assert answer["before"]["as_of"] == answer["after"]["as_of"] == "2024-06-30"
    commune, hamlet = answer["localities"]
    assert commune["id"] == "X"
    assert hamlet == {
        "id": "X1",
        "name": "Thôn Một",
        "level": "hamlet",
        "change": "changed",
        "traits": {},
        "counts": {"signed": {"before": [40, 40], "after": [0, 0], "criteria": ["C2"]}},
        "fields": {},
        "checks": {"C2a": {"criterion": "C2", "before": "true", "after": "false"}},
        "verdict": {"before": "eligible", "after": "not_eligible"},
    }


def test_the_csv_has_a_row_for_every_change(tmp_path: Path, rules: Path) -> None:
    after: Changed = {
        "localities": [*CLEAN["localities"], "X3,Thôn Ba,hamlet,X,no,0,0,0,0,0,0,0"]
    }
    said = diff(tmp_path, rules, CHANGED | after, "--format", "csv")
    heading, *rows = csv.reader(io.StringIO(said.out))
    assert heading[0] == "Id"
    assert [row[0] for row in rows] == ["X", "X1", "X3"]
    assert rows[1][3:] == ["changed", "households that have signed", "40", "0", ""]
    assert rows[2][3:] == ["added", "", "", "", ""]


def test_two_reviews_may_be_of_two_days() -> None:
    """The same registers, half a year earlier: an offence falls out of its year."""
    same = ("facts", "diff", EXAMPLE, EXAMPLE, "--as-of", "2024-03-31")
    assert run(*same).code == 0
    apart = run(*same, "--as-of-old", "2023-09-30", "--pack", "lai-chau/city-2024")
    assert apart.code == 1
    assert "as of 2023-09-30" in apart.out


def test_the_answer_never_goes_over_either_set_of_facts(
    tmp_path: Path, rules: Path
) -> None:
    for folder in ("old", "new"):
        file = tmp_path / folder / "people.csv"
        assert diff(tmp_path, rules, CHANGED, "-o", file).code == 2
        assert file.read_text(encoding="utf-8").startswith("locality,standing")
    written = tmp_path / "changes.txt"
    assert diff(tmp_path, rules, CHANGED, "-o", written).out == ""
    assert "40 → 0" in written.read_text(encoding="utf-8")


def test_help_needs_no_data_frames() -> None:
    said = spawn("facts", "diff", "--help", PYTHONPROFILEIMPORTTIME="1")
    assert said.code == 0
    assert "--as-of-old" in said.out
    assert "polars" not in said.err
