"""`diaban rules diff` as people run it: ids and files, forms, languages, exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Said, run, spawn
from tests.support.two_packs import write_rules

CHANGES = (
    ("more_than: 12 months", "at_least: 12 months"),
    ("more_than: 90%", "at_least: 90%"),
    ("{id: C2a, none: plots}", "{any: [{id: C2a, none: plots}, {holds: board}]}"),
    ("trên 90% hộ", "từ 90% hộ"),
    ("- id: C3\n", "- id: C5\n"),
    ("when: {all: [C1, C2]}", "when: {all: [C1, C2]}, passes: yes"),
    ("en: permanent ones", "en: <b>temporary</b> ones too"),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write_rules(tmp_path / "old"), write_rules(tmp_path / "new", *CHANGES)


def diff(files: tuple[Path, Path], *more: object) -> Said:
    return run("rules", "diff", *files, *more)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", ["text", "md"])
def test_the_differences_read_as_agreed(
    files: tuple[Path, Path],
    form: str,
    language: str,
    golden: Callable[[str, str], None],
) -> None:
    said = diff(files, "--format", form, "--lang", language)
    assert said.code == 1
    golden(f"rules_diff/two.{language}.{form}", said.out)


def test_the_json_spells_rules_as_the_language_does(files: tuple[Path, Path]) -> None:
    answer = json.loads(diff(files, "--format", "json").out)
    assert answer["before"]["id"] == answer["after"]["id"] == "demo/two"
    first = answer["changes"][0]
    places = first.pop("places")
    assert all(str(files[at]) in places[side] for at, side in enumerate(places))
    assert first == {
        "matter": "check",
        "aspect": "ask",
        "name": {"before": "C1a", "after": "C1a"},
        "criteria": ["C1"],
        "decides": True,
        "before": {
            "id": "C1a",
            "share": "signed",
            "of": "households",
            "more_than": "90%",
        },
        "after": {
            "id": "C1a",
            "share": "signed",
            "of": "households",
            "at_least": "90%",
        },
        "words": {
            "who": "C1",
            "what": "from more than 90% to at least 90%",
            "about": "C1a; share of “households that have signed” in “households”",
        },
    }


def test_equal_packs_end_with_0_and_say_so(files: tuple[Path, Path]) -> None:
    said = diff((files[0], files[0]))
    assert (said.code, said.out.splitlines()[-1]) == (0, "Both mean the same.")


def test_packs_may_be_named_by_their_ids(files: tuple[Path, Path]) -> None:
    rules = files[0].parents[1]
    said = run("rules", "diff", "demo/two", files[1], "--rules", rules)
    assert said.code == 1
    assert "C1: from more than 90% to at least 90%" in said.out


ENDINGS: dict[str, tuple[str, int]] = {
    "no such file": ("gone.yaml", 2),
    "no such pack": ("demo/gone", 2),
    "rules that are not valid": ("broken", 3),
}


@pytest.mark.parametrize(("name", "code"), ENDINGS.values(), ids=ENDINGS)
def test_what_cannot_be_compared_writes_nothing(
    files: tuple[Path, Path], tmp_path: Path, name: str, code: int
) -> None:
    second: object = name
    if name == "broken":
        second = write_rules(tmp_path / "broken", ("levels: [hamlet, commune]\n", ""))
    said = spawn("rules", "diff", files[0], second, "-o", tmp_path / "out.txt")
    assert (said.code, said.out, (tmp_path / "out.txt").exists()) == (code, "", False)
    assert "Traceback" not in said.err


def test_a_file_holds_what_the_screen_would_show(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    written = tmp_path / "changes.md"
    assert diff(files, "--format", "md", "-o", written).out == ""
    assert written.read_text(encoding="utf-8") == diff(files, "--format", "md").out
