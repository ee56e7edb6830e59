"""The inspection team's manual explains every error that its files can meet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "docs" / "inspection-team.md").read_text(encoding="utf-8")
DOCUMENTS_ONLY = {
    "facts-half-a-character", "facts-key-twice", "facts-not-a-cell", "facts-not-a-row",
    "facts-not-json", "facts-not-rows", "facts-not-tables", "facts-too-deep",
}  # fmt: skip
"""Met only in YAML and JSON, which teams do not write."""


def codes(room: str) -> set[str]:
    """Return the codes that the sources of a room tell."""
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / room).rglob("*.py")]
    return {
        code
        for text in texts
        for code in re.findall(r'"((?:facts|template)-[a-z-]+)"', text)
    }


@pytest.mark.parametrize(
    "code",
    sorted(
        codes("engine/facts_from_files") - DOCUMENTS_ONLY
        | codes("engine/desk/workbook_from_pack")
        | {f"facts-unknown-{what}" for what in ("locality", "parent", "register")}
    ),
)
def test_the_manual_says_what_an_error_means(code: str) -> None:
    assert f"`{code}`" in MANUAL


@pytest.mark.parametrize("image", sorted(set(re.findall(r"\]\((img/[^)]+)\)", MANUAL))))
def test_its_pictures_are_there_and_small(image: str) -> None:
    assert 0 < (ROOT / "docs" / image).stat().st_size < 200_000
