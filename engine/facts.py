"""What is known: tables of localities and registers, and where each value stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from engine.source import Place
from engine.supposition import Supposition

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl


def never() -> bool:
    """Say no: what is in memory does not change."""
    return False


@dataclass(frozen=True, slots=True)
class Table:
    """One table, its cells already of their fields' types; blank is null.

    Columns of `frame`: `row` (Int64, 0 for the first row of data, the key to `places`)
    and those of the file: yes_no and assessed Boolean, date Date, count and `n` Int64,
    number Float64, everything else String (NFC, trimmed). A column that the file does
    not have is absent, but, in localities, `name` (the id where it is blank) and
    `parent`. `n` is 1 where it is blank; without it each row stands for one.
    """

    name: str
    file: str
    frame: "nw.LazyFrame[Any]"
    places: Callable[[int, str], Place]
    """The place of a value by its `row` and the name of its column."""
    streamed: bool = False
    """Whether the rows lie in a file still, too many perhaps to hold, and not here."""
    is_changed: Callable[[], bool] = never
    """Whether the file is no longer as it was when its cells were checked."""
    named: "pl.Series | None" = None
    """The localities that the rows name, each once, if reading them already told."""
    runs: "pl.Series | None" = None
    """The same in the order of the rows, if those of each stand together and are many."""

    def held(self, frame: "nw.LazyFrame[Any]") -> Self:
        """Return the table with rows that are in memory, whatever becomes of a file."""
        return replace(self, frame=frame, streamed=False, is_changed=never, runs=None)


@dataclass(frozen=True, slots=True)
class Facts:
    """One set of tables. `localities` is in the order of its file."""

    localities: Table
    registers: Mapping[str, Table]
    inspections: Table | None
    sha256: str
    """Of the files; what is supposed does not change it."""
    supposed: tuple[Supposition, ...] = ()

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of the localities, each once."""
        found = self.localities.frame.select("level").unique().collect()
        return tuple(sorted(filter(None, found.get_column("level").to_list())))
