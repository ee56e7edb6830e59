"""Demands: the bounds that a criterion's checks ask for, their counts' included."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.pack import (
    All,
    Amount,
    Any_,
    Ask,
    Asked,
    AtLeast,
    Check,
    Criterion,
    CriterionRef,
    Every,
    Falls,
    Formula,
    Negation,
    NoneOf,
    Pack,
    Share,
    counts_named,
)
from engine.policy.bounds import Bound, Sort, bounds_of_condition, of_day
from engine.vocabulary import (
    Operator,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class Demand:
    """A bound with the check that asks it, itself or through its counts."""

    bound: Bound
    check: Check


def checks_of(criterion: Criterion, pack: Pack) -> tuple[tuple[Check, bool], ...]:
    """Return all checks that a criterion rests on, and whether each is asked as it is.

    It is not where a `not` turns it round.
    """
    by_id = {each.id: each for each in pack.criteria}
    found: dict[tuple[str, bool], Check] = {}
    seen: set[tuple[str, bool]] = set()
    waiting: list[tuple[Formula, bool]] = [(each, True) for each in criterion.formulas]
    while waiting:
        formula, straight = waiting.pop(0)
        match formula:
            case Check():
                found[formula.id, straight] = formula
            case CriterionRef(name) if (name, straight) not in seen:
                seen.add((name, straight))
                waiting += [(each, straight) for each in by_id[name].formulas]
            case Negation(part):
                waiting.append((part, not straight))
            case All(parts) | Any_(parts) | AtLeast(_, parts):
                waiting += [(each, straight) for each in parts]
            case _:
                pass
    return tuple((check, straight) for (_, straight), check in found.items())


def demands_of(criterion: Criterion, pack: Pack) -> tuple[Demand, ...]:
    """Return every bound that a criterion asks for, its counts' conditions included."""
    found = []
    for check, straight in checks_of(criterion, pack):
        asked = (*_of_ask(check.ask), *_of_counts(check.ask, pack.vocabulary))
        found += [Demand(each if straight else each.opposite, check) for each in asked]
    return tuple(found)


def _of_ask(ask: Ask) -> Iterator[Bound]:
    match ask:
        case NoneOf():
            yield Bound(Operator.AT_MOST, Fraction(0), Sort.NUMBER)
        case Every():
            yield Bound(Operator.AT_LEAST, Fraction(1), Sort.PERCENT)
        case Falls(_, _, by):
            yield Bound(Operator.AT_LEAST, by, Sort.PERCENT)
        case Amount(_, bounds):
            yield from (_of_amount(*each) for each in bounds)
        case Share(_, _, bounds=shares):
            yield from (Bound(each, share, Sort.PERCENT) for each, share in shares)
        case Asked(days):
            yield from (of_day(*each) for each in days)
        case _:
            return


def _of_amount(operator: Operator, number: int | str) -> Bound:
    """Return a bound on a count; a target that stands in the facts may be any number."""
    limit = None if isinstance(number, str) else Fraction(number)
    return Bound(operator, limit, Sort.NUMBER)


def _of_counts(ask: Ask, vocabulary: Vocabulary) -> Iterator[Bound]:
    for name in counts_named(ask):
        yield from bounds_of_condition(vocabulary.rows_of(name))
