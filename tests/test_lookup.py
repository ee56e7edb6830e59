"""Values are looked up by key, asked for once each, whatever the keys are."""

from collections.abc import Sequence

import polars as pl
import pytest

from engine.lookup import Lookup, looked_up


@pytest.mark.parametrize("far", [1, 2**21])
def test_what_is_looked_up_is_asked_for_once(far: int) -> None:
    asked: list[int] = []

    def told(keys: Sequence[int]) -> dict[int, int | str]:
        asked.extend(keys)
        return {key: f"of {key}" for key in keys}

    lookup = Lookup(pl.String, told)
    for keys in (
        [9 * far, 3 * far, None, 0, 3 * far],
        [0, 3 * far],
        [5 * far, 10 * far],
    ):
        frame = pl.DataFrame({"key": keys}, schema={"key": pl.Int64})
        found = looked_up(frame, [lookup])["key"].to_list()
        assert found == [None if key is None else f"of {key}" for key in keys]
    assert asked == [0, 3 * far, 9 * far, 5 * far, 10 * far]


def test_among_many_rows_what_most_of_them_hold_is_asked_for_first() -> None:
    asked: list[list[int]] = []

    def told(keys: Sequence[int]) -> dict[int, int | str]:
        asked.append([*keys])
        return {key: -key for key in keys}

    held = [5, 3, None, 5] * 5_000 + [8, 3, 1]
    frame = pl.DataFrame({"key": held}, schema={"key": pl.UInt8})
    lookup = Lookup(pl.Int8, told)
    for _ in range(2):
        found = looked_up(frame, [lookup])["key"].to_list()
        assert found == [None if key is None else -key for key in held]
    assert asked == [[3, 5], [1, 8]]
