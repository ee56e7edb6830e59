"""Where localities stand in their tree: against a walk from each of them to the top."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from engine.tree import beneath, layers_of, places_in_tree


@given(st.lists(st.integers(0, 30), max_size=20))
def test_places_are_those_of_a_walk_up_the_tree(parents: list[int]) -> None:
    rows = [3 * at for at in range(len(parents))]
    # Whoever has a number below its own as its parent stands in no circle.
    above = [None if not at or up >= at else up for at, up in enumerate(parents)]
    frame = pl.DataFrame(
        {
            "row": rows,
            "id": [f"L{at}" for at in range(len(parents))],
            "parent": [None if up is None else f"L{up}" for up in above],
        },
        schema={"row": pl.Int64, "id": pl.String, "parent": pl.String},
    )
    found = places_in_tree(frame)

    def depth(at: int) -> int:
        up = above[at]
        return 0 if up is None else depth(up) + 1

    assert found["parent_row"].to_list() == [
        None if up is None else rows[up] for up in above
    ]
    assert found["depth"].to_list() == [
        depth(at) if at in above else None for at in range(len(parents))
    ]
    layers = layers_of(frame.hstack(found))
    assert [each["depth"].unique().to_list() for each in layers] == [
        [at] for at in range(len(layers))
    ]
    assert sum(map(len, layers)) == found["depth"].count()


def test_what_lies_beneath_is_found_once_down_to_the_last() -> None:
    tree = [
        ("X", None),
        ("A", "X"),
        ("B", "X"),
        ("A1", "A"),
        ("A11", "A1"),
        ("Y", None),
    ]
    assert beneath(["A"], tree) == ("A", "A1", "A11")
    assert beneath(["A1", "X"], tree) == ("A1", "X", "A11", "A", "B")
    assert beneath(["nobody"], tree) == ("nobody",)
