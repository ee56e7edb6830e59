"""A JSON or YAML document that is not sound is refused: every fault with its place."""

from pathlib import Path

import pytest

from tests.support.facts_files import faults

IN_JSON = {
    "no mapping": ("[]", ["1:1 facts-not-tables"]),
    "nothing": ("", ["1:1 facts-not-json"]),
    "a comma too many": ('{"localities": [],}', ["1:19 facts-not-json"]),
    "a key without marks": ('{"localities": [], a: 1}', ["1:20 facts-not-json"]),
    "more behind the end": ('{"localities": []}\n5', ["2:1 facts-not-json"]),
    "no end": ('{"localities": [{"id": "A",', ["1:28 facts-not-json"]),
    "a table twice": (
        '{"localities": [{"id": "A", "level": "x"}],\n "localities": []}',
        ["2:2 facts-key-twice"],
    ),
    "a key twice": (
        '{"localities": [{"id": "A", "level": "x",\n "id": "B"}]}',
        ["2:2 facts-key-twice"],
    ),
    "a table outside the vocabulary": (
        '{"localities": [{"id": "A", "level": "x"}],\n "persons": [{}]}',
        ["2:2 facts-unknown-table"],
    ),
    "a table that is no list": (
        '{"localities": [{"id": "A", "level": "x"}],\n "people": {"a": []}}',
        ["2:2 facts-not-rows"],
    ),
    "a row that is no object": (
        '{"localities": [{"id": "A", "level": "x"},\n 5]}',
        ["2:2 facts-not-a-row"],
    ),
    "a column outside the vocabulary": (
        '{"localities": [{"id": "A", "level": "x"},\n {"id": "B", "level": "x", "q": 1}]}',
        ["2:28 facts-unknown-column"],
    ),
    "a list for a cell": (
        '{"localities": [{"id": "A",\n "level": ["x"]}]}',
        ["2:11 facts-not-a-cell"],
    ),
    "no number": (
        '{"localities": [{"id": "A", "level": "x",\n "area": NaN}]}',
        ["2:10 facts-not-a-cell"],
    ),
    "a number of 400 digits": (
        f'{{"localities": [{{"id": "A", "level": "x",\n "events": {10**400}}}]}}',
        ["2:12 facts-not-a-count"],
    ),
    "a number with a billion digits": (
        '{"localities": [{"id": "A", "level": "x",\n "area": 1e999999999}]}',
        ["2:10 facts-not-a-number"],
    ),
    "as many, behind zeros": (
        '{"localities": [{"id": "A", "level": "x",\n "area": 1e+000000999999999999}]}',
        ["2:10 facts-not-a-number"],
    ),
    "half a character": (
        '{"localities": [{"id": "\\\\ud800 \\ud83d\\ude00",\n "level": "\\ud83d"}]}',
        ["2:12 facts-half-a-character"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), IN_JSON.values(), ids=IN_JSON)
def test_a_json_document_is_refused_with_every_fault_in_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    (tmp_path / "facts.json").write_text(text)
    assert faults(tmp_path / "facts.json") == [
        f"facts.json:{each}" for each in expected
    ]


def test_json_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_bytes('{\n"â": 1}'.encode("latin-1"))
    assert faults(tmp_path / "facts.json") == ["facts.json:2 facts-not-utf8"]


IN_YAML = {
    "no mapping": ("- a", ["1:1 facts-not-tables"]),
    "not YAML": ("localities: [", ["2:1 yaml-syntax"]),
    "a key twice": (
        "localities:\n- {id: A, level: x, id: B}\nlocalities: []",
        ["2:21 yaml-duplicate-key", "3:1 yaml-duplicate-key"],
    ),
    "a table outside the vocabulary": (
        "localities: [{id: A, level: x}]\npersons: []",
        ["2:1 facts-unknown-table"],
    ),
    "a table that is no list": (
        "localities: [{id: A, level: x}]\npeople: 5",
        ["2:9 facts-not-rows"],
    ),
    "a row that is no mapping": (
        "localities:\n- {id: A, level: x}\n- 5",
        ["3:3 facts-not-a-row"],
    ),
    "a column outside the vocabulary": (
        "localities:\n- {id: A, level: x, q: 1}",
        ["2:21 facts-unknown-column"],
    ),
    "a list for a cell": (
        "localities:\n- {id: A, level: [x]}",
        ["2:18 facts-not-a-cell"],
    ),
    "a day that no calendar has, told once": (
        "localities: [{id: A, level: x}]\nhouseholds:\n- {locality: A, since: 2025-02-30}",
        ["3:24 yaml-impossible-date"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), IN_YAML.values(), ids=IN_YAML)
def test_a_yaml_document_is_refused_with_every_fault_in_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    (tmp_path / "facts.yaml").write_text(text)
    assert faults(tmp_path / "facts.yaml") == [
        f"facts.yaml:{each}" for each in expected
    ]
