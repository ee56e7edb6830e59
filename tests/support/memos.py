"""Memos made as the command makes them, from texts or from the example."""

import re
from dataclasses import fields, replace
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from cli.language import all_said, speaking
from cli.memo import needed_proof
from cli.memo.memo_from_result import Memos
from cli.memo.memo_view import WORDS, CheckPart, CriterionPart, Memo
from cli.rendering import Rendering, Templates
from engine.assess import judge_localities
from engine.assessment import Assessment
from engine.assessment_from_judged import assessment_from_judged
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.pack import Pack
from engine.proof_from_judged import Prover
from tests.support.bundled import EXAMPLE, LAI_CHAU, pack_of
from tests.support.engine_runner import read_facts, read_pack
from tests.support.strategies import Question

REVIEW = date(2024, 3, 31)
FORMS = ("md", "html")
FAILING, UNDETERMINED, ELIGIBLE = "03389-02", "03389-05", "03386-01"
HOSTILE = "{{7*7}} {% for %} <script>alert(1)</script> *a* `b` [c](http://d) | # &amp;"


@cache
def review() -> Judged:
    """Return the city's first review."""
    pack = pack_of(LAI_CHAU)
    facts = facts_from_files(EXAMPLE, pack.vocabulary)
    return judge_localities(pack, facts, REVIEW)


@cache
def rendering(form: str, folder: Path | None = None) -> Rendering:
    """Return the template of the memo."""
    return Templates(form, folder).named("memo")


def memos_of(judged: Judged, language: str, *, public: bool = False) -> list[Memo]:
    """Return the memo on every judged locality, each with its whole proof."""
    with speaking(language):
        assessment = assessment_from_judged(judged)
        making = Memos(assessment, judged.pack, public=public)
        prover = Prover(judged)
        return [
            making.of(each, None if public else needed_proof(prover, each))
            for each in assessment.localities
        ]


def written(memo: Memo, form: str) -> str:
    """Return a memo as a document, in its own language."""
    with speaking(memo.language):
        return rendering(form).filled(memo=memo, words=all_said(WORDS))


def steady(memo: Memo) -> Memo:
    """Return a memo for a golden file, which no change to a comment in a rule breaks."""
    return replace(memo, rules_sha256="a" * 64, facts_sha256="b" * 64)


def told(assessment: Assessment, pack: Pack, form: str, *, public: bool) -> str:
    """Return the memo on the one locality of an assessment, in English."""
    (locality,) = assessment.localities
    return written(Memos(assessment, pack, public=public).of(locality), form)


class Text(HTMLParser):
    """Collects what a reader of a page sees, and the elements it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  (HTMLParser's)
        self.elements.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "strong":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(document: str, form: str) -> str:
    """Return the text of a document as its reader sees it, on one line."""
    if form == "html":
        page = Text()
        page.feed(document)
        document = "".join(page.words)
    else:
        document = unescape(re.sub(r"\\([\W_])", r"\1", document))
    return " ".join(document.split())


@cache
def example(language: str, *, public: bool = False) -> dict[str, Memo]:
    """Return the memos on the example, by the id of the locality."""
    return {each.id: each for each in memos_of(review(), language, public=public)}


def judged(question: Question) -> list[Memo]:
    """Return the memos on a question that was made up."""
    pack = read_pack(question.vocabulary, question.pack)
    facts = read_facts(pack, question.vocabulary, question.facts)
    answer = judge_localities(pack, facts, question.as_of, outside_force=True)
    assessment = assessment_from_judged(answer)
    with speaking("vi"):
        return list(
            map(Memos(assessment, pack, public=False).of, assessment.localities)
        )


def hostile(memo: Memo, words: str) -> Memo:
    """Put `words` in place of every text of a memo."""

    def spoilt(part: Any) -> Any:
        match part:
            case bool():
                return part
            case str():
                return words
            case tuple():
                return tuple(map(spoilt, part))
            case CheckPart() | CriterionPart():
                return replace(
                    part,
                    **{e.name: spoilt(getattr(part, e.name)) for e in fields(part)},
                )
            case _:
                raise AssertionError(part)

    return replace(
        memo, **{e.name: spoilt(getattr(memo, e.name)) for e in fields(memo)}
    )
