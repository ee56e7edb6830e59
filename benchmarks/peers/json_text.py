"""The criteria in JsonLogic, for two of its interpreters."""

from typing import Any

from benchmarks.peers.contract import (
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    AtLeastOne,
    Check,
    Every,
    NoneOf,
    Yes,
)

Logic = Any


def outcomes_in_json_logic() -> list[Logic]:
    """Return a rule whose value is the list of the eight outcomes."""
    return [
        {
            "if": [
                _any(map(_fails, checks)),
                NOT_MET,
                _any(map(_open, checks)),
                OPEN,
                MET,
            ]
        }
        for checks in CRITERIA.values()
    ]


def _any(parts: Any) -> Logic:
    return {"or": list(parts)}


def _fails(check: Check) -> Logic:
    match check:
        case NoneOf(count):
            return {"and": [_known(count), {">": [_value(count), 0]}]}
        case Every(whole, part):
            less = {"<": [_value(part), _value(whole)]}
            return {"and": [_known(whole), _known(part), less]}
        case AtLeastOne(count):
            return {"===": [_value(count), 0]}
        case Yes(field):
            return {"===": [_value(field), False]}


def _open(check: Check) -> Logic:
    match check:
        case NoneOf(name) | AtLeastOne(name) | Yes(name):
            return _blank(name)
        case Every(whole, part, must_be):
            if must_be:
                none = {"===": [_value(whole), 0]}
                return _any((_blank(whole), _blank(part), none))
            some = {">": [_value(whole), 0]}
            return _any((_blank(whole), {"and": [_blank(part), some]}))


def _value(name: str) -> Logic:
    return {"var": name}


def _known(name: str) -> Logic:
    return {"!==": [_value(name), None]}


def _blank(name: str) -> Logic:
    return {"===": [_value(name), None]}
