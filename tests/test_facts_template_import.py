"""The workbook to fill in needs no import; brought in all the same, nothing changes."""

from datetime import date
from pathlib import Path

from engine.assess import assess
from engine.facts_from_files import facts_from_files
from tests.support.bundled import EXAMPLE, LAI_CHAU, RULES, pack_of
from tests.support.commands import run
from tests.support.filled_workbooks import fill, tables_in


def test_a_filled_template_is_imported_with_every_value(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    asked = ("--pack", LAI_CHAU, "--rules", RULES)
    assert run("facts", "template", *asked, "-o", book).code == 0
    fill(book, tables_in(EXAMPLE))
    answer = run("facts", "import", book, "--rules", RULES, "-o", tmp_path / "facts")
    assert answer.code == 0, answer.err
    pack, day = pack_of(LAI_CHAU), date(2024, 3, 31)
    expected, found = (
        assess(pack, facts_from_files(path, pack.vocabulary), day).localities
        for path in (EXAMPLE, tmp_path / "facts")
    )
    assert found == expected
