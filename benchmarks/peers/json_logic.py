"""JsonLogic in Python: panzi-json-logic."""

from json_logic import jsonLogic

from benchmarks.peers.contract import Outcomes, Record, RecordPeer
from benchmarks.peers.json_text import outcomes_in_json_logic


class JsonLogicInPython(RecordPeer):
    """The rules are data, interpreted for each record."""

    title = "JsonLogic (Python)"
    package = "panzi-json-logic"
    way = "rules as JSON, interpreted each time; `null` is tested for"

    def __init__(self) -> None:
        """Write the rules."""
        self._rules = outcomes_in_json_logic()

    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""
        return [jsonLogic(rule, record) for rule in self._rules]
