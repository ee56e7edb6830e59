"""`diaban rules check`: each fault that lint knows is found, and nothing is that is none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.library import Library
from engine.policy.findings_from_pack import CODES, check_rules
from tests.support.bundled import RULES as BUNDLED
from tests.support.commands import Said, rules_with, run
from tests.support.linted import LINT, OF_IGNORES, linted, written

SHOWN = sorted(file.stem for file in LINT.glob("*.yaml"))


def check(folder: Path, files: dict[str, str], *asked: object) -> Said:
    rules = written(folder, files)
    return run("rules", "check", *asked, "--rules", rules)


def test_every_lint_is_shown_wrong_and_right() -> None:
    assert set(SHOWN) == CODES | OF_IGNORES


@pytest.mark.parametrize("code", SHOWN)
def test_what_is_wrong_is_found(
    code: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    shown = linted(code)
    said = check(tmp_path, shown.bad, *shown.asked)
    assert f"warning[{code}]" in said.out
    assert (said.code, said.err) == (1, "")
    golden(f"check/{code}.txt", said.out.replace(f"{tmp_path}/", ""))


@pytest.mark.parametrize("code", SHOWN)
def test_what_is_right_is_left_alone(code: str, tmp_path: Path) -> None:
    shown = linted(code)
    said = check(tmp_path, shown.good, *shown.asked)
    assert (said.code, said.err) == (0, ""), said.out
    assert "nothing to complain of" in said.out


def test_the_rules_that_come_along_have_nothing_to_complain_of() -> None:
    """Or somebody says in an ignore why it is so."""
    checked = check_rules(Library(BUNDLED))
    assert [str(each) for each in checked.findings] == []


def test_errors_of_the_loader_stand_in_the_same_list(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "r", plan=("levels: [", "levles: ["))
    said = run("rules", "check", "--rules", rules)
    assert said.code == 3
    assert "error[rules-unknown-key]" in said.out
    assert "error[rules-missing-key]" in said.out
    assert "1 pack, 2 errors" in said.out.replace("2 packs", "1 pack")


def test_a_broken_vocabulary_does_not_hide_broken_yaml(tmp_path: Path) -> None:
    rules = rules_with(
        tmp_path / "r", vocabulary=("vocabulary: 1", "vocabulary: 2"), plan=("[", "[[[")
    )
    said = run("rules", "check", "--rules", rules)
    assert said.code == 3
    assert "error[vocabulary-version]" in said.out
    assert "error[yaml-syntax]" in said.out


def test_a_broken_vocabulary_does_not_hide_what_a_pack_says_wrongly(
    tmp_path: Path,
) -> None:
    files = linted("quote-none").bad
    plan = files["demo/plan.yaml"].replace("levels:", "levles:")
    words = files["vocabulary.yaml"].replace("vocabulary: 1", "vocabulary: 2")
    said = check(tmp_path, files | {"demo/plan.yaml": plan, "vocabulary.yaml": words})
    assert "error[vocabulary-version]" in said.out
    assert "the key 'levles' has no meaning here" in said.out
    assert "pack-unknown" not in said.out  # nobody can say what the vocabulary has


@pytest.mark.parametrize("asked", [[], ["demo/plan"]])
def test_a_broken_pack_does_not_hide_that_files_beside_it_are_no_yaml(
    tmp_path: Path, asked: list[str]
) -> None:
    files = linted("quote-none").bad
    plan = files["demo/plan.yaml"].replace("levels:", "levles:")
    broken = {"demo/plan.yaml": plan, "demo/plan.tests.yaml": "cases: ["}
    said = check(tmp_path, files | broken | {"demo/plan.papers.yaml": "{"}, *asked)
    assert "error[rules-unknown-key]" in said.out
    assert "demo/plan.tests.yaml:2:1: error[yaml-syntax]" in said.out
    assert "demo/plan.papers.yaml:2:1: error[yaml-syntax]" in said.out


@pytest.mark.parametrize("asked", [[], ["demo/plan"], ["demo/plan.papers.yaml"]])
def test_the_papers_beside_a_pack_are_checked(tmp_path: Path, asked: list[str]) -> None:
    rules = written(tmp_path, linted("quote-none").good)
    (rules / "demo/plan.papers.yaml").write_text("papers: {}\n", encoding="utf-8")
    names = [rules / each if each.endswith(".yaml") else each for each in asked]
    said = run("rules", "check", *names, "--rules", rules)
    assert said.code == 3
    assert "'papers_of' is missing here" in said.out


def test_errors_in_cases_are_told_too(tmp_path: Path) -> None:
    shown = linted("pack-without-cases")
    files = shown.good | {"demo/plan.tests.yaml": "cases_of: demo/other\ncases: []\n"}
    said = check(tmp_path, files, "demo/plan")
    assert said.code == 3
    assert "error[case-of-other-pack]" in said.out


def test_one_fault_does_not_hide_another_pack(tmp_path: Path) -> None:
    shown = linted("quote-none")
    broken = shown.bad["demo/plan.yaml"].replace("demo/plan", "demo/other")
    files = shown.bad | {"demo/other.yaml": broken.replace("levels", "levles")}
    said = check(tmp_path, files)
    assert "demo/other.yaml" in said.out
    assert "warning[quote-none]" in said.out
    assert "count-unused" not in said.out  # the broken pack may ask for it


@pytest.mark.parametrize(
    "name", ["demo/plan.yaml", "demo/plan.tests.yaml", "vocabulary.yaml"]
)
def test_a_file_stands_for_its_pack_and_a_vocabulary_for_all(
    name: str, tmp_path: Path
) -> None:
    """A hook hands over the files that changed, whichever they are."""
    rules = written(tmp_path, linted("quote-none").bad)
    said = run("rules", "check", rules / name)
    assert said.code == 1
    assert "warning[quote-none]" in said.out
    assert ("count-unused" in said.out) == (name == "vocabulary.yaml")


def test_an_ignore_answers_for_a_finding_and_keeps_its_reason(tmp_path: Path) -> None:
    shown = linted("ignore-unused")
    rules = written(tmp_path, shown.good)
    said = run("rules", "check", "demo/plan", "--rules", rules, "--format", "json")
    document = json.loads(said.out)
    assert document["findings"] == []
    (ignored,) = document["ignored"]
    assert ignored["code"] == "criterion-without-quote"
    assert ignored["reason"] == "the plan is not at hand,"


@pytest.mark.parametrize("key", ["quote", "requires", "remedy", "id"])
def test_an_ignore_answers_for_a_criterion_before_and_after_its_keys_are_ordered(
    tmp_path: Path, key: str
) -> None:
    shown = linted("criterion-without-clause")
    head, _, _ = shown.bad["demo/plan.yaml"].partition("criteria:")
    keys = {
        "quote": "ít nhất 01 mô hình",
        "requires": "{at_least: 1, of: models}",
        "remedy": "lập danh sách",
        "id": "C1",
    }
    answer = "# diaban: ignore criterion-without-clause the annex is not at hand"
    lines = [
        f"{name}: {value}" + (f" {answer}" if name == key else "")
        for name, value in keys.items()
    ]
    plan = f"{head}criteria:\n  - " + "\n    ".join(lines) + "\n"
    rules = written(tmp_path, shown.good | {"demo/plan.yaml": plan})
    for _ in range(2):
        said = run("rules", "check", "demo/plan", "--rules", rules)
        assert "nothing to complain of, 1 finding ignored" in said.out
        run("rules", "fmt", "--rules", rules)
    assert "- id: C1" in (rules / "demo/plan.yaml").read_text(encoding="utf-8")


def test_an_ignore_in_a_text_is_no_ignore(tmp_path: Path) -> None:
    shown = linted("criterion-without-quote")
    plan = shown.bad["demo/plan.yaml"]
    words = "title: 'a # diaban: ignore criterion-without-quote said so'\n"
    said = check(tmp_path, shown.bad | {"demo/plan.yaml": words + plan}, *shown.asked)
    assert "warning[criterion-without-quote]" in said.out
    assert "ignore-unused" not in said.out


def test_an_error_cannot_be_ignored(tmp_path: Path) -> None:
    shown = linted("pack-without-cases")
    plan = shown.good["demo/plan.yaml"]
    ignore = "# diaban: ignore document-two-dates it does not matter here\n"
    said = check(tmp_path, shown.good | {"demo/plan.yaml": ignore + plan}, "demo/plan")
    assert "nothing to complain of" in said.out  # not looked for in one pack alone
    said = check(
        tmp_path,
        {"demo/plan.yaml": "# diaban: ignore rules-unknown-key no\nkey: 1\n" + plan},
        "demo/plan",
    )
    assert said.code == 3
    assert "error[rules-unknown-key]" in said.out


def test_a_pack_that_is_not_there_is_a_wrong_question() -> None:
    said = run("rules", "check", "lai-chau/city-2042")
    assert (said.code, said.out) == (2, "")
    assert "did you mean 'lai-chau/city-2024'?" in said.err


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    said = run("rules", "check", tmp_path / "plan.yaml")
    assert said.code == 3
    assert "error[rules-no-file]" in said.out
