"""cel-python: CEL in Python; one expression, compiled once to Python."""

from typing import Any

import celpy
import polars as pl

from benchmarks.peers.cel_text import NUMBERS, UNKNOWN, outcomes_in_cel
from benchmarks.peers.contract import COLUMNS, Outcomes, RecordPeer


class CelInPython(RecordPeer):
    """A list of the eight outcomes, evaluated with an activation a hamlet."""

    title = "CEL (Python)"
    package = "cel-python"
    way = (
        "one expression, by the compiling runner; it refuses to compare a number with "
        "`null`, so −1 is unknown"
    )

    def __init__(self) -> None:
        """Compile the expression."""
        environment = celpy.Environment(
            annotations=dict.fromkeys(COLUMNS, celpy.celtypes.IntType),
            runner_class=celpy.CompiledRunner,
        )
        expression = environment.compile(outcomes_in_cel(NUMBERS))
        self._program: Any = environment.program(expression)

    def load(self, rows: pl.DataFrame) -> list[dict[str, Any]]:
        """Return an activation a hamlet, of CEL's own types."""
        numbers = rows.select(pl.col(COLUMNS).cast(pl.Int64).fill_null(UNKNOWN))
        return [
            {name: celpy.json_to_cel(value) for name, value in record.items()}
            for record in numbers.iter_rows(named=True)
        ]

    def one(self, record: dict[str, Any]) -> Outcomes:
        """Judge one hamlet."""
        outcomes: Outcomes = self._program.evaluate(record)
        return outcomes
