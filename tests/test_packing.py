"""What many inputs say is one number, and the number says it all."""

from functools import reduce

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.packing import Packing

CODES = st.integers(0, 3)


@pytest.mark.parametrize("inputs", [1, 3, 4, 5, 8, 9, 16, 17, 32, 33, 40])
@given(st.data())
def test_a_key_stands_for_the_codes_of_its_row(
    inputs: int, data: st.DataObject
) -> None:
    row = st.lists(CODES, min_size=inputs, max_size=inputs)
    rows = [[3] * inputs, *data.draw(st.lists(row, max_size=9))]
    asked = [True, *data.draw(st.lists(st.booleans(), min_size=9, max_size=9))]
    names = [f"input {at}" for at in range(inputs)]
    packing = Packing([pl.col(each) for each in names])
    frame = pl.DataFrame(rows, dict.fromkeys(names, pl.UInt8), orient="row")
    frame = frame.with_columns(pl.Series("asked", asked[: len(rows)]))
    for some in (frame, frame[:1], frame):  # what was numbered stays as it is
        keys = some.select(packing.keys(some, "asked")).to_series()
        assert [None if key is None else packing.pattern(key) for key in keys] == [
            reduce(lambda known, code: 4 * known + code, codes) if is_asked else None
            for codes, is_asked in zip(rows, some["asked"], strict=False)
        ]
