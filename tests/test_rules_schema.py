"""`diaban rules schema`: the schemas and the loader accept the same, as far as one can."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Problems, RulesError
from engine.pack import Pack
from engine.policy.schema import KINDS, schema_of
from engine.policy.worked_cases_from_yaml import worked_cases_from_yaml
from engine.rules_from_yaml import pack_from_yaml, vocabulary_from_yaml
from engine.vocabulary import Vocabulary
from engine.yaml_source import FOR_RULES, read_text
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from tests.support import linted, rules_texts
from tests.support.commands import run
from tests.support.mutants import mutants

ROOT = Path(__file__).parents[1]
SCHEMAS = {kind: jsonschema.Draft202012Validator(schema_of(kind)) for kind in KINDS}
FOLDERS = (ROOT / "rules", ROOT / "tests" / "small" / "rules")
"""Whole folders of rules; and each pack of tests/packs with its vocabulary."""

BY_STRUCTURE = {
    "rules-unknown-key",
    "rules-missing-key",
    "rules-missing-value",
    "rules-empty-list",
    "rules-wrong-kind",
    "pack-no-bound",
    "pack-not-a-formula",
    "pack-reserved-name",
    "pack-wrong-date",
    "pack-wrong-duration",
    "pack-wrong-id",
    "pack-wrong-if-empty",
    "pack-wrong-percent",
    "pack-number-too-large",
    "vocabulary-duration-without-end",
    "vocabulary-in-and-within",
    "vocabulary-no-choices",
    "vocabulary-unknown-type",
    "vocabulary-version",
    "case-expects-nothing",
    "case-facts-twice",
}
"""What the loader refuses, and a schema too: it can be seen without looking elsewhere."""

BEYOND = {
    "rules-comma-in-text": "a key that is cut off looks like any unknown key",
    "rules-repeated-item": "1 and '1' are one word to the loader and two to a schema",
    "pack-circle": "needs the other criteria",
    "pack-duplicate-id": "needs the other criteria",
    "pack-in-force-reversed": "compares two values",
    "pack-no-final-always": "a schema sees that some rule has always, not that the last has",
    "pack-not-within": "needs the vocabulary",
    "pack-passes-disagree": "needs the other rules",
    "pack-unknown-count": "needs the vocabulary",
    "pack-unknown-criterion": "needs the other criteria",
    "pack-unknown-document": "needs the documents",
    "pack-unknown-evidence": "needs the vocabulary",
    "pack-unknown-field": "needs the vocabulary",
    "pack-unknown-level": "needs the pack's levels",
    "pack-wrong-field-type": "needs the vocabulary",
    "vocabulary-circle": "needs the other counts",
    "vocabulary-reserved-name": "needs the other fields",
    "vocabulary-unknown-choice": "needs the field",
    "vocabulary-unknown-count": "needs the other counts",
    "vocabulary-unknown-date": "needs the other fields",
    "vocabulary-unknown-field": "needs the register",
    "vocabulary-unknown-register": "needs the registers",
    "vocabulary-where-without-rows": "needs the whole that a count is within",
    "vocabulary-wrong-comparison": "needs the field's type",
    "vocabulary-wrong-duration": "needs the field's type",
    "vocabulary-wrong-value": "needs the field's type",
    "case-not-judged": "needs the pack",
    "case-of-other-pack": "needs the pack",
    "case-outside-force": "needs the pack",
    "case-parts-of-nothing": "the whole may stand in the case of a variant",
    "case-twice": "needs the other cases",
    "case-unknown-check": "needs the pack",
    "case-unknown-criterion": "needs the pack",
    "case-unknown-locality": "needs the facts",
    "case-unknown-word": "needs the pack",
    "case-without-day": "the day may stand at the top of the file",
}
"""What only the loader can refuse, and why."""


def as_loaded(node: Node) -> Any:
    """Return a document as JSON, its scalars typed as LANGUAGE §2 says."""
    match node:
        case Scalar(value=bool() | int() | str() | None as value):
            return value
        case Scalar(value=value, raw=raw):
            return float(str(value)) if "." in str(value) else raw
        case Sequence(items=items):
            return [as_loaded(item) for item in items]
        case Mapping(values=values):
            return {key: as_loaded(value) for key, value in values.items()}


def as_edited(node: Node) -> Any:
    """Return a document as JSON, its scalars typed by YAML 1.2, as an editor reads it."""
    match node:
        case Scalar(plain=True, raw=raw):
            return core(raw or "")
        case Scalar(raw=raw):
            return raw
        case Sequence(items=items):
            return [as_edited(item) for item in items]
        case Mapping(values=values):
            return {key: as_edited(value) for key, value in values.items()}


def core(text: str) -> Any:
    """Type a plain scalar by the core schema of YAML 1.2."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in {"true", "false"} and not text.swapcase().istitle():
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


READINGS = {"as loaded": as_loaded, "as edited": as_edited}


def accepts(kind: str, text: str, reading: str) -> bool:
    node = read_text(text.encode(), "text.yaml", FOR_RULES, Problems())
    assert node is not None
    return bool(SCHEMAS[kind].is_valid(READINGS[reading](node)))


