"""Carried facts as a folder of CSV files, which the reader of facts accepts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from engine.facts_from_files import facts_from_files
from engine.units.carried import Carried, Origin
from engine.vocabulary import Vocabulary

LOG: Final = "carried.tsv"
"""Tabs part its columns: every .csv file in a folder of facts is a table (LANGUAGE §4)."""


def write_folder(
    carried: Carried,
    folder: Path,
    vocabulary: Vocabulary,
    verdicts: Mapping[str, str] | None = None,
) -> None:
    """Write the tables and where each unit came from into an empty folder.

    `verdicts` are those of the old units, by their codes; they stand in the log alone.

    Raises:
        FactsError: The tables do not fit together.
    """
    for name, table in carried.tables.items():
        table.write_csv(folder / f"{name}.csv")
    facts_from_files(folder, vocabulary)
    lines = pl.DataFrame([*_lines(carried, verdicts or {})])
    log = lines.with_columns(pl.all().replace("", None))
    log.write_csv(folder / LOG, separator="\t", include_bom=True)


def _lines(carried: Carried, verdicts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for unit in carried.units:
        for origin in unit.origins:
            verdict = verdicts.get(origin.old_code, "")
            yield _line(origin, unit.code, unit.name, verdict)
    for origin in carried.ended:
        yield _line(origin, "", "", verdicts.get(origin.old_code, ""))


def _line(origin: Origin, code: str, name: str, verdict: str) -> dict[str, str]:
    return {
        "old_code": origin.old_code,
        "old_name": origin.old_name,
        "how": origin.how.value,
        "new_code": code,
        "new_name": name,
        "id": origin.id,
        "old_verdict": verdict,
        "source": origin.source,
    }
