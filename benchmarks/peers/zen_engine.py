"""GoRules' ZEN engine: a decision graph with one node of expressions."""

import json
from typing import Any

import zen

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

_LANGUAGE = Infix()


class Zen(RecordPeer):
    """A decision, compiled once and kept by the engine's loader."""

    title = "GoRules ZEN"
    package = "zen-engine"
    way = (
        "a decision graph, compiled once and kept by the loader; `null` is tested for. "
        "(Its batches take twice as long.)"
    )

    def __init__(self) -> None:
        """Compile the decision."""
        decision = zen.ZenDecisionContent(json.dumps(_graph()))
        self._engine: Any = zen.ZenEngine({"loader": lambda _key: decision})

    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""
        result = self._engine.evaluate("hamlet", record)["result"]
        return [result[criterion] for criterion in CRITERIA]


def _graph() -> dict[str, object]:
    expressions = [
        {
            "id": criterion,
            "key": criterion,
            "value": f"{_LANGUAGE.failing(checks)} ? {NOT_MET} : "
            f"{_LANGUAGE.opening(checks)} ? {OPEN} : {MET}",
        }
        for criterion, checks in CRITERIA.items()
    ]
    place = {"x": 0, "y": 0}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "criteria",
                "type": "expressionNode",
                "name": "criteria",
                "position": place,
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "criteria"},
            {"id": "2", "type": "edge", "sourceId": "criteria", "targetId": "out"},
        ],
    }
