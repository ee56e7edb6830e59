"""Rules spelt as the language writes them, in plain values for other programs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from engine.pack import (
    All,
    Always,
    Amount,
    Any_,
    Ask,
    Asked,
    AtLeast,
    Check,
    Criterion,
    CriterionRef,
    Document,
    Every,
    Falls,
    Formula,
    Holds,
    Negation,
    NoneOf,
    Period,
    Reading,
    Share,
    VerdictRule,
)
from engine.policy.rule_change import Value
from engine.source import Citation
from engine.truth import Truth
from engine.vocabulary import (
    OF_DATES,
    AllOf,
    AnyOf,
    AsOf,
    Compared,
    Condition,
    Count,
    Duration,
    Field,
    Lasting,
    Not,
    OneOf,
    Operator,
    Text,
)

Spelt = str | int | float | bool | None | list["Spelt"] | dict[str, "Spelt"]

_IF_EMPTY: Final = {
    Truth.TRUE: "met",
    Truth.FALSE: "not_met",
    Truth.UNKNOWN: "unknown",
}
_DATE_WORDS: Final[Mapping[Operator, str]] = {
    operator: word for word, operator in OF_DATES.items()
}


def spelt(value: Value) -> Spelt:
    """Return a rule, or a part of one, in plain values."""
    match value:
        case None | bool():
            return value
        case Truth():
            return _IF_EMPTY[value]
        case str():
            return str(value)
        case tuple():
            return [spelt(each) for each in value]
        case Text() | Period() | Duration() | Citation():
            return _small(value)
        case Document() | Reading() | Count() | Field() | Criterion() | VerdictRule():
            return _thing(value)
        case OneOf() | Compared() | Lasting() | AllOf() | AnyOf() | Not():
            return _condition(value)
        case _:
            return _formula(value)


def _small(value: Text | Period | Duration | Citation) -> Spelt:
    match value:
        case Text(vi, en):
            return {"vi": vi, "en": en}
        case Period(start, end):
            return {"from": _plain(start), "to": _plain(end)}
        case Duration():
            return str(value)
        case Citation(document, clause):
            return {"document": document, "clause": clause}


def _thing(
    value: Document | Reading | Count | Field | Criterion | VerdictRule,
) -> Spelt:
    match value:
        case Document(_, kind, number, day, title, issuer):
            return _present(
                kind=kind, number=number, date=day, title=title, issuer=issuer
            )
        case Reading(criterion, phrase, reading):
            return _present(criterion=criterion, phrase=phrase, reading=spelt(reading))
        case Count():
            register = None if value.within else value.register
            where = value.where
            return _present(
                label=spelt(value.label),
                unit=spelt(value.unit),
                within=value.within,
                where=None if where == AllOf(()) else spelt(where),
                **{"in": register},
            )
        case Field():
            kind = value.type.value
            return _present(label=spelt(value.label), type=kind, of=[*value.of] or None)
        case Criterion():
            return _criterion(value)
        case VerdictRule(verdict, when, passes, label):
            return {
                "verdict": verdict,
                "when": spelt(when),
                "passes": passes,
                "label": spelt(label),
            }


def _criterion(criterion: Criterion) -> Spelt:
    return _present(
        id=criterion.id,
        levels=[*criterion.levels],
        when=spelt(criterion.when),
        requires=spelt(criterion.requires),
        cites=spelt(criterion.cites),
        quote=criterion.quote,
        title=spelt(criterion.title),
        evidence=[*criterion.evidence] or None,
        remedy=spelt(criterion.remedy),
    )


def _present(**entries: Spelt) -> Spelt:
    return {key: value for key, value in entries.items() if value is not None}


def _formula(formula: Formula) -> Spelt:
    match formula:
        case Always():
            return "always"
        case CriterionRef(name):
            return name
        case Check(name, ask, if_empty):
            asked = {"id": name, **_ask(ask)}
            is_default = if_empty is Truth.TRUE
            return asked if is_default else asked | {"if_empty": _IF_EMPTY[if_empty]}
        case All(parts):
            return {"all": [_formula(each) for each in parts]}
        case Any_(parts):
            return {"any": [_formula(each) for each in parts]}
        case Negation(part):
            return {"not": _formula(part)}
        case AtLeast(number, parts):
            return {"at_least": number, "of": [_formula(each) for each in parts]}


def _ask(ask: Ask) -> dict[str, Spelt]:
    match ask:
        case NoneOf(count):
            return {"none": count}
        case Every(whole, part):
            return {"every": whole, "is": part}
        case Amount(count, bounds):
            return {"of": count, **{each.value: bound for each, bound in bounds}}
        case Share(part, whole, bounds):
            limits = {each.value: _percent(bound) for each, bound in bounds}
            return {"share": part, "of": whole, **limits}
        case Falls(now, before, by):
            return {"falls": now, "from": before, "by_at_least": _percent(by)}
        case Holds(field):
            return {"holds": field}
        case Asked(bounds):
            days = {_DATE_WORDS[each]: bound.isoformat() for each, bound in bounds}
            return {"as_of": {**days}}


def _percent(share: Fraction) -> str:
    whole, rest = divmod(share * 100, 1)
    digits = f"{int(rest * 10**9):09}".rstrip("0")
    return f"{whole}.{digits}%" if digits else f"{whole}%"


def _condition(condition: Condition) -> Spelt:
    match condition:
        case OneOf(field, (value,)):
            return {field: _plain(value)}
        case OneOf(field, values):
            return {field: [_plain(each) for each in values]}
        case Compared(field, operator, bound):
            is_number = isinstance(bound, int | Decimal)
            word = operator.value if is_number else _DATE_WORDS[operator]
            return {field: {word: _plain(bound)}}
        case Lasting(field, operator, duration, until):
            return {field: {operator.value: str(duration), "before": _plain(until)}}
        case Not(part):
            return {"not": _condition(part)}
        case AllOf(parts):
            return {"all": [_condition(each) for each in parts]}
        case AnyOf(parts):
            return {"any": [_condition(each) for each in parts]}


def _plain(value: object) -> Spelt:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return float(value)
        case AsOf():
            return value.value
        case date():
            return value.isoformat()
        case _:
            return str(value)
