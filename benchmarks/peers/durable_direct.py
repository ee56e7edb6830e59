"""durable-rules used directly, as its manual shows: rules over facts, with actions."""

from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl
from durable.engine import MessageNotHandledException  # noqa: TID251  (a peer)
from durable.lang import (  # noqa: TID251  (a peer)
    assert_fact,
    m,
    retract_fact,
    ruleset,
    when_all,
)

from benchmarks.peers.contract import (
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    AtLeastOne,
    Check,
    Every,
    NoneOf,
    Outcomes,
    RecordPeer,
    Yes,
)

_RULES = "hamlet"
_PLACES = {criterion: at for at, criterion in enumerate(CRITERIA)}

Fact = dict[str, Any]


class DurableDirect(RecordPeer):
    """A fact a hamlet: asserted, matched by the rules of all criteria, retracted."""

    title = "durable-rules (directly)"
    package = "durable-rules"
    way = (
        "two rules a criterion; what is unknown is left out of the fact, and what no "
        "rule concludes is open. It cannot compare two fields of one fact: the "
        "differences are worked out before"
    )

    def __init__(self) -> None:
        """Define the rules; the process has one set of them."""
        self._outcomes: list[int] = []
        with ruleset(_RULES):
            for criterion, checks in CRITERIA.items():
                passes = reduce(and_, (_passes(check) for check in checks))
                fails = reduce(or_, (_fails(check) for check in checks))
                when_all(passes)(self._concluding(criterion, MET))
                when_all(fails)(self._concluding(criterion, NOT_MET))

    def load(self, rows: pl.DataFrame) -> list[Fact]:
        """Return a fact a hamlet, without what is not known."""
        return [
            {name: value for name, value in fact.items() if value is not None}
            for fact in rows.select(pl.row_index("at"), *_fields()).to_dicts()
        ]

    def one(self, record: Fact) -> Outcomes:
        """Judge one hamlet."""
        self._outcomes = [OPEN] * len(CRITERIA)
        try:
            assert_fact(_RULES, record)
        except MessageNotHandledException:  # no rule concludes anything
            return self._outcomes
        retract_fact(_RULES, record)
        return self._outcomes

    def _concluding(self, criterion: str, outcome: int) -> Any:
        def conclude(_context: object) -> None:
            self._outcomes[_PLACES[criterion]] = outcome

        return conclude


def _passes(check: Check) -> Any:
    match check:
        case NoneOf(count):
            return _field(count) == 0
        case AtLeastOne(count):
            return _field(count) > 0
        case Yes(field):
            return _field(field) == 1
        case Every(_, part):
            return _field(f"without_{part}") == 0


def _fails(check: Check) -> Any:
    match check:
        case NoneOf(count):
            return _field(count) > 0
        case AtLeastOne(name) | Yes(name):
            return _field(name) == 0
        case Every(_, part):
            return _field(f"without_{part}") > 0


def _field(name: str) -> Any:
    return getattr(m, name)


def _fields() -> list[pl.Expr]:
    """Return what the rules look at: numbers, and differences of two of them."""
    fields = []
    for checks in CRITERIA.values():
        for check in checks:
            match check:
                case Every(whole, part, must_be):
                    nobody = pl.lit(None if must_be else 0)
                    number = pl.col(whole)
                    without = (
                        pl.when(number != 0)
                        .then(number - pl.col(part))
                        .when(number == 0)
                        .then(nobody)
                    )
                    fields.append(without.cast(pl.Int64).alias(f"without_{part}"))
                case NoneOf(name) | AtLeastOne(name) | Yes(name):
                    fields.append(pl.col(name).cast(pl.Int64))
    return fields
