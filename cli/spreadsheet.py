"""Lines of a table for a spreadsheet program, with nothing it could take for orders."""

import csv
import io
from collections.abc import Iterable
from functools import lru_cache

from cli.plain import plain

_FORMULA = tuple("=+-@＝＋－＠")


def csv_line(cells: Iterable[str]) -> str:
    """Return one line of a CSV file, its end included."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(map(_harmless, cells))
    return written.getvalue()


@lru_cache(maxsize=2**14)
def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    cell = plain(cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
