"""Memos made as the command makes them, from texts or from the example."""

from datetime import date
from functools import cache
from pathlib import Path

from cli.language import speaking
from cli.memo import needed_proof
from cli.memo_from_result import Memos
from cli.memo_view import Memo, words
from cli.rendering import Rendering, Templates
from engine.assess import judge_localities
from engine.assessment import Assessment
from engine.assessment_from_judged import assessment_from_judged
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.pack import Pack
from tests.support.bundled import EXAMPLE, LAI_CHAU, pack_of

REVIEW = date(2024, 3, 31)
FORMS = ("md", "html")


@cache
def review() -> Judged:
    """Return the city's first review."""
    pack = pack_of(LAI_CHAU)
    facts = facts_from_files(EXAMPLE, pack.vocabulary)
    return judge_localities(pack, facts, REVIEW, keep_parts=True)


@cache
def rendering(form: str, folder: Path | None = None) -> Rendering:
    """Return the template of the memo."""
    return Templates(form, folder).named("memo")


def memos_of(judged: Judged, language: str, *, public: bool = False) -> list[Memo]:
    """Return the memo on every judged locality, each with its whole proof."""
    with speaking(language):
        assessment = assessment_from_judged(judged)
        making = Memos(assessment, judged.pack, public=public)
        return [
            making.of(each, None if public else needed_proof(judged, each))
            for each in assessment.localities
        ]


def written(memo: Memo, form: str) -> str:
    """Return a memo as a document, in its own language."""
    with speaking(memo.language):
        return rendering(form).filled(memo=memo, words=words())


def told(assessment: Assessment, pack: Pack, form: str, *, public: bool) -> str:
    """Return the memo on the one locality of an assessment, in English."""
    (locality,) = assessment.localities
    return written(Memos(assessment, pack, public=public).of(locality), form)
