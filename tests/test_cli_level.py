"""One level of an answer is a view of it: nothing is made that nobody looks at."""

from datetime import date

import pytest

from engine.assess import judge_localities
from engine.assessment_from_judged import assessment_from_judged
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.library import Library
from tests.support.commands import FACTS, IN_FORCE, RULES, run


@pytest.fixture(scope="module")
def answer() -> Judged:
    library = Library(RULES)
    facts = facts_from_files(FACTS, library.vocabulary)
    return judge_localities(library.find("demo/plan"), facts, date(2024, 6, 30))


def test_a_level_has_its_localities_in_their_order(answer: Judged) -> None:
    hamlets = assessment_from_judged(answer.at_level("hamlet")).localities
    assert len(hamlets) == 3
    assert [one.id for one in hamlets] == ["X1", "X2", "X3"]
    assert hamlets[0].id == "X1"
    assert hamlets[-1].id == "X3"
    assert [one.id for one in hamlets[1:]] == ["X2", "X3"]
    with pytest.raises(IndexError):
        hamlets[3]


def test_a_level_without_localities_is_empty(answer: Judged) -> None:
    wards = assessment_from_judged(answer.at_level("ward"))
    assert wards.summary == {}
    assert list(wards.localities) == []


@pytest.mark.parametrize(
    ("level", "hint"), [("hamlets", "Did you mean 'hamlet'?"), ("xyz", "")]
)
def test_an_unknown_level_is_answered_with_the_known_ones(
    level: str, hint: str
) -> None:
    said = run("assess", FACTS, "--rules", RULES, *IN_FORCE, "--level", level)
    assert (said.code, said.out) == (2, "")
    assert "it judges: hamlet, commune." in said.err
    assert hint in said.err
