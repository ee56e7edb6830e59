"""Clean tables as a folder of CSV files, which the reader of facts accepts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from engine.desk.tables_from_workbooks.importing import CleanTable, Imported
from engine.errors import Diagnostic, FactsError
from engine.facts_from_files import facts_from_files
from engine.source import Place
from engine.vocabulary import Vocabulary

LOG: Final = "import-log.tsv"
"""Tabs part its columns: every .csv file in a folder of facts is a table (LANGUAGE §4)."""
_FORMULA: Final = r"^\s*[=+\-@＝＋－＠]"
"""What a spreadsheet program takes for an order; the log is opened in one."""
_FIRST_ROW: Final = 2
"""The line of a CSV file below the headings."""


def write_folder(imported: Imported, folder: Path, vocabulary: Vocabulary) -> None:
    """Write the tables and the log into an empty folder.

    Raises:
        FactsError: The tables do not fit together; the places are those of the sheets.
    """
    for table in imported.tables:
        _frame(table).write_csv(folder / f"{table.name}.csv")
    try:
        facts_from_files(folder, vocabulary)
    except FactsError as error:
        raise FactsError(list(_retold(error, imported, folder))) from error
    log = imported.log.frame().with_columns(
        pl.all().replace("", None).str.replace(_FORMULA, "'$0")
    )
    log.write_csv(folder / LOG, separator="\t", include_bom=True)


def _frame(table: CleanTable) -> pl.DataFrame:
    columns = (
        pl.Series(name, values, dtype=pl.String).replace("", None)
        for name, values in table.columns.items()
    )
    return pl.DataFrame(columns)


def _retold(
    error: FactsError, imported: Imported, folder: Path
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the tables, each where its cause was read."""
    tables = {str(folder / f"{each.name}.csv"): each for each in imported.tables}
    for one in error.diagnostics:
        table = tables.get(one.place.file)
        values = {
            name: _place_in(tables, value) if isinstance(value, Place) else value
            for name, value in one.values.items()
        }
        if table is None:
            first = imported.tables[0] if imported.tables else None
            file = first.extracts[0].file if first and first.extracts else ""
            yield replace(one, place=Place(file), values=values)
        else:
            yield replace(one, place=_place_in(tables, one.place), values=values)


def _place_in(tables: dict[str, CleanTable], place: Place) -> Place:
    table = tables.get(place.file)
    if table is None or place.line is None or place.line < _FIRST_ROW:
        first = table.extracts[0].file if table and table.extracts else place.file
        return Place(first)
    return table.place(place.line - _FIRST_ROW, (place.column or 1) - 1)
