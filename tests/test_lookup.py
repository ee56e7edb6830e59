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
