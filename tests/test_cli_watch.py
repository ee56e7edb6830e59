"""`assess --watch` tells what a change does to the verdicts, and ends when told to."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

from tests.support.commands import (
    FACTS,
    HEARING,
    IN_FORCE,
    ROOT,
    RULES,
    facts_with,
    run,
)

PATIENCE = 30.0


class Watching:
    """A running `assess --watch`: its lines, as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self._lines = process, Queue[str]()
        Thread(target=self._read, args=(process.stdout,), daemon=True).start()

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """Return the lines up to the one that holds these words."""
        lines = []
        while True:
            lines.append(self._lines.get(timeout=PATIENCE))
            if words in lines[-1]:
                return lines

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def watching(facts: Path, *options: object) -> Iterator[Watching]:
    words = ["assess", facts, "--rules", RULES, *IN_FORCE, "--watch", *options]
    with subprocess.Popen(
        [*HEARING, sys.executable, "-m", "cli.main", "--lang", "en", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


def replaced(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_a_change_is_told_by_locality_verdict_and_criterion(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "facts")
    with watching(facts) as seen:
        seen.until("Watching")
        replaced(facts / "households.csv", "X2,no,1", "X2,yes,1")
        told = seen.until("Judged 2 localities again")
        assert "X2 Thôn Hai: Not eligible → Eligible (C1 ✗→✓)" in told
        replaced(
            facts / "localities.csv", "Thôn Ba,hamlet,X,x,", "Thôn Ba,hamlet,X,x,0"
        )
        told = seen.until("Judged 2 localities again")
        assert "X3 Thôn Ba: Undetermined → Eligible (C2 ?→✓)" in told
        assert seen.end() == 0


def test_facts_that_cannot_be_read_leave_the_last_answer_standing(
    tmp_path: Path,
) -> None:
    facts = facts_with(tmp_path / "facts")
    with watching(facts) as seen:
        seen.until("Watching")
        replaced(facts / "households.csv", "X2,no,1", "X9,no,1")
        told = seen.until("stands until")
        assert any("households.csv:4:1: error[" in line for line in told)
        replaced(facts / "households.csv", "X9,no,1", "X2,yes,1")
        assert "X2 Thôn Hai: Not eligible → Eligible (C1 ✗→✓)" in seen.until("Judged")
        assert seen.end() == 4


def test_the_file_of_the_answer_is_kept_up_to_date(tmp_path: Path) -> None:
    facts, kept = facts_with(tmp_path / "facts"), tmp_path / "a.json"
    with watching(facts, "--format", "json", "-o", kept) as seen:
        seen.until("Watching")
        replaced(facts / "households.csv", "X2,no,1", "X2,yes,1")
        seen.until("Judged")
        assert seen.end() == 4
    anew = run("assess", facts, "--rules", RULES, *IN_FORCE, "--format", "json")
    assert kept.read_text(encoding="utf-8") == anew.out


def test_an_answer_for_a_program_is_not_watched_without_a_file() -> None:
    told = run("assess", FACTS, "--rules", RULES, "--watch", "--format", "json")
    assert (told.code, told.out) == (2, "")
    assert "name it with -o" in told.err


def test_a_locality_that_is_gone_is_told_and_no_other_as_new(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "facts")
    with watching(facts) as seen:
        seen.until("Watching")
        for file in ("localities", "households"):
            path = facts / f"{file}.csv"
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text(
                "".join(each for each in lines if "X2," not in each), encoding="utf-8"
            )
        told = seen.until("Judged")
        while "X2 Thôn Hai: no longer in the facts" not in told:
            told = seen.until("Judged")
        assert not [each for each in told if each.startswith("X3 ")]


def test_only_the_level_that_is_shown_is_told_of(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "facts")
    with watching(facts, "--level", "commune") as seen:
        seen.until("Watching")
        replaced(facts / "households.csv", "X2,no,1", "X2,yes,1")
        told = seen.until("Judged 2 localities again")
        assert not [each for each in told if each.startswith("X2 ")]


def test_a_file_that_cannot_be_written_does_not_end_the_watch(tmp_path: Path) -> None:
    facts, kept = facts_with(tmp_path / "facts"), tmp_path / "out" / "a.json"
    kept.parent.mkdir()
    with watching(facts, "--format", "json", "-o", kept) as seen:
        seen.until("Watching")
        kept.unlink()
        kept.mkdir()
        replaced(facts / "households.csv", "X2,no,1", "X2,yes,1")
        assert any(f"{kept}" in each for each in seen.until("Judged 2 localities"))
        kept.rmdir()
        replaced(facts / "households.csv", "X2,yes,1", "X2,no,1")
        seen.until("Judged 2 localities")
        assert kept.is_file()
