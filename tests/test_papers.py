"""A paper has the form of Decree 30/2020, whatever stands in it and on which machine."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli.language import speaking
from cli.papers.paper import (
    Clause,
    Head,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Table,
    day_in_words,
    ended,
    lettered,
    listed,
    number_and_symbol,
    place_and_date,
    table,
)
from cli.papers.word import docx_from_paper
from cli.papers.word_template import FILES, template
from cli.plain import on_paper, plain
from cli.rendering import TEMPLATES
from engine.errors import RenderingError
from tests.support.memos import HOSTILE
from tests.support.papers import in_libre_office, lines_of, proposal, text_of_word

# --- the parts ---------------------------------------------------------------------


def test_the_points_of_a_clause_follow_the_vietnamese_alphabet() -> None:
    labels = "".join(each.label[0] for each in lettered(["x"] * 23))
    assert labels == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_months_one_and_two_have_a_zero(
    day: date, words: str
) -> None:
    with speaking("vi"):
        assert day_in_words(day) == words
        assert place_and_date("Lai Châu", day) == f"Lai Châu, {words}"


def test_what_the_registry_writes_in_is_left_blank() -> None:
    with speaking("vi"):
        assert re.fullmatch(r"Số: +/TTr-UBND", number_and_symbol("TTr-UBND"))
        assert number_and_symbol("TTr-UBND", 5) == "Số: 05/TTr-UBND"
        blank = r"Lai Châu, ngày +tháng +năm +"
        assert re.fullmatch(blank, place_and_date("Lai Châu"))


@given(st.lists(st.text(max_size=9), min_size=1))
def test_bases_and_recipients_end_in_semicolons_and_the_last_in_a_stop(
    texts: list[str],
) -> None:
    ends = "".join(each[-1] for each in listed(texts))
    assert ends == ";" * (len(texts) - 1) + "."


def test_the_end_mark_stands_behind_the_last_words() -> None:
    paper = Paper("KIND", "", (Heading("x"), Clause("a)", "Xin xem xét.")))
    assert ended(paper)[-1] == Clause("a)", "Xin xem xét./.")
    listed = Paper("KIND", "", (table(["x"], [["y"]]),))
    assert ended(listed)[-1] == Paragraph("./.")
    assert ended(Paper("KIND", "", paper.body, end="")) == paper.body


def test_a_paper_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        Table(("a", "b"), ((("x",),),))
    with pytest.raises(ValueError, match="two columns"):
        Paper("KIND", "", (), signatures=(Signature(("X",)),) * 3)


# --- the template ------------------------------------------------------------------


def parts(document: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(document)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("name", FILES)
def test_the_templates_are_what_their_script_makes(name: str) -> None:
    """`python -m cli.papers.word_template` writes them."""
    made = template(landscape=FILES[name])
    assert parts((TEMPLATES / name).read_bytes()) == parts(made)


def mm(length: Length | None) -> int:
    """Return a length as a document keeps it, in twentieths of a point, to the mm."""
    assert length is not None
    return int(length.mm + 0.5)


@pytest.mark.parametrize("name", FILES)
def test_the_page_keeps_within_the_decree(name: str) -> None:
    document = Document(str(TEMPLATES / name))
    (page,) = document.sections
    across = page.left_margin, page.right_margin
    along = page.top_margin, page.bottom_margin
    # A page on its side is bound at its top.
    (bound, outer), beside = (along, across) if FILES[name] else (across, along)
    assert sorted(map(mm, (page.page_width, page.page_height))) == [210, 297]
    assert 30 <= mm(bound) <= 35
    assert all(20 <= mm(each) <= 25 for each in beside)
    assert 15 <= mm(outer) <= 20


@pytest.mark.parametrize("name", FILES)
def test_the_letters_and_the_page_numbers_are_those_of_the_decree(name: str) -> None:
    document = Document(str(TEMPLATES / name))
    (page,) = document.sections
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header.paragraphs[0]._p.xml
    assert not page.first_page_header.paragraphs[0].text
    fonts = {each.name: each.font for each in document.styles if hasattr(each, "font")}
    assert fonts["Normal"].name == "Times New Roman"
    sizes = {name: font.size.pt for name, font in fonts.items() if font.size}
    assert {sizes["Nation"], sizes["Issuing body"], sizes["Superior body"]} <= {12, 13}
    assert {sizes[each] for each in ("Motto", "Kind", "Abstract", "Text")} <= {13, 14}
    assert (sizes["Recipients"], sizes["Recipient"]) == (12, 11)


def test_the_parts_stand_in_the_order_and_the_styles_of_the_decree(
    golden: Callable[[str, str], None],
) -> None:
    lines = lines_of(docx_from_paper(proposal()))
    golden("papers/proposal.vi.txt", "".join(f"{a}: {b}\n" for a, b in lines))


def test_what_a_paper_has_not_leaves_no_line() -> None:
    bare = Paper("PHỤ LỤC I", "", (Paragraph("x"),), language="vi")
    lines = [each for each in lines_of(docx_from_paper(bare)) if each[1]]
    assert lines == [("Kind", "PHỤ LỤC I"), ("Text kept", "x./.")]


def test_two_sign_side_by_side_above_the_recipients() -> None:
    signatures = (Signature(("THƯ KÝ",), "Lò A"), Signature(("CHỦ TỌA",), "Lò B"))
    lines = [*lines_of(docx_from_paper(proposal(signatures=signatures)))]
    signed = [text for style, text in lines if style in {"Signed", "Signer"}]
    assert signed == ["THƯ KÝ", "Lò A", "CHỦ TỌA", "Lò B"]
    assert lines[-1] == ("Recipient", "- Lưu: VT, CA.")


def test_the_columns_of_a_table_are_as_wide_as_asked() -> None:
    document = Document(BytesIO(docx_from_paper(proposal())))
    (ruled,) = (each for each in document.tables if len(each.columns) == 3)
    widths = [column.width or 0 for column in ruled.columns]
    assert [round(8 * each / sum(widths)) for each in widths] == [1, 5, 2]
    assert "tblDescription" not in ruled._tbl.xml


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert docx_from_paper(proposal()) == docx_from_paper(proposal())


def test_a_wide_paper_lies_on_its_side() -> None:
    document = Document(BytesIO(docx_from_paper(proposal(landscape=True))))
    assert mm(document.sections[0].page_width) == 297


def test_the_title_is_among_the_properties() -> None:
    paper = proposal(abstract="A & B <c>" + "x" * 300)
    title = Document(BytesIO(docx_from_paper(paper))).core_properties.title
    assert title.startswith("TỜ TRÌNH A & B <c>")
    assert len(title) == 255


def test_it_opens_in_libre_office_with_numbers_on_all_pages_but_the_first(
    tmp_path: Path,
) -> None:
    first, *others = in_libre_office(docx_from_paper(proposal()), tmp_path)
    assert first.splitlines()[0] != "1"
    assert others
    for number, page in enumerate(others, 2):
        lines = page.splitlines()
        assert str(number) in (lines[0], lines[-1])
    assert "Độc lập - Tự do - Hạnh phúc" in first


# --- hostile words -----------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [HOSTILE, "{_{x}_} {_%x%_}", "a\tb\nc\ad\fe", "Ba\u0309n", "ả" * 10_000]
)
def test_words_in_a_word_document_are_shown_letter_by_letter(words: str) -> None:
    document = docx_from_paper(proposal(kind=words, body=(Paragraph(words),), end=""))
    assert text_of_word(document).count(" ".join(plain(words).split())) == 2


@settings(max_examples=max(1, settings().max_examples // 5))
@given(st.text(max_size=40))
@example("05\u00a0năm")  # a space where no line may break stays one
def test_any_text_makes_a_sound_word_document(words: str) -> None:
    body = (Paragraph(words, lead=words), table([words], [[words]]))
    lines = [text for _style, text in lines_of(docx_from_paper(proposal(body=body)))]
    assert on_paper(words) in lines


# --- broken templates --------------------------------------------------------------


def broken(folder: Path, before: str, after: str) -> Path:
    """Write diaban's own template with some words of it replaced."""
    document = Document(str(TEMPLATES / "paper.docx"))
    (found,) = (each for each in document.paragraphs if each.text == before)
    found.runs[0].text = after
    document.save(str(folder / "paper.docx"))
    return folder


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        ("Loại: {{ paper.knid }}", "undefined", "nothing called 'knid'"),
        ("{{ nobody }}", "undefined", "nothing called 'nobody'"),
        ("{{ paper.kind", "syntax", "{{ and }} do not match"),
        ("{% endfor %}", "syntax", "cannot be understood"),
        ("{{ paper.__class__ }}", "failed", "SecurityError"),
        ("{{ 1 // 0 }}", "failed", "ZeroDivisionError"),
    ],
)
def test_a_broken_template_is_told_with_its_paragraph(
    tmp_path: Path, words: str, code: str, what: str
) -> None:
    folder = broken(tmp_path, "{{ paper.kind }}", words)
    with pytest.raises(RenderingError) as raised:
        docx_from_paper(proposal(), folder)
    (told,) = raised.value.diagnostics
    assert told.code == f"template-{code}"
    assert str(told).startswith(f"{folder / 'paper.docx'}!{words}: ")
    assert what in str(told)


