"""From a locality's result to its memo, in the language that is spoken."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from cli.language import _, spoken
from cli.memo.memo_view import CriterionPart, Memo
from cli.papers.paper import day_in_words, document_in_words
from cli.words.check_parts import CheckParts
from cli.words.proof_words import clause, reading, way
from cli.words.wording import OUTCOMES, period, said
from engine.assessment import (
    Assessment,
    CriterionResult,
    LocalityResult,
    Outcome,
)
from engine.errors import N_
from engine.pack import (
    UNDETERMINED,
    Criterion,
    Pack,
)
from engine.proof import CheckProof, Proof

_FIRED: Final[Mapping[str, str]] = {
    "true": N_("{check} is met"),
    "met": N_("{check} is met"),
    "false": N_("{check} is not met"),
    "not_met": N_("{check} is not met"),
    "unknown": N_("{check} is not known"),
    "not_applicable": N_("{check} is not applicable"),
}
Proofs = Mapping[str, CheckProof]
"""By the id of the check."""


class Memos:
    """Makes the memos on one assessment; `public` ones are masked."""

    def __init__(self, assessment: Assessment, pack: Pack, *, public: bool) -> None:
        self._assessment, self._pack, self._public = assessment, pack, public
        self._parts = CheckParts(pack, public=public)
        self._wording = self._parts.wording
        self._known = {each.id: self._unjudged(each) for each in pack.criteria}
        self._criteria = {each.id: each for each in pack.criteria}
        self._blank = self._unaddressed()

    def of(self, locality: LocalityResult, proof: Proof | None = None) -> Memo:
        """Return the memo on one locality.

        A proof adds which facts are missing and what would settle the verdict; a public
        copy leaves both out, for they name places and rows.
        """
        if self._public:
            proof = None
        proofs = proof.criteria if proof else ()
        checks = {each.check.id: each for one in proofs for each in one.checks}
        verdict = self._wording.verdict
        undetermined = locality.verdict == UNDETERMINED
        ways = proof.settling if proof else ()
        return replace(
            self._blank,
            id=locality.id,
            name=locality.name,
            level=self._wording.level(locality.level),
            asked=self._asked(locality),
            verdict=locality.verdict,
            verdict_words=verdict(locality.verdict),
            passes=_passes(self._pack, locality.verdict),
            possible=tuple(map(verdict, locality.possible)) if undetermined else (),
            summary=tuple(_summary(locality)),
            criteria=tuple(self._judged(locality, checks)),
            conflicts=tuple(map(self._parts.conflict, locality.conflicts)),
            settling=tuple(way(each, self._wording) for each in ways),
            derivation=tuple(self._derivation(locality)),
        )

    def _asked(self, locality: LocalityResult) -> str:
        asked = _(
            "Whether {name} ({level}) meets the criteria of “{pack}”, as of {day}."
        )
        return asked.format(
            name=locality.name,
            level=self._wording.level(locality.level),
            pack=self._blank.pack_title,
            day=self._blank.as_of,
        )

    def _judged(
        self, locality: LocalityResult, proofs: Proofs
    ) -> Iterator[CriterionPart]:
        doubtful = {name for found in locality.conflicts for name in found.counts}
        for each in locality.criteria:
            yield self._criterion(each, locality.level, proofs, doubtful)

    def _unaddressed(self) -> Memo:
        """Return what the memos on all localities have in common."""
        assessment, pack = self._assessment, self._pack
        outside = _("Note: the rules are not in force on this day.")
        return Memo(
            language=spoken(),
            mark="" if self._public else _("FOR INTERNAL CIRCULATION ONLY"),
            id="",
            name="",
            level="",
            asked="",
            as_of=day_in_words(assessment.as_of),
            pack=pack.id,
            pack_title=said(pack.title),
            issuer=said(pack.issuer),
            in_force=period(pack.in_force, day_in_words),
            outside_force=outside if assessment.outside_force else "",
            documents=tuple(map(document_in_words, pack.documents.values())),
            verdict="",
            verdict_words="",
            passes=False,
            possible=(),
            summary=(),
            criteria=(),
            readings=tuple(reading(e) for e in pack.readings if e.criterion is None),
            conflicts=(),
            settling=(),
            derivation=(),
            rules_sha256=assessment.pack_sha256,
            facts_sha256=assessment.facts_sha256,
            version=assessment.version,
        )

    def _unjudged(self, criterion: Criterion) -> CriterionPart:
        evidence = self._pack.vocabulary.evidence
        own = (e for e in self._pack.readings if e.criterion == criterion.id)
        shown = () if self._public else criterion.evidence
        return CriterionPart(
            id=criterion.id,
            title=said(criterion.title),
            quote=criterion.quote or "",
            clause=clause(self._pack, criterion),
            readings=tuple(map(reading, own)),
            evidence=tuple(said(evidence[each]) for each in shown),
            outcome="",
            outcome_words="",
            why="",
            checks=(),
            remedy=said(criterion.remedy) if criterion.remedy else "",
        )

    def _criterion(
        self,
        found: CriterionResult,
        level: str,
        proofs: Proofs,
        doubtful: Collection[str],
    ) -> CriterionPart:
        criterion, known = self._criteria[found.id], self._known[found.id]
        applies = level in criterion.levels
        return CriterionPart(
            id=known.id,
            title=known.title,
            quote=known.quote,
            clause=known.clause,
            readings=known.readings,
            evidence=known.evidence,
            outcome=found.outcome.value,
            outcome_words=_(OUTCOMES[found.outcome]),
            why=self._why_it_applies(criterion, found, level),
            checks=(
                tuple(
                    self._parts.of(each, proofs.get(each.id), doubtful)
                    for each in found.checks
                )
                if applies
                else ()
            ),
            remedy=known.remedy if found.outcome is Outcome.NOT_MET else "",
        )

    def _why_it_applies(
        self, criterion: Criterion, found: CriterionResult, level: str
    ) -> str:
        if level not in criterion.levels:
            words = _("does not apply at this level: {level}")
            return words.format(level=self._wording.level(level))
        if found.outcome is Outcome.NOT_APPLICABLE:
            return _("the condition under which it applies is not fulfilled")
        if criterion.refers_to:
            return _("rests on {criteria}").format(
                criteria=", ".join(criterion.refers_to)
            )
        return ""

    def _derivation(self, locality: LocalityResult) -> Iterator[str]:
        for fired in locality.derivation:
            name, _space, state = fired.rpartition(" ")
            if state in _FIRED and name:
                yield _(_FIRED[state]).format(check=name)
            elif fired == locality.verdict:
                verdict = self._wording.verdict(fired)
                yield _("therefore: {verdict}").format(verdict=verdict)
            else:
                yield fired


def _passes(pack: Pack, verdict: str) -> bool:
    return any(rule.passes for rule in pack.verdicts if rule.verdict == verdict)


def _summary(locality: LocalityResult) -> Iterator[str]:
    for outcome in Outcome:
        ids = [each.id for each in locality.criteria if each.outcome is outcome]
        if ids:
            total = f"{len(ids)}/{len(locality.criteria)}"
            yield f"{_(OUTCOMES[outcome])}: {total} ({', '.join(ids)})"
