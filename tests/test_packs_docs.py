"""Every demand of the source documents is accounted for, and every pack is presented."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.rules import library_in
from engine.pack import Pack
from tests.support.bundled import ROOT, RULES

PAGES = ROOT / "docs" / "packs"
GUIDE = (PAGES / "README.md").read_text(encoding="utf-8")
PACKS: dict[str, Pack] = {pack.id: pack for pack in library_in(None).listing.packs}

DEMANDS = {
    "Lai Châu": (
        *(f"C{number}" for number in range(1, 9)),
        *("LC-S", "LC-P1", "LC-P2a", "LC-P2b", "LC-P2c", "LC-P3", "LC-P4", "LC-P5"),
        *(f"LC-O{number}" for number in range(1, 16)),
        *(f"LC-D{number}" for number in range(1, 8)),
    ),
    "Quảng Ninh": (
        *("QN-1", "QN-2", "QN-3a", "QN-3b"),
        *(f"QN-{number}" for number in range(4, 15)),
        *(f"QN-R{number}" for number in range(1, 4)),
    ),
    "Sơn La": (*(f"SL-{number}" for number in range(1, 9)), "SL-D1", "SL-D2", "SL-R"),
    "An Giang": (
        *(f"AG-{number}" for number in range(1, 7)),
        *("AG-D1", "AG-D2", "AG-R", "AG-B"),
    ),
    "Plan 198": tuple(f"KH198-{number}" for number in range(1, 7)),
    "Decision 28": (
        *("QD28-1", "QD28-2.1", "QD28-2.2", "QD28-3", "QD28-5", "QD28-7", "QD28-7.2"),
        *("QD28-7.3", "QD28-9"),
        *(f"QD28-{article}.{n}" for article in (4, 6) for n in (1, 2, 3)),
    ),
}
"""The ids under which the research on the documents lists what they demand."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one demand."""

    id: str
    clause: str
    demand: str
    status: str
    where: str


ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in GUIDE.splitlines()
    if re.match(r"\| (C\d|[A-Z]+\d*-[\w.]+) \|", line)
]
ENCODED = [row for row in ROWS if row.status == "encoded"]


@pytest.mark.parametrize("document", DEMANDS)
def test_every_demand_of_a_document_has_a_row(document: str) -> None:
    assert set(DEMANDS[document]) <= {row.id for row in ROWS}


def test_every_demand_has_one_row_and_nothing_else_has_any() -> None:
    ids = [row.id for row in ROWS]
    assert sorted(ids) == sorted(each for some in DEMANDS.values() for each in some)


def test_a_status_is_one_of_four() -> None:
    explained = re.findall(r"^\| ([a-z ]+) \| [^|]+ \|$", GUIDE, re.MULTILINE)
    assert len(explained) == 4
    assert {row.status for row in ROWS} <= set(explained)


def test_what_is_not_a_rule_says_why() -> None:
    left = [row for row in ROWS if row.status in ("left to people", "not evaluable")]
    assert len(left) > 10
    assert [row.id for row in left if len(row.where) < 10] == []


@pytest.mark.parametrize("row", ENCODED, ids=lambda row: row.id)
def test_what_is_encoded_is_where_the_table_says(row: Row) -> None:
    found = re.match(r"`([^`]+)` ([^:]+)", row.where)
    assert found is not None
    criteria = {each.id: each for each in PACKS[found[1]].criteria}
    named = found[2].strip().split(", ")
    assert set(named) <= criteria.keys()


def test_every_criterion_with_evidence_is_in_the_table() -> None:
    named: dict[str, set[str]] = {}
    for row in ENCODED:
        pack, criteria = re.findall(r"`([^`]+)` ([^:]+)", row.where)[0]
        named.setdefault(pack, set()).update(criteria.strip().split(", "))
    for name, criteria in named.items():
        asked = {each.id for each in PACKS[name].criteria if each.evidence}
        assert asked <= criteria, name


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_has_cases_a_page_and_an_example(name: str) -> None:
    page = PAGES / f"{name.replace('/', '-')}.md"
    assert f"`{name}`" in page.read_text(encoding="utf-8").splitlines()[0]
    assert f"| `{name}` |" in GUIDE
    assert f"({page.name})" in GUIDE
    assert (RULES / f"{name}.tests.yaml").is_file()
    linked = re.findall(r"\(\.\./\.\./(examples/[^)]+)\)", page.read_text("utf-8"))
    assert linked
    for each in linked:
        assert (ROOT / each).is_file()


@pytest.mark.parametrize("folder", sorted((ROOT / "examples").iterdir()), ids=str)
def test_every_example_says_what_is_published_and_what_is_made_up(folder: Path) -> None:
    told = (folder / "README.md").read_text(encoding="utf-8")
    assert re.search(r"\*\*(Published|Constructed)", told)
    assert re.search(r"\*\*(Đã công bố|Dựng lên)", told)
