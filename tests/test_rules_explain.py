"""`diaban rules explain`: every code that a message can bear has its explanation."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from cli.rules_desk.explanations import explanations
from engine.policy.findings_from_pack import CODES
from tests.support.commands import run
from tests.support.linted import OF_IGNORES

ROOT = Path(__file__).parents[1]
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
NO_CODES = {"a-2u", "in-memory", "latin-1", "utf-8", "utf-8-sig"}
"""Constants of the program that only look like codes: encodings and the like."""
OF_THE_LOG = {"choice", "unmerged"}
"""Words of the import's log that have no hyphen."""


@cache
def constants() -> set[str]:
    """Return what might be a code: the texts in the program that look like one."""
    trees = (
        ast.parse(file.read_text(encoding="utf-8"))
        for room in ("engine", "cli")
        for file in (ROOT / room).rglob("*.py")
    )
    texts = (node for tree in trees for node in ast.walk(tree))
    return {
        node.value
        for node in texts
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    }


def test_every_code_is_explained() -> None:
    """One without stands in cli/rules_desk/explained/, or is no code: NO_CODES."""
    assert constants() - NO_CODES - explanations().keys() == set()


def test_nothing_is_explained_that_cannot_be_said() -> None:
    assert explanations().keys() - constants() - OF_THE_LOG == set()


@pytest.mark.parametrize("code", sorted(CODES | OF_IGNORES))
def test_a_lint_is_explained_by_an_example(code: str) -> None:
    told = explanations()[code]
    assert told.wrong is not None
    assert told.right is not None
    assert told.wrong != told.right


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_explanation_is_told_in_the_language_spoken(language: str) -> None:
    said = run("rules", "explain", "quote-operator", "--lang", language)
    assert (said.code, said.err) == (0, "")
    first, *_ = explanations()["quote-operator"].words.said_in(language).split(":")
    assert first in " ".join(said.out.split())
    assert "    requires: {share: households_pledged" in said.out


def test_both_languages_are_there() -> None:
    assert [
        code for code, told in explanations().items() if told.words.vi == told.words.en
    ] == []


def test_a_misspelt_code_is_corrected() -> None:
    said = run("rules", "explain", "quote-opertor")
    assert (said.code, said.out) == (2, "")
    assert "did you mean 'quote-operator'?" in said.err


def test_without_a_code_all_are_listed() -> None:
    said = run("rules", "explain")
    listed = set(re.split(r"[,\s]+", said.out.strip()))
    assert listed == explanations().keys()
