"""A difference between two packs in words: whose it is, what it is, about what."""

import json
from dataclasses import dataclass
from typing import Final

from cli.language import _
from cli.rules_desk.narrowing import Apart, asks_apart, conditions_apart
from cli.rules_desk.values_in_words import Values
from cli.words.wording import said
from engine.errors import N_
from engine.pack import Check, Pack
from engine.policy.rule_change import Aspect, Matter, RuleChange
from engine.policy.spelling import spelt
from engine.vocabulary import AllOf, AnyOf, Compared, Lasting, Not, OneOf, Text

_ASPECTS: Final = {
    Aspect.IF_EMPTY: N_("where there is nobody"),
    Aspect.REQUIRES: N_("requires"),
    Aspect.WHEN: N_("applies where"),
    Aspect.LEVELS: N_("levels"),
    Aspect.PASSES: N_("passes"),
    Aspect.ORDER: N_("order of the verdicts"),
    Aspect.IN_FORCE: N_("days in force"),
    Aspect.WITHIN: N_("is a part of"),
    Aspect.IN: N_("is counted in"),
    Aspect.TYPE: N_("type"),
    Aspect.CHOICES: N_("choices"),
    Aspect.LABEL: N_("words"),
    Aspect.LABELS: N_("words of the choices"),
    Aspect.UNIT: N_("unit"),
    Aspect.PERSONAL: N_("holds personal data"),
    Aspect.QUOTE: N_("quote"),
    Aspect.CITES: N_("clause"),
    Aspect.EVIDENCE: N_("evidence"),
    Aspect.REMEDY: N_("what to do"),
    Aspect.ISSUER: N_("issuer"),
    Aspect.STALE_AFTER: N_("an inspection is old after"),
}
"""What differs; the rest says it itself."""
_MATTERS: Final = {
    Matter.PACK: N_("the pack"),
    Matter.CHECK: N_("check {name}"),
    Matter.VERDICT: N_("verdict {name}"),
    Matter.COUNT: N_("count {name}"),
    Matter.FIELD: N_("field {name}"),
    Matter.REGISTER: N_("register {name}"),
    Matter.LEVEL: N_("level {name}"),
    Matter.EVIDENCE: N_("evidence {name}"),
    Matter.DOCUMENT: N_("document {name}"),
    Matter.READING: N_("how “{name}” is read"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One difference in words."""

    who: str
    """The criteria that rest on it, or what it is."""
    what: str
    about: str
    """What the words are about; may be empty."""


class Telling:
    """Tells the differences between two packs."""

    def __init__(self, before: Pack, after: Pack) -> None:
        self._before, self._after = Values(before), Values(after)

    def told(self, change: RuleChange) -> Told:
        """Return a difference in words."""
        apart = self._apart(change)
        about = (self._about(change), apart.subject)
        return Told(
            self._who(change), _what(change, apart), "; ".join(filter(None, about))
        )

    def _apart(self, change: RuleChange) -> Apart:
        old, new = change.before, change.after
        conditions = OneOf | Compared | Lasting | AllOf | AnyOf | Not
        if isinstance(old, Check) and isinstance(new, Check):
            words = (self._before.wording, self._after.wording)
            apart = asks_apart(old.ask, new.ask, words)
            if old.if_empty is not new.if_empty:
                apart = Apart("", self._before.formula(old), self._after.formula(new))
        elif isinstance(old, conditions) and isinstance(new, conditions):
            rows = (self._before.conditions(change), self._after.conditions(change))
            apart = conditions_apart(old, new, rows)
        else:
            sides = self._before.of(old, change), self._after.of(new, change)
            apart = Apart("", *sides)
        if apart.before == apart.after:  # different rules may have the same labels
            return Apart(apart.subject, *(_spelt(each) for each in (old, new)))
        return apart

    def _who(self, change: RuleChange) -> str:
        if change.matter is Matter.CRITERION and change.aspect is Aspect.ID:
            return change.names[0] or ""
        if change.criteria:
            return ", ".join(change.criteria)
        if change.matter is Matter.VERDICT and change.aspect is Aspect.ORDER:
            return _(_MATTERS[Matter.PACK])
        return _(_MATTERS[change.matter]).format(name=change.name)

    def _about(self, change: RuleChange) -> str:
        """Return what a change is about, where `who` does not say it."""
        if change.aspect is Aspect.WHOLE:
            is_plain = change.matter in {Matter.CRITERION, Matter.VERDICT}
            return "" if is_plain or not change.criteria else self._kind(change)
        match change.matter:
            case Matter.CHECK:
                return change.name if change.criteria else ""
            case Matter.CRITERION:
                return self._title(change.name)
            case Matter.COUNT:
                return f"“{self._after.wording.count(change.name)}”"
            case Matter.FIELD | Matter.READING if change.criteria:
                return self._kind(change)
            case _:
                return ""

    @staticmethod
    def _kind(change: RuleChange) -> str:
        return _(_MATTERS[change.matter]).format(name=change.name)

    def _title(self, criterion: str) -> str:
        found = (each for each in self._after.pack.criteria if each.id == criterion)
        title = said(next(found).title)
        return "" if title == criterion else f"“{title}”"


def _what(change: RuleChange, apart: Apart) -> str:
    if change.aspect is Aspect.ID:
        words = _("is called {after}, no longer {before}")
    elif change.before is None:
        words = _("new: {after}")
    elif change.after is None:
        words = _("dropped: {before}")
    else:
        words = _("from {before} to {after}")
    said_so = words.format(before=apart.before, after=apart.after)
    aspect = _ASPECTS.get(change.aspect)
    return said_so if aspect is None else f"{_(aspect)}: {said_so}"


def _spelt(value: object) -> str:
    """Return a value so that nothing is left out; of words, both languages."""
    match value:
        case Text(vi, en):
            return " / ".join(f"“{each}”" for each in dict.fromkeys((vi, en)))
        case (Text(), *_):
            return ", ".join(map(_spelt, value))
        case _:
            return json.dumps(spelt(value), ensure_ascii=False)  # type: ignore[arg-type]  # of a pack
