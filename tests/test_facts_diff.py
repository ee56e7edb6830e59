"""What changed between two reviews, by locality and count, and what it touches."""

from pathlib import Path

import pytest

from engine.desk.change import (
    CheckChange,
    CountChange,
    FieldChange,
    LocalityChange,
    Presence,
    TraitChange,
)
from engine.desk.changes_from_facts import Review, changes_from_facts
from engine.interval import Interval
from engine.truth import Truth
from tests.support.desk import (
    AS_OF,
    CLEAN,
    Changed,
    Tables,
    pack_to_try,
    read_tables,
    with_lines,
)

LOCALITIES = CLEAN["localities"]


def changes(
    tmp_path: Path, after: Tables, before: Tables | None = None, *, by_pack: bool = True
) -> dict[str, LocalityChange]:
    """Return what changed from `before` (the clean facts) to `after`, by locality."""
    old = Review(read_tables(tmp_path / "old", before or {}), AS_OF)
    new = Review(read_tables(tmp_path / "new", after), AS_OF)
    pack = pack_to_try()
    found = changes_from_facts(old, new, pack.vocabulary, pack if by_pack else None)
    return {each.id: each for each in found}


def test_the_same_facts_have_no_changes(tmp_path: Path) -> None:
    assert changes(tmp_path, {}) == {}
    assert changes(tmp_path, {}, by_pack=False) == {}


def test_the_order_of_the_rows_is_no_change(tmp_path: Path) -> None:
    turned = {name: [lines[0], *lines[:0:-1]] for name, lines in CLEAN.items()}
    assert changes(tmp_path, turned) == {}


def test_a_count_is_shown_before_and_after_with_the_criteria_it_touches(
    tmp_path: Path,
) -> None:
    found = changes(tmp_path, with_lines("households", l2="X1,yes,2024-06-01,41"))
    expected = (
        CountChange("households", Interval(40, 40), Interval(41, 41), ("C2",)),
        CountChange("signed", Interval(40, 40), Interval(41, 41), ("C2",)),
    )
    assert found["X1"].counts == expected
    assert found.keys() == {"X", "X1"}
    assert [each.after for each in found["X"].counts] == [Interval(71, 71)] * 2


def test_a_check_that_comes_out_differently_is_shown_with_the_verdict(
    tmp_path: Path,
) -> None:
    found = changes(tmp_path, with_lines("households", l2="X1,no,2024-06-01,40"))
    assert found["X1"].counts == (
        CountChange("signed", Interval(40, 40), Interval(0, 0), ("C2",)),
    )
    assert found["X1"].checks == (CheckChange("C2a", "C2", Truth.TRUE, Truth.FALSE),)
    assert found["X1"].verdict == ("eligible", "not_eligible")


def test_a_count_that_becomes_unknown_is_an_interval(tmp_path: Path) -> None:
    found = changes(tmp_path, {"households": CLEAN["households"][:2]})
    assert found["X2"].counts[0].after == Interval(0, None)
    assert found["X2"].checks == (CheckChange("C2a", "C2", Truth.TRUE, Truth.UNKNOWN),)
    assert found["X2"].verdict == ("eligible", "undetermined")


def test_a_field_is_shown_with_the_criteria_it_touches_at_its_level(
    tmp_path: Path,
) -> None:
    blank = with_lines("localities", l3="X1,Thôn Một,hamlet,X,,0,0,0,,,,")
    found = changes(tmp_path, blank)
    assert found["X1"].fields == (FieldChange("board", True, None, ("C4",)),)
    assert found["X"].counts == (
        CountChange("boards", Interval(2, 2), Interval(1, 2), ("C5",)),
    )
    # The commune's check asks for one board, and there is one.
    assert found["X"].checks == ()


