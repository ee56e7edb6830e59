"""rule-engine: two rules a criterion, as text, over a dictionary."""

from typing import Any

import rule_engine

from benchmarks.peers.contract import (
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    Outcomes,
    Record,
    RecordPeer,
)
from benchmarks.peers.infix import Infix


class RuleEngine(RecordPeer):
    """Rules that a record matches or not."""

    title = "rule-engine"
    package = "rule-engine"
    way = "two rules a criterion, parsed once; `null` is tested for"

    def __init__(self) -> None:
        """Parse the rules."""
        text = Infix()
        self._rules: list[tuple[Any, Any]] = [
            (
                rule_engine.Rule(text.failing(checks)),
                rule_engine.Rule(text.opening(checks)),
            )
            for checks in CRITERIA.values()
        ]

    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""
        return [
            NOT_MET if fails.matches(record) else OPEN if opens.matches(record) else MET
            for fails, opens in self._rules
        ]
