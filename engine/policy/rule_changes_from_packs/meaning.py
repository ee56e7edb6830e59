"""What rules mean, in a form in which equal spellings are equal values."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
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
    CriterionRef,
    Every,
    Falls,
    Formula,
    Holds,
    Negation,
    NoneOf,
    Share,
)
from engine.vocabulary import (
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Duration,
    Lasting,
    Not,
    OneOf,
    Operator,
    Unit,
)

Meaning = tuple[object, ...]
Leaf = Callable[[Check | CriterionRef], Meaning]

ALWAYS: Final[Meaning] = ("all",)
NEVER: Final[Meaning] = ("any",)
_DAY: Final = timedelta(days=1)


def meaning_of_ask(ask: Ask) -> Meaning:
    """Return what a check asks: `none` and `at_most: 0` are the same question."""
    match ask:
        case NoneOf(count):
            return ("amount", count, (("at_most", 0),))
        case Amount(count, bounds):
            return ("amount", count, _bounds(bounds))
        case Every(whole, part):
            return ("every", whole, part)
        case Share(part, whole, bounds):
            return ("share", part, whole, _bounds(bounds))
        case Falls(now, before, by):
            return ("falls", now, before, by)
        case Holds(field):
            return ("holds", field)
        case Asked(bounds):
            return ("as_of", _bounds(bounds))


def meaning_of_check(check: Check) -> Meaning:
    """Return what a check means, its id left out."""
    if isinstance(check.ask, Every | Share | Falls):
        return (*meaning_of_ask(check.ask), check.if_empty.word)
    return meaning_of_ask(check.ask)


def meaning_of_formula(
    formula: Formula, leaf: Leaf, everyone: Collection[str]
) -> Meaning:
    """Return what a formula means; `leaf` says it of checks and of criteria named.

    `everyone` holds the ids of all criteria: to list them is to say `criteria`. What
    may be not applicable is never lifted out of the list that would leave it out.
    """

    def of(part: Formula) -> Meaning:
        return meaning_of_formula(part, leaf, everyone)

    match formula:
        case Always():
            return ALWAYS
        case Check() | CriterionRef():
            return leaf(formula)
        case Negation(part):
            return of(part.part) if isinstance(part, Negation) else ("not", of(part))
        case All(parts):
            return _joined("all", parts, of, everyone)
        case Any_(parts):
            return _joined("any", parts, of, everyone)
        case AtLeast(number, parts):
            return _counted(number, parts, of, everyone)


def _counted(
    number: int,
    parts: tuple[Formula, ...],
    of: Callable[[Formula], Meaning],
    everyone: Collection[str],
) -> Meaning:
    if number == 0:
        return ALWAYS
    if number == 1:
        return _joined("any", parts, of, everyone)
    if number > len(parts):
        return NEVER
    if _is_everyone(parts, everyone):
        return ("at_least", number, "criteria")
    return ("at_least", number, *_ordered(map(of, parts)))


def _joined(
    word: str,
    parts: tuple[Formula, ...],
    of: Callable[[Formula], Meaning],
    everyone: Collection[str],
) -> Meaning:
    if _is_everyone(parts, everyone):
        return (word, "criteria")
    found = _flat(word, map(of, parts))
    if len(found) == 1 and (only := next(iter(found)))[0] not in {"criterion", "not"}:
        return only
    return (word, *_ordered(found))


def _flat(word: str, parts: Iterable[Meaning]) -> set[Meaning]:
    """Return the parts of a list, and of the lists in it that are joined the same way."""
    found: set[Meaning] = set()
    for part in parts:
        inner = [each for each in part[1:] if isinstance(each, tuple)]
        found.update(
            inner if part[0] == word and part[1:] != ("criteria",) else (part,)
        )
    return found


def _is_everyone(parts: tuple[Formula, ...], everyone: Collection[str]) -> bool:
    named = [part.id for part in parts if isinstance(part, CriterionRef)]
    return bool(parts) and len(named) == len(parts) and set(named) == set(everyone)


def meaning_of_condition(condition: Condition) -> Meaning:
    """Return what a condition on a row means."""
    match condition:
        case OneOf(field, values):
            return ("is", field, *_ordered({_value(each) for each in values}))
        case Compared(field, operator, bound):
            known = bound if isinstance(bound, date) else _value(bound)
            return ("compared", field, *_bound(operator, known))
        case Lasting(field, operator, duration, until):
            length = (operator.value, *_length(duration))
            return ("lasting", field, length, _value(until))
        case Not(Not(part)):
            return meaning_of_condition(part)
        case Not(part):
            return ("not", meaning_of_condition(part))
        case AllOf(parts):
            return _together("all", parts)
        case AnyOf(parts):
            return _together("any", parts)


def _together(word: str, parts: tuple[Condition, ...]) -> Meaning:
    found = _flat(word, map(meaning_of_condition, parts))
    return next(iter(found)) if len(found) == 1 else (word, *_ordered(found))


def _value(value: object) -> tuple[str, object]:
    """Return a value that equals no value of another kind: True is not 1."""
    match value:
        case bool():
            return ("yes_no", value)
        case int() | Decimal() | Fraction():
            return ("number", Fraction(value))
        case date():
            return ("day", value)
        case str():
            return ("text", value)
        case _:
            return ("as_of", "")


def _bounds(bounds: Iterable[tuple[Operator, object]]) -> tuple[object, ...]:
    return _ordered({_bound(operator, bound) for operator, bound in bounds})


def _bound(operator: Operator, bound: object) -> tuple[str, object]:
    """Return a bound; on whole numbers and days, more than n is at least n + 1."""
    above: object
    below: object
    match bound:
        case int():
            above, below = bound + 1, bound - 1
        case date() if date.min < bound < date.max:
            above, below = bound + _DAY, bound - _DAY
        case _:
            return (operator.value, bound)
    match operator:
        case Operator.MORE_THAN:
            return ("at_least", above)
        case Operator.LESS_THAN:
            return ("at_most", below)
        case Operator.AT_LEAST | Operator.AT_MOST:
            return (operator.value, bound)


def _length(duration: Duration) -> tuple[int, str]:
    match duration.unit:
        case Unit.DAYS:
            return duration.number, "days"
        case Unit.WEEKS:
            return 7 * duration.number, "days"
        case Unit.MONTHS | Unit.YEARS:
            return duration.months, "months"


def _ordered(parts: Iterable[object]) -> tuple[object, ...]:
    """Return parts in an order of their own, so that theirs in the file is no matter."""
    return tuple(sorted(parts, key=repr))
