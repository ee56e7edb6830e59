"""The localities of a list, or of whole facts, without anything counted in them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from engine.facts import Table
from engine.facts_from_files import facts_from_files
from engine.facts_from_files.columns import shapes_of
from engine.facts_from_files.csv_table import raw_from_csv
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.gathering import Gathering
from engine.facts_from_files.links import check_links
from engine.vocabulary import LOCALITIES, Vocabulary

_BUILT_IN: Final = ("id", "name", "level", "parent")


@dataclass(frozen=True, slots=True)
class Locality:
    """A unit of the territory; the parent is blank for the topmost."""

    id: str
    name: str
    level: str
    parent: str


def localities_from_file(path: Path, vocabulary: Vocabulary) -> tuple[Locality, ...]:
    """Read localities from a CSV file of them, or from facts of any form.

    Raises:
        FactsError: with everything that is wrong, each with its place.
    """
    if path.suffix.lower() == ".csv":
        table = _table_in(path, vocabulary)
    else:
        table = facts_from_files(path, vocabulary).localities
    rows = table.frame.sort("row").select(*_BUILT_IN).collect().rows()
    return tuple(
        Locality(*(cast("str | None", cell) or "" for cell in row)) for row in rows
    )


def _table_in(file: Path, vocabulary: Vocabulary) -> Table:
    findings = Findings()
    gathering = Gathering(shapes_of(vocabulary), findings)
    try:
        data = file.read_bytes()
    except OSError:
        gathering.report_not_readable(file)
    else:
        shape = gathering.shapes[LOCALITIES]
        raw = raw_from_csv(data, str(file), shape, findings)
        if raw is not None:
            gathering.add(raw)
    if LOCALITIES in gathering.tables:
        check_links(gathering.tables, vocabulary, findings)
    findings.raise_if_any()
    return gathering.tables[LOCALITIES]
