"""What stands in a pack, rule by rule and word by word, as people say it."""

from dataclasses import dataclass
from typing import Final

from cli.language import _
from cli.words.conditions import Conditions
from cli.words.demands import Demands
from cli.words.formulas import Formulas
from cli.words.wording import OUTCOMES, Wording, duration, said
from engine.assessment import Outcome
from engine.errors import N_
from engine.pack import (
    Check,
    Criterion,
    Document,
    Formula,
    Pack,
    Period,
    Reading,
    VerdictRule,
)
from engine.policy.rule_change import Aspect, RuleChange, Value
from engine.source import Citation
from engine.truth import Truth
from engine.vocabulary import (
    LOCALITIES,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Count,
    Duration,
    Field,
    FieldType,
    Lasting,
    Not,
    OneOf,
    Text,
)

_IF_EMPTY: Final = {
    Truth.TRUE: Outcome.MET,
    Truth.FALSE: Outcome.NOT_MET,
    Truth.UNKNOWN: Outcome.UNKNOWN,
}
_TYPES: Final = {
    FieldType.YES_NO: N_("yes or no"),
    FieldType.CHOICE: N_("a choice"),
    FieldType.DATE: N_("a date"),
    FieldType.COUNT: N_("a whole number"),
    FieldType.NUMBER: N_("a number"),
    FieldType.TEXT: N_("a text"),
    FieldType.ASSESSED: N_("a judgement with name and reason"),
}


@dataclass(frozen=True, slots=True)
class Values:
    """Says the values of one of two packs that differ."""

    pack: Pack

    @property
    def wording(self) -> Wording:
        """The words of the pack."""
        return Wording(self.pack)

    def of(self, value: Value, change: RuleChange) -> str:
        """Return one side of a change."""
        match value:
            case None | bool() | Truth() | FieldType():
                return _fixed(value)
            case str():
                return self._name(value, change.aspect)
            case tuple():
                members = (self._member(each, change) for each in value)
                return ", ".join(members) or _("nothing")
            case (
                Criterion() | VerdictRule() | Count() | Field() | Reading() | Document()
            ):
                return self._thing(value)
            case Text() | Period() | Duration() | Citation():
                return self._small(value)
            case OneOf() | Compared() | Lasting() | AllOf() | AnyOf() | Not():
                return self.conditions(change).of(value)
            case _:
                return self.formula(value)

    def conditions(self, change: RuleChange) -> Conditions:
        """Return the words for the rows that the count of a change is over."""
        count = self.pack.vocabulary.counts.get(change.name)
        register = count.register if count else None
        return Conditions(self.wording, register or LOCALITIES)

    def formula(self, formula: Formula) -> str:
        """Return a formula; a check alone is said without its id."""
        if not isinstance(formula, Check):
            return Formulas(self.wording).of(formula)
        words = Demands(self.wording).of(formula.ask)
        if formula.if_empty is Truth.TRUE:
            return words
        empty = _(OUTCOMES[_IF_EMPTY[formula.if_empty]])
        return _("{words}; where there is nobody: {empty}").format(
            words=words, empty=empty
        )

    def condition(self, value: Condition, register: str | None) -> str:
        """Return which rows of a register are meant."""
        return Conditions(self.wording, register or LOCALITIES).of(value)

    def _name(self, name: str, aspect: Aspect) -> str:
        match aspect:
            case Aspect.WITHIN:
                return f"“{self.wording.count(name)}”"
            case Aspect.IN:
                return f"“{self.wording.register(name)}”"
            case Aspect.QUOTE:
                return f"“{name}”"
            case _:
                return name

    def _member(self, value: Value, change: RuleChange) -> str:
        if isinstance(value, Text):
            return said(value)
        name, words = str(value), self.wording
        match change.aspect:
            case Aspect.LEVELS:
                return words.level(name)
            case Aspect.ORDER:
                return words.verdict(name)
            case Aspect.EVIDENCE:
                return said(self.pack.vocabulary.evidence[name])
            case _:
                register, _dot, field = change.name.partition(".")
                return Conditions(words, register).choices(field, [name])

    def _small(self, value: Text | Period | Duration | Citation) -> str:
        match value:
            case Text():
                return f"“{said(value)}”"
            case Period():
                return str(value)
            case Duration():
                return duration(value)
            case Citation(document, clause):
                return f"{self.pack.documents[document]}: {clause}"

    def _thing(
        self, value: Criterion | VerdictRule | Count | Field | Reading | Document
    ) -> str:
        match value:
            case Criterion():
                words = self.formula(value.requires)
                return f"“{said(value.title)}”: {words}"
            case VerdictRule():
                return f"“{said(value.label)}”: {self.formula(value.when)}"
            case Count() if value.where == AllOf(()):
                return f"“{said(value.label)}”"
            case Count():
                rows = self.condition(value.where, value.register)
                return f"“{said(value.label)}” ({rows})"
            case Field():
                return f"“{said(value.label)}” ({_(_TYPES[value.type])})"
            case Reading():
                return f"“{said(value.reading)}”"
            case Document():
                return str(value)


def _fixed(value: bool | Truth | FieldType | None) -> str:
    match value:
        case None:
            return _("nothing")
        case Truth():
            return _(OUTCOMES[_IF_EMPTY[value]])
        case FieldType():
            return _(_TYPES[value])
        case _:
            return _("yes") if value else _("no")
