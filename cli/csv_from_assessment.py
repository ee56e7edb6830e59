"""The answer for a spreadsheet: one row a locality, one column a criterion."""

from collections.abc import Iterable, Iterator

from cli.language import _
from cli.spreadsheet import csv_line
from cli.words.findings import Finding, Findings
from cli.words.wording import OUTCOMES, Wording
from engine.assessment import Assessment, LocalityResult
from engine.pack import Pack
from engine.supposition import in_a_cell
from engine.truth import Truth


def csv_from_assessment(assessment: Assessment, pack: Pack) -> Iterator[str]:
    """Yield the lines of the table, the heading first."""
    wording = Wording(pack)
    findings = Findings(wording)
    supposed = in_a_cell(assessment.supposed)
    yield csv_line(
        (
            _("Id"),
            _("Locality"),
            _("Level"),
            _("Belongs to"),
            _("Verdict"),
            _("Still possible"),
            *(criterion.id for criterion in pack.criteria),
            _("What is short"),
            _("What is not known"),
            _("Contradictions"),
            *([_("Supposed")] if supposed else []),
        )
    )
    for locality in assessment.localities:
        row = _row(locality, wording, findings)
        yield csv_line((*row, supposed) if supposed else row)


def _row(
    locality: LocalityResult, wording: Wording, findings: Findings
) -> Iterator[str]:
    found = list(findings.of(locality))
    yield locality.id
    yield locality.name
    yield wording.level(locality.level)
    yield locality.parent or ""
    yield wording.verdict(locality.verdict)
    yield ", ".join(map(wording.verdict, locality.possible))
    yield from (_(OUTCOMES[each.outcome]) for each in locality.criteria)
    yield _joined(each for each in found if each.truth is Truth.FALSE)
    yield _joined(each for each in found if each.truth is Truth.UNKNOWN)
    yield "; ".join(map(findings.conflict, locality.conflicts))


def _joined(found: Iterable[Finding]) -> str:
    return "; ".join(f"{each.check or each.criterion}: {each.words}" for each in found)
