"""`diaban rules check` for other programs: JSON, SARIF 2.1.0, GitHub, pre-commit."""

import json
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from tests.support import plain_yaml
from tests.support.commands import RULES, run
from tests.support.linted import linted, written

ROOT = Path(__file__).parents[1]
TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"},
                "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "required": ["id"],
                        "additionalProperties": False,
                        "properties": {
                            "id": {"type": "string"},
                            "fullDescription": TEXT,
                        },
                    },
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": TEXT,
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "suppressions": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["kind"],
                        "properties": {
                            "kind": {"enum": ["inSource", "external"]},
                            "justification": {"type": "string"},
                        },
                    },
                },
            },
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "properties": {"uri": {"pattern": r"^[!-~]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "additionalProperties": False,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 (OASIS, 27 March 2020) demands of the parts that we write."""


def sarif(*arguments: object) -> Any:
    document = json.loads(run("rules", "check", *arguments, "--format", "sarif").out)
    jsonschema.Draft202012Validator(SARIF).validate(document)
    return document["runs"][0]


def test_sarif_tells_what_where_and_how_bad(tmp_path: Path) -> None:
    rules = written(tmp_path / "của tôi", linted("quote-none").bad)
    found = sarif("demo/plan", "--rules", rules)
    (result,) = found["results"]
    rule = found["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "quote-none"
    assert result["level"] == "warning"
    place = result["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == f"file://{rules}/demo/plan.yaml"
    assert place["region"] == {"startLine": 8, "startColumn": 15}


def test_sarif_keeps_what_is_ignored_with_its_reason(tmp_path: Path) -> None:
    rules = written(tmp_path, linted("ignore-unknown-code").good)
    (result,) = sarif("demo/plan", "--rules", rules)["results"]
    (suppression,) = result["suppressions"]
    assert suppression == {
        "kind": "inSource",
        "justification": "the plan is not at hand",
    }


def test_sarif_of_clean_rules_has_no_results() -> None:
    found = sarif("lai-chau/city-2024")
    assert found["results"] == found["tool"]["driver"]["rules"] == []


def test_sarif_tells_errors_too(tmp_path: Path) -> None:
    rules = written(tmp_path, {"vocabulary.yaml": "vocabulary: 2\n"})
    (result,) = sarif("--rules", rules)["results"]
    assert (result["ruleId"], result["level"]) == ("vocabulary-version", "error")


def test_json_counts_what_it_lists(tmp_path: Path) -> None:
    rules = written(tmp_path, linted("quote-every").bad)
    said = run("rules", "check", "demo/plan", "--rules", rules, "--format", "json")
    document = json.loads(said.out)
    assert document["summary"] == {"packs": 1, "errors": 0, "warnings": 2, "ignored": 0}
    first = document["findings"][0]
    assert (first["code"], first["line"], first["column"]) == ("quote-every", 8, 15)
    assert first["file"] == f"{rules}/demo/plan.yaml"


def test_github_is_told_one_command_a_finding(tmp_path: Path) -> None:
    rules = written(tmp_path / "a,b", linted("quote-operator").bad)
    said = run("rules", "check", "demo/plan", "--rules", rules, "--format", "github")
    first, *_, last = said.out.splitlines()
    assert re.fullmatch(
        r"::warning file=\S*/a%2Cb/demo/plan\.yaml,line=\d+,col=\d+,"
        r"title=quote-operator::.*",
        first,
    )
    assert "'at_least: 90%25'" in first
    assert last.startswith("::warning ")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_the_same_rules_give_the_same_bytes(form: str) -> None:
    said = [run("rules", "check", "--rules", RULES, "--format", form) for _ in range(2)]
    assert said[0] == said[1]


def test_what_is_found_can_go_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "findings.sarif"
    said = run("rules", "check", "--rules", RULES, "--format", "sarif", "-o", file)
    assert (said.code, said.out) == (1, "")
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize(
    "hook", plain_yaml.load_file(ROOT / ".pre-commit-hooks.yaml"), ids=lambda h: h["id"]
)
def test_a_hook_runs_a_command_that_there_is(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "rules", linted("quote-none").good)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(hook["entry"])
    said = run(*arguments, *hook["args"])
    assert program == "diaban"
    assert said.code in {0, 1}, said.err
    assert re.search(hook["files"], "rules/demo/plan.yaml")
