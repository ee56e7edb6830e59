"""Bad rules end 3 and bad facts 5: place, fault and cure on stderr, and nothing else."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import (
    FACTS,
    IN_FORCE,
    RULES,
    Said,
    facts_with,
    rules_with,
    run,
    spawn,
)

TOLD = re.compile(r"\S[^\n]*: error\[[a-z0-9-]+\]: [^\n]+; [^\n]+")

BAD_RULES = {
    "a key twice": ("plan", "pack: demo/plan", "pack: demo/plan\npack: demo/plan"),
    "an alias": ("plan", "levels: [hamlet, commune]", "levels: &a [hamlet]\nx: *a"),
    "a tag": ("plan", "pack: demo/plan", "pack: !!str demo/plan"),
    "a depth bomb": ("plan", "{none: plots}", "[" * 500),
    "an unknown count": ("plan", "{none: plots}", "{none: plotz}"),
    "an unknown key": ("plan", "quote:", "qoute:"),
    "criteria in a circle": ("plan", "requires: {none: plots}", "requires: C2"),
    "verdicts without an end": ("plan", "when: always", "when: {all: criteria}"),
    "an unknown type": ("vocabulary", "type: choice", "type: choise"),
    "a part of nothing": ("vocabulary", "within: households", "within: houses"),
    "not YAML at all": ("plan", "criteria:", "criteria: ["),
}

HEAD = "id,name,level,parent,board,plots\n"
BAD_FACTS = {
    "a negative number": {"localities": HEAD + "X1,A,hamlet,,,-1\n"},
    "a fraction": {"localities": HEAD + "X1,A,hamlet,,,1.5\n"},
    "a word for a number": {"localities": HEAD + "X1,A,hamlet,,,none\n"},
    "a number too large": {"localities": HEAD + f"X1,A,hamlet,,,{10**23}\n"},
    "neither yes nor no": {"localities": HEAD + "X1,A,hamlet,,maybe,\n"},
    "an extra cell": {"localities": HEAD + "X1,A,hamlet,,,,7\n"},
    "a column of names": {"people": "locality,ho_ten\nX1,Nguyễn Văn Kín\n"},
    "one locality twice": {"localities": HEAD + "X1,A,hamlet,,,\nX1,B,hamlet,,,\n"},
    "an unknown parent": {"localities": HEAD + "X1,A,hamlet,Y,,\n"},
    "parents in a circle": {
        "localities": HEAD + "X1,A,hamlet,X2,,\nX2,B,hamlet,X1,,\n"
    },
    "an unknown locality": {"households": "locality,signed\nX9,yes\n"},
    "an unknown choice": {"people": "locality,standing\nX1,Nguyễn Văn Kín\n"},
    "an unknown table": {"persons": "locality\nX1\n"},
}


def is_refused(said: Said, code: int) -> bool:
    lines = said.err.splitlines()
    return (said.code, said.out) == (code, "") and all(map(TOLD.fullmatch, lines))


@pytest.mark.parametrize("fault", BAD_RULES.values(), ids=BAD_RULES)
def test_bad_rules_end_3(tmp_path: Path, fault: tuple[str, str, str]) -> None:
    name, before, after = fault
    rules = rules_with(tmp_path / "rules", **{name: (before, after)})
    asked = ("--rules", rules, "--pack", "demo/plan", *IN_FORCE)
    said = run("assess", FACTS, *asked, "-o", tmp_path / "answer")
    assert is_refused(said, 3)
    assert not (tmp_path / "answer").exists()
    assert f"{name}.yaml:" in said.err


@pytest.mark.parametrize("tables", BAD_FACTS.values(), ids=BAD_FACTS)
def test_bad_facts_end_5(tmp_path: Path, tables: dict[str, str]) -> None:
    facts = facts_with(tmp_path / "facts", households="locality\n")
    for name, text in tables.items():
        (facts / f"{name}.csv").write_text(text, encoding="utf-8")
    asked = ("--rules", RULES, *IN_FORCE)
    said = run("assess", facts, *asked, "-o", tmp_path / "answer")
    assert is_refused(said, 5)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["facts"]
    assert "Nguyễn" not in said.err


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "an empty folder": Path.mkdir,
    "an empty file": Path.touch,
    "no workbook": lambda facts: facts.write_bytes(b"PK\x03\x04 but no more"),
    "another encoding": lambda facts: facts.write_bytes("a,b\n".encode("utf-16")),
}


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("suffix", ["", ".xlsx", ".yaml"])
def test_what_cannot_be_read_ends_5(
    tmp_path: Path, make: Callable[[Path], object], suffix: str
) -> None:
    facts = tmp_path / f"facts{suffix}"
    make(facts)
    assert is_refused(run("assess", facts, "--rules", RULES, *IN_FORCE), 5)


def test_a_whole_process_refuses_as_the_tests_do(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "facts", **BAD_FACTS["a fraction"])
    rules = rules_with(tmp_path / "rules", plan=("{none: plots}", "{none: plotz}"))
    assert is_refused(spawn("assess", facts, "--rules", RULES, *IN_FORCE), 5)
    asked = ("assess", facts, "--rules", rules, "--pack", "demo/plan", *IN_FORCE)
    assert is_refused(spawn(*asked), 3)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    faults = HEAD + "X1,A,hamlet,,maybe,-1\nX1,B,hamlet,Y,,1.5\n"
    facts = facts_with(tmp_path / "facts", localities=faults, households="locality\n")
    said = run("assess", facts, "--rules", RULES, *IN_FORCE)
    assert len(said.err.splitlines()) >= 5


def test_an_invalid_vocabulary_is_told_by_every_command(tmp_path: Path) -> None:
    fault = ("type: choice", "type: choise")
    rules = rules_with(tmp_path / "rules", vocabulary=fault)
    asked = ("--rules", rules)
    for command in (
        ("packs",),
        ("assess", FACTS),
        ("explain", FACTS, "--locality", "X1"),
    ):
        assert is_refused(run(*command, *asked), 3)


@pytest.mark.parametrize(
    "name", ["\x1b[31mRED\x1b[0m", "\u202egnirts", "tab\there", "a" * 10_000]
)
def test_a_hostile_text_in_a_message_is_harmless(tmp_path: Path, name: str) -> None:
    text = f'{HEAD}X1,A,hamlet,"{name}",,\n'
    facts = facts_with(tmp_path / "facts", localities=text, households="locality\n")
    said = run("assess", facts, "--rules", RULES, *IN_FORCE)
    assert is_refused(said, 5)
    assert said.err.replace("\n", "").isprintable()
    assert len(max(said.err.splitlines(), key=len)) < 2_000


TOO_LONG = "x" * 300


@pytest.mark.parametrize(
    "asked",
    [
        ("assess", FACTS, "--rules", RULES, *IN_FORCE, "--pack"),
        *[("rules", each, "--rules", RULES) for each in ("check", "fmt", "test")],
    ],
    ids=["assess", "check", "fmt", "test"],
)
@pytest.mark.parametrize("name", [TOO_LONG, f"{TOO_LONG}.yaml"])
def test_no_pack_has_a_name_that_no_file_could_have(
    asked: tuple[object, ...], name: str
) -> None:
    said = run(*asked, name)
    assert said.code in {2, 3}
    assert TOO_LONG[:60] in said.out + said.err


@pytest.mark.parametrize("asked", [("facts", "import"), ("units", "carry")])
def test_a_folder_that_no_system_could_name_is_not_written(
    tmp_path: Path, asked: tuple[str, ...]
) -> None:
    book = tmp_path / "book.xlsx"
    book.touch()
    given = book if "import" in asked else FACTS
    said = run(*asked, given, "--rules", RULES, "-o", tmp_path / TOO_LONG)
    assert (said.code, said.out) == (7, "")
    assert "cannot be written" in said.err


def test_a_file_whose_name_is_no_text_is_told_like_any_other(tmp_path: Path) -> None:
    name = os.fsdecode(b"x\xff")
    facts = facts_with(tmp_path / "facts")
    (facts / f"{name}.csv").write_text("locality\n")
    assert is_refused(run("assess", facts, "--rules", RULES, *IN_FORCE), 5)
    elsewhere = facts_with(tmp_path / name)
    asked = ("facts", "check", elsewhere, "--rules", RULES, "--pack", "demo/plan")
    assert run(*asked, *IN_FORCE, "--format", "json").code == 1
    for command in ("explain", "memo"):
        gone = (command, FACTS, "--rules", RULES, *IN_FORCE, "--locality", name)
        assert is_refused(run(*gone), 2)
