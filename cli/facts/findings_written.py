"""Findings as a text to read, as JSON for another program, as CSV for a spreadsheet."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import click

from cli.case import Case
from cli.facts.words_of_findings import SEVERITIES, told
from cli.json_document import json_document
from cli.language import _
from cli.options import Question
from cli.plain import fitted, wrapped
from cli.spreadsheet import csv_line
from cli.tables import WIDTH
from cli.words.heading import heading
from engine.desk.finding import Finding, Severity
from engine.errors import N_
from engine.version import VERSION

_HEADINGS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: N_("Errors: {number}"),
    Severity.WARNING: N_("Warnings: {number}"),
    Severity.NOTE: N_("Notes: {number}"),
}
_COLOURS: Final[Mapping[Severity, str | None]] = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.NOTE: None,
}


def findings_as_text(
    findings: Sequence[Finding], case: Case, question: Question, *, coloured: bool
) -> Iterator[str]:
    """Yield the lines to read: by severity, then by what is wrong, with its cure once."""
    for line in heading(case.pack, question.as_of):
        yield f"{line}\n"
    if not findings:
        yield "\n" + _("Nothing was found.") + "\n"
    for severity in Severity:
        alike = [each for each in findings if each.severity is severity]
        if not alike:
            continue
        title = _(_HEADINGS[severity]).format(number=len(alike))
        colour = _COLOURS[severity] if coloured else None
        yield "\n" + (click.style(title, fg=colour) if colour else title) + "\n"
        for line in _section(alike):
            yield f"{line}\n"


def _section(findings: Sequence[Finding]) -> Iterator[str]:
    told_ = [(told(each), each) for each in findings]
    first = {each.code: at for at, (_words, each) in reversed([*enumerate(told_)])}
    ordered = sorted(told_, key=lambda pair: (first[pair[1].code], pair[0].cure))
    for (code, cure), group in groupby(
        ordered, key=lambda pair: (pair[1].code, pair[0].cure)
    ):
        yield ""
        yield from wrapped(f"{code}: {cure}", WIDTH, "  ", "  ")
        for words, each in group:
            yield from wrapped(f"{_who(each)}{words.what}", WIDTH, "  - ", "    ")
            places = ", ".join(map(str, each.places))
            if places:
                yield from wrapped(places, WIDTH, "    ", "    ")


def _who(finding: Finding) -> str:
    if finding.locality is None:
        return ""
    who = fitted(finding.locality, 40)
    if finding.name not in {None, finding.locality}:
        who += f" {fitted(finding.name or '', 80)}"
    return f"{who}: "


def findings_as_json(
    findings: Sequence[Finding], case: Case, question: Question
) -> Iterator[str]:
    """Return one JSON document, a line a finding; same input, same bytes."""
    counted = Counter(each.severity for each in findings)
    head = {
        "diaban": VERSION,
        "pack": {"id": case.pack.id, "sha256": case.pack.sha256},
        "facts": {"sha256": case.facts.sha256},
        "as_of": question.as_of.isoformat(),
        "summary": {each.value: counted[each] for each in Severity},
    }
    return json_document(head, "findings", map(_document, findings))


def _document(finding: Finding) -> dict[str, object]:
    words = told(finding)
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "locality": finding.locality,
        "name": finding.name,
        "concerns": finding.concerns,
        "places": [str(place) for place in finding.places],
        "what": words.what,
        "cure": words.cure,
    }


def findings_as_csv(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of a table, a row a finding, the heading first."""
    yield csv_line(
        (
            _("Severity"),
            _("Id"),
            _("Locality"),
            _("What is wrong"),
            _("What to do"),
            _("Where"),
            _("Code"),
        )
    )
    for each in findings:
        words = told(each)
        yield csv_line(
            (
                _(SEVERITIES[each.severity]),
                each.locality or "",
                each.name or "",
                words.what,
                words.cure,
                "; ".join(map(str, each.places)),
                each.code,
            )
        )
