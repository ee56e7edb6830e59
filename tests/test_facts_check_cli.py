"""`diaban facts check` as people run it: exit codes, forms, languages, the example."""

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
CONTRADICTION = with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,41,,,")
NOTE: Changed = {"people": [*CLEAN["people"], "X2,addict,,"]}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write_rules(tmp_path / "rules")


def check(tmp_path: Path, rules: Path, changes: Tables, *more: object) -> Said:
    facts = write_tables(tmp_path / "f", changes)
    return run("facts", "check", facts, "--rules", rules, *DAY, *more)


ENDINGS: dict[str, tuple[Tables, int]] = {
    "nothing": ({}, 0),
    "a note": (NOTE, 0),
    "a warning": ({"households": CLEAN["households"][:2]}, 1),
    "an error": (CONTRADICTION, 1),
    "facts that cannot be read": ({"localities": ["id,name", "X,Xã"]}, 5),
}


@pytest.mark.parametrize(("changes", "code"), ENDINGS.values(), ids=ENDINGS)
def test_the_exit_code_says_how_bad_it_is(
    tmp_path: Path, rules: Path, changes: Tables, code: int
) -> None:
    facts = write_tables(tmp_path / "f", changes)
    said = spawn("facts", "check", facts, "--rules", rules, *DAY)
    assert said.code == code
    assert (said.out == "") == (code == 5)
    assert (said.err == "") == (code != 5)


def test_a_clean_bill_is_said_aloud(tmp_path: Path, rules: Path) -> None:
    assert "Nothing was found." in check(tmp_path, rules, {}).out
    assert "Không phát hiện" in check(tmp_path, rules, {}, "--lang", "vi").out


def test_the_text_names_what_is_wrong_where_and_what_to_do(
    tmp_path: Path, rules: Path
) -> None:
    text = check(tmp_path, rules, CONTRADICTION).out
    words = " ".join(text.split())
    assert "Errors: 1" in text
    assert (
        "X1 Thôn Một: households: 41 typed in, but the rows of “Register of households” "
        "give 40" in words
    )
    assert f"{tmp_path}/f/localities.csv:3:9, {tmp_path}/f/households.csv:2:1" in words
    assert "typed-against-register: find out which is right" in words


def test_a_vietnamese_inspector_reads_vietnamese(tmp_path: Path, rules: Path) -> None:
    words = " ".join(check(tmp_path, rules, CONTRADICTION, "--lang", "vi").out.split())
    assert "Lỗi: 1" in words
    assert "X1 Thôn Một: hộ gia đình: nhập tay 41, nhưng các dòng của “Sổ hộ”" in words
    assert "typed in" not in words


def test_the_json_is_for_programs_and_always_the_same(
    tmp_path: Path, rules: Path
) -> None:
    said = check(tmp_path, rules, CONTRADICTION | NOTE, "--format", "json")
    answer = json.loads(said.out)
    assert answer["as_of"] == "2024-06-30"
    assert answer["pack"]["id"] == "demo/desk"
    assert len(answer["facts"]["sha256"]) == 64
    assert answer["summary"] == {"error": 1, "warning": 0, "note": 1}
    first, second = answer["findings"]
    assert first == {
        "severity": "error",
        "code": "typed-against-register",
        "locality": "X1",
        "name": "Thôn Một",
        "concerns": ["households"],
        "places": [
            f"{tmp_path}/f/localities.csv:3:9",
            f"{tmp_path}/f/households.csv:2:1",
        ],
        "what": "households: 41 typed in, but the rows of “Register of households” give 40",
        "cure": "find out which is right, and correct or blank the other",
    }
    assert second["code"] == "row-in-doubt"
    again = check(tmp_path, rules, CONTRADICTION | NOTE, "--format", "json")
    assert again.out == said.out


def test_the_csv_is_a_list_to_work_through(tmp_path: Path, rules: Path) -> None:
    said = check(tmp_path, rules, CONTRADICTION | NOTE, "--format", "csv")
    heading, *rows = csv.reader(io.StringIO(said.out))
    assert heading[:3] == ["Severity", "Id", "Locality"]
    assert [row[:3] for row in rows] == [
        ["error", "X1", "Thôn Một"],
        ["note", "X2", "Thôn Hai"],
    ]


def test_a_hostile_name_reaches_no_terminal_and_no_spreadsheet(
    tmp_path: Path, rules: Path
) -> None:
    hostile = with_lines(
        "localities", l3='X1,"=cmd|calc\u202e",hamlet,X,yes,0,0,0,41,,,'
    )
    assert "\u202e" not in check(tmp_path, rules, hostile).out
    said = check(tmp_path, rules, hostile, "--format", "csv")
    [row] = list(csv.reader(io.StringIO(said.out)))[1:]
    assert row[2] == "'=cmd|calc"


def test_the_answer_goes_to_a_file_but_never_over_the_facts(
    tmp_path: Path, rules: Path
) -> None:
    file = tmp_path / "findings.csv"
    said = check(tmp_path, rules, CONTRADICTION, "--format", "csv", "-o", file)
    assert (said.code, said.out) == (1, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    over = tmp_path / "f" / "localities.csv"
    before = over.read_bytes()
    assert check(tmp_path, rules, CONTRADICTION, "-o", over).code == 2
    assert over.read_bytes() == before


def test_a_day_outside_force_is_checked_all_the_same(
    tmp_path: Path, rules: Path
) -> None:
    """What contradicts itself does so whether or not the law is in force."""
    pack = rules / "demo" / "desk.yaml"
    text = pack.read_text(encoding="utf-8") + "in_force: {to: 2023-12-31}\n"
    pack.write_text(text, encoding="utf-8")
    said = check(tmp_path, rules, CONTRADICTION)
    assert said.code == 1
    assert "not in force" in said.out


def test_the_example_yields_what_its_readme_says_and_what_was_planted() -> None:
    said = run(
        *("facts", "check", EXAMPLE, "--pack", "lai-chau/city-2024"),
        *("--as-of", "2024-03-31", "--format", "json"),
    )
    assert said.code == 1
    found = json.loads(said.out)["findings"]
    by_code: dict[str, list[str]] = {}
    for each in found:
        by_code.setdefault(each["code"], []).append(each["locality"])
    assert by_code == {
        "typed-against-register": ["03387-09"],
        "part-beyond-whole": ["03403-04"],
        "register-missing": ["03389-05", "03403-07", "03409-09"],
        "cell-missing": ["03386-02"],
        "number-missing": [
            *("03388-03", "03388-04", "03388-05", "03388-06", "03388-07"),
            *("03403-06", "03403-07", "03403-09"),
        ],
        "suspicious-silence": ["03387-10", "03409-07"],
        "row-in-doubt": [
            *("03389-10", "03387-05", "03386-04", "03386-07"),
            *("03408-04", "03408-08", "03409-04", "03409-09"),
        ],
    }


def test_help_shows_an_example_and_needs_no_data_frames() -> None:
    said = spawn("facts", "check", "--help", PYTHONPROFILEIMPORTTIME="1")
    assert said.code == 0
    assert "diaban facts check examples/lai-chau" in said.out
    assert "polars" not in said.err
    listed = run("facts", "--help")
    assert listed.code == 0
    assert all(name in listed.out for name in ("template", "import", "check", "diff"))
    assert run("facts").out == listed.out
