"""The workbook to fill in needs no import; brought in all the same, nothing changes."""

from datetime import date
from pathlib import Path
from typing import Any

from engine.assess import assess
from engine.assessment import Assessment
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from tests.support.bundled import EXAMPLE, LAI_CHAU, RULES, pack_of
from tests.support.commands import run
from tests.support.facts_files import rows_of
from tests.support.filled_workbooks import fill, tables_in
from tests.support.libre_office import saved_as

PACK = pack_of(LAI_CHAU)
DAY = date(2024, 3, 31)
ASKED = ("--pack", LAI_CHAU, "--rules", RULES)


def filled_template(folder: Path) -> Path:
    book = folder / "book.xlsx"
    assert run("facts", "template", *ASKED, "-o", book).code == 0
    return fill(book, tables_in(EXAMPLE))


def read(path: Path) -> Facts:
    return facts_from_files(path, PACK.vocabulary)


def brought_in(book: Path, folder: Path) -> Facts:
    answer = run("facts", "import", book, *ASKED, "-o", folder)
    assert answer.code == 0, answer.err
    return read(folder)


def judged(facts: Facts) -> Assessment:
    return assess(PACK, facts, DAY)


def values(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """Return every value that is known, by table and row; without `n`, a row is one."""
    assert facts.inspections is not None
    tables = (facts.localities, *facts.registers.values(), facts.inspections)
    return {
        table.name: [
            {"n": 1} | {name: value for name, value in row.items() if value is not None}
            for row in rows_of(table)
        ]
        for table in tables
        if rows_of(table)
    }


def test_a_filled_template_is_imported_with_every_value(tmp_path: Path) -> None:
    found = brought_in(filled_template(tmp_path), tmp_path / "facts")
    expected = read(EXAMPLE)
    assert values(found) == values(expected)
    assert judged(found).localities == judged(expected).localities


def test_libre_office_keeps_every_value_of_a_filled_template(tmp_path: Path) -> None:
    """Saved as .xlsx, and by way of .ods: as it is, and brought in."""
    book, profile = filled_template(tmp_path), tmp_path / "profile"
    straight = saved_as("xlsx", book, tmp_path / "straight", profile)
    open_document = saved_as("ods", book, tmp_path, profile)
    by_way = saved_as("xlsx", open_document, tmp_path / "by way", profile)
    expected = read(EXAMPLE)
    for at, copy in enumerate((straight, by_way)):
        for facts in (read(copy), brought_in(copy, tmp_path / f"facts {at}")):
            assert values(facts) == values(expected)
            assert judged(facts).localities == judged(expected).localities
