"""A proof found for one pattern serves for others, and never changes an answer."""

from itertools import islice, product
from random import Random

import pytest

from engine.library import Library
from engine.network.cases import Casebook
from engine.network.productions import Question
from engine.network.productions_from_pack import productions_from_pack
from tests.support.commands import ROOT

PACKS = ("lai-chau/city-2024", "national/qd-28-2025", "quang-ninh/172-2023")


def questions() -> list[tuple[str, Question]]:
    library = Library(ROOT / "rules")
    return [
        (f"{name} {about}", question)
        for name in PACKS
        for productions in [productions_from_pack(library.find(name))]
        for about, question in [
            *productions.criteria.items(),
            ("verdict", productions.verdict),
        ]
    ]


def patterns(question: Question, most: int, seed: int) -> list[int]:
    """Return patterns of codes that can be told, in an order of chance."""
    chance = Random(seed)  # noqa: S311  (no secret)
    codes = [
        [code for code in range(4) if code < 3 or each.na is not None]
        for each in question.inputs
    ]
    every = list(islice(product(*codes), most + 1))
    if len(every) > most:
        every = [tuple(map(chance.choice, codes)) for _ in range(most)]
    chance.shuffle(every)
    found = []
    for pattern in every:
        packed = 0
        for code in pattern:
            packed = packed * 4 + code
        found.append(packed)
    return found


@pytest.mark.parametrize(
    "question", [pytest.param(each, id=name) for name, each in questions()]
)
def test_an_answer_by_a_proof_is_that_of_the_network(question: Question) -> None:
    for seed in (1, 2):
        quick, plain = Casebook(question), Casebook(question)
        asked = patterns(question, 300, seed)
        answers = quick.answers(asked)
        assert answers == {pattern: plain.case(pattern).answer for pattern in asked}


def test_one_fault_is_proved_once_however_many_others_there_are() -> None:
    productions = productions_from_pack(
        Library(ROOT / "rules").find("lai-chau/city-2024")
    )
    book = Casebook(productions.verdict)
    met = sum(1 << 2 * place for place in range(len(book.question.inputs)))
    assert book.answers([met]) == {met: "eligible"}
    asked = [
        met - (1 << 2 * place) - (1 << 2 * other)
        for place in range(8)
        for other in range(place)
    ]
    assert set(book.answers(asked).values()) == {"not_eligible"}
    assert book.asked <= 1 + 8


def test_one_gap_leaves_open_whatever_more_gaps_do() -> None:
    productions = productions_from_pack(
        Library(ROOT / "rules").find("lai-chau/city-2024")
    )
    book = Casebook(productions.verdict)
    places = range(len(book.question.inputs))
    met, unknown = 0b01, 0b10
    asked = [
        sum(each << 2 * place for place, each in zip(places, codes, strict=True))
        for codes in product((met, unknown), repeat=len(places))
    ]
    answers = dict(book.answers(reversed(asked)))
    assert len(answers) == 2 ** len(places)
    assert answers.pop(asked[0]) == "eligible"
    assert set(answers.values()) == {"undetermined"}
    assert book.asked == 1 + len(places)
