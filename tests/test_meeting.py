"""Where one side says nothing, what both allow is the other side itself."""

import polars as pl
import pytest

from engine.assessment import ConflictKind
from engine.meeting import OPEN, ZERO, Ends, Meeting

SAID = Ends(pl.col("least"), pl.col("most"))
AT_MOST = Ends(ZERO, pl.col("bound"))
NOTHING = Ends(ZERO, OPEN)


def meeting(left: Ends, right: Ends) -> Meeting:
    return Meeting("people", ConflictKind.TYPED, ("people",), left, right)


def test_only_what_has_no_bound_at_all_says_nothing() -> None:
    assert NOTHING.are_free
    assert not AT_MOST.are_free
    assert not SAID.are_free


@pytest.mark.parametrize("sides", [(SAID, NOTHING), (NOTHING, SAID)])
def test_beside_what_says_nothing_the_other_side_is_taken_as_it_is(
    sides: tuple[Ends, Ends],
) -> None:
    lo, hi = meeting(*sides).common()
    assert lo.meta.eq(pl.col("least").alias("lo:people"))
    assert hi.meta.eq(pl.col("most").alias("hi:people"))
    assert not meeting(*sides).may_clash


def test_two_sides_that_say_something_may_clash() -> None:
    assert meeting(SAID, AT_MOST).may_clash
    assert meeting(AT_MOST, SAID).may_clash


def test_no_low_end_is_compared_with_nothing() -> None:
    lo, _hi = meeting(SAID, AT_MOST).common()
    assert lo.meta.eq(pl.col("least").alias("lo:people"))


def test_the_lesser_bound_is_taken_and_an_open_end_gives_way() -> None:
    bounds = pl.DataFrame(
        {"least": [0, 0, 0, 0, 0], "most": [3, 5, None, 4, None]},
        schema={"least": pl.Int64, "most": pl.Int64},
    ).with_columns(bound=pl.Series([5, 3, 2, None, None], dtype=pl.Int64))
    _lo, hi = meeting(SAID, AT_MOST).common()
    assert bounds.select(hi).to_series().to_list() == [3, 3, 2, 4, None]
