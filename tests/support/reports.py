"""Reports made as the command makes them, and what is in them."""

import json
from functools import cache
from typing import Any

from cli.language import speaking
from cli.report.page import page_from_report
from cli.report.report_from_judged import report_from_judged
from cli.report.view import Report
from engine.judged import Judged
from tests.support.memos import review


@cache
def example(language: str, *, public: bool = False) -> Report:
    """Return the report on the city's first review."""
    return report_of(review(), language, public=public)


def report_of(judged: Judged, language: str, *, public: bool = False) -> Report:
    """Return the report on judged localities."""
    with speaking(language):
        return report_from_judged(judged, public=public)


def page_of(report: Report) -> str:
    """Return a report as the page, in its own language."""
    with speaking(report.head.language):
        return page_from_report(report)


def proofs_of(report: Report) -> list[list[str]]:
    """Return every sentence of each locality's proof, put together as the page does."""
    known: dict[str, Any] = json.loads(report.proofs)
    words = known["words"]

    def check(number: int) -> list[str]:
        id_, outcome, demand, why, share, counts, missing = known["checks"][number]
        said = [words[each] for each in (demand, why, share, *counts, *missing)]
        return [id_, outcome, *said]

    def part(number: int) -> list[str]:
        outcome, why, remedy, checks = known["parts"][number]
        told = [text for each in checks for text in check(each)]
        return [outcome, words[why], words[remedy], *told]

    return [
        [text for number in parts for text in part(number)]
        + [words[number] for each in others for number in each]
        for parts, *others in known["localities"]
    ]
