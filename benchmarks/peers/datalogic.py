"""JsonLogic in Rust: datalogic-py, a compiled rule and a session for hot loops."""

from typing import Any

from datalogic_py import Engine

from benchmarks.peers.contract import Outcomes, Record, RecordPeer
from benchmarks.peers.json_text import outcomes_in_json_logic


class JsonLogicInRust(RecordPeer):
    """One rule, compiled once, evaluated in one session."""

    title = "JsonLogic (Rust)"
    package = "datalogic-py"
    way = "one rule, compiled once, in one session; `null` is tested for"

    def __init__(self) -> None:
        """Compile the rule."""
        engine = Engine()
        self._rule: Any = engine.compile(outcomes_in_json_logic())
        self._session: Any = engine.session()

    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""
        outcomes: Outcomes = self._session.evaluate(self._rule, record)
        return outcomes
