"""`diaban memo` writes whole files with safe names, and tells what is wrong in a template."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.file_names import file_stems
from tests.support.commands import FACTS, IN_FORCE, RULES, Said, facts_with, run


def memo(*others: object, facts: Path = FACTS) -> Said:
    return run("memo", facts, "--rules", RULES, *IN_FORCE, *others)


def test_one_memo_goes_to_the_standard_output() -> None:
    said = memo("--locality", "X2", "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert "Verdict: Not eligible" in said.out
    assert "95/96 = 98.96%" in said.out
    assert "What to do: Ask them to sign." in said.out


def test_what_is_missing_is_named_in_the_internal_copy_alone() -> None:
    lack = "the number “plots of drug plants”"
    assert lack in memo("--locality", "X3").out
    assert lack not in memo("--locality", "X3", "--public").out


@pytest.mark.parametrize("form", ["md", "html"])
def test_all_writes_a_file_for_each_judged_locality(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "memos"
    said = memo("--all", "-o", folder, "--format", form)
    assert (said.code, said.out, said.err) == (0, "", "")
    names = {each.name for each in folder.iterdir()}
    assert names == {f"memo-{each}.en.{form}" for each in ("X", "X1", "X2", "X3")}


def test_the_two_copies_do_not_overwrite_each_other(tmp_path: Path) -> None:
    memo("--all", "-o", tmp_path)
    memo("--all", "-o", tmp_path, "--public")
    assert len(list(tmp_path.iterdir())) == 8


def test_the_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        memo("--all", "-o", tmp_path / folder, "--format", "html")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


@pytest.mark.parametrize(
    "asked", [(), ("--all",), ("--all", "--locality", "X1"), ("--locality", "Y")]
)
def test_an_unclear_question_is_refused(asked: tuple[str, ...]) -> None:
    assert memo(*asked).code == 2


def test_a_misspelt_locality_leaves_nothing_half_written(tmp_path: Path) -> None:
    said = memo("--locality", "X1", "--locality", "X9", "-o", tmp_path)
    assert said.code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("one\n{{ memo.nmae }}\n", 2, "there is nothing called 'nmae'"),
        ("{{ nobody }}\n", 1, "there is nothing called 'nobody'"),
        ("one\ntwo\n{% for %}\n", 3, "it cannot be understood"),
        ("{{ 1 // 0 }}\n", 1, "it fails: ZeroDivisionError"),
        ("{{ memo.__class__ }}\n", 1, "it fails: SecurityError"),
        ("\n{% include 'none.j2' %}\n", 2, "'none.j2', which is not there"),
    ],
)
def test_a_broken_template_ends_7_with_its_line(
    tmp_path: Path, template: str, line: int, words: str
) -> None:
    file = tmp_path / "memo.md.j2"
    file.write_text(template, encoding="utf-8")
    said = memo("--locality", "X1", "--templates", tmp_path)
    assert (said.code, said.out) == (7, "")
    assert said.err.startswith(f"{file}:{line}: error[template-")
    assert words in said.err


def test_a_folder_without_the_template_ends_7(tmp_path: Path) -> None:
    said = memo("--locality", "X1", "--templates", tmp_path, "--format", "html")
    assert said.code == 7
    assert "memo.html.j2: error[template-missing]" in said.err


def test_an_office_may_use_its_own_template(tmp_path: Path) -> None:
    text = "{{ memo.name }}: {{ memo.verdict_words }}\n"
    (tmp_path / "memo.md.j2").write_text(text, encoding="utf-8")
    said = memo("--locality", "X2", "--templates", tmp_path, "--lang", "vi")
    assert said.out == "Thôn Hai: Không đủ điều kiện\n"


def test_hostile_ids_stay_in_the_folder(tmp_path: Path) -> None:
    ids = ("../../x", "{{7*7}}", "<script>", "ả" * 300, "a/b", "..", "Ba\u0309n")
    rows = "".join(f"{each},hamlet\n" for each in ids)
    facts = facts_with(
        tmp_path / "f", localities=f"id,level\n{rows}", households="locality\n"
    )
    folder = tmp_path / "out"
    said = memo("--all", "-o", folder, facts=facts)
    assert (said.code, said.err) == (0, "")
    names = [each.name for each in folder.iterdir()]
    assert len(names) == len(ids)
    assert all(re.fullmatch(r"memo-[A-Za-z0-9_-]+\.en\.md", each) for each in names)
    assert {each.name for each in tmp_path.iterdir()} == {"f", "out"}


@given(st.lists(st.text(min_size=1), unique=True))
def test_each_id_has_a_safe_name_of_its_own(ids: list[str]) -> None:
    stems = file_stems(ids)
    assert len(set(stems.values())) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,130}", each) for each in stems.values())


def test_an_id_that_looks_like_anothers_name_gets_a_name_of_its_own() -> None:
    stem = file_stems(["a b"])["a b"]
    stems = file_stems(["a b", stem])
    assert len(set(stems.values())) == 2
