"""Makes diaban's own Word templates, in the form of Decree 30/2020/NĐ-CP.

`python -m cli.papers.word_template` writes them into `templates/`; a test holds the
files there to what this makes. An office edits a copy in Word, not this.
"""

# ruff: noqa: SLF001  (python-docx leaves fields, borders and marks to its elements)

from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length

from cli.papers.packing import repacked
from cli.papers.word_styles import set_page, set_styles
from cli.rendering import TEMPLATES

FILES: Final = {"paper.docx": False, "paper-landscape.docx": True}
"""The templates, and whether they lie on their side."""
_LONG: Final = 40
"""Letters above which a line under a text is the longer one."""


def template(*, landscape: bool) -> bytes:
    """Return the template of a paper as a Word document."""
    document = Document()
    set_page(document, landscape=landscape)
    set_styles(document)
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    writing = _Writing(document, Cm(25.7 if landscape else 16.5))
    writing.head()
    writing.above_the_text()
    writing.text()
    writing.below_the_text()
    packed = BytesIO()
    document.save(packed)
    return repacked(packed.getvalue())


class _Writing:
    """Writes the template's paragraphs: fixed words, and the Jinja between them."""

    def __init__(self, place: Any, width: Length) -> None:
        self._place, self._width = place, width

    def say(self, style: str, text: str) -> Any:
        return self._place.add_paragraph(text, style)

    def do(self, *statements: str) -> None:
        """Write statements that leave no paragraph behind."""
        for each in statements:
            self._place.add_paragraph(f"{{%p {each} %}}", "Normal")

    def when(self, condition: str, style: str, text: str) -> None:
        self.do(f"if {condition}")
        self.say(style, text)
        self.do("endif")

    def text_or_last(self, text: str, lead: str = "") -> None:
        """Write a paragraph; the last stays with the signature, a title with its text."""
        kept = "if loop.last or block.text[-1:] == ':'"
        for condition, style in ((kept, "Text kept"), ("else", "Text")):
            self.do(condition)
            paragraph = self.say(style, "")
            if lead:
                paragraph.add_run(lead).bold = True
            paragraph.add_run(text)
        self.do("endif")

    def rule(self, text: str, short: Length, long: Length) -> None:
        """Write a line between a third and a half as long as the text above it."""
        self.do(f"if {text}|length > {_LONG}")
        _ruled(self.say("Rule", ""), "bottom", self._width - long)
        self.do("else")
        _ruled(self.say("Rule", ""), "bottom", self._width - short)
        self.do("endif")

    def mark(self) -> None:
        mark = self.say("Mark", "{{ paper.mark }}")
        _ruled(mark, "top left bottom right", self._width - Cm(5.2))

    def head(self) -> None:
        self.do("if paper.head")
        left, right = self._columns(0.42)
        left.when("paper.head.superior", "Superior body", "{{ paper.head.superior }}")
        left.say("Issuing body", "{{ paper.head.body }}")
        left.rule("paper.head.body", Cm(2), Cm(3))
        left.say("Number", "{{ paper.head.number }}")
        left.do("if paper.mark")
        left.mark()
        left.do("endif")
        right.say("Nation", "{{ paper.head.nation }}")
        right.say("Motto", "{{ paper.head.motto }}")
        right.say("Place and date", "{{ paper.head.place_and_date }}")
        self.do("elif paper.mark")
        self.mark()
        self.do("endif")

    def above_the_text(self) -> None:
        self.say("Kind", "{{ paper.kind }}")
        self.do("if paper.abstract")
        self.say("Abstract", "{{ paper.abstract }}")
        self.rule("paper.abstract", Cm(3), Cm(5.5))
        self.do("endif")
        self.say("After a table", "")
        self.when("paper.authority", "Authority", "{{ paper.authority }}")
        one = "{{ paper.to }} {{ paper.addressees[0] }}"
        self.when("paper.addressees|length == 1", "Addressee", one)
        self.do("if paper.addressees|length > 1")
        self.say("Addressee", "{{ paper.to }}")
        self.do("for each in paper.addressees")
        self.say("Text", "- {{ each }}")
        self.do("endfor", "endif", "for basis in paper.bases")
        self.say("Basis", "{{ basis }}")
        self.do("endfor")

    def text(self) -> None:
        self.do("for block in paper.body", 'if block.block == "paragraph"')
        self._paragraphs()
        self.do('elif block.block == "heading"')
        for level, style in (("if block.level == 1", "Part"), ("else", "Section")):
            self.do(level)
            self.say(style, "{{ block.text }}")
        self.do("endif", 'elif block.block == "clause"')
        self.text_or_last("{{ block.label }} {{ block.text }}")
        self.do('elif block.block == "blank"')
        self._blank()
        self.do('elif block.block == "table"')
        self._table()
        self.say("After a table", "")
        self.do("endif", "endfor")

    def _paragraphs(self) -> None:
        styles = {
            '"bold"': "Text in bold",
            '"italic"': "Text in italics",
            '"centred"': "Text in the middle",
        }
        word = "if"
        for value, style in styles.items():
            self.do(f"{word} block.style == {value}")
            self.say(style, "{{ block.text }}")
            word = "elif"
        self.do("else")
        lead = "{% if block.lead %}{{ block.lead }} {% endif %}"
        self.text_or_last("{{ block.text }}", lead)
        self.do("endif")

    def _blank(self) -> None:
        """Write lines of dots, the last ones so that they stay with the signature."""
        for condition, style in (("if loop.last", "Text kept"), ("else", "Text")):
            self.do(condition)
            self._dots(style)
        self.do("endif")

    def _dots(self, style: str) -> None:
        """Write a label and dots up to the margin, which a tab leads to."""
        self.do("for line in range(block.lines)")
        label = "{% if loop.first %}{{ block.label }} {% endif %}"
        paragraph = self.say(style, label)
        paragraph.add_run().add_tab()
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(self._width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        self.do("endfor")

    def _table(self) -> None:
        """Write a header, and a row between the two that repeat it.

        The table's alternative text carries the widths of the columns to whoever has
        filled it; Word would refuse a template with Jinja in place of a number.
        """
        table = self._place.add_table(4, 3, "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        widths = OxmlElement("w:tblDescription")
        widths.set(qn("w:val"), "{{ block.widths|join(' ') }}")
        table._tbl.tblPr.append(widths)
        header, begin, row, end = table.rows
        _row(header, "name in block.header", "tblHeader")
        _only(header.cells[1], self._width).say("Table heading", "{{ name }}")
        _only(begin.cells[0], self._width).say(
            "Normal", "{%tr for row in block.rows %}"
        )
        _row(row, "cell in row", "cantSplit")
        cell = _only(row.cells[1], self._width)
        cell.do("for line in cell or ['']")
        cell.say("Table text", "{{ line }}")
        cell.do("endfor")
        _only(end.cells[0], self._width).say("Normal", "{%tr endfor %}")

    def below_the_text(self) -> None:
        self.say("Above a signature", "")
        self.do("if paper.signatures|length == 1")
        left, right = self._columns(0.5)
        left._recipients()
        left.say("Rule", "")  # Word wants a paragraph in each cell
        right._signature("paper.signatures[0]")
        self.do("else", "if paper.signatures")
        left, right = self._columns(0.5)
        left._signature("paper.signatures[0]")
        right._signature("paper.signatures[1]")
        self.do("endif")
        self._recipients()
        self.do("endif")

    def _columns(self, share: float) -> "tuple[_Writing, _Writing]":
        table = self._place.add_table(1, 2)
        table.autofit = False
        widths = (
            Length(int(self._width * share)),
            Length(int(self._width * (1 - share))),
        )
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        left, right = table.rows[0].cells
        _mark(table.rows[0], "cantSplit")
        return _only(left, widths[0]), _only(right, widths[1])

    def _recipients(self) -> None:
        self.do("if paper.recipients")
        self.say("Recipients", "{{ paper.copies_to }}")
        self.do("for each in paper.recipients")
        self.say("Recipient", "- {{ each }}")
        self.do("endfor", "endif")

    def _signature(self, who: str) -> None:
        self.do(f"for line in {who}.lines")
        self.say("Signed", "{{ line }}")
        self.do("endfor")
        self.when(f"{who}.note", "Signing note", f"{{{{ {who}.note }}}}")
        self.say("Signer", f"{{{{ {who}.name }}}}")


def _only(cell: Any, width: Length) -> _Writing:
    """Take away the empty paragraph that a new cell holds, to write into it."""
    cell.width = width
    for paragraph in cell.paragraphs:
        cell._tc.remove(paragraph._p)
    return _Writing(cell, width)


def _row(row: Any, loop: str, mark: str) -> None:
    """Make a row repeat its cell in the middle, between the two that say so."""
    _mark(row, mark)
    for cell, statement in ((0, f"for {loop}"), (2, "endfor")):
        row.cells[cell].paragraphs[0].text = f"{{%tc {statement} %}}"


def _mark(row: Any, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{mark}"))


def _ruled(paragraph: Any, sides: str, indent: float) -> None:
    """Draw lines at some sides of a paragraph that is narrower than its room."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Length(int(indent / 2))
    borders = OxmlElement("w:pBdr")
    for side in sides.split():
        border = OxmlElement(f"w:{side}")
        for name, value in (
            ("val", "single"),
            ("sz", "6"),
            ("space", "1"),
            ("color", "000000"),
        ):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
    )


if __name__ == "__main__":
    for name, landscape in FILES.items():
        (TEMPLATES / name).write_bytes(template(landscape=landscape))