def test_a_broken_header_is_told_too(tmp_path: Path) -> None:
    document = Document(str(TEMPLATES / "paper.docx"))
    document.sections[0].header.add_paragraph("{{ paper.nobody }}")
    document.save(str(tmp_path / "paper.docx"))
    with pytest.raises(RenderingError, match="nobody"):
        docx_from_paper(proposal(), tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_word_document_is_told(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "paper.docx").write_bytes(content)
    with pytest.raises(RenderingError, match="template-unreadable"):
        docx_from_paper(proposal(), tmp_path)


def test_a_folder_without_the_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(RenderingError, match="template-missing"):
        docx_from_paper(proposal(), tmp_path)


def test_an_office_may_use_its_own_letterhead(tmp_path: Path) -> None:
    folder = broken(tmp_path, "{{ paper.kind }}", "MẪU RIÊNG: {{ paper.kind }}")
    assert "MẪU RIÊNG: TỜ TRÌNH" in text_of_word(docx_from_paper(proposal(), folder))


def test_the_words_on_an_offices_own_table_stay(tmp_path: Path) -> None:
    document = Document(str(TEMPLATES / "paper.docx"))
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), "Our arms")
    document.tables[0]._tbl.tblPr.append(words)
    document.save(str(tmp_path / "paper.docx"))
    filled = Document(BytesIO(docx_from_paper(proposal(), tmp_path)))
    assert "Our arms" in filled.tables[0]._tbl.xml


def test_a_no_break_space_holds_a_name_together() -> None:
    held = Head("", "PHƯỜNG\u00a0ĐOÀN\u00a0KẾT", "", "")
    lines = lines_of(docx_from_paper(proposal(head=held)))
    assert ("Issuing body", held.body) in lines
