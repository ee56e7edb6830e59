"""The engine and the plain reference say the same of random questions.

`make deep` asks a thousand; the profile `ci` asks fifty, always the same.
"""

from hypothesis import given
from hypothesis import strategies as st

from tests.reference import evaluate
from tests.support.engine_runner import compared, engine_answer
from tests.support.files import WRITERS
from tests.support.strategies import Question, questions


@given(questions(), st.sampled_from([*WRITERS]))
def test_the_engine_and_the_reference_agree(question: Question, form: str) -> None:
    expected = compared(evaluate(*question.parts))
    assert compared(engine_answer(*question.parts, form=form)) == expected
