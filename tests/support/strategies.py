"""Random questions: a vocabulary, a pack, tables of facts and a day.

Small on purpose: few fields, numbers from 0 to 4 and days beside the boundaries, so that
thresholds are hit, every truth is met often, and a failure shrinks to something short.
"""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.reference import Evaluation
from tests.support.fact_strategies import tables
from tests.support.files import yaml_text
from tests.support.pack_strategies import packs
from tests.support.plain_facts import Doc
from tests.support.vocabulary_strategies import chance, parts_of_wholes, vocabularies

DAYS_ASKED = ["2025-03-14", "2024-02-29", "2025-05-31", "2025-03-31", "2025-03-01"]


@dataclass(frozen=True, repr=False)
class Question:
    """What an evaluator is asked; shown as the files one would have to write."""

    vocabulary: Doc
    pack: Doc
    facts: Doc
    as_of: date

    @property
    def parts(self) -> tuple[Doc, Doc, Doc, date]:
        """The arguments of an evaluator."""
        return self.vocabulary, self.pack, self.facts, self.as_of

    def __repr__(self) -> str:
        written = map(yaml_text, (self.vocabulary, self.pack, self.facts, self.as_of))
        return "\n" + "\n".join(written) + "\n"

    def with_facts(self, facts: Doc) -> "Question":
        """Ask the same of other facts."""
        return replace(self, facts=facts)


@st.composite
def questions(draw: DrawFn, *, typed_lies: bool = True) -> Question:
    """Draw a question; `typed_lies` lets typed numbers contradict what is known."""
    as_of = date.fromisoformat(draw(st.sampled_from(DAYS_ASKED)))
    vocabulary = draw(vocabularies(as_of))
    pack = draw(packs(vocabulary))
    facts = draw(tables(vocabulary, as_of))
    question = Question(vocabulary, pack, facts, as_of)
    _type_numbers(draw, question, lies=typed_lies)
    return question


def _type_numbers(draw: DrawFn, question: Question, *, lies: bool) -> None:
    """Type some numbers in, most of them between what is known to be possible."""
    lies = lies and draw(st.booleans())
    for unit in question.facts["localities"]:
        for name in question.vocabulary["counts"]:
            known = Evaluation(*question.parts)
            only_typed = known.register_of(name) is None
            if not chance(draw, 70 if only_typed else 20):
                continue
            lo, hi = known.value(
                name, next(x for x in known.localities if x["id"] == unit["id"])
            )
            honest = st.integers(lo, int(min(hi, lo + 3)))
            around = st.integers(max(0, lo - 2), lo + 4)
            unit[name] = draw(around if lies and chance(draw, 40) else honest)
        pairs = parts_of_wholes(question.vocabulary["counts"]) if lies else []
        if pairs and chance(draw, 30):  # as if by two people who never met
            numbers = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
            unit.update(zip(draw(st.sampled_from(pairs)), numbers, strict=True))
