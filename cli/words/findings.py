"""What a check found: what is short, what is not known, what contradicts itself."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cli.language import _
from cli.words.demands import Demands
from cli.words.wording import Wording, percent
from engine.assessment import (
    CheckResult,
    Conflict,
    ConflictKind,
    LocalityResult,
    Outcome,
)
from engine.errors import N_
from engine.pack import (
    Amount,
    Ask,
    Asked,
    Check,
    Every,
    Falls,
    Holds,
    NoneOf,
    Share,
    counts_named,
)
from engine.truth import Truth
from engine.vocabulary import LOCALITIES, FieldType, Operator

_CONFLICTS: Final[Mapping[ConflictKind, str]] = {
    ConflictKind.TYPED: N_(
        "{first}: {left} typed in, but the registers and the localities below give "
        "{right}"
    ),
    ConflictKind.PART_WHOLE: N_(
        "a part is larger than its whole: {first} {left}, {last} {right}"
    ),
    ConflictKind.EXCEPTIONS: N_(
        "“{first}” that are not “{last}”: {left} by the registers, {right} by the numbers"
    ),
}
_CRITICAL: Final = {
    Outcome.NOT_MET: Truth.FALSE,
    Outcome.UNKNOWN: Truth.UNKNOWN,
}
_CEILINGS: Final = (Operator.AT_MOST, Operator.LESS_THAN)


@dataclass(frozen=True, slots=True)
class Finding:
    """What keeps a criterion from being met: a check that is false or unknown."""

    criterion: str
    check: str | None
    """None where the criterion rests on others, and no check of its own is at fault."""
    truth: Truth
    words: str


class Findings:
    """Says what a pack's checks found."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.demands = Demands(wording)
        self._checks = {check.id: check for check in wording.pack.checks}

    def of(self, locality: LocalityResult) -> Iterator[Finding]:
        """Yield what keeps each criterion that is not met, or unknown, from being met."""
        doubtful = {name for found in locality.conflicts for name in found.counts}
        for criterion in locality.criteria:
            if criterion.outcome not in _CRITICAL:
                continue
            told = False
            for found in criterion.checks:
                check = self._checks[found.id]
                if found.truth is Truth.TRUE:
                    continue
                words = self.words(check, found, doubtful)
                told = True
                yield Finding(criterion.id, check.id, found.truth, words)
            if not told:
                words = _("because of the criteria that it refers to")
                yield Finding(criterion.id, None, _CRITICAL[criterion.outcome], words)

    def words(self, check: Check, found: CheckResult, doubtful: Collection[str]) -> str:
        """Return what a check lacks, or that it is met by there being none."""
        match found.truth:
            case Truth.FALSE:
                return self.short(check, found)
            case Truth.UNKNOWN:
                return self.missing(check, found, doubtful)
            case Truth.TRUE if found.vacuous:
                words = _("there are none to look at: {label}")
                return words.format(label=self.wording.count(_population(check.ask)))
            case Truth.TRUE:
                return self._measured(check.ask, found)

    def short(self, check: Check, found: CheckResult) -> str:
        """Return what a false check falls short by."""
        if found.vacuous:
            words = _("there are none to look at, which counts as not met: {label}")
            return words.format(label=self.wording.count(_population(check.ask)))
        match check.ask:
            case Holds(field):
                return _("not so: {label}").format(label=self.wording.field(field))
            case Asked(bounds):
                return _("the day that is asked for is not {bounds}").format(
                    bounds=self.demands.bounds(bounds)
                )
            case Every(_whole, count):
                return self._lacking(_("{amount} short: {label}"), count, check, found)
            case NoneOf(count):
                words = _("{amount} where there may be none: {label}")
                return self._lacking(words, count, check, found)
            case Falls(count, _before, _by):
                words = _("{amount} fewer are still needed: {label}")
                return self._lacking(words, count, check, found)
            case Amount(count, bounds) | Share(count, _, bounds):
                words = _outside(operator for operator, _bound in bounds)
                return self._lacking(words, count, check, found)

    def _lacking(self, words: str, count: str, check: Check, found: CheckResult) -> str:
        say = self.wording.amount if _is_exact(found) else self.wording.at_least
        amount = say(found.short or 0, count)
        line = words.format(amount=amount, label=self.wording.count(count))
        measured = self._measured(check.ask, found)
        return f"{line} ({measured})" if measured else line

    def missing(
        self, check: Check, found: CheckResult, doubtful: Collection[str]
    ) -> str:
        """Return what an unknown check lacks; `doubtful` counts are in conflict."""
        contradicted = [each for each in counts_named(check.ask) if each in doubtful]
        if contradicted:
            words = _("the numbers contradict each other: {labels}")
            labels = "; ".join(map(self.wording.count, contradicted))
            return words.format(labels=labels)
        if found.vacuous:
            words = _("there are none to look at, which leaves it open: {label}")
            return words.format(label=self.wording.count(_population(check.ask)))
        unknown = "; ".join(self._unknown(check.ask, found))
        if isinstance(check.ask, Holds) and self._is_assessed(check.ask.field):
            return _(
                "not yet judged by a named person who gives a reason: {what}"
            ).format(what=unknown)
        return _("not known: {what}").format(what=unknown)

    def conflict(self, found: Conflict) -> str:
        """Return which two statements cannot both be true."""
        words = _(_CONFLICTS[found.kind])
        return words.format(
            first=self.wording.count(found.counts[0]),
            last=self.wording.count(found.counts[-1]),
            left=self.wording.value(found.left, found.counts[0]),
            right=self.wording.value(found.right, found.counts[-1]),
        )

    def _measured(self, ask: Ask, found: CheckResult) -> str:
        say = self.wording.value
        value = {name: say(each, name) for name, each in found.counts.items()}
        match ask:
            case Every(whole, part):
                return _("{part} of {whole}").format(
                    part=value[part], whole=value[whole]
                )
            case Share(part, whole, bounds):
                return _("{part} of {whole}; needed: {bounds}").format(
                    part=value[part],
                    whole=value[whole],
                    bounds=self.demands.bounds(bounds),
                )
            case Amount(count, bounds):
                return _("there are {number}; needed: {bounds}").format(
                    number=value[count], bounds=self.demands.bounds(bounds)
                )
            case Falls(now, before, by):
                return _("{before} before, {now} now; needed: {percent} fewer").format(
                    before=value[before], now=value[now], percent=percent(by)
                )
            case NoneOf() | Holds() | Asked():
                return ""

    def _unknown(self, ask: Ask, found: CheckResult) -> Iterator[str]:
        if isinstance(ask, Holds):
            yield self.wording.field(ask.field)
            return
        loose = [name for name, value in found.counts.items() if not value.is_exact]
        for name in loose:
            value = found.counts[name]
            nothing = value.lo == 0 and value.hi is None
            label = self.wording.count(name)
            said = label if nothing else f"{label} ({self.wording.value(value, name)})"
            yield said
        if not loose and isinstance(ask, Amount):
            targets = (
                bound for _operator, bound in ask.bounds if isinstance(bound, str)
            )
            yield from map(self.wording.field, targets)

    def _is_assessed(self, field: str) -> bool:
        fields = self.wording.pack.vocabulary.registers[LOCALITIES].fields
        return fields[field].type is FieldType.ASSESSED


def _is_exact(found: CheckResult) -> bool:
    """Tell whether what is short is known exactly, not only the least of it."""
    if found.exceptions is not None:
        return found.exceptions.is_exact
    return all(each.is_exact for each in found.counts.values())


def _population(ask: Ask) -> str:
    """Return the count that a vacuous check found to be nobody."""
    match ask:
        case Every(whole, _):
            return whole
        case _:
            return counts_named(ask)[-1]


def _outside(operators: Iterable[Operator]) -> str:
    """Return the words for too few, too many or, where both may be meant, either."""
    ceilings = [operator in _CEILINGS for operator in operators]
    if all(ceilings):
        return _("{amount} too many: {label}")
    if any(ceilings):
        return _("{amount} away from what is needed: {label}")
    return _("{amount} short: {label}")
