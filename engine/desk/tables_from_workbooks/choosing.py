"""Which table a sheet holds, and what is amiss with its headings."""

from collections.abc import Mapping

from engine.desk.tables_from_workbooks.changes import HIDDEN_SHEET, Log
from engine.desk.tables_from_workbooks.decisions import Decisions, report_unknown
from engine.desk.tables_from_workbooks.folding import folded
from engine.desk.tables_from_workbooks.headings import (
    Headed,
    Heading,
    Kind,
    headed_sheets,
)
from engine.desk.tables_from_workbooks.sheets import Sheet
from engine.desk.tables_from_workbooks.spellings import Spellings
from engine.errors import N_
from engine.facts_from_files.findings import Findings, listed, shown
from engine.source import Place
from engine.vocabulary import LOCALITIES

_NOTES = (
    "readme", "huong dan", "ghi chu", "instructions", "notes", "muc luc", "bia", "lists",
    "danh muc",
)  # fmt: skip


def headed_in(
    sheet: Sheet,
    spellings: Mapping[str, Spellings],
    decisions: Decisions,
    undecided: dict[str, tuple[str, ...]],
    log: Log,
    findings: Findings,
) -> Headed | None:
    """Return the table in a sheet, or none; what is amiss goes to `findings`."""
    start = Place(sheet.file, sheet=sheet.name)
    if sheet.name and folded(sheet.name).startswith(_NOTES):
        log.note(start, "sheet-left-out")
        return None
    found = headed_sheets(sheet, spellings, decisions)
    chosen = next((each for each in found if each.table == LOCALITIES), None)
    if chosen is None and len(found) == 1:
        chosen = found[0]
    if chosen is None and sheet.is_hidden:
        log.note(start, "hidden-sheet-left-out")
        return None
    if chosen is None:
        _report_no_table(start, found, spellings, findings)
        return None
    if sheet.is_hidden:
        log.note(start, HIDDEN_SHEET)
    _check(chosen, spellings[chosen.table], undecided, log, findings)
    return chosen if _has_what_it_needs(chosen, start, findings) else None


def _check(
    headed: Headed,
    spellings: Spellings,
    undecided: dict[str, tuple[str, ...]],
    log: Log,
    findings: Findings,
) -> None:
    taken = headed.taken
    # Where few are known, the row may be one of data, and that of a person.
    shows = not spellings.shape.personal or 2 * headed.known >= headed.filled
    for each in headed.headings:
        place = headed.sheet.place(each.row, each.position)
        match each.kind:
            case Kind.TAKEN if each.column is not None:
                first = taken[each.column.name]
                log.note(
                    place, "heading", each.column.name, each.text, each.column.name
                )
                if first is not each:
                    _report_twice(headed, each, first, findings)
            case Kind.PERSONAL:
                _report_personal(place, findings)
            case Kind.UNDECIDED:
                _propose(place, each, spellings if shows else None, undecided, findings)
            case Kind.MISDECIDED if each.decision is not None:
                report_unknown(findings, each.decision, each.text)
            case Kind.IGNORED | Kind.SERIAL:
                log.note(place, "column-left-out", "", each.text)
            case _:
                _refuse_values_without_heading(headed, each, findings)


def _propose(
    place: Place,
    heading: Heading,
    spellings: Spellings | None,
    undecided: dict[str, tuple[str, ...]],
    findings: Findings,
) -> None:
    """Report an unknown heading; without `spellings` its text must not be shown."""
    if spellings is None:
        _report_unseen(place, findings)
        return
    # Here, because loading it takes longer than most sheets.
    from engine.desk.tables_from_workbooks.proposals import columns_like

    proposals = columns_like(heading.text, spellings.phrases)
    undecided.setdefault(heading.text, proposals)
    _report_undecided(place, heading, proposals, findings)


def _has_what_it_needs(headed: Headed, start: Place, findings: Findings) -> bool:
    """Return whether the rows of a table can say which localities they are about."""
    needed = {"id", "name"} if headed.table == LOCALITIES else {"locality"}
    if needed & headed.taken.keys():
        return True
    findings.error(
        "import-no-locality-column",
        Place(start.file, sheet=start.sheet)
        if headed.sheet.lines is None
        else headed.sheet.place(headed.top, 0),
        N_("no column of this table says which locality a row is about"),
        N_("add a column with the heading Tên thôn, Địa bàn or Mã"),
    )
    return False


def _report_no_table(
    start: Place,
    found: list[Headed],
    spellings: Mapping[str, Spellings],
    findings: Findings,
) -> None:
    if found:
        findings.error(
            "import-ambiguous-table",
            start,
            N_("the headings of this sheet fit several tables: {tables}"),
            N_("name the sheet as the table that it holds"),
            tables=listed([each.table for each in found]),
        )
        return
    findings.error(
        "import-no-headings",
        start,
        N_("no row of this sheet holds headings that are known"),
        N_(
            "write the headings as the vocabulary has them, name the sheet as one of "
            "{tables}, or call it README if it holds notes"
        ),
        tables=listed(spellings),
    )


def _report_twice(
    headed: Headed, each: Heading, first: Heading, findings: Findings
) -> None:
    findings.error(
        "import-column-twice",
        headed.sheet.place(each.row, each.position),
        N_("this heading means '{column}', and so does the one at {first}"),
        N_("keep one of the two columns"),
        column=each.column.name if each.column else "",
        first=headed.sheet.place(first.row, first.position),
    )


def _report_personal(place: Place, findings: Findings) -> None:
    findings.error(
        "import-personal-column",
        place,
        N_("this column names or identifies persons, and must not enter"),
        N_("delete the column; no file of decisions can let it in"),
    )


def _report_undecided(
    place: Place, each: Heading, proposals: tuple[str, ...], findings: Findings
) -> None:
    findings.error(
        "import-unknown-heading",
        place,
        N_("the heading '{heading}' is not in the vocabulary"),
        N_("if it means {near}, say so in the file of --map; else say ignore there")
        if proposals
        else N_("delete the column, or say ignore in the file of --map"),
        heading=shown(each.text),
        near=listed(proposals),
    )


def _report_unseen(place: Place, findings: Findings) -> None:
    findings.error(
        "import-unknown-heading",
        place,
        N_("this heading is not in the vocabulary, as most of its row are not"),
        N_("write the headings as the vocabulary has them, or delete the column"),
    )


def _refuse_values_without_heading(
    headed: Headed, each: Heading, findings: Findings
) -> None:
    rows = headed.sheet.rows
    for row in range(headed.first, len(rows)):
        if isinstance(rows[row][each.position], int | float):
            findings.error(
                "import-no-heading",
                headed.sheet.place(row, each.position),
                N_("a number stands here under a blank heading"),
                N_("give the column its heading, or clear it"),
            )
            return
