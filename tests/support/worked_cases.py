"""Files of worked cases read a second time, so that tests need not trust the engine's way.

`docs/policy-staff.md` says what may stand in `<pack>.tests.yaml`; what these files use of it
is understood here, and anything else is an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.support import plain_yaml

Doc = dict[str, Any]

SHARED = {"as_of", "locality", "tables", "whole", "parts", "expect"}
WORDS = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class PlainCase:
    """One question about the first locality of its facts."""

    as_of: date
    facts: Doc
    expect: Doc
    """`verdict`, `possible` and so on, as an answer says them."""


def plain_cases(file: Path) -> dict[str, PlainCase]:
    """Return the cases of a file by their sentences, of variants each one."""
    document = plain_yaml.load_file(file)
    assert document.keys() == {"cases_of", "as_of", "locality", "cases"}
    found: dict[str, PlainCase] = {}
    for sentence, written in told(document["cases"]):
        assert sentence not in found, sentence
        found[sentence] = PlainCase(
            written.get("as_of", document["as_of"]),
            facts_of(document["locality"], written),
            written["expect"],
        )
    return found


def told(cases: list[Doc]) -> Iterator[tuple[str, Doc]]:
    """Yield sentence and content of each case, a variant joined to what it varies."""
    for case in cases:
        own = {key: value for key, value in case.items() if key in SHARED}
        assert case.keys() <= SHARED | {"case", "variants"}
        if "variants" not in case:
            yield case["case"], own
        for variant in case.get("variants", []):
            assert variant.keys() <= SHARED | {"variant"}
            row = own.get("locality", {}) | variant.get("locality", {})
            tables = own.get("tables", {}) | variant.get("tables", {})
            yield (
                f"{case['case']}: {variant['variant']}",
                {**own, **variant, "locality": row, "tables": tables},
            )


def facts_of(base: Doc, written: Doc) -> Doc:
    """Return the tables in full."""
    own = base | written.get("locality", {})
    asked = [own]
    if "whole" in written:
        whole = {"id": "whole", **written["whole"]}
        below = [
            own | {"id": f"{own['id']}-{number}", "parent": whole["id"]} | changes
            for number, changes in enumerate(written["parts"], start=1)
        ]
        asked = [whole, *below]
    tables = dict(written.get("tables", {}))
    others = tables.pop("localities", [])
    located = {
        table: [{"locality": asked[0]["id"]} | row for row in rows]
        for table, rows in tables.items()
    }
    return {"localities": [*asked, *others], **located}


def agrees(answer: Doc, expect: Doc) -> bool:
    """Tell whether an answer says of its first locality all that is expected."""
    first = answer["localities"][0]
    checks = {x["id"]: x for each in first["criteria"] for x in each["checks"]}
    said = {
        "verdict": first["verdict"],
        "possible": sorted(first["possible"]),
        "criteria": {each["id"]: each["outcome"] for each in first["criteria"]},
        "checks": {name: check["truth"] for name, check in checks.items()},
        "short": {name: check["short"] for name, check in checks.items()},
        "vacuous": {name: check["vacuous"] for name, check in checks.items()},
    }
    # A check of a verdict's own condition stands in no criterion: only a proof tells it.
    told_of = {
        name: x for name, x in expect.get("checks", {}).items() if name in checks
    }
    return all(
        _agrees(said[kind], told_of if kind == "checks" else wanted)
        for kind, wanted in expect.items()
        if kind != "missing"  # an answer says that only when it is proved
    )


def _agrees(said: Any, wanted: Any) -> bool:
    if not isinstance(wanted, dict):
        return bool(said == (sorted(wanted) if isinstance(wanted, list) else wanted))
    words = {
        name: WORDS[each]
        if isinstance(each, bool) and isinstance(said[name], str)
        else each
        for name, each in wanted.items()
    }
    return {name: said[name] for name in wanted} == words
