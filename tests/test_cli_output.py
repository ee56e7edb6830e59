"""A result is whole or not there, and the standard output carries nothing else."""

import csv
import io
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import output
from tests.support.commands import FACTS, IN_FORCE, ROOT, RULES, run

ASKED = ("assess", FACTS, "--rules", RULES, *IN_FORCE)
FORMS = ("table", "json", "csv")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_gets_what_the_standard_output_would(tmp_path: Path, form: str) -> None:
    file = tmp_path / "answer"
    shown = run(*ASKED, "--format", form)
    written = run(*ASKED, "--format", form, "-o", file)
    assert (written.code, written.out, written.err) == (1, "", "")
    assert file.read_text(encoding="utf-8-sig") == shown.out
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_question_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    files = [tmp_path / "first", tmp_path / "second"]
    for file in files:
        run(*ASKED, "--format", form, "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_table_for_a_spreadsheet_says_that_it_is_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    run(*ASKED, "--format", "csv", "-o", file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not run(*ASKED, "--format", "csv").out.startswith("\ufeff")


def test_csv_has_a_row_a_locality_and_a_column_a_criterion() -> None:
    rows = list(csv.DictReader(io.StringIO(run(*ASKED, "--format", "csv").out)))
    assert [row["Id"] for row in rows] == ["X", "X1", "X2", "X3"]
    assert [row["C1"] for row in rows] == ["not met", "met", "not met", "met"]
    assert rows[2]["What is short"].startswith("C1a: 1 short")
    assert rows[3]["What is not known"].startswith("C2a: not known")
    assert rows[3]["Still possible"] == "Eligible, Not eligible"


def test_json_goes_through_a_pipe_whole() -> None:
    answer = json.loads(run(*ASKED, "--format", "json").out)
    assert [one["id"] for one in answer["localities"]] == ["X", "X1", "X2", "X3"]


def test_what_fails_midway_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "answer"
    file.write_text("old", encoding="utf-8")

    def pieces() -> Iterator[str]:
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        output.deliver(pieces(), file)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "answer"
    file.touch()
    file.chmod(0o640)
    run(*ASKED, "-o", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_stays_a_link_to_the_new_text(tmp_path: Path) -> None:
    file, link = tmp_path / "answer", tmp_path / "link"
    file.touch()
    link.symlink_to(file)
    run(*ASKED, "-o", link)
    assert link.is_symlink()
    assert "Xã Thử" in file.read_text(encoding="utf-8")


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert run(*ASKED, "-o", os.devnull).code == 1
    assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize(
    ("words", "wrong", "right"),
    [
        (("dossier", "--locality", "03389"), "b.docx", ".zip"),
        (("report",), "r.pdf", ".html"),
    ],
)
def test_a_name_that_says_another_kind_of_file_is_refused_at_once(
    tmp_path: Path, words: tuple[str, ...], wrong: str, right: str
) -> None:
    """Word would not open a zip that is called .docx."""
    command, *more = words
    facts = ROOT / "examples" / "lai-chau"
    question = (facts, "--as-of", "2024-03-31", *more)
    said = run(command, *question, "-o", tmp_path / wrong)
    assert said.code == 2
    assert wrong in said.err
    assert f"end its name with {right}" in " ".join(said.err.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [True, False])
def test_facts_are_never_written_over(tmp_path: Path, folder: bool) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    for table in FACTS.iterdir():
        (facts / table.name).write_bytes(table.read_bytes())
    asked = facts if folder else facts / "localities.csv"
    said = run("assess", asked, "--rules", RULES, "-o", facts / "localities.csv")
    assert (said.code, said.out) == (2, "")
    kept = (facts / "localities.csv").read_bytes()
    assert kept == (FACTS / "localities.csv").read_bytes()


def test_nothing_that_a_command_reads_is_written_over(tmp_path: Path) -> None:
    """Not the rules, and no register that the folder of facts only links to."""
    rules, facts, real = (tmp_path / name for name in ("rules", "facts", "real"))
    shutil.copytree(RULES, rules)
    shutil.copytree(FACTS, facts)
    real.mkdir()
    (facts / "households.csv").rename(real / "households.csv")
    (facts / "households.csv").symlink_to("../real/households.csv")
    pack = rules / "demo" / "plan.yaml"
    read = (pack, rules / "vocabulary.yaml", real / "households.csv")
    before = [each.read_bytes() for each in read]
    for asked in (("--rules", rules), ("--pack", pack)):
        for file in read:
            said = run("assess", facts, *asked, *IN_FORCE, "-o", file)
            assert said.code == 2, said
            assert "would be lost" in said.err
    assert [each.read_bytes() for each in read] == before
    # An answer of another day in a folder below is no input.
    (facts / "out").mkdir()
    for _time in range(2):
        question = ("assess", facts, "--rules", rules, *IN_FORCE, "--format", "csv")
        assert run(*question, "-o", facts / "out" / "answer.csv").code == 1


def test_a_full_disk_ends_7(tmp_path: Path) -> None:
    full = Path("/dev/full")
    assert full.exists(), "this test needs a system with /dev/full"
    said = run(*ASKED, "-o", full)
    assert (said.code, said.out) == (7, "")
    assert "/dev/full cannot be written: No space left on device" in said.err
    assert "ổ đĩa đã đầy" in run(*ASKED, "-o", full, "--lang", "vi").err


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = [sys.executable, "-m", "cli.main", *map(str, ASKED)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, b"")


def test_a_closed_standard_output_ends_7() -> None:
    words = " ".join(shlex.quote(str(each)) for each in ASKED)
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m cli.main {words} >&-"],
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 7
    assert b"standard output" in done.stderr
    assert b"Traceback" not in done.stderr


def test_nothing_is_shown_of_an_answer_that_fails_midway(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pieces(*_args: object) -> Iterator[str]:
        yield "half"
        raise RuntimeError

    monkeypatch.setattr("engine.json_from_judged.json_from_judged", pieces)
    said = run(*ASKED, "--format", "json")
    assert (said.code, said.out) == (70, "")


def test_an_answer_too_large_to_hold_back_is_written_as_it_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(output, "_HELD", 100)
    assert json.loads(run(*ASKED, "--format", "json").out)["localities"]
