"""diaban itself: facts in memory, through counts and the rule network, to outcomes."""

from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl

from benchmarks.peers.contract import COLUMNS, CRITERIA, ColumnPeer
from engine.assess import judge_localities
from engine.facts import Facts, Table
from engine.library import Library
from engine.source import Place
from engine.verdicts_from_checks import outcome_column

_DAY = date(2024, 3, 31)
_RULES = Path(__file__).parents[2] / "rules"


class Diaban(ColumnPeer):
    """The whole chain, with intervals, conflicts, verdicts and what each rests on."""

    title = "diaban"
    on_polars = True
    way = "the bundled pack as it is; also the verdict and contradictions"

    def __init__(self) -> None:
        """Read the pack; its network is compiled anew whenever it is asked."""
        self._pack = Library(_RULES).find("lai-chau/city-2024")

    def load(self, rows: pl.DataFrame) -> Facts:
        """Return the hamlets as facts are after they have been read."""
        parent = pl.lit(None, pl.String).alias("parent")
        row = pl.row_index("row").cast(pl.Int64)
        frame = rows.lazy().select(row, "id", "name", "level", parent, *COLUMNS)
        held = frame.collect().rechunk().lazy()
        table = Table("localities", "-", nw.from_native(held), _place)
        return Facts(table, {}, None, "")

    def judge(self, loaded: Facts) -> pl.DataFrame:
        """Judge all hamlets."""
        judged = judge_localities(self._pack, loaded, _DAY)
        return judged.frame.select(map(outcome_column, CRITERIA))


def _place(_row: int, _column: str) -> Place:
    return Place("-")
