"""The one door to docxtpl: a paper as a Word document, from a template made in Word."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # noqa: TID251  (the door)

from cli.papers.packing import repacked
from cli.papers.paper import Paper, ended
from cli.plain import plain
from cli.rendering import WordParts, broken, template_file
from engine.errors import N_, RenderingError
from engine.source import Place

_PARTS: Final = WordParts()
_TAGS: Final = re.compile(r"<[^>]+>")
_PAIRS: Final = (("{{", "}}"), ("{%", "%}"))
_WIDTHS: Final = re.compile(r"[\d ]*")
_LONGEST_TITLE: Final = 255


def docx_from_paper(paper: Paper, templates: Path | None = None) -> bytes:
    """Return the paper as a Word document; `templates` holds an office's letterhead.

    Raises:
        RenderingError: the template is not there, or names what is not there.
    """
    name = "paper-landscape.docx" if paper.landscape else "paper.docx"
    file = template_file(name, templates)
    try:
        document = _Document(file)
        document.render(
            {"paper": replace(paper, body=ended(paper))}, _PARTS.environment
        )
        _set_widths(document.docx)
    except RenderingError:
        raise
    except Exception as error:
        raise broken(
            "template-unreadable",
            Place(str(file)),
            N_("it is not a Word template that can be filled: {reason}"),
            N_("open it in Word and save it again as .docx, or copy diaban's own"),
            reason=N_("it is no .docx file")
            if isinstance(error, BadZipFile)
            else type(error).__name__,
        ) from error
    title = plain(f"{paper.kind} {paper.abstract}".strip())
    document.docx.core_properties.title = title[:_LONGEST_TITLE]
    packed = BytesIO()
    document.save(packed)
    return repacked(packed.getvalue())


class _Document(DocxTemplate):  # type: ignore[misc]  # it has no types
    """A template whose data are text: nothing in them is taken for markup.

    docxtpl itself reads `{_{`, tabs and line feeds in data as marks of its own.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(BytesIO(file.read_bytes()))
        self._file = file

    def patch_xml(self, src_xml: str) -> str:
        """Return a part as Jinja reads it, each paragraph on a line of its own."""
        return _patched(src_xml, self._file)

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, Any], jinja_env: object
    ) -> str:
        """Fill one part of the template."""
        del part, jinja_env
        filled = _PARTS.filled(src_xml, self._file, context)
        return filled.replace("\n<w:p", "<w:p")


@lru_cache(maxsize=2**6)
def _patched(source: str, file: Path) -> str:
    for paragraph in source.split("</w:p>"):
        _refuse_unclosed(_TAGS.sub("", paragraph), file)
    patched: str = DocxTemplate.patch_xml(None, source)
    return patched.replace("<w:p>", "\n<w:p>").replace("<w:p ", "\n<w:p ")


def _refuse_unclosed(paragraph: str, file: Path) -> None:
    """Complain about what docxtpl would take the next paragraphs into, without a word."""
    for begin, end in _PAIRS:
        if paragraph.count(begin) != paragraph.count(end):
            raise broken(
                "template-syntax",
                Place(str(file), sheet=paragraph.strip()),
                N_("{begin} and {end} do not match in this paragraph"),
                N_("correct it; the syntax is that of Jinja"),
                begin=begin,
                end=end,
            )


def _set_widths(document: Any) -> None:
    """Give the columns the widths that a table carries as its alternative text."""
    for table in document.element.body.iter(qn("w:tbl")):
        carried = table.tblPr.find(qn("w:tblDescription"))
        if carried is None or not _WIDTHS.fullmatch(carried.get(qn("w:val"))):
            continue
        table.tblPr.remove(carried)
        columns = table.tblGrid.findall(qn("w:gridCol"))
        whole = sum(int(each.get(qn("w:w"))) for each in columns)
        parts = [*map(int, carried.get(qn("w:val")).split())] or [1] * len(columns)
        widths = [str(whole * each // sum(parts)) for each in parts]
        for column, width in zip(columns, widths, strict=False):
            column.set(qn("w:w"), width)
        for row in table.iter(qn("w:tr")):
            for cell, width in zip(row.findall(qn("w:tc")), widths, strict=False):
                cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), width)
