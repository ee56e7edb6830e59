"""Several processes write the same memos as one, tell the same, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from cli.language import speaking
from cli.memo import needed_proof
from cli.memo.memo_desk import Desk, Order, Task
from cli.memo.memo_workers import workers_for, write_all
from cli.output import NotWrittenError
from cli.staging import Staging
from engine.assessment_from_judged import assessment_from_judged
from engine.errors import RenderingError
from engine.proof_from_judged import Prover, proof_of
from tests.support.commands import HEARING, ROOT
from tests.support.memos import review

ALL = 80


def order(form: str, templates: Path | None = None) -> Order:
    assessment = assessment_from_judged(review())
    empty = replace(assessment, localities=())
    return Order(review().pack, empty, form, public=False, templates=templates)


def tasks() -> Iterator[Task]:
    judged = review()
    prover = Prover(judged)
    for each in assessment_from_judged(judged).localities:
        yield Task(f"{each.id}.md", each, needed_proof(prover, each))


def written(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_proofs_made_together_are_those_made_one_by_one() -> None:
    prover = Prover(review())
    for each in assessment_from_judged(review()).localities:
        assert prover.of(each.id) == proof_of(review(), each.id)


def test_several_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    one, several = tmp_path / "one", tmp_path / "several"
    one.mkdir()
    several.mkdir()
    with speaking("vi"):
        desk = Desk(order("md"))
        assert sum(desk.write_all(tasks(), one)) == ALL
        assert sum(write_all(order("md"), tasks(), several, 2)) == ALL
    assert written(several) == written(one)
    assert len(written(one)) == ALL


def test_the_first_failure_in_order_is_told_whoever_is_faster(tmp_path: Path) -> None:
    """A template that fails at two localities, each with a line of its own."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "memo.md.j2").write_text(
        "{% if memo.id == '03409-01' %}{{ later }}{% endif %}\n"
        "{% if memo.id == '03389-02' %}{{ first }}{% endif %}\n"
    )
    asked = order("md", own)
    for workers in (2, 3):
        folder = tmp_path / str(workers)
        folder.mkdir()
        with pytest.raises(RenderingError) as refused:
            list(write_all(asked, tasks(), folder, workers))
        (told,) = refused.value.diagnostics
        assert (told.code, told.values["name"]) == ("template-undefined", "first")
        assert told.place.line == 2


def test_few_memos_are_left_to_one_process() -> None:
    assert workers_for(order("md"), 10) == 1
    assert workers_for(order("docx"), 1) == 1
    assert workers_for(order("pdf"), 10**6) <= 8


def test_what_fails_leaves_the_files_of_before(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    staging = Staging(tmp_path)
    with suppress(ZeroDivisionError), staging:
        (staging.folder / "a").write_text("after")
        raise ZeroDivisionError
    assert written(tmp_path) == {"a": b"before"}
    (tmp_path / "a").chmod(0o640)
    with Staging(tmp_path) as staging:
        (staging.folder / "a").write_text("after")
    assert written(tmp_path) == {"a": b"after"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_folder_in_the_way_of_one_file_leaves_them_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    (tmp_path / "b").mkdir()
    staging = Staging(tmp_path).__enter__()
    for name in "ab":
        (staging.folder / name).write_text("after")
    with pytest.raises(NotWrittenError):
        staging.__exit__(None, None, None)
    assert (tmp_path / "a").read_text() == "before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b"]


def test_a_template_that_breaks_at_the_last_locality_leaves_no_file(
    tmp_path: Path,
) -> None:
    own, output = tmp_path / "templates", tmp_path / "memos"
    own.mkdir()
    text = "{% if memo.id == '03409-05' %}{{ nobody }}{% endif %}\n"
    (own / "memo.md.j2").write_text(text)
    ended = _started("md", output, "--templates", own)
    assert ended.wait(60) == 7
    assert list(output.iterdir()) == []


@pytest.mark.parametrize(
    ("sent", "code", "to_all"),
    [
        (signal.SIGINT, 130, True),
        (signal.SIGTERM, 143, True),
        (signal.SIGTERM, 143, False),
        (signal.SIGKILL, -9, False),
    ],
    ids=["Ctrl-C", "kill all", "kill", "kill -9"],
)
def test_stopping_leaves_no_broken_file_and_no_process(
    tmp_path: Path, sent: signal.Signals, code: int, to_all: bool
) -> None:
    attempts = (
        _stopped(tmp_path / f"memos {number}", sent, to_all) for number in "123"
    )
    # A signal may come when the work is done already; then all of it is there.
    output, ended = next(each for each in attempts if each[1] != 0)
    assert ended == code
    names = [each.name for each in output.iterdir()]
    assert not [each for each in names if each.startswith("memo-")]
    if sent != signal.SIGKILL:  # which nobody can clear away after
        assert names == []


def _stopped(output: Path, sent: signal.Signals, to_all: bool) -> tuple[Path, int]:
    """Stop the work after its first memo; return the folder and the exit code."""
    process = _started("docx", output)
    _wait_until(lambda: any(output.glob(".*/*.docx")))
    (os.killpg if to_all else os.kill)(process.pid, sent)
    ended = process.wait(30)
    _wait_until(lambda: not _is_alive(process.pid))
    if ended == 0:
        assert len([*output.glob("memo-*.docx")]) == len([*output.iterdir()]) == 80
    return output, ended


def _started(form: str, output: Path, *more: object) -> "subprocess.Popen[bytes]":
    words = ["memo", "examples/lai-chau", "--pack", "lai-chau/city-2024", "--as-of"]
    words += ["2024-03-31", "--all", "-o", str(output), "--format", form]
    return subprocess.Popen(
        [*HEARING, sys.executable, "-m", "cli.main", *words, *map(str, more)],
        cwd=ROOT,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


def _wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def _is_alive(group: int) -> bool:
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        return True
    return False
