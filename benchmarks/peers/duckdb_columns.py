"""DuckDB: one SQL query over a table in memory; SQL's own NULL is the unknown."""

from typing import Any

import duckdb
import polars as pl

from benchmarks.peers.contract import (
    COLUMNS,
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    AtLeastOne,
    Check,
    ColumnPeer,
    Every,
    NoneOf,
    Yes,
)


class DuckDB(ColumnPeer):
    """A SELECT with a CASE a criterion."""

    title = "DuckDB"
    package = "duckdb"
    way = "one SQL query of a table in memory; NULL is unknown, and follows Kleene"

    def __init__(self) -> None:
        """Write the query."""
        self._database = duckdb.connect()
        columns = (f"{_case(checks)} AS {each}" for each, checks in CRITERIA.items())
        self._query = f"SELECT {', '.join(columns)} FROM hamlets"  # noqa: S608  (our own)

    def load(self, rows: pl.DataFrame) -> None:
        """Put the columns into a table of the database."""
        self._database.register("given", rows.select(COLUMNS).to_arrow())
        self._database.execute("CREATE OR REPLACE TABLE hamlets AS FROM given")
        self._database.unregister("given")

    def judge(self, loaded: None) -> list[Any]:  # noqa: ARG002  (the table is in it)
        """Judge all hamlets."""
        return list(self._database.execute(self._query).fetchnumpy().values())


def _case(checks: tuple[Check, ...]) -> str:
    holds = " AND ".join(f"({_truth(check)})" for check in checks)
    codes = f"WHEN {holds} THEN {MET} WHEN NOT ({holds}) THEN {NOT_MET} ELSE {OPEN}"
    return f"CAST(CASE {codes} END AS TINYINT)"


def _truth(check: Check) -> str:
    match check:
        case NoneOf(count):
            return f"{count} = 0"
        case AtLeastOne(count):
            return f"{count} > 0"
        case Yes(field):
            return field
        case Every(whole, part, must_be):
            if must_be:
                return f"{part} >= nullif({whole}, 0)"
            return f"{whole} = 0 OR {part} >= {whole}"
