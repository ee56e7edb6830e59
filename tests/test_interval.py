"""An interval says what is known of a number, and shows how much is open."""

import pytest

from engine.interval import Interval


def test_only_an_interval_of_one_number_is_exact() -> None:
    assert Interval(7, 7).is_exact
    assert not Interval(0, 7).is_exact
    assert not Interval(0, None).is_exact


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Interval(7, 7), "7"),
        (Interval(0, 7), "0–7"),
        (Interval(3, None), "3–∞"),
        (Interval(0, 0), "0"),
    ],
)
def test_an_interval_is_shown_with_both_ends_unless_it_is_one_number(
    interval: Interval, shown: str
) -> None:
    assert str(interval) == shown
