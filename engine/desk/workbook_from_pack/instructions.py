"""The sheet of instructions: how to fill in, what never to write, what things mean."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from textwrap import wrap
from typing import Final

from engine.desk.workbook_from_pack.notes import clause
from engine.desk.workbook_from_pack.sheets import Column, Line, Sheet, Speech, Style
from engine.desk.workbook_from_pack.uses import Uses
from engine.errors import N_
from engine.pack import Pack

_WIDTH: Final = 130
_FILLING: Final = (
    N_("0 means: we looked, and there is none. A blank cell means: not known."),
    N_(
        "Never write 0 for what was not looked at: a blank leaves the verdict open and is "
        "told as missing; a wrong 0 certifies a place that nobody checked."
    ),
    N_(
        "A coloured heading is needed for the criteria, a grey one is optional. Point at a "
        "heading: its note says what to write, and for which criterion."
    ),
    N_(
        "Begin with the sheet “localities”: one row for each hamlet, and one for each "
        "commune, district or city that they belong to."
    ),
)
_TWO_WAYS: Final = (
    N_(
        "What is counted can be given in two ways: as numbers in the sheet “localities”, or "
        "as rows in the sheets of the registers. One way is enough. Given in both, the two "
        "are compared, and a difference is shown as a contradiction."
    ),
    N_(
        "A register that was gone through and holds nothing for a locality: say so in the "
        "sheet “inspections”. Otherwise its emptiness counts as not known."
    ),
)
_PRIVACY: Final = (
    N_(
        "No names of people, no identity numbers, birth dates, telephone numbers or "
        "addresses, in no cell and no note. Nothing here asks for them, and a column for "
        "them is refused."
    ),
    N_(
        "These sheets hold health and crime data: {sheets}. Keep the file where only those "
        "in charge can open it, and send it on no open channel."
    ),
)
_HANDLING: Final = (
    N_(
        "Free to do: sort, filter, insert, copy and delete rows; move, hide and widen "
        "columns; delete optional columns and sheets that are not used."
    ),
    N_(
        "Leave as they are: the names of the sheets, the first row of each sheet, and what "
        "stands in square brackets in a heading, by which the program knows the column. "
        "The words before it may be changed."
    ),
    N_(
        "Do not add: titles above the headings, rows of totals, merged cells, further "
        "columns, further sheets."
    ),
)
_AFTERWARDS: Final = N_(
    "Save as .xlsx, close the file, then (with your file's name and the day of the review):"
)


def instructions_for(
    pack: Pack, uses: Uses, sheets: Sequence[Sheet], speech: Speech
) -> Iterator[Line]:
    """Yield the lines of the sheet of instructions."""
    yield Line(Style.TITLE, (speech.words(pack.title),))
    source = f"{speech.words(pack.issuer)} · {pack.id} · {pack.in_force}"
    yield Line(Style.PLAIN, (source,))
    yield from _paragraphs(speech, N_("How to fill in"), (*_FILLING, *_TWO_WAYS))
    yield from _paragraphs(
        speech, N_("Privacy"), _PRIVACY, sheets=_personal(pack, uses)
    )
    yield from _paragraphs(speech, N_("Working with the sheets"), _HANDLING)
    yield from _paragraphs(speech, N_("Checking and judging"), (_AFTERWARDS,))
    for command in ("facts check", "assess"):
        words = f"diaban {command} book.xlsx --pack {pack.id} --as-of YYYY-MM-DD"
        yield Line(Style.PLAIN, (f"    {words}",))
    yield from _table(speech, N_("The sheets"), _rows_of_sheets(sheets))
    yield from _table(speech, N_("The criteria"), _rows_of_criteria(pack, speech))
    yield from _choices(sheets, speech)
    yield Line(Style.PLAIN, ("",))
    fingerprint = speech(N_("Fingerprint of the rules: {sha256}"), sha256=pack.sha256)
    yield Line(Style.PLAIN, (fingerprint,))


def _paragraphs(
    speech: Speech, heading: str, paragraphs: tuple[str, ...], **values: str
) -> Iterator[Line]:
    yield from _heading(speech(heading))
    for each in paragraphs:
        lines = wrap(speech(each, **values), _WIDTH, break_long_words=False)
        for mark, line in zip(chain("•", iter(lambda: " ", "")), lines, strict=False):
            yield Line(Style.PLAIN, (f"{mark} {line}",))


def _personal(pack: Pack, uses: Uses) -> str:
    registers = pack.vocabulary.registers
    return ", ".join(each for each in uses.registers if registers[each].personal) or "–"


def _table(
    speech: Speech, heading: str, rows: Iterator[tuple[str, ...]]
) -> Iterator[Line]:
    yield from _heading(speech(heading))
    for row in rows:
        yield Line(Style.TABLE, row)


def _heading(text: str) -> Iterator[Line]:
    yield Line(Style.PLAIN, ("",))
    yield Line(Style.HEADING, (text,))


def _rows_of_sheets(sheets: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    for sheet in sheets:
        yield sheet.id, sheet.label, sheet.about


def _rows_of_criteria(pack: Pack, speech: Speech) -> Iterator[tuple[str, ...]]:
    for each in pack.criteria:
        words = each.quote or speech.words(each.title)
        yield each.id, clause(each), words


def _choices(sheets: Sequence[Sheet], speech: Speech) -> Iterator[Line]:
    found = list(_columns_with_choices(sheets))
    if not found:
        return
    yield from _heading(speech(N_("What the choices mean")))
    for place, column in found:
        for choice, label in column.choices.items():
            yield Line(Style.TABLE, (place, choice, label or choice), place)


def _columns_with_choices(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Column]]:
    for sheet in sheets:
        for column in sheet.columns:
            if column.choices:
                yield f"{sheet.id}: {column.id}", column


def long_lists(lines: Sequence[Line]) -> Mapping[str, tuple[int, int]]:
    """Return where the choices of each column stand: their first and last row, from 0."""
    found: dict[str, tuple[int, int]] = {}
    for row, line in enumerate(lines):
        if line.lists:
            first, _ = found.get(line.lists, (row, row))
            found[line.lists] = first, row
    return found
