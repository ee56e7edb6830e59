"""Documents and tables as files: what a person would have written, from plain values."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter  # noqa: TID251  (tests write what the engine reads)

from tests.support.plain_facts import kind_of
from tests.support.plain_yaml import scalar

Doc = dict[str, Any]

YES = ("yes", "true", "có", "x", "1")
NO = ("no", "false", "không", "0")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/]*")
COLUMN_TYPES = {
    "yes_no": pl.Boolean(),
    "assessed": pl.Boolean(),
    "date": pl.Date(),
    "count": pl.Int64(),
    "number": pl.Float64(),
}


def yaml_text(value: Any) -> str:
    """Return a document as YAML: flow style, quoted where a plain word means more."""
    match value:
        case dict():
            pairs = (
                f"{yaml_text(key)}: {yaml_text(each)}" for key, each in value.items()
            )
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(yaml_text, value)) + "]"
        case bool():
            return "yes" if value else "no"
        case None:
            return "~"
        case str() if not PLAIN.fullmatch(value) or scalar(value) != value:
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def json_text(value: Any) -> str:
    """Return a document as JSON, where a date is text."""
    match value:
        case dict():
            pairs = (
                f"{json_text(key)}: {json_text(each)}" for key, each in value.items()
            )
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(json_text, value)) + "]"
        case date():
            return json.dumps(value.isoformat())
        case Decimal():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def write_csv(folder: Path, facts: Doc, vocabulary: Doc) -> Path:
    """Write a folder with a CSV file a table, its yes and no spelt in turn."""
    folder.mkdir()
    for table, rows in facts.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _columns(table, rows), restval="")
            writer.writeheader()
            for turn, row in enumerate(rows):
                writer.writerow(
                    {name: _spelt(each, turn) for name, each in row.items()}
                )
    return folder


def write_parquet(folder: Path, facts: Doc, vocabulary: Doc) -> Path:
    """Write a folder with a Parquet file a table, each column of its field's type."""
    folder.mkdir()
    counts: Doc = dict.fromkeys(vocabulary["counts"], "count")
    for table, rows in facts.items():
        fields = ((vocabulary.get("registers") or {}).get(table) or {}).get(
            "fields"
        ) or {}
        kinds = {name: kind_of(field) for name, field in fields.items()} | {
            "n": "count"
        }
        kinds |= counts if table == "localities" else {}
        columns = {
            name: pl.Series(
                name,
                [_number(row.get(name)) for row in rows],
                COLUMN_TYPES.get(kinds.get(name, "text"), pl.String()),
            )
            for name in _columns(table, rows)
        }
        pl.DataFrame(columns).write_parquet(folder / f"{table}.parquet")
    return folder


def write_workbook(folder: Path, facts: Doc, vocabulary: Doc) -> Path:
    """Write one workbook with a sheet a table."""
    file = folder.with_suffix(".xlsx")
    with xlsxwriter.Workbook(str(file)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for table, rows in facts.items():
            sheet = book.add_worksheet(table)
            columns = _columns(table, rows)
            sheet.write_row(0, 0, columns)
            for at, row in enumerate(rows, start=1):
                for column, name in enumerate(columns):
                    value = _number(row.get(name))
                    if isinstance(value, date):
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(at, column, value)
                    else:
                        sheet.write(at, column, value)
    return file


def write_yaml(folder: Path, facts: Doc, vocabulary: Doc) -> Path:
    """Write one YAML document with a list a table."""
    return _write(folder.with_suffix(".yaml"), yaml_text(facts))


def write_json(folder: Path, facts: Doc, vocabulary: Doc) -> Path:
    """Write one JSON document with a list a table."""
    return _write(folder.with_suffix(".json"), json_text(facts))


def write_texts(folder: Path, files: Doc) -> Path:
    """Write a folder of files, byte by byte."""
    folder.mkdir()
    for name, text in files.items():
        _write(folder / name, text)
    return folder


WRITERS: dict[str, Callable[[Path, Doc, Doc], Path]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_workbook,
    "yaml": write_yaml,
    "json": write_json,
}
"""How the same tables can be given."""


def _write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8", newline="")
    return file


def _columns(table: str, rows: list[Doc]) -> list[str]:
    needed = {"localities": ["id", "level"], "inspections": ["locality", "register"]}
    first = needed.get(table, ["locality"])
    return list(dict.fromkeys([*first, *(name for row in rows for name in row)]))


def _spelt(value: Any, turn: int) -> Any:
    if isinstance(value, bool):
        words = YES if value else NO
        return words[turn % len(words)]
    return "" if value is None else value


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
