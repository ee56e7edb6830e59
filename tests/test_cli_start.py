"""Starting is quick: what a command does not need, it does not import."""

import subprocess
import sys
import time
from statistics import median

from tests.support.commands import ROOT, spawn

HELP = "import sys; from cli.main import main; main(['--help'])"
TIMES = 15
MOST = 2.5


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT
    )
    return time.perf_counter() - start


def imported_by(arguments: list[str]) -> set[str]:
    code = (
        "import atexit, sys; from cli.main import main;"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        f"main({arguments})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT
    )
    return set(done.stderr.decode().split())


def test_help_takes_little_more_than_importing_click() -> None:
    """Both are timed in turn, so that a busy machine slows both alike."""
    pairs = [(seconds("import click"), seconds(HELP)) for _ in range(TIMES)]
    click, shown = (median(column) for column in zip(*pairs, strict=True))
    assert shown <= MOST * click


def test_help_imports_no_command_and_no_library_but_click() -> None:
    modules = imported_by(["--help"])
    heavy = {"polars", "narwhals", "yaml", "durable", "importlib.metadata", "rich"}
    assert not modules & heavy
    assert not modules & {"cli.assess", "cli.explain", "cli.packs", "engine.pack"}


def test_help_and_completion_of_a_command_need_no_data_frames() -> None:
    for command in ("assess", "explain", "packs"):
        assert not imported_by([command, "--help"]) & {"polars", "narwhals", "durable"}


def test_the_tab_key_completes_commands_options_and_choices() -> None:
    def completed(*words: str) -> list[str]:
        environment = {
            "_DIABAN_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("diaban", *words)),
            "COMP_CWORD": str(len(words)),
        }
        lines = spawn(**environment).out.splitlines()
        return [line.partition(",")[2] for line in lines]

    assert completed("as") == ["assess"]
    assert completed("assess", "--outside") == ["--outside-force"]
    assert completed("assess", "--format", "j") == ["json"]


def test_listing_the_packs_needs_no_data_frames() -> None:
    assert not imported_by(["packs"]) & {"polars", "narwhals", "durable"}


def test_ctrl_c_while_it_still_imports_ends_it_quietly() -> None:
    code = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "from cli import start\n"
        "start()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
