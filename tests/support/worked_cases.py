"""Worked cases: sentences about one locality, in `tests/packs/<pack>/cases.yaml`.

`base` is a locality with everything typed in. A case changes numbers of its `row`, adds
rows of registers (`tables`), or puts the base under a commune beside `hamlets` that differ
so, and asks about the commune. `expect` maps `verdict`, criteria and checks to what the
answer says of them; `expect_vacuous` maps checks to whether nobody was concerned.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.support import plain_yaml

Doc = dict[str, Any]

CASE_KEYS = frozenset(
    ["case", "as_of", "row", "tables", "hamlets", "expect", "expect_vacuous"]
)


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One question about the first locality of its facts."""

    name: str
    as_of: date
    facts: Doc
    expect: Doc
    vacuous: Doc


def worked_cases(file: Path) -> dict[str, WorkedCase]:
    """Return the cases of a file by their sentences."""
    document = plain_yaml.load_file(file)
    found: dict[str, WorkedCase] = {}
    for written in document["cases"]:
        name = written["case"]
        if name in found or written.keys() - CASE_KEYS:
            message = f"{file}: {name!r} is there twice or has a key that means nothing"
            raise ValueError(message)
        found[name] = WorkedCase(
            name,
            written.get("as_of", document["as_of"]),
            _facts(document["base"], written),
            written.get("expect", {}),
            written.get("expect_vacuous", {}),
        )
    return found


def said(answer: Doc) -> Doc:
    """Return what an answer says of its first locality: by verdict, criterion, check."""
    first = answer["localities"][0]
    criteria = first["criteria"]
    checks = [check for criterion in criteria for check in criterion["checks"]]
    return (
        {check["id"]: check["truth"] for check in checks}
        | {criterion["id"]: criterion["outcome"] for criterion in criteria}
        | {"verdict": first["verdict"]}
    )


def vacuous(answer: Doc) -> Doc:
    """Return which checks of the first locality concern nobody."""
    criteria = answer["localities"][0]["criteria"]
    return {
        x["id"]: x["vacuous"] for criterion in criteria for x in criterion["checks"]
    }


def _facts(base: Doc, written: Doc) -> Doc:
    if "hamlets" in written:
        commune = {"id": "xa", "name": "Xã Mẫu", "level": "commune"}
        below = [
            base | {"id": f"{base['id']}-{number}", "parent": "xa"} | changes
            for number, changes in enumerate(written["hamlets"], start=1)
        ]
        return {"localities": [commune, *below]}
    at = base["id"]
    tables = {
        table: [{"locality": at} | row for row in rows]
        for table, rows in written.get("tables", {}).items()
    }
    return {"localities": [base | written.get("row", {})], **tables}
