"""Cells read a second time: from what a table shows to the values LANGUAGE §4 means."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

Doc = dict[str, Any]

YES = {"yes", "true", "có", "x", "1"}
NO = {"no", "false", "không", "0"}


def typed(vocabulary: Doc, facts: Doc) -> Doc:
    """Return the tables with each cell as its field's type; blank is None."""
    counts = dict.fromkeys(vocabulary["counts"], "count")
    tables: Doc = {}
    for table, rows in facts.items():
        fields = (vocabulary.get("registers") or {}).get(table, {}).get("fields") or {}
        types = {name: kind_of(field) for name, field in fields.items()} | {
            "n": "count"
        }
        types |= counts if table == "localities" else {}
        tables[table] = [
            {
                column: cell(types.get(column, "text"), value)
                for column, value in row.items()
            }
            for row in rows or []
        ]
    return tables


def kind_of(field: Any) -> str:
    """Return a field's type, written in short or with its choices and label."""
    return str(field["type"] if isinstance(field, dict) else field)


def cell(kind: str, value: Any) -> Any:
    """Return what a cell of a column of that kind means."""
    text = unicodedata.normalize("NFC", str(value)).strip()
    if value is None or text == "":
        return None
    if kind in {"yes_no", "assessed"}:
        return value if isinstance(value, bool) else {**_TRUE, **_FALSE}[text]
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "count":
        return int(text)
    return Decimal(text) if kind == "number" else text


_TRUE = dict.fromkeys(YES, True)
_FALSE = dict.fromkeys(NO, False)
