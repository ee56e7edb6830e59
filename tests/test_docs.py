"""What the documents show is what happens, and their links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click import Context

from cli.main import diaban

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^]]+\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)
ELLIPSIS = "…"
"""Stands for any text in a line, and alone on a line for any lines."""


@dataclass(frozen=True, slots=True)
class Session:
    """A console block: commands, each with what it is said to print."""

    document: Path
    steps: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.document.name}: {self.steps[0][0]}"


def sessions() -> Iterator[Session]:
    for document in DOCUMENTS:
        for kind, text in BLOCK.findall(document.read_text(encoding="utf-8")):
            if kind == "console":
                parts = re.split(r"^\$ (.*\n)", text, flags=re.MULTILINE)[1:]
                steps = zip(parts[::2], parts[1::2], strict=True)
                yield Session(document, tuple((c.strip(), said) for c, said in steps))


def files_of(document: Path) -> Iterator[tuple[str, str]]:
    """Yield the files that a document shows: YAML that begins with `# its/path`."""
    for kind, text in BLOCK.findall(document.read_text(encoding="utf-8")):
        first = re.match(r"# (\S+\.yaml)\n", text)
        if kind == "yaml" and first:
            yield first[1], text


def matches(expected: str, said: str) -> bool:
    pieces = [
        ".*"
        if line.strip() == ELLIPSIS
        else re.escape(line).replace(ELLIPSIS, "[^\n]*")
        for line in expected.splitlines()
    ]
    return re.fullmatch("\n".join(pieces), said.rstrip("\n"), re.DOTALL) is not None


@pytest.mark.parametrize("session", list(sessions()), ids=str)
def test_a_console_block_shows_what_is_printed(
    session: Session, tmp_path: Path
) -> None:
    """Each runs in a folder with the examples and the files its document shows."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for name, text in files_of(session.document):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    mark = "\x1e"
    start = f'diaban() {{ {shlex.quote(sys.executable)} -m cli.main "$@"; }}\n'
    script = start + "".join(
        f"{command}\nkept=$?; printf '{mark}'; (exit $kept)\n"
        for command, _ in session.steps
    )
    environment = {"PYTHONPATH": str(ROOT), "COLUMNS": "88", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    for (command, expected), said in zip(
        session.steps, ran.stdout.split(mark), strict=False
    ):
        assert matches(expected, said), f"$ {command}\n{said}"


@pytest.mark.parametrize("name", diaban.list_commands(Context(diaban)))
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`diaban {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_links_lead_somewhere(document: Path) -> None:
    text = BLOCK.sub("", document.read_text(encoding="utf-8"))
    assert [
        target for target in LINK.findall(text) if not leads(document, target)
    ] == []


def leads(document: Path, target: str) -> bool:
    """Tell whether a link between files, or to a heading, has an end; not the web."""
    if target.startswith("https://"):
        return True
    path, _, anchor = target.partition("#")
    file = document.parent / path if path else document
    return file.exists() and (not anchor or anchor in anchors(file))


def anchors(file: Path) -> set[str]:
    headings = HEADING.findall(BLOCK.sub("", file.read_text(encoding="utf-8")))
    kept = (re.sub(r"[^\w\s-]", "", words.lower()) for words in headings)
    return {words.strip().replace(" ", "-") for words in kept}
