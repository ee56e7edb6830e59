"""The reference of the language names every key that a schema allows, and no other."""

import re
from pathlib import Path

import pytest

from engine.policy.schema import KINDS
from tests.support.commands import run

REFERENCE = Path(__file__).parents[1] / "docs" / "language.md"
BLOCK = re.compile(
    r"(<!-- generated: diaban (?P<command>[a-z -]+) -->\n)(?P<text>.*?)(<!-- end -->)",
    re.DOTALL,
)


def generated(block: re.Match[str]) -> str:
    said = run(*block["command"].split(), "--lang", "en")
    assert (said.code, said.err) == (0, "")
    return f"\n{said.out}\n"


@pytest.mark.golden
def test_the_tables_of_keys_are_those_of_the_schemas(
    request: pytest.FixtureRequest,
) -> None:
    """`make golden` writes them anew."""
    text = REFERENCE.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        text = BLOCK.sub(lambda block: block[1] + generated(block) + block[4], text)
        REFERENCE.write_text(text, encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    assert {block["command"].split()[2] for block in blocks} == KINDS.keys()
    for block in blocks:
        assert block["text"] == generated(block), block["command"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_key_is_explained(kind: str, language: str) -> None:
    said = run("rules", "schema", kind, "--format", "md", "--lang", language)
    rows = [line for line in said.out.splitlines() if line.startswith("| `")]
    keys = [row for row in rows if row.count("|") == 4 and "---" not in row]
    headings = [
        row for row in keys if row.split("|")[2].strip() in {"value", "giá trị"}
    ]
    assert len(headings) < len(keys)
    assert [row for row in keys if not row.split("|")[3].strip()] == []


def test_all_keys_of_a_pack_are_there() -> None:
    """Counted from the schema itself, not from what writes the tables."""
    told = run("rules", "schema", "pack", "--format", "md").out
    schema, _definitions = KINDS["pack"]
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert [key for key in properties if f"| `{key}`" not in told] == []