def test_an_unsigned_judgement_is_not_a_value(tmp_path: Path) -> None:
    table = ["id,name,level,kept,kept_by,kept_reason", "X,Xã,commune,yes,{},Tốt"]
    rest: Changed = {"households": None, "people": None, "inspections": None}
    old = {"localities": [line.format("Công an xã") for line in table]} | rest
    new = {"localities": [line.format("") for line in table]} | rest
    found = changes(tmp_path, new, old, by_pack=False)
    assert found["X"].fields == (FieldChange("kept", True, None, ()),)


TRAITS = {
    "renamed": ("X1,Thôn Mới,hamlet,X", ("name", "Thôn Một", "Thôn Mới")),
    "moved": ("X1,Thôn Một,hamlet,Y", ("parent", "X", "Y")),
    "freed": ("X1,Thôn Một,hamlet,", ("parent", "X", None)),
    "raised": ("X1,Thôn Một,commune,X", ("level", "hamlet", "commune")),
}


@pytest.mark.parametrize(("line", "trait"), TRAITS.values(), ids=TRAITS)
def test_another_name_parent_or_level_is_shown(
    tmp_path: Path, line: str, trait: tuple[str, str, str | None]
) -> None:
    other = "Y,Xã Khác,commune,,,,,,,,,"
    before = {"localities": [*LOCALITIES, other]}
    after = {
        "localities": [
            *LOCALITIES[:2],
            f"{line},yes,0,0,0,,,,",
            LOCALITIES[3],
            other,
        ]
    }
    assert changes(tmp_path, after, before)["X1"].traits == (TraitChange(*trait),)


def test_a_name_written_otherwise_is_no_change(tmp_path: Path) -> None:
    before = with_lines("localities", l3="X1,Thôn Hòa,hamlet,X,yes,0,0,0,,,,")
    after = with_lines("localities", l3="X1,thôn  Hoà,hamlet,X,yes,0,0,0,,,,")
    assert changes(tmp_path, after, before) == {}


def test_localities_that_came_and_went_are_named(tmp_path: Path) -> None:
    more: Tables = {
        "localities": [*LOCALITIES, "X3,Thôn Ba,hamlet,X,yes,0,0,0,0,0,0,0"]
    }
    added = changes(tmp_path / "1", more)["X3"]
    removed = changes(tmp_path / "2", {}, more)["X3"]
    assert added == LocalityChange("X3", "Thôn Ba", "hamlet", Presence.ADDED)
    assert removed == LocalityChange("X3", "Thôn Ba", "hamlet", Presence.REMOVED)


def test_what_is_gone_comes_last(tmp_path: Path) -> None:
    before: Tables = {
        "localities": [LOCALITIES[0], "A,Thôn A,hamlet,,,,,,,,,", *LOCALITIES[1:]]
    }
    after: Tables = {"localities": [*LOCALITIES, "B,Thôn B,hamlet,,,,,,,,,"]}
    assert list(changes(tmp_path, after, before)) == ["B", "A"]


def test_without_a_pack_every_count_is_compared_and_nothing_is_judged(
    tmp_path: Path,
) -> None:
    more = with_lines("localities", l4="X2,Thôn Hai,hamlet,X,yes,0,2,1,,,,")
    assert changes(tmp_path / "1", more) == {}
    found = changes(tmp_path / "2", more, by_pack=False)
    assert found["X2"].counts == (
        CountChange("dealers", Interval(1, 1), Interval(2, 2), ()),
    )
    assert found["X2"].verdict is None


def test_of_personal_registers_only_counts_are_seen(tmp_path: Path) -> None:
    """Another person in the row, the same counts: nothing to show."""
    other = {"people": ["locality,standing,filed,since", "X2,addict,yes,2021-03-03"]}
    assert changes(tmp_path, other, by_pack=False) == {}


def test_a_criterion_that_does_not_apply_at_a_level_is_not_touched(
    tmp_path: Path,
) -> None:
    boards = with_lines("localities", l3="X1,Thôn Một,hamlet,X,no,0,0,0,,,,")
    found = changes(tmp_path, boards)
    by_count = {each.count: each.criteria for each in found["X1"].counts}
    assert by_count == {"boards": ()}
