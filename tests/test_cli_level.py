"""One level of an answer is a view of it: nothing is made that nobody looks at."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.assess import judge_localities
from engine.assessment_from_judged import assessment_from_judged
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.library import Library
from tests.support.commands import FACTS, IN_FORCE, RULES, run


@pytest.fixture(scope="module")
def answer() -> Judged:
    library = Library(RULES)
    facts = facts_from_files(FACTS, library.vocabulary)
    return judge_localities(library.find("demo/plan"), facts, date(2024, 6, 30))


def test_a_level_has_its_localities_in_their_order(answer: Judged) -> None:
    hamlets = assessment_from_judged(answer.at_level("hamlet")).localities
    assert len(hamlets) == 3
    assert [one.id for one in hamlets] == ["X1", "X2", "X3"]
    assert hamlets[0].id == "X1"
    assert hamlets[-1].id == "X3"
    assert [one.id for one in hamlets[1:]] == ["X2", "X3"]
    with pytest.raises(IndexError):
        hamlets[3]


def test_a_level_without_localities_is_empty(answer: Judged) -> None:
    wards = assessment_from_judged(answer.at_level("ward"))
    assert wards.summary == {}
    assert list(wards.localities) == []


@pytest.mark.parametrize(
    ("level", "hint"), [("hamlets", "Did you mean 'hamlet'?"), ("xyz", "")]
)
def test_an_unknown_level_is_answered_with_the_known_ones(
    level: str, hint: str
) -> None:
    said = run("assess", FACTS, "--rules", RULES, *IN_FORCE, "--level", level)
    assert (said.code, said.out) == (2, "")
    assert "it judges: hamlet, commune." in said.err
    assert hint in said.err


def levelled(folder: Path, *levels: str) -> Path:
    """Return facts of a commune and hamlets, the hamlets' levels as written."""
    shutil.copytree(FACTS, folder)
    rows = (f"X{at},Thôn,{level},X,có,0" for at, level in enumerate(levels, 1))
    head = "id,name,level,parent,board,plots\nX,Xã Thử,commune,,,\n"
    (folder / "localities.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [["assess"], ["memo", "--locality", "X"]])
def test_a_level_that_is_only_spelt_otherwise_is_asked_about(
    tmp_path: Path, command: list[str]
) -> None:
    facts = levelled(
        tmp_path / "f", "hamlet", "Hamlet", "thôn", "thôn", "former_hamlet"
    )
    name, *options = command
    said = run(name, facts, *options, "--rules", RULES, *IN_FORCE)
    assert said.err == (
        "Localities of these levels are not judged: “Hamlet” (1; did you mean 'hamlet'?), "
        "“thôn” (2; did you mean 'hamlet'?).\n"
    )


def test_levels_as_the_pack_has_them_are_not_spoken_of() -> None:
    assert run("assess", FACTS, "--rules", RULES, *IN_FORCE).err == ""


def test_where_nobody_is_judged_both_sides_levels_are_named(tmp_path: Path) -> None:
    facts = levelled(tmp_path / "f", "thôn", "thôn", "thôn")
    text = (facts / "localities.csv").read_text().replace("commune", "khu vực")
    (facts / "localities.csv").write_text(text)
    asked = ("--rules", RULES, "--pack", "demo/plan", *IN_FORCE)
    said = run("assess", facts, *asked)
    told = (
        "The facts have the levels: khu vực, thôn; demo/plan judges: hamlet, commune."
    )
    assert (said.code, said.err) == (4, f"{told}\n")
