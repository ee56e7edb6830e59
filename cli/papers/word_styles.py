"""How the paragraphs and the pages of the Word templates look, as Decree 30/2020 has it."""

# ruff: noqa: SLF001  (python-docx leaves fields, borders and marks to its elements)

from typing import Any, Final, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

_FACE: Final = "Times New Roman"
_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFY: Final = WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT: Final = WD_ALIGN_PARAGRAPH.LEFT


class _Style(NamedTuple):
    """How a paragraph looks; sizes and spaces in points, indents in centimetres."""

    size: int
    marks: str = ""
    """Of `b` bold, `i` italic, `u` underlined, `k` kept with the next paragraph."""
    align: WD_ALIGN_PARAGRAPH = _CENTRE
    before: int = 0
    after: int = 0
    first: float = 0
    left: float = 0


_STYLES: Final = {
    "Nation": _Style(12, "b"),
    "Motto": _Style(13, "bu"),
    "Superior body": _Style(12),
    "Issuing body": _Style(12, "b"),
    "Rule": _Style(2),
    "Number": _Style(13, before=4),
    "Place and date": _Style(13, "i", before=8),
    "Mark": _Style(12, "b", before=8),
    "Kind": _Style(14, "bk", before=18),
    "Abstract": _Style(14, "bk"),
    "Authority": _Style(13, "bk", before=12),
    "Addressee": _Style(13, before=6, after=6),
    "Basis": _Style(13, "i", _JUSTIFY, after=6, first=1.27),
    "Text": _Style(13, "", _JUSTIFY, after=6, first=1.27),
    "Text kept": _Style(13, "k", _JUSTIFY, after=6, first=1.27),
    "Text in bold": _Style(13, "bk", _JUSTIFY, after=6, first=1.27),
    "Text in italics": _Style(13, "i", _JUSTIFY, after=6, first=1.27),
    "Text in the middle": _Style(14, "bk", before=6, after=6),
    "Part": _Style(13, "bk", _JUSTIFY, before=8, after=6, first=1.27),
    "Section": _Style(13, "bk", _JUSTIFY, before=4, after=4, first=1.27),
    "Table heading": _Style(12, "bk", before=2, after=2),
    "Table text": _Style(12, "", _LEFT, before=2, after=2),
    "After a table": _Style(4, after=2),
    "Above a signature": _Style(4, "k", after=2),
    "Recipients": _Style(12, "bik", _LEFT, before=2),
    "Recipient": _Style(11, "", _LEFT),
    "Signed": _Style(13, "bk"),
    "Signing note": _Style(12, "ik"),
    "Signer": _Style(13, "b", before=70),
}


def set_page(document: Any, *, landscape: bool) -> None:
    """Set the sheet, its margins, and the number of each page but the first."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    if landscape:  # turned to the left: the top edge becomes the left one
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
        page.top_margin, page.bottom_margin = Mm(30), Mm(15)
        page.left_margin = page.right_margin = Mm(20)
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = _CENTRE
    run = number.add_run()
    run.font.size = Pt(13)
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = code or None
        run._r.append(part)


def set_styles(document: Any) -> None:
    """Add a style for each kind of paragraph, which an office may change in Word."""
    normal = document.styles["Normal"]
    _set_face(normal)
    normal.paragraph_format.space_after = Pt(0)
    for name, wanted in _STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size = Pt(wanted.size)
        style.font.bold = "b" in wanted.marks
        style.font.italic = "i" in wanted.marks
        style.font.underline = "u" in wanted.marks
        shape = style.paragraph_format
        shape.alignment = wanted.align
        shape.space_before, shape.space_after = Pt(wanted.before), Pt(wanted.after)
        shape.first_line_indent, shape.left_indent = Cm(wanted.first), Cm(wanted.left)
        shape.keep_with_next = "k" in wanted.marks
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape.widow_control = True


def _set_face(style: Any) -> None:
    style.font.name, style.font.size = _FACE, Pt(13)
    style.font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.rPr.rFonts
    for each in ("ascii", "hAnsi", "cs", "eastAsia"):
        faces.set(qn(f"w:{each}"), _FACE)
    for theme in [key for key in faces.attrib if key.endswith("Theme")]:
        del faces.attrib[theme]
