"""A truth has three values, and nothing may take the third for one of the others."""

import pytest

from engine.truth import Truth


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_cannot_be_asked_whether_it_is_true(truth: Truth) -> None:
    with pytest.raises(TypeError, match="compare it with"):
        bool(truth)


def test_a_truth_is_written_as_the_answer_writes_it() -> None:
    assert [truth.word for truth in Truth] == ["false", "true", "unknown"]


def test_a_truths_number_is_the_one_that_columns_and_patterns_carry() -> None:
    """Two bits each in a pattern; the fourth code is for what does not apply."""
    assert [int(truth) for truth in Truth] == [0, 1, 2]
