"""`diaban facts template` from the command line: what it writes, and what it refuses."""

from pathlib import Path

import openpyxl  # noqa: TID251  (tests read what the engine writes)
import pytest

from tests.support.commands import FACTS, RULES, Said, rules_with, run, spawn

DEMO = ("--rules", RULES, "--pack", "demo/plan")
LIST = "id,name,level,parent\nX,Xã Một,commune,\n01,Bản Hai,hamlet,X\n"


def template(folder: Path, *arguments: object, **environment: str) -> Said:
    return run(
        "facts",
        "template",
        *DEMO,
        "-o",
        folder / "book.xlsx",
        *arguments,
        **environment,
    )


def headings(folder: Path) -> str:
    sheet = openpyxl.load_workbook(folder / "book.xlsx")["localities"]
    return "\n".join(cell.value for cell in sheet[1])


def test_a_workbook_is_written_and_nothing_is_said(tmp_path: Path) -> None:
    assert template(tmp_path) == Said(0, "", "")
    assert [file.name for file in tmp_path.iterdir()] == ["book.xlsx"]


def test_what_was_written_is_judged_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    assert template(tmp_path, "--localities", tmp_path / "list.csv").code == 0
    answer = run("assess", tmp_path / "book.xlsx", *DEMO, "--as-of", "2024-06-30")
    assert (answer.code, answer.err) == (4, "")
    assert "Bản Hai" in answer.out


def test_localities_come_from_facts_of_any_form(tmp_path: Path) -> None:
    assert template(tmp_path, "--localities", FACTS).code == 0
    listed = (tmp_path / "book.xlsx").read_bytes()
    (tmp_path / "book.xlsx").rename(tmp_path / "first.xlsx")
    assert template(tmp_path, "--localities", tmp_path / "first.xlsx").code == 0
    assert (tmp_path / "book.xlsx").read_bytes() == listed


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        ((), {}, "Hộ gia đình"),
        ((), {"LC_ALL": "en_US.UTF-8"}, "Hộ gia đình"),
        (("--lang", "vi"), {}, "Hộ gia đình"),
        (("--lang", "en"), {}, "Households"),
        ((), {"DIABAN_LANG": "en"}, "Households"),
    ],
)
def test_it_is_vietnamese_unless_another_language_is_named(
    tmp_path: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    words: str,
) -> None:
    assert template(tmp_path, *arguments, **environment).code == 0
    assert words in headings(tmp_path)


def test_the_language_may_be_named_before_the_command(tmp_path: Path) -> None:
    asked = ("facts", "template", *DEMO, "-o", tmp_path / "book.xlsx")
    assert run("--lang", "en", *asked).code == 0
    assert "Households" in headings(tmp_path)


def test_a_workbook_that_may_be_filled_in_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    assert template(tmp_path).code == 0
    before = (tmp_path / "book.xlsx").read_bytes()
    assert template(tmp_path).code == 0  # it would be the same
    refused = template(tmp_path, "--localities", tmp_path / "list.csv")
    assert refused.code == 2
    assert "perhaps a team's work" in refused.err
    assert (tmp_path / "book.xlsx").read_bytes() == before


def test_processes_of_their_own_write_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "2")):
        asked = ("facts", "template", *DEMO, "-o", tmp_path / f"{name}.xlsx")
        assert spawn(*asked, PYTHONHASHSEED=seed).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--pack", "demo/plam"), 2, "did you mean 'demo/plan'?"),
        (("--pack", "plan.yaml"), 2, "there is no file plan.yaml."),
        (("-o", "book.csv"), 2, "end its name with .xlsx."),
        (("-o", "nowhere/book.xlsx"), 2, "does not exist; create it first."),
        (("--localities", "none.csv"), 2, "none.csv"),
    ],
)
def test_a_wrong_question_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = template(tmp_path, *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err
    assert list(tmp_path.iterdir()) == []


def test_rules_that_are_not_valid_give_no_workbook(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules", plan=("criteria:", "criterions:"))
    answer = template(tmp_path, "--rules", rules)
    assert (answer.code, answer.out) == (3, "")
    assert "error[rules-unknown-key]" in answer.err
    assert not (tmp_path / "book.xlsx").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,name\nX,Xã Một\n", "facts-missing-column"),
        ("id,level\nX,commune\nX,hamlet\n", "facts-id-twice"),
        ("id,level,parent\nX,commune,Y\n", "facts-unknown-parent"),
        ("id,level,ho_ten\nX,commune,A\n", "facts-unknown-column"),
        ("id,level\n", "facts-no-localities"),
        ("", "facts-empty-file"),
    ],
)
def test_a_list_of_localities_is_as_strict_as_facts(
    tmp_path: Path, text: str, code: str
) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    answer = template(tmp_path, "--localities", tmp_path / "list.csv")
    assert answer.code == 5
    assert f"error[{code}]" in answer.err
    assert not (tmp_path / "book.xlsx").exists()


def test_the_facts_themselves_are_not_overwritten(tmp_path: Path) -> None:
    assert template(tmp_path, "--localities", FACTS).code == 0
    answer = template(tmp_path, "--localities", tmp_path / "book.xlsx")
    assert answer.code == 2
    assert "holds facts and would be lost" in answer.err


def test_a_list_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").mkdir()
    answer = template(tmp_path, "--localities", tmp_path / "list.csv")
    assert answer.code == 5
    assert "error[facts-not-readable]" in answer.err
