"""Command lines run as people run them: in this process, or in one of their own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cli.main import main

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "small"
RULES = SMALL / "rules"
FACTS = SMALL / "facts"
IN_FORCE = ("--as-of", "2024-06-30")
HEARING = ("env", "--default-signal=INT")
"""Before a command: it hears Ctrl-C even where the tests run in the background."""
LANGUAGES = ("DIABAN_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command line answered."""

    code: int
    out: str
    err: str


def run(*arguments: object, **environment: str) -> Said:
    """Answer a command line within this process, in English unless told otherwise."""
    settings: dict[str, str | None] = dict.fromkeys(LANGUAGES)
    runner = CliRunner()
    with runner.isolation(env=settings | environment) as (out, err, _both):
        try:
            main([str(each) for each in arguments])
        except SystemExit as end:
            code = end.code
        else:
            code = 0
        sys.stdout.flush()
        said = out.getvalue().decode(), err.getvalue().decode()
    assert isinstance(code, int)
    return Said(code, *said)


def spawn(*arguments: object, **environment: str) -> Said:
    """Answer a command line in a process of its own, as a shell does."""
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | dict.fromkeys(LANGUAGES, "") | environment,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def facts_with(folder: Path, **tables: str) -> Path:
    """Write the small facts into `folder`, with some tables' text replaced."""
    folder.mkdir()
    texts = {each.stem: each.read_text(encoding="utf-8") for each in FACTS.iterdir()}
    for name, text in (texts | tables).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def rules_with(folder: Path, **changes: tuple[str, str]) -> Path:
    """Write the small rules into `folder`, with a text of `plan` or `vocabulary` changed."""
    (folder / "demo").mkdir(parents=True)
    for name, place in (("vocabulary", ""), ("plan", "demo")):
        text = (RULES / place / f"{name}.yaml").read_text(encoding="utf-8")
        before, after = changes.get(name, ("", ""))
        assert before in text
        changed = text.replace(before, after, 1) if before else text
        (folder / place / f"{name}.yaml").write_text(changed, encoding="utf-8")
    return folder
