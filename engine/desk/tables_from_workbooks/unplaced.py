"""What is said of rows and sheets of which nobody can tell what locality they are about."""

from collections.abc import Mapping, Sequence
from typing import Final

from engine.desk.tables_from_workbooks.extract import Extract
from engine.desk.tables_from_workbooks.sheets import Sheet
from engine.errors import N_
from engine.facts_from_files.findings import Findings, listed, shown
from engine.source import Place

_MOST_COMPARED: Final = 2_000


def report_blank(findings: Findings, extract: Extract, row: int, column: str) -> None:
    """Say that a row names no locality."""
    findings.error(
        "import-no-locality",
        extract.headed.sheet.place(row, extract.headed.taken[column].position),
        N_("this row holds values, but does not say of which locality"),
        N_("write the locality's name, or clear the whole row"),
    )


def report_name_alone(findings: Findings, extract: Extract, row: int) -> None:
    """Say that a name may be a locality's or a signature; it is not shown."""
    findings.error(
        "import-name-alone",
        extract.headed.sheet.place(row, extract.naming),
        N_("is this a locality? The row holds a name and nothing else"),
        N_(
            "if it is one of which nothing is known, write its number or “-” beside the "
            "name; if it is a signature or a title, clear the cell"
        ),
    )


def report_no_commune(findings: Findings, sheet: Sheet) -> None:
    """Say that ids cannot be made."""
    findings.error(
        "import-no-commune",
        Place(sheet.file, sheet=sheet.name),
        N_("nothing says of which commune these localities are, so they get no ids"),
        N_(
            "give its code with --commune, begin the name of the file or of the sheet "
            "with it, add a column Mã, or give a list with --localities"
        ),
    )


def report_several_communes(
    findings: Findings, sheet: Sheet, communes: Sequence[str]
) -> None:
    """Say that file, sheet and title do not agree on a commune."""
    findings.error(
        "import-several-communes",
        Place(sheet.file, sheet=sheet.name),
        N_(
            "the names of the file and the sheet, and the title, name several communes: "
            "{communes}"
        ),
        N_("say with --commune which one is meant, or correct what is wrong"),
        communes=listed(communes),
    )


def report_unknown(
    findings: Findings,
    extract: Extract,
    row: int,
    column: str,
    name: str,
    among: Mapping[str, str],
) -> None:
    """Say that no locality is called so, and which of those `among` it is like."""
    seen = not extract.shape.personal
    near: tuple[str, ...] = ()
    if seen and len(among) <= _MOST_COMPARED:
        from engine.desk.tables_from_workbooks.proposals import names_like

        near = names_like(name, among)
    names = [f"{among[each]} ({each})" for each in among if each in near]
    findings.error(
        "import-unknown-locality",
        extract.headed.sheet.place(row, extract.headed.taken[column].position),
        N_("no locality known here is called '{name}'")
        if seen
        else N_("no locality known here is called so"),
        N_("perhaps {near}? Write its code or its name, or add it to the list")
        if names
        else N_("correct the name, or add it to the list of localities"),
        name=shown(name) if seen else "",
        near=listed(names),
    )
