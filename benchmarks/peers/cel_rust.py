"""common-expression-language: CEL in Rust; one expression, compiled once."""

from typing import Any

import cel

from benchmarks.peers.cel_text import NULLS, outcomes_in_cel
from benchmarks.peers.contract import Outcomes, Record, RecordPeer


class CelInRust(RecordPeer):
    """A list of the eight outcomes, executed with a record as its context."""

    title = "CEL (Rust)"
    package = "common-expression-language"
    way = "one expression, compiled once; `null` is tested for"

    def __init__(self) -> None:
        """Compile the expression."""
        self._program: Any = cel.compile(outcomes_in_cel(NULLS))

    def one(self, record: Record) -> Outcomes:
        """Judge one hamlet."""
        outcomes: Outcomes = self._program.execute(record)
        return outcomes