def documents() -> Iterator[tuple[str, Path]]:
    """Yield the rules that lie about, each with its kind."""
    for folder in (*FOLDERS, ROOT / "tests" / "packs"):
        for file in sorted(folder.rglob("*.yaml")):
            if file.name == "vocabulary.yaml":
                yield "vocabulary", file
            elif file.name.endswith(".tests.yaml"):
                yield "cases", file
            elif file.read_text(encoding="utf-8").find("\npack: ") >= 0:
                yield "pack", file


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(
    ("kind", "file"), list(documents()), ids=lambda part: str(part)[-40:]
)
def test_rules_that_are_valid_are_valid_by_their_schema(
    kind: str, file: Path, reading: str
) -> None:
    node = read_text(file.read_bytes(), str(file), FOR_RULES, Problems())
    assert node is not None
    errors = [
        f"{each.json_path}: {each.message[:80]}"
        for each in SCHEMAS[kind].iter_errors(READINGS[reading](node))
    ]
    assert errors == []


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("code", sorted(each.stem for each in linted.LINT.glob("*")))
def test_what_lint_alone_complains_of_is_valid_by_the_schema(
    code: str, reading: str
) -> None:
    shown = linted.linted(code)
    for files in (shown.bad, shown.good):
        for name, text in files.items():
            if code == "file-not-read" and "demo/plan" not in name:
                continue  # no rules, which is what it is told for
            kind = "cases" if name.endswith(".tests.yaml") else "pack"
            kind = "vocabulary" if name == "vocabulary.yaml" else kind
            assert accepts(kind, text, reading), name


def test_a_variant_cannot_tell_in_short_what_its_case_writes_out() -> None:
    text = (
        CASES + "    variants: [{variant: v, locality: {}, expect: {verdict: poor}}]\n"
    )
    assert refusal("cases", text) == {"case-facts-twice"}
    assert not accepts("cases", text, "as loaded")
    assert accepts("cases", text.replace("locality: {}, expect", "expect"), "as loaded")


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_schemas(kind: str) -> None:
    said = run("rules", "schema", kind)
    assert (said.code, said.err) == (0, "")
    document = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(document)
    assert document["$schema"].endswith("2020-12/schema")


def test_what_an_editor_shows_is_said_in_the_language_asked_for() -> None:
    said = schema_of("pack", lambda words: f"({words})")
    plain = schema_of("pack")
    assert json.loads(json.dumps(said).replace('"(', '"').replace(')"', '"')) == plain
    assert '"(the levels of localities that it judges)"' in json.dumps(said)


def test_every_code_of_the_loader_is_seen_or_said_to_be_beyond() -> None:
    """Codes of a text that is no YAML, or of files, no schema is ever asked about."""
    told = set()
    for room in ("rules_from_yaml", "policy/worked_cases_from_yaml"):
        for file in (ROOT / "engine" / room).glob("*.py"):
            text = file.read_text(encoding="utf-8")
            told |= set(
                re.findall(r'"((?:rules|pack|vocabulary|case)(?:-[a-z]+)+)"', text)
            )
    assert told == BY_STRUCTURE | BEYOND.keys()


def refusal(kind: str, text: str) -> set[str]:
    """Return the codes for which the loader refuses a text; none if it takes it."""
    try:
        match kind:
            case "vocabulary":
                vocabulary_from_yaml(text.encode(), "text.yaml")
            case "pack":
                pack_from_yaml(text.encode(), "text.yaml", VOCABULARY)
            case _:
                worked_cases_from_yaml(text.encode(), "text.yaml", PACK)
    except RulesError as error:
        return {each.code for each in error.diagnostics}
    return set()


VOCABULARY: Vocabulary = rules_texts.vocabulary()
PACK: Pack = rules_texts.pack(rules_texts.RICH_PACK)
CASES = """\
cases_of: t/rich
as_of: 2024-06-30
locality: {level: hamlet, users: 3, addicts: 0}
cases:
  - case: one
    expect: {verdict: poor, criteria: {C1: not_met}, checks: {C1a: false}, short: {C1a: 3}}
  - case: two
    as_of: 2024-07-01
    tables: {people: [{standing: user, file: yes}, {standing: addict}]}
    expect: {verdict: undetermined, possible: [good, fair, poor], missing: {C1a: [people]}}
    variants:
      - {variant: first, expect: {vacuous: {C1b: no}}}
      - {variant: last, locality: {users: ~}, expect: {checks: {C1a: unknown}}}
  - case: whole
    whole: {level: commune}
    parts: [{}, {users: 0}]
    expect: {verdict: poor}
  - case: written out
    facts: {localities: [{id: A, level: hamlet}]}
    at: A
    expect: {short: {C1b: ~}}
"""
GOOD = {
    "vocabulary": rules_texts.VOCABULARY,
    "pack": rules_texts.RICH_PACK,
    "cases": CASES,
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_schema_and_loader_agree_on_rules_gone_wrong(
    kind: str, data: st.DataObject
) -> None:
    """The schema takes what the loader takes, and refuses what is wrong by structure."""
    text = data.draw(mutants(GOOD[kind]))
    node = read_text(text.encode(), "text.yaml", FOR_RULES, problems := Problems())
    if node is None or problems:
        return
    codes = refusal(kind, text)
    for reading in READINGS:
        if not codes:
            assert accepts(kind, text, reading), reading
    if codes & BY_STRUCTURE:
        assert not accepts(kind, text, "as loaded"), codes


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_that_come_along_are_those_of_the_program(kind: str) -> None:
    """`diaban rules schema KIND -o rules/schemas/KIND.json` writes them anew."""
    file = ROOT / "rules" / "schemas" / f"{kind}.json"
    assert file.read_text(encoding="utf-8") == run("rules", "schema", kind).out


@pytest.mark.parametrize(
    ("kind", "file"),
    [(kind, file) for kind, file in documents() if file.is_relative_to(FOLDERS[0])],
    ids=lambda part: str(part)[-40:],
)
def test_an_editor_is_told_where_the_schema_is(kind: str, file: Path) -> None:
    first, *_ = file.read_text(encoding="utf-8").splitlines()
    said = first.removeprefix("# yaml-language-server: $schema=")
    assert (file.parent / said).resolve() == ROOT / "rules" / "schemas" / f"{kind}.json"
