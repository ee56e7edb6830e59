"""The answer in lines and as a Parquet table says what the JSON says."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cli.output import deliver
from engine.facts_from_files import facts_from_files
from tests.support import engine_runner, rules_texts
from tests.support.commands import run

ASKED = (
    "assess",
    "examples/lai-chau",
    *("--pack", "lai-chau/city-2024", "--as-of", "2024-03-31"),
)
SUPPOSED = ("--set", "03389-02.households_pledged=96")


def answer(*more: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run(*ASKED, *more, "--format", "json").out)
    return told


@pytest.mark.parametrize("more", [(), SUPPOSED, ("--level", "hamlet")])
def test_lines_hold_what_the_json_holds(more: tuple[str, ...]) -> None:
    first, *lines = run(*ASKED, *more, "--format", "ndjson").out.splitlines()
    localities = [json.loads(line) for line in lines]
    assert {**json.loads(first), "localities": localities} == answer(*more)


@pytest.mark.parametrize(
    "name", ['Bản "Mới"', "Nà\\Pắc", "Tổ 1\tcũ", "Tổ dân phố số 2", "Bản\u2028Mới"]
)
def test_a_name_is_written_as_json_whatever_signs_it_holds(
    name: str, tmp_path: Path
) -> None:
    facts = {"localities": [{"id": "A", "name": name, "level": "hamlet"}]}
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    asked = ("assess", file, "--pack", "lai-chau/city-2024", "--as-of", "2024-03-31")
    (told,) = json.loads(run(*asked, "--format", "json").out)["localities"]
    assert (told["name"], told["parent"]) == (name, None)


def test_a_criterion_may_be_called_like_a_part_of_the_answer(tmp_path: Path) -> None:
    ids = ["id", "name", "level", "parent", "verdict", "why", "conflicts"]
    criteria = "".join(
        f"  - {{id: {each}, requires: {{none: users}}}}\n" for each in ids
    )
    pack = rules_texts.pack(f"pack: t/p\nlevels: [hamlet]\ncriteria:\n{criteria}")
    (tmp_path / "localities.csv").write_text("id,level\nA,hamlet\n", encoding="utf-8")
    facts = facts_from_files(tmp_path, pack.vocabulary)
    (told,) = engine_runner.answer(pack, facts, date(2025, 1, 1))["localities"]
    assert [each["id"] for each in told["criteria"]] == ids


def parquet(folder: Path, *more: str) -> bytes:
    file = folder / "answer.parquet"
    run(*ASKED, *more, "--format", "parquet", "-o", file)
    return file.read_bytes()


def test_a_parquet_table_holds_outcomes_truths_and_numbers(tmp_path: Path) -> None:
    rows = pl.read_parquet(BytesIO(parquet(tmp_path))).to_dicts()
    told = answer()["localities"]
    assert [row["id"] for row in rows] == [each["id"] for each in told]
    for row, each in zip(rows, told, strict=True):
        assert [row[name] for name in ("name", "level", "parent", "verdict")] == [
            each[name] for name in ("name", "level", "parent", "verdict")
        ]
        for criterion in each["criteria"]:
            assert row[f"outcome:{criterion['id']}"] == criterion["outcome"]
            for check in criterion["checks"]:
                assert row[f"truth:{check['id']}"] == check["truth"]
                for count, ends in check["counts"].items():
                    assert [row[f"lo:{count}"], row[f"hi:{count}"]] == ends
                if "exceptions" in check:
                    names = " not ".join(check["counts"])
                    ends = [row[f"lo:{names}"], row[f"hi:{names}"]]
                    assert ends == check["exceptions"]


def test_a_parquet_file_says_what_it_rests_on(tmp_path: Path) -> None:
    file = BytesIO(parquet(tmp_path, *SUPPOSED))
    head = json.loads(pl.read_parquet_metadata(file)["diaban"])
    told = answer(*SUPPOSED)
    assert head == {key: told[key] for key in told if key != "localities"}
    assert head["supposed"]


def test_each_row_of_a_table_says_what_was_supposed(tmp_path: Path) -> None:
    more = (*SUPPOSED, "--set", "03389-05.tip_mailbox=yes")
    said = "03389-02.households_pledged=96; 03389-05.tip_mailbox=yes"
    table = pl.read_parquet(BytesIO(parquet(tmp_path, *more)))
    assert table.columns[-1] == "supposed"
    assert table["supposed"].unique().to_list() == [said]
    heading, *rows = csv.reader(run(*ASKED, *more, "--format", "csv").out.splitlines())
    assert heading[-1] == "Supposed"
    assert len(rows) == len(table)
    assert {row[-1] for row in rows} == {said}


def test_where_nothing_is_supposed_no_column_says_so(tmp_path: Path) -> None:
    assert "supposed" not in pl.read_parquet(BytesIO(parquet(tmp_path))).columns
    assert "Supposed" not in run(*ASKED, "--format", "csv").out.splitlines()[0]


def test_the_same_question_gives_the_same_bytes_of_parquet(tmp_path: Path) -> None:
    assert parquet(tmp_path) == parquet(tmp_path)


def test_a_run_that_is_stopped_leaves_the_answer_that_was_there(tmp_path: Path) -> None:
    file = tmp_path / "answer.ndjson"
    file.write_text("before", encoding="utf-8")

    def stopped() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(stopped(), file)
    assert file.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [file]
