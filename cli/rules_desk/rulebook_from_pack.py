"""From a pack to its rule book, in the language that is spoken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cli.language import _, spoken
from cli.rules_desk.rulebook import Conclusion, Demand, Rule, RuleBook
from cli.rules_desk.terms import Terms
from cli.words.demands import Demands
from cli.words.formulas import Formulas
from cli.words.proof_words import clause, reading
from cli.words.wording import Wording, duration, period, said
from engine.errors import N_
from engine.pack import (
    Always,
    Check,
    Criterion,
    CriterionRef,
    Every,
    Falls,
    Formula,
    Pack,
    Share,
    VerdictRule,
    leaves,
)
from engine.truth import Truth
from engine.version import VERSION

_IF_NONE: Final[Mapping[Truth, str]] = {
    Truth.TRUE: N_("it is met"),
    Truth.FALSE: N_("it is not met"),
    Truth.UNKNOWN: N_("it is not known"),
}


def rulebook_from_pack(pack: Pack) -> RuleBook:
    """Return all that a pack says, in words."""
    return _Telling(pack).book()


@dataclass(frozen=True, slots=True)
class _Joined(Formulas):
    """Says how checks are joined, by their ids alone: what they demand stands beside."""

    def of(self, formula: Formula) -> str:
        match formula:
            case Check(name):
                return name
            case CriterionRef(name):
                titles = {e.id: said(e.title) for e in self.wording.pack.criteria}
                title = titles[name]
                return name if title == name else f"{name} “{title}”"
            case _:
                # Without arguments, `super` does not know a class with slots.
                return Formulas.of(self, formula)


class _Telling:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._wording = Wording(pack)
        self._demands, self._terms = Demands(self._wording), Terms(self._wording)
        self._joined = _Joined(self._wording)

    def book(self) -> RuleBook:
        pack = self._pack
        return RuleBook(
            language=spoken(),
            title=said(pack.title),
            issuer=said(pack.issuer),
            pack=pack.id,
            in_force=period(pack.in_force),
            levels=self._levels(pack.levels),
            stale_after=self._stale_after(),
            documents=tuple(
                f"{document.id}: {document}"
                + (f" ({document.issuer})" if document.issuer else "")
                for document in pack.documents.values()
            ),
            rules=tuple(map(self._rule, pack.criteria)),
            conclusions=tuple(
                self._conclusion(number, rule)
                for number, rule in enumerate(pack.verdicts, start=1)
            ),
            conclusion_terms=self._terms.of(pack.verdict_checks),
            readings=tuple(reading(e) for e in pack.readings if e.criterion is None),
            sha256=pack.sha256,
            version=VERSION,
        )

    def _stale_after(self) -> str:
        limit = self._pack.stale_after
        if limit is None:
            return ""
        words = _("one that is older than {duration} is warned of, and decides nothing")
        return words.format(duration=duration(limit))

    def _levels(self, levels: Iterable[str]) -> str:
        return "; ".join(map(self._wording.level, levels))

    def _rule(self, criterion: Criterion) -> Rule:
        evidence = self._pack.vocabulary.evidence
        place = criterion.place
        return Rule(
            id=criterion.id,
            title=said(criterion.title),
            clause=criterion.cites.clause if criterion.cites else "",
            cites=clause(self._pack, criterion),
            quote=criterion.quote or "",
            levels=self._levels(criterion.levels),
            when="" if criterion.when is None else self._joined.of(criterion.when),
            requires=self._joined.of(criterion.requires),
            demands=tuple(map(self._demand, criterion.checks)),
            terms=self._terms.of(criterion.checks),
            evidence=tuple(said(evidence[each]) for each in criterion.evidence),
            remedy=said(criterion.remedy) if criterion.remedy else "",
            readings=tuple(
                reading(e) for e in self._pack.readings if e.criterion == criterion.id
            ),
            source=f"{Path(place.file).name}:{place.line}",
        )

    def _demand(self, check: Check) -> Demand:
        may_be_none = isinstance(check.ask, Every | Share | Falls)
        return Demand(
            check.id,
            self._demands.of(check.ask),
            _(_IF_NONE[check.if_empty]) if may_be_none else "",
        )

    def _conclusion(self, number: int, rule: VerdictRule) -> Conclusion:
        asked = leaves(rule.when)
        is_rest = isinstance(rule.when, Always)
        return Conclusion(
            number=number,
            id=rule.verdict,
            label=said(rule.label),
            when=_("in every other case") if is_rest else self._joined.of(rule.when),
            success=_("passes") if rule.passes else _("does not pass"),
            demands=tuple(self._demand(e) for e in asked if isinstance(e, Check)),
        )
