"""What came of tests as a text to read, or as JSON for another program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from cli.language import _, ngettext
from cli.plain import plain, wrapped
from cli.rules_desk.mismatch_in_words import behind, in_words
from cli.rules_desk.tested import Tested
from cli.tables import WIDTH
from engine.errors import N_
from engine.policy.case_run import CaseRun
from engine.policy.coverage_from_cases import Covered, Sort
from engine.version import VERSION

_SORTS: Final[Mapping[Sort, str]] = {
    Sort.CHECKS: N_("truths of checks: {seen} of {possible} ({percent}%)"),
    Sort.CRITERIA: N_("outcomes of criteria: {seen} of {possible} ({percent}%)"),
    Sort.VERDICTS: N_("verdicts: {seen} of {possible} ({percent}%)"),
}


def tested_as_text(tested: Sequence[Tested], threshold: int) -> Iterator[str]:
    """Yield the lines to read, pack by pack: what fails, then what no case expects."""
    if not tested:
        yield _("There are no rule packs here.") + "\n"
    for at, each in enumerate(tested):
        if at:
            yield "\n"
        for line in _pack(each, threshold):
            yield f"{line}\n"


def _pack(tested: Tested, threshold: int) -> Iterator[str]:
    number, failed = len(tested.runs), len(tested.failed)
    cases = ngettext("{number} case", "{number} cases", number).format(number=number)
    if not number:
        outcome = _("no cases beside it")
    elif failed:
        outcome = _("{cases}, {failed} failed").format(cases=cases, failed=failed)
    else:
        outcome = _("{cases}, all passed").format(cases=cases)
    yield from wrapped(f"{tested.pack.id}: {outcome}", WIDTH, "", "  ")
    for run in tested.failed:
        yield ""
        yield from _failed(run)
    if tested.failed:
        yield ""
    for sort, covered in tested.coverage.items():
        yield from _covered(sort, covered, threshold)


def _failed(run: CaseRun) -> Iterator[str]:
    yield from wrapped(f"✗ {run.case.sentence}", WIDTH, "  ", "    ")
    yield f"    {plain(str(run.case.place))}"
    for mismatch in run.mismatches:
        yield from wrapped(in_words(mismatch), WIDTH, "    - ", "      ")
        yield f"      {plain(str(mismatch.claim.place))}"
        if reason := behind(mismatch, run.answer):
            yield from wrapped(reason, WIDTH, "      ", "      ")


def _covered(sort: Sort, covered: Covered, threshold: int) -> Iterator[str]:
    told = _(_SORTS[sort]).format(
        seen=covered.seen, possible=len(covered.possible), percent=covered.percent
    )
    if not covered.reaches(threshold):
        told += _("; below {threshold}%").format(threshold=threshold)
    yield from wrapped(told, WIDTH, "  ", "    ")
    if covered.lacking:
        lacking = _("no case expects: {lacking}").format(lacking=_listed(covered))
        yield from wrapped(lacking, WIDTH, "    ", "      ")


def _listed(covered: Covered) -> str:
    parts = []
    for subject, words in groupby(covered.lacking, key=lambda each: each[0]):
        said = ", ".join(word for _subject, word in words)
        parts.append(f"{subject} {said}" if subject else said)
    return "; ".join(parts)


def tested_as_json(tested: Sequence[Tested]) -> Iterator[str]:
    """Yield one JSON document; same input, same bytes."""
    packs = [
        {
            "id": each.pack.id,
            "sha256": each.pack.sha256,
            "failed": len(each.failed),
            "cases": [_case(run) for run in each.runs],
            "coverage": {
                sort.value: {
                    "expected": covered.seen,
                    "possible": len(covered.possible),
                    "lacking": [list(filter(None, one)) for one in covered.lacking],
                }
                for sort, covered in each.coverage.items()
            },
        }
        for each in tested
    ]
    document = {"diaban": VERSION, "packs": packs}
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _case(run: CaseRun) -> dict[str, object]:
    return {
        "case": run.case.sentence,
        "place": str(run.case.place),
        "as_of": run.case.as_of.isoformat(),
        "passed": run.has_passed,
        "mismatches": [
            {
                "kind": each.claim.kind.value,
                "of": each.claim.subject or None,
                "expected": each.claim.expected,
                "got": each.got,
                "place": str(each.claim.place),
            }
            for each in run.mismatches
        ],
    }
