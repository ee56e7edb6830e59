"""The text that a paper's template makes, read as the blocks of a paper.

A line is a block; what its first letters mean:

    # TỜ TRÌNH          the kind of the paper        ! DỰ THẢO       a mark of its own
    ## Về việc …        its abstract                 > Căn cứ …      a basis
    ### I. …            a heading                    #### 1. …       one within it
    - …   1. …   a) …   a clause                     = QUYẾT ĐỊNH:   in the middle
    **Điều 1.** …       a paragraph and its lead     * …             in italics
    _ Thư ký:           a blank to be filled in      _3 Ý kiến:      one of three lines
    | a | b |           a row; the second row of a table, |--|-----|, tells the widths

Whatever comes from data has had these marks escaped by `cli.rendering.markdown`, so no
name can begin a heading or end a cell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from cli.papers.paper import Blank, Block, Cell, Clause, Heading, Paragraph, Table
from engine.errors import N_, Problems, RenderingError
from engine.source import Place

_ESCAPED: Final = re.compile(r"\\(.)|&(amp|lt|gt);")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">"}
_CELL: Final = re.compile(r"((?:\\.|[^|\\])*)\|")
_RULER: Final = re.compile(r"\|(-+\|)+")
_BREAK: Final = "<br>"
_LEAD: Final = re.compile(r"\*\*((?:\\.|[^*\\])+)\*\* *(.*)")
_LABEL: Final = re.compile(r"(-|\d{1,3}\.|[a-zđ]\)) +(.+)")
_BLANK: Final = re.compile(r"_(\d?) (.*)")


@dataclass(frozen=True, slots=True)
class PaperText:
    """What a template says: all of a paper but its head and its end."""

    kind: str
    abstract: str
    mark: str
    bases: tuple[str, ...]
    body: tuple[Block, ...]


def text_of_paper(rendered: str, template: Place) -> PaperText:
    """Read what a template made.

    Raises:
        RenderingError: it has no kind or nothing below it, or a broken table.
    """
    lines = [line.strip() for line in rendered.splitlines()]
    text = PaperText(
        kind=_first(lines, "# "),
        abstract=_first(lines, "## "),
        mark=_first(lines, "! "),
        bases=tuple(_shown(line[2:]) for line in lines if line.startswith("> ")),
        body=tuple(_blocks(lines, template)),
    )
    if not (text.kind and text.body):
        raise _broken(
            template,
            N_("it makes no paper: its kind or its text is missing"),
            N_("begin it with the kind on a line, such as '# TỜ TRÌNH'"),
        )
    return text


def _first(lines: Iterable[str], mark: str) -> str:
    return next((_shown(each[len(mark) :]) for each in lines if _is(each, mark)), "")


def _is(line: str, mark: str) -> bool:
    return line.startswith(mark)


def _blocks(lines: Iterable[str], template: Place) -> Iterator[Block]:
    body = (each for each in lines if not each.startswith(("# ", "## ", "> ", "! ")))
    for is_table, group in groupby(body, lambda line: line.startswith("|")):
        if is_table:
            yield _table(list(group), template)
        else:
            yield from map(_block, filter(None, group))


def _block(line: str) -> Block:
    if line.startswith("### "):
        return Heading(_shown(line[4:]))
    if line.startswith("#### "):
        return Heading(_shown(line[5:]), 2)
    if line.startswith("= "):
        return Paragraph(_shown(line[2:]), style="centred")
    if line.startswith("* "):
        return Paragraph(_shown(line[2:]), style="italic")
    if found := _BLANK.fullmatch(line):
        return Blank(_shown(found[2]), int(found[1] or 1))
    if found := _LABEL.fullmatch(line):
        return Clause(found[1], _shown(found[2]))
    if found := _LEAD.fullmatch(line):
        lead, text = _shown(found[1]), _shown(found[2])
        return Paragraph(text, lead) if text else Paragraph(lead, style="bold")
    return Paragraph(_shown(line))


def _table(lines: list[str], template: Place) -> Table:
    if len(lines) > 1 and _RULER.fullmatch(lines[1]):
        header, *rows = ([*_cells(line)] for line in (lines[0], *lines[2:]))
        widths = tuple(map(len, lines[1].strip("|").split("|")))
        if {len(header), *map(len, rows)} == {len(widths)}:
            names = tuple(" ".join(cell) for cell in header)
            return Table(names, tuple(map(tuple, rows)), widths)
    raise _broken(
        template,
        N_("a table in it has no second row of dashes, or rows of different lengths"),
        N_("write |--|----| below the header, and as many cells in each row"),
    )


def _broken(template: Place, what: str, cure: str) -> RenderingError:
    problems = Problems()
    problems.error("template-text", template, what, cure)
    return RenderingError(problems.as_error(RenderingError).diagnostics)


def _cells(line: str) -> Iterator[Cell]:
    for found in _CELL.finditer(line[1:]):
        yield tuple(_shown(part) for part in found[1].split(_BREAK))


def _shown(text: str) -> str:
    """Return a text as it is meant: its escapes resolved."""
    return _ESCAPED.sub(_resolved, text).strip()


def _resolved(found: "re.Match[str]") -> str:
    return found[1] or _ENTITIES[found[2]]
