"""A proof reads from the verdict down to cells, rows, the law's words and what lacks."""

import re
from pathlib import Path

import pytest

from cli.plain import cells
from cli.tables import WIDTH
from tests.support.commands import FACTS, IN_FORCE, RULES, Said, facts_with, run


def explain(locality: str, *others: str, facts: Path = FACTS) -> Said:
    asked = ("explain", facts, "--rules", RULES, "--locality", locality, *IN_FORCE)
    return run(*asked, *others)


def flat(said: Said) -> str:
    """Return the text without the tree's lines and line breaks."""
    return re.sub(r"[\s│├└─]+", " ", said.out)


def unbroken(text: str) -> str:
    """Return the text without gaps: a long path goes on in the next line."""
    return text.replace(" ", "")


def test_a_failing_one_shows_law_reading_count_rows_and_remedy() -> None:
    said = explain("X2")
    assert (said.code, said.err) == (0, "")
    text = flat(said)
    assert "X2 Thôn Hai (hamlet): Not eligible · ✗ not met: C1" in text
    assert "“100% hộ gia đình ký cam kết.” (Kế hoạch 01/KH-UBND, clause II.1)" in text
    assert "“hộ gia đình” is read so: temporary households too" in text
    assert "1 short: households that have signed (95 of 96)" in text
    assert "households: 96 ← Register of households: 96" in text
    assert "households.csv:4:1" in text
    assert "what to do: Ask them to sign." in text
    assert "How the document as a whole is read “địa bàn” is read so: a hamlet" in text
    assert "Rules that fired: C1a false → C1 not_met → not_eligible" in text


def test_an_undetermined_one_shows_what_would_settle_it() -> None:
    text = flat(explain("X3"))
    assert "X3 Thôn Ba (hamlet): Undetermined · ? not known: C2" in text
    assert "“Eligible” if C2a is met" in text
    assert "“Not eligible” if C2a is not met" in text
    assert "X3 Thôn Ba: the number “plots of drug plants”" in text


def test_a_typed_number_names_its_cell() -> None:
    assert "0 typed in at" in flat(explain("X1"))
    assert "localities.csv:3:6" in flat(explain("X1"))


def test_a_parent_names_what_the_localities_below_add() -> None:
    text = flat(explain("X"))
    assert "from 3 localities below: Thôn Một 40, Thôn Hai 96, Thôn Ba 30" in text
    assert "– C3 There is a board: not applicable" in text


def test_one_criterion_can_be_asked_for_alone() -> None:
    text = flat(explain("X2", "--criterion", "C2"))
    assert "C2 No drug plants" in text
    assert "C1a" not in text
    assert "Rules that fired" not in text


def test_an_inspection_is_named_as_the_source_of_a_zero(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "f",
        localities="id,level\nW,ward\n",
        households="locality,signed\n",
        inspections="locality,register,on,by,document\nW,people,2024-05-01,Tổ,01\n",
    )
    pack = ("--pack", "demo/kinds", "--criterion", "none")
    text = flat(explain("W", *pack, facts=facts))
    assert "Register of people: none, as inspected (" in text
    assert "inspections.csv:2" in unbroken(text)


def test_a_row_with_a_blank_is_shown_as_doubtful(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "f",
        localities="id,level\nW,ward\n",
        households="locality,signed\nW,yes\nW,\nW,no\n",
    )
    pack = ("--pack", "demo/kinds", "--criterion", "every")
    text = flat(explain("W", *pack, facts=facts))
    assert "households that have signed: 1 to 2" in text
    assert "may count, as a value is blank:" in text
    assert "households.csv:3" in unbroken(text)
    assert "exceptions" in text


def test_contradicting_numbers_are_told_with_the_verdict(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "f",
        localities="id,level,households,households_signed\nW,ward,3,5\n",
        households="locality\n",
    )
    text = flat(explain("W", "--pack", "demo/kinds", facts=facts))
    assert "Numbers that contradict each other" in text
    assert "a part is larger than its whole" in text


def test_a_part_of_nothing_says_why_it_is_nothing(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "f",
        localities="id,level,households\nW,ward,0\n",
        households="locality\n",
    )
    pack = ("--pack", "demo/kinds", "--criterion", "every")
    text = flat(explain("W", *pack, facts=facts))
    assert "there are none to look at: households" in text
    assert "households that have signed: 0 ← no more than “households”" in text


@pytest.mark.parametrize("locality", ["X", "X1", "X2", "X3"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_proof_fits_the_page_in_both_languages(locality: str, language: str) -> None:
    said = explain(locality, "--lang", language)
    assert said.code == 0
    assert all(cells(line) <= WIDTH for line in said.out.splitlines())


def test_every_kind_of_check_is_put_into_words(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "f",
        localities="id,level,target,plots\nW,ward,5,1\n",
        households="locality\n",
    )
    text = flat(explain("W", "--pack", "demo/kinds", facts=facts))
    for demand in (
        "none: addicts",
        "100 per cent of “households”: households that have signed",
        "plots of drug plants: at least 2",
        "addicts: at most 1",
        "plots of drug plants: at least 3, at most 4",
        "plots of drug plants: at least “Target”",
        "share of “households that have signed” in “households”: more than 50.5%",
        "addicts: at least 5% fewer than “addicts before”",
        "the day that is asked for: after 2024-12-31, on or before 2025-06-30",
        "rests on none, holds",
        "wards: at least 1 there are 1; needed: at least 1 wards: 1 ",
    ):
        assert demand in text


def test_an_unknown_criterion_is_answered_with_the_known_ones() -> None:
    said = explain("X1", "--criterion", "C22")
    assert (said.code, said.out) == (2, "")
    assert "C1, C2, C3" in said.err
    assert "Did you mean 'C2'?" in said.err
