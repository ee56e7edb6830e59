"""A vocabulary to read facts with, and facts in files, for the tests of their reading."""

import csv
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # noqa: TID251  (tests write what the engine reads)

from engine.errors import FactsError
from engine.facts import Facts, Table
from engine.facts_from_files import facts_from_files
from engine.rules_from_yaml import vocabulary_from_yaml
from tests.support.files import WRITERS, yaml_text

Doc = dict[str, Any]

VOCABULARY: Doc = {
    "vocabulary": 1,
    "registers": {
        "localities": {
            "fields": {
                "board": "yes_no",
                "target": "count",
                "area": "number",
                "work": "assessed",
            }
        },
        "people": {
            "personal": True,
            "fields": {
                "standing": {"type": "choice", "of": ["addict", "user", "post_rehab"]},
                "filed": "yes_no",
                "since": "date",
                "remark": "text",
            },
        },
        "households": {
            "fields": {
                "kind": {"type": "choice", "of": ["rich", "poor"]},
                "pledged": "yes_no",
                "since": "date",
                "members": "count",
                "income": "number",
                "note": "text",
            }
        },
    },
    "counts": {
        "events": {},
        "addicts": {"in": "people", "where": {"standing": "addict"}},
    },
}
KNOWN = vocabulary_from_yaml(yaml_text(VOCABULARY).encode(), "vocabulary.yaml")
DELIMITERS = {"csv": ",", "csv;": ";", "csv tab": "\t"}
FORMS = [*DELIMITERS, *(form for form in WRITERS if form != "csv")]
"""Every way in which the same tables can be given."""


def read(path: Path) -> Facts:
    """Read facts; Parquet both ways, which must come to the same: held, and scanned."""
    if path.is_dir() and any(path.glob("*.parquet")):
        with scanned():
            by_stream = _outcome(path)
        assert by_stream == _outcome(path)
    return facts_from_files(path, KNOWN)


@contextmanager
def scanned() -> Iterator[None]:
    """Hold no Parquet file in memory, however short it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.facts_from_files.parquet_table._LONGEST_HELD", -1)
        yield


def told(path: Path) -> list[str]:
    """Return what is said about facts that cannot be read, with short file names."""
    try:
        read(path)
    except FactsError as error:
        folder = path if path.is_dir() else path.parent
        return str(error).replace(f"{folder}/", "").split("\n")
    return []


def faults(path: Path) -> list[str]:
    """Return the place and code of each fault: `people.csv:2:3 facts-not-a-date`."""
    heads = (line.split("]:")[0] for line in told(path))
    return [head.replace(": error[", " ") for head in heads]


def _outcome(path: Path) -> Any:
    """Return the fingerprint and every table with its places, or what is wrong."""
    try:
        facts = facts_from_files(path, KNOWN)
    except FactsError as error:
        return str(error)
    tables = [facts.localities, *facts.registers.values(), facts.inspections]
    return facts.sha256, [_told(table) for table in tables if table is not None]


def _told(table: Table) -> Any:
    rows = rows_of(table)
    return table.name, rows, [table.places(at, "locality") for at, _ in enumerate(rows)]


def rows_of(table: Table) -> list[Doc]:
    """Return the rows of a table without their numbers."""
    frame: Any = table.frame.to_native().sort("row").drop("row").collect()
    rows: list[Doc] = frame.to_dicts()
    return rows


def write(folder: Path, facts: Mapping[str, Any], form: str) -> Path:
    """Write tables below a folder in one of `FORMS`."""
    path = folder / "facts"
    if form not in DELIMITERS:
        return WRITERS[form](path, dict(facts), VOCABULARY)
    path.mkdir()
    for table, rows in facts.items():
        text = csv_text(rows, DELIMITERS[form])
        (path / f"{table}.csv").write_bytes(text.encode())
    return path


def csv_text(rows: list[Doc], delimiter: str) -> str:
    file = StringIO(newline="")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return file.getvalue()


def _cell(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by name into a folder."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def write_workbook(
    file: Path,
    sheets: Mapping[str, Any],
    days: str = "dd/mm/yyyy",
    *,
    from_1904: bool = False,
) -> Path:
    """Write a workbook from rows of cells; a text that begins with `=` is a formula."""
    system = {"default_date_format": days, "date_1904": from_1904}
    with xlsxwriter.Workbook(str(file), system) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file


def edit_part(workbook: Path, part: str, old: str, new: str) -> None:
    """Replace a text that stands once in the XML of a workbook."""
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert parts[part].count(old.encode()) == 1
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
