"""From verdicts to what the papers of a dossier say, each number taken once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from cli.dossier.bases import basis
from cli.dossier.view import (
    CriterionTotal,
    Dossier,
    EvidenceLine,
    Reason,
    Result,
    Status,
    Total,
)
from cli.memo import needed_proof
from cli.memo.memo_from_result import Memos
from cli.memo.memo_view import CriterionPart, Memo
from cli.papers.paper import day_in_words
from cli.words.wording import Wording, said
from engine.assessment import Assessment, LocalityResult, Outcome
from engine.assessment_from_judged import assessment_from_judged
from engine.judged import Judged
from engine.pack import UNDETERMINED, Pack
from engine.proof import CheckProof, Missing, Proof
from engine.proof_from_judged import Prover
from engine.review.dossier.evidence import Demand

_OPEN: Final = (Outcome.NOT_MET.value, Outcome.UNKNOWN.value)


def dossier_from_judged(
    judged: Judged,
    locality: str,
    demands: tuple[Demand, ...],
    *,
    above: str,
    public: bool,
) -> Dossier:
    """Return what the papers say, in the language that is spoken.

    `judged` is about `locality` and those below it, and has kept what proofs need.
    `above` is the name of the locality that decides. A `public` copy is masked, and
    tells of no evidence.
    """
    pack, within = judged.pack, assessment_from_judged(judged)
    results = _Results(judged, within, locality, public=public).in_order()
    names = {each.id: each.full_name for each in results}
    shown = () if public else demands
    return Dossier(
        locality=results[0].name,
        above=above,
        day=day_in_words(within.as_of),
        pack=pack.id,
        pack_title=said(pack.title),
        outside_force=within.outside_force,
        public=public,
        bases=tuple(map(basis, pack.documents.values())),
        criteria=tuple((each.id, said(each.title)) for each in pack.criteria),
        results=results,
        totals=tuple(_totals(pack, results)),
        whole=_total("", results),
        by_criterion=tuple(_by_criterion(pack, within)),
        evidence=tuple(_evidence(each, pack, names) for each in shown),
        complete=not any(each.lacking for each in demands),
        rules_sha256=within.pack_sha256,
        facts_sha256=within.facts_sha256,
        version=within.version,
    )


class _Results:
    """Tells how each locality came out."""

    def __init__(
        self, judged: Judged, within: Assessment, locality: str, *, public: bool
    ) -> None:
        self._pack, self._within, self._locality = judged.pack, within, locality
        self._public, self._prover = public, Prover(judged)
        self._memos = Memos(within, judged.pack, public=public)
        self._names = {each.id: each.name for each in within.localities}
        self._passing = {e.verdict for e in judged.pack.verdicts if e.passes}

    def in_order(self) -> tuple[Result, ...]:
        """Return the results, the dossier's own locality first."""
        found = sorted(self._within.localities, key=lambda e: e.id != self._locality)
        return tuple(map(self._result, found))

    def _result(self, found: LocalityResult) -> Result:
        proof = None if self._public else needed_proof(self._prover, found)
        memo = self._memos.of(found, None if proof is None else _without_places(proof))
        number = {
            each: sum(one.outcome is each for one in found.criteria) for each in Outcome
        }
        return Result(
            id=found.id,
            name=found.name,
            full_name=self._full_name(found),
            level=memo.level,
            level_id=found.level,
            status=self._status(found),
            verdict=memo.verdict_words,
            met=number[Outcome.MET],
            not_met=number[Outcome.NOT_MET],
            unknown=number[Outcome.UNKNOWN],
            not_applicable=number[Outcome.NOT_APPLICABLE],
            outcomes=tuple(each.outcome_words for each in memo.criteria),
            criteria=memo.criteria,
            reasons=tuple(_reasons(memo)),
            conflicts=memo.conflicts,
        )

    def _full_name(self, found: LocalityResult) -> str:
        above = self._names.get(found.parent or "")
        if found.parent == self._locality or above is None:
            return found.name
        return f"{found.name}, {above}"

    def _status(self, found: LocalityResult) -> Status:
        if found.verdict == UNDETERMINED:
            return "undetermined"
        return "passing" if found.verdict in self._passing else "failing"


def _reasons(memo: Memo) -> Iterator[Reason]:
    for part in memo.criteria:
        if part.outcome not in _OPEN:
            continue
        checks = [each for each in part.checks if each.outcome == part.outcome]
        yield Reason(
            criterion=part.id,
            title=part.title,
            clause=part.clause,
            known=part.outcome == Outcome.NOT_MET.value,
            why=_why(part, [each.why for each in checks]),
            missing=tuple(
                dict.fromkeys(lack for each in checks for lack in each.missing)
            ),
            remedy=part.remedy,
        )


def _why(part: CriterionPart, of_checks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, of_checks))) or tuple(
        filter(None, (part.why,))
    )


def _totals(pack: Pack, results: Iterable[Result]) -> Iterator[Total]:
    by_level: dict[str, list[Result]] = {level: [] for level in pack.levels}
    for each in results:
        by_level[each.level_id].append(each)
    wording = Wording(pack)
    for level, found in by_level.items():
        if found:
            yield _total(wording.level(level), found)


def _total(level: str, results: Iterable[Result]) -> Total:
    counted: dict[Status, int] = dict.fromkeys(
        ("passing", "failing", "undetermined"), 0
    )
    for each in results:
        counted[each.status] += 1
    return Total(
        level=level,
        passing=counted["passing"],
        failing=counted["failing"],
        undetermined=counted["undetermined"],
        total=sum(counted.values()),
    )


def _by_criterion(pack: Pack, within: Assessment) -> Iterator[CriterionTotal]:
    found = Counter(
        (each.id, each.outcome)
        for locality in within.localities
        for each in locality.criteria
    )
    for criterion in pack.criteria:
        numbers = {each.value: found[criterion.id, each] for each in Outcome}
        yield CriterionTotal(
            id=criterion.id,
            title=said(criterion.title),
            total=sum(numbers.values()),
            **numbers,
        )


def _evidence(demand: Demand, pack: Pack, names: Mapping[str, str]) -> EvidenceLine:
    return EvidenceLine(
        id=demand.kind,
        label=said(pack.vocabulary.evidence[demand.kind]),
        criteria=demand.criteria,
        there=tuple(f"{names[at]} ({number})" for at, number in demand.there.items()),
        lacking=tuple(names[at] for at in demand.lacking),
    )


def _without_places(proof: Proof) -> Proof:
    """Leave out in which file on whose machine a value is missing."""
    return replace(
        proof,
        criteria=tuple(
            replace(each, checks=tuple(map(_check_without_places, each.checks)))
            for each in proof.criteria
        ),
    )


def _check_without_places(check: CheckProof) -> CheckProof:
    lacks: tuple[Missing, ...] = tuple(
        replace(each, place=None) for each in check.missing
    )
    return replace(check, missing=lacks)
