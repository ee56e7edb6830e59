"""Rego in C++: a module compiled to a bundle, with a hamlet as its input."""

import json
from typing import Any

from regopy import Interpreter

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
    Record,
    RecordPeer,
    Yes,
)


class Rego(RecordPeer):
    """One entry point of a compiled bundle, queried for each input."""

    title = "Rego (C++)"
    package = "regopy"
    way = "a policy compiled to a bundle, queried for each input; `null` is tested for"

    def __init__(self) -> None:
        """Compile the policy."""
        self._rego = Interpreter()
        self._rego.add_module("criteria.rego", _policy())
        self._bundle: Any = self._rego.build("data.criteria.outcomes")

    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""
        self._rego.set_input(record)
        answer = self._rego.query_bundle(self._bundle)
        (outcomes,) = json.loads(str(answer))["expressions"]
        return outcomes  # type: ignore[no-any-return]  # no types


def _policy() -> str:
    rules = ["package criteria", ""]
    for criterion, checks in CRITERIA.items():
        rules += (f"{criterion}_fails if {_fails(check)}" for check in checks)
        opens = (
            f"{criterion}_open if {each}" for check in checks for each in _open(check)
        )
        rules += opens
        rules += [
            f"{criterion} := {NOT_MET} if {criterion}_fails",
            f"else := {OPEN} if {criterion}_open",
            f"else := {MET}",
            "",
        ]
    return "\n".join([*rules, f"outcomes := [{', '.join(CRITERIA)}]"])


def _fails(check: Check) -> str:
    match check:
        case NoneOf(count):
            return f"{{ input.{count} != null; input.{count} > 0 }}"
        case Every(whole, part):
            known = f"input.{whole} != null; input.{part} != null"
            return f"{{ {known}; input.{part} < input.{whole} }}"
        case AtLeastOne(count):
            return f"input.{count} == 0"
        case Yes(field):
            return f"input.{field} == false"


def _open(check: Check) -> list[str]:
    match check:
        case NoneOf(name) | AtLeastOne(name) | Yes(name):
            return [f"input.{name} == null"]
        case Every(whole, part, must_be):
            if must_be:
                none = f"input.{whole} == 0"
                return [f"input.{whole} == null", f"input.{part} == null", none]
            some = f"{{ input.{part} == null; input.{whole} > 0 }}"
            return [f"input.{whole} == null", some]
