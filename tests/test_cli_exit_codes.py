"""Every way to end has its code, and a refusal leaves nothing behind."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.support.commands import (
    FACTS,
    IN_FORCE,
    ROOT,
    RULES,
    facts_with,
    rules_with,
    run,
    spawn,
)

PASSING = "id,name,level,parent,board,plots\nX1,Thôn Một,hamlet,,có,0\n"
OPEN = "id,name,level,parent,board,plots\nX1,Thôn Một,hamlet,,có,\n"
SIGNED = "locality,signed\nX1,yes\n"
NONE_JUDGED = "id,level\nP,province\n"


def test_all_pass_ends_0(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "f", localities=PASSING, households=SIGNED)
    said = spawn("assess", facts, "--rules", RULES, *IN_FORCE)
    assert (said.code, said.err) == (0, "")


def test_one_failing_locality_ends_1() -> None:
    said = spawn("assess", FACTS, "--rules", RULES, *IN_FORCE)
    assert (said.code, said.err) == (1, "")


def test_an_undetermined_one_among_passing_ones_ends_4(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "f", localities=OPEN, households=SIGNED)
    said = spawn("assess", facts, "--rules", RULES, *IN_FORCE)
    assert (said.code, said.err) == (4, "")


def test_nothing_judged_is_not_a_pass(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "f", localities=NONE_JUDGED, households="locality,signed\n"
    )
    said = run("assess", facts, "--rules", RULES, "--pack", "demo/plan", *IN_FORCE)
    assert said.code == 4
    assert "No locality is of a level" in said.out


def test_with_a_level_only_its_localities_count(tmp_path: Path) -> None:
    both = PASSING + "X,Xã,commune,,,1\n"
    facts = facts_with(tmp_path / "f", localities=both, households=SIGNED)
    asked = ("assess", facts, "--rules", RULES, *IN_FORCE, "--format", "json")
    assert run(*asked).code == 1
    said = run(*asked, "--level", "hamlet")
    answer = json.loads(said.out)
    assert said.code == 0
    assert answer["summary"] == {
        "hamlet": {"eligible": 1, "not_eligible": 0, "undetermined": 0}
    }
    assert [one["id"] for one in answer["localities"]] == ["X1"]


def test_a_level_that_the_facts_do_not_have_judges_nothing(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "f", localities=PASSING, households=SIGNED)
    asked = ("assess", facts, "--rules", RULES, *IN_FORCE, "--level", "commune")
    assert run(*asked).code == 4
    file = tmp_path / "answer.parquet"
    assert run(*asked, "--format", "parquet", "-o", file).code == 4
    table = pl.read_parquet(file)
    assert table.height == 0
    assert {"id", "verdict"} <= set(table.columns)


USAGE = {
    "no such command": ("judge",),
    "no such option": ("assess", FACTS, "--colour"),
    "an unknown format": ("assess", FACTS, "--format", "xml"),
    "no facts": ("assess",),
    "facts that are not there": ("assess", "no-such-folder"),
    "a day in another notation": ("assess", FACTS, "--as-of", "31/03/2024"),
    "a day that no calendar has": ("assess", FACTS, "--as-of", "2023-02-29"),
    "an unknown language": ("packs", "--lang", "fr"),
    "an unknown level": ("assess", FACTS, "--level", "hamlets"),
    "no such pack": ("assess", FACTS, "--pack", "demo/plam"),
    "no such file of a pack": ("assess", FACTS, "--pack", "rules/nowhere.yaml"),
    "a folder as the output": ("assess", FACTS, "-o", "tests"),
    "an output in no folder": ("assess", FACTS, "-o", "no-such-folder/answer.json"),
    "a proof of nobody": ("explain", FACTS),
    "a proof of an unknown locality": ("explain", FACTS, "--locality", "X9"),
    "a proof of an unknown criterion": (
        *("explain", FACTS, "--locality", "X1"),
        *("--criterion", "C9"),
    ),
}


@pytest.mark.parametrize("asked", USAGE.values(), ids=USAGE)
def test_a_wrong_question_ends_2(asked: tuple[object, ...]) -> None:
    said = run(*asked[:1], *_complete(asked), *asked[1:])
    assert said.code == 2
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err


def _complete(asked: tuple[object, ...]) -> tuple[object, ...]:
    """Add what makes the question right but for the fault that is tested."""
    judging = asked[0] in {"assess", "explain"} and len(asked) > 1
    day = () if "--as-of" in asked else IN_FORCE
    return ("--rules", RULES, *day) if judging else ()


def test_a_day_outside_force_ends_2_and_names_the_way_out() -> None:
    asked = ("assess", FACTS, "--rules", RULES, "--pack", "demo/plan")
    said = spawn(*asked, "--as-of", "2025-01-01")
    assert (said.code, said.out) == (2, "")
    assert "2024-12-31" in said.err
    assert "--outside-force" in said.err


def test_outside_force_is_answered_when_asked_for_and_says_so() -> None:
    asked = ("assess", FACTS, "--rules", RULES, "--as-of", "2025-01-01")
    said = run(*asked, "--outside-force")
    assert said.code == 1
    assert "not in force" in said.out
    answer = json.loads(run(*asked, "--outside-force", "--format", "json").out)
    assert answer["outside_force"] is True


def test_without_a_pack_the_candidates_are_listed(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "r")
    second = (RULES / "demo" / "plan.yaml").read_text(encoding="utf-8")
    (rules / "demo" / "other.yaml").write_text(
        second.replace("pack: demo/plan", "pack: demo/other"), encoding="utf-8"
    )
    several = run("assess", FACTS, "--rules", rules, *IN_FORCE)
    assert several.code == 2
    assert "demo/other" in several.err
    assert "demo/plan" in several.err
    none = run("assess", FACTS, "--rules", rules, "--as-of", "2030-01-01")
    assert none.code == 2
    assert "demo/plan" in none.err


def test_a_pack_can_be_a_file_with_the_vocabulary_above_it() -> None:
    pack = RULES / "demo" / "plan.yaml"
    assert run("assess", FACTS, "--pack", pack, *IN_FORCE).code == 1


def test_an_invalid_pack_stops_the_choice_of_a_pack(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "r")
    (rules / "demo" / "broken.yaml").write_text("pack: demo/broken\n", encoding="utf-8")
    assert run("assess", FACTS, "--rules", rules, *IN_FORCE).code == 3
    named = ("--pack", "demo/plan")
    assert run("assess", FACTS, "--rules", rules, *named, *IN_FORCE).code == 1


@pytest.mark.parametrize("kind", [ValueError, pl.exceptions.PanicException])
def test_an_unforeseen_error_ends_70_and_shows_no_value(
    monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        name = "Nguyễn Văn A"
        raise kind(name)

    monkeypatch.setattr("engine.assess.judge_localities", fail)
    asked = ("assess", FACTS, "--rules", RULES, *IN_FORCE)
    said = run(*asked)
    assert (said.code, said.out) == (70, "")
    assert f"{kind.__name__} at cli/assess.py" in said.err
    assert "Traceback" not in said.err
    debugged = run(*asked, DIABAN_DEBUG="1")
    assert "in fail" in debugged.err
    assert "Nguyễn" not in said.err + debugged.err


def test_ctrl_c_ends_130_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.assess.judge_localities", interrupt)
    said = run("assess", FACTS, "--rules", RULES, *IN_FORCE)
    assert (said.code, said.out) == (130, "")
    assert "Interrupted" in said.err


STOPPED = """
import os, signal, sys, tempfile
import click
from cli.boundary import Boundary

@click.group(cls=Boundary)
def asked(): pass

@asked.command()
def work():
    with tempfile.TemporaryDirectory(dir=sys.argv[2]):
        os.kill(os.getpid(), int(sys.argv[1]))
        signal.pause()

signal.alarm(20)
asked(["work"])
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_leaves_no_files_behind(
    sent: signal.Signals, tmp_path: Path
) -> None:
    """So no register of people stays in a folder for what is only meanwhile."""
    words = [sys.executable, "-c", STOPPED, str(int(sent)), str(tmp_path)]
    ended = subprocess.run(words, check=False, cwd=ROOT, timeout=60)
    assert ended.returncode == 128 + sent
    assert list(tmp_path.iterdir()) == []
