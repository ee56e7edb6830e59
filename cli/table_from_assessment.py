"""The answer in plain text: a summary, localities × criteria, and what each lacks."""

from collections.abc import Iterator
from typing import Final

import click

from cli.language import _
from cli.plain import fitted, wrapped
from cli.tables import WIDTH, Column, table_lines
from cli.words.findings import Findings
from cli.words.heading import heading
from cli.words.wording import OUTCOMES, SYMBOLS, Wording, number, said
from engine.assessment import Assessment, LocalityResult, Outcome
from engine.pack import UNDETERMINED, Pack
from engine.truth import Truth

_WIDEST_NAME: Final = 30
_NARROWEST_NAME: Final = 16
_NARROWEST_VERDICT: Final = 24
_DIGEST: Final = 12
_COLOURS: Final = {"✓": "green", "✗": "red", "?": "yellow"}
_SYMBOLS: Final = {Truth.FALSE: "✗", Truth.UNKNOWN: "?"}


def table_from_assessment(
    assessment: Assessment, pack: Pack, *, coloured: bool = False
) -> Iterator[str]:
    """Yield the lines of the answer; colour repeats what the symbols say."""
    report = _Report(assessment, pack, coloured=coloured)
    for line in report.lines():
        yield f"{line}\n"


class _Report:
    def __init__(self, assessment: Assessment, pack: Pack, *, coloured: bool) -> None:
        self._assessment = assessment
        self._pack = pack
        self._wording = Wording(pack)
        self._findings = Findings(self._wording)
        self._coloured = coloured
        self._shows_level = len(assessment.summary) > 1

    def lines(self) -> Iterator[str]:
        yield from heading(self._pack, self._assessment.as_of)
        yield _("Fingerprints: rules {rules}, facts {facts}").format(
            rules=self._assessment.pack_sha256[:_DIGEST],
            facts=self._assessment.facts_sha256[:_DIGEST],
        )
        for each in self._assessment.supposed:
            yield from _wrapped(f"! {self._wording.supposition(each)}", "")
        yield ""
        yield from self._summary()
        rows: list[tuple[str, ...]] = []
        details: list[str] = []
        for locality in self._assessment.localities:
            rows.append(self._row(locality))
            details.extend(self._details(locality))
        if rows:
            yield ""
            yield from self._legend()
            yield ""
            yield from table_lines(self._columns(), rows)
        if details:
            yield ""
            yield _("What is short (✗) and what is not known (?)")
            yield from details

    def _summary(self) -> Iterator[str]:
        verdicts = (*self._pack.verdict_names, UNDETERMINED)
        columns = [
            Column(_("Level")),
            *(
                Column(
                    self._wording.verdict(each),
                    right=True,
                    narrowest=_NARROWEST_VERDICT,
                )
                for each in verdicts
            ),
            Column(_("Total"), right=True),
        ]
        rows = [
            (
                self._wording.level(level),
                *(number(counted.get(verdict, 0)) for verdict in verdicts),
                number(sum(counted.values())),
            )
            for level, counted in self._assessment.summary.items()
        ]
        if not rows:
            yield _("No locality is of a level that these rules judge.")
            return
        yield from table_lines(columns, rows)

    def _legend(self) -> Iterator[str]:
        yield "   ".join(f"{SYMBOLS[each]} {_(OUTCOMES[each])}" for each in Outcome)
        for criterion in self._pack.criteria:
            # A criterion without a title goes by its id, which is said once.
            words = dict.fromkeys((criterion.id, said(criterion.title)))
            yield from _wrapped("  ".join(words), "    ")

    def _columns(self) -> list[Column]:
        criteria = (each.id for each in self._pack.criteria)
        return [
            Column(_("Id"), 12),
            Column(_("Locality"), _WIDEST_NAME, narrowest=_NARROWEST_NAME),
            *([Column(_("Level"), narrowest=16)] if self._shows_level else []),
            *(Column(each, paint=self._paint) for each in criteria),
            Column(_("Verdict"), narrowest=_NARROWEST_VERDICT),
        ]

    def _row(self, locality: LocalityResult) -> tuple[str, ...]:
        return (
            locality.id,
            locality.name,
            *([self._wording.level(locality.level)] if self._shows_level else []),
            *(SYMBOLS[each.outcome] for each in locality.criteria),
            self._wording.verdict(locality.verdict),
        )

    def _details(self, locality: LocalityResult) -> Iterator[str]:
        findings = list(self._findings.of(locality))
        if not findings and not locality.conflicts:
            return
        yield ""
        words = self._wording.verdict(locality.verdict)
        if locality.verdict == UNDETERMINED:
            others = ", ".join(map(self._wording.verdict, locality.possible))
            words = _("{verdict} (still possible: {others})").format(
                verdict=words, others=others
            )
        who = f"{fitted(locality.id, 40)} {fitted(locality.name, 80)}"
        yield from _wrapped(f"{who}: {words}", "  ")
        for conflict in locality.conflicts:
            yield from _wrapped(f"! {self._findings.conflict(conflict)}", "    ")
        for found in findings:
            symbol = _SYMBOLS[found.truth]
            line = f"{symbol} {found.check or found.criterion}: {found.words}"
            first, *rest = _wrapped(line, "    ")
            yield first.replace(symbol, self._paint(symbol), 1)
            yield from rest

    def _paint(self, symbol: str) -> str:
        colour = _COLOURS.get(symbol)
        return click.style(symbol, fg=colour) if self._coloured and colour else symbol


def _wrapped(text: str, indent: str) -> Iterator[str]:
    return wrapped(text, WIDTH, indent, f"{indent}  ")
