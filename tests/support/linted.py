"""Rules written to be checked: each lint's, wrong and right, as a folder of files."""

from dataclasses import dataclass
from pathlib import Path

from tests.support import plain_yaml

LINT = Path(__file__).parents[1] / "lint"
OF_IGNORES = {"ignore-unknown-code", "ignore-unused", "ignore-without-reason"}
"""What is said of ignores themselves; it cannot be ignored."""


@dataclass(frozen=True, slots=True)
class Linted:
    """What is checked, and the files of a folder in which lint finds something, or not."""

    asked: tuple[str, ...]
    bad: dict[str, str]
    good: dict[str, str]


def linted(code: str) -> Linted:
    """Read the rules that show what a code is about."""
    document = plain_yaml.load_file(LINT / f"{code}.yaml")
    asked = document.get("asked")
    return Linted((asked,) if asked else (), document["bad"], document["good"])


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
