"""From verdicts in columns to the report, in the language that is spoken."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cli.language import _, all_said, spoken
from cli.memo import needed_proof
from cli.memo.memo_from_result import Memos
from cli.memo.memo_view import Memo
from cli.papers.paper import day_in_words, document_in_words
from cli.report.figures import Figures
from cli.report.proofs import Proofs
from cli.report.tables import Tables
from cli.report.targets import Targets
from cli.report.view import WORDS, Head, LocalityLine, OutcomesPart, Report
from cli.words.wording import Wording, number, period, said
from engine.assessment import LocalityResult, Outcome
from engine.assessment_from_judged import assessment_from_judged
from engine.judged import Judged
from engine.pack import UNDETERMINED, Pack
from engine.proof_from_judged import Prover
from engine.review.overview_from_judged import overview_from_judged
from engine.truth import Truth

LOOKED_UP: Final = 1000
"""For how many localities with something unknown the missing facts are looked up.

Each takes some milliseconds, and makes the page longer.
"""
Told = Callable[[float], None]
"""Told how much of the whole is done, from 0 to 1."""


def report_from_judged(
    judged: Judged, *, public: bool = False, told: Told | None = None
) -> Report:
    """Return the report on at least one judged locality.

    A public one masks what personal registers hold, as public memos do.
    """
    return _Reporting(judged, public=public).report(told or (lambda _done: None))


class _Reporting:
    def __init__(self, judged: Judged, *, public: bool) -> None:
        self._judged, self._public = judged, public
        self._pack = judged.pack
        self._assessment = assessment_from_judged(judged)
        self._results = list(self._assessment.localities)
        self._wording = Wording(judged.pack)
        self._kinds = kinds_of(judged.pack)
        self._open = sum(map(_leaves_open, self._results))
        self._looks_up = not public and self._open <= LOOKED_UP

    def report(self, told: Told) -> Report:
        """Put the page together."""
        proofs, lines = Proofs(), list[LocalityLine]()
        for done, (result, memo) in enumerate(self._memos(), start=1):
            proofs.add(memo)
            lines.append(self._line(result))
            told(done / len(self._results))
        overview = overview_from_judged(self._judged)
        tables = Tables(self._pack, overview)
        figures = Figures(self._pack, overview, self._kinds)
        targets = Targets(self._pack, public=self._public)
        levels = {each: self._wording.level(each) for each in overview.judged}
        return Report(
            head=self._head(),
            summary=tables.summary(),
            summary_figure=figures.summary(),
            targets=targets.parts(overview.targets),
            outcomes=tuple(
                OutcomesPart(figures.outcomes(level), tables.outcomes(level))
                for level in levels
            ),
            failing=tables.ranked(Outcome.NOT_MET),
            unknown=tables.ranked(Outcome.UNKNOWN),
            closings=tables.closings(),
            closings_figure=figures.closings(),
            closings_note=_above() if overview.counts_verdicts else "",
            criteria=tuple((each.id, said(each.title)) for each in self._pack.criteria),
            levels=tuple(levels.items()),
            verdicts=tuple(
                (each, self._wording.verdict(each)) for each in overview.verdicts
            ),
            localities=tuple(lines),
            proofs=proofs.json(all_said(WORDS)),
            proofs_note=self._note(),
        )

    def _memos(self) -> Iterator[tuple[LocalityResult, Memo]]:
        memos = Memos(self._assessment, self._pack, public=self._public)
        prover = Prover(self._judged)
        for each in self._results:
            proof = needed_proof(prover, each) if self._looks_up else None
            yield each, memos.of(each, proof)

    def _line(self, locality: LocalityResult) -> LocalityLine:
        return LocalityLine(
            id=locality.id,
            name=locality.name,
            level=locality.level,
            level_words=self._wording.level(locality.level),
            verdict=locality.verdict,
            verdict_words=self._wording.verdict(locality.verdict),
            kind=self._kinds[locality.verdict],
            outcomes=tuple(each.outcome.value for each in locality.criteria),
        )

    def _head(self) -> Head:
        pack, assessment = self._pack, self._assessment
        outside = _("Note: the rules are not in force on this day.")
        return Head(
            language=spoken(),
            mark="" if self._public else _("FOR INTERNAL CIRCULATION ONLY"),
            pack=pack.id,
            pack_title=said(pack.title),
            issuer=said(pack.issuer),
            as_of=day_in_words(assessment.as_of),
            in_force=period(pack.in_force, day_in_words),
            outside_force=outside if assessment.outside_force else "",
            documents=tuple(map(document_in_words, pack.documents.values())),
            rules_sha256=assessment.pack_sha256,
            facts_sha256=assessment.facts_sha256,
            version=assessment.version,
        )

    def _note(self) -> str:
        """Say what the proofs leave out, and who tells it."""
        if self._public:
            return _("Numbers from personal registers are masked in this public copy.")
        rows = _("“diaban explain” shows the rows and cells behind each number.")
        if self._looks_up:
            return rows
        missing = _(
            "Something is unknown in {open} localities. Which cells are blank is looked "
            "up here for {most} at most; “diaban explain” tells it of each."
        )
        return missing.format(open=number(self._open), most=number(LOOKED_UP))


def kinds_of(pack: Pack) -> Mapping[str, str]:
    """Return the colour of each verdict, in the words of an outcome."""
    kinds = {
        rule.verdict: (Outcome.MET if rule.passes else Outcome.NOT_MET).value
        for rule in pack.verdicts
    }
    return {**kinds, UNDETERMINED: Outcome.UNKNOWN.value}


def _leaves_open(locality: LocalityResult) -> bool:
    checks = (each for one in locality.criteria for each in one.checks)
    return any(each.truth is Truth.UNKNOWN for each in checks)


def _above() -> str:
    return _(
        "These rules also count verdicts below a locality; what a changed verdict would "
        "do to the verdicts above it is not reckoned here."
    )
