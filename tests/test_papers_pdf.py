"""A PDF holds every letter of a paper, or there is none."""

import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.papers.paper import Clause, Head, Paper, Paragraph, Signature, table
from cli.papers.pdf import FACES, face, holds, pdf_from_paper, vietnamese_letters
from cli.plain import plain
from cli.rendering import TEMPLATES
from engine.errors import RenderingError
from tests.support.memos import HOSTILE
from tests.support.papers import pages_of, proposal
from tests.support.system import needed

SOME = settings(max_examples=max(1, settings().max_examples // 2))


def pages(paper: Paper, folder: Path, templates: Path | None = None) -> list[str]:
    file = folder / "paper.pdf"
    file.write_bytes(pdf_from_paper(paper, templates))
    return pages_of(file)


def words(pages: list[str]) -> str:
    """Return the text on one line, as it was before words were broken."""
    text = " ".join(pages).replace("\u200b\n", "").replace("\u200b", "")
    return unicodedata.normalize("NFC", " ".join(text.split()))


# --- letters -----------------------------------------------------------------------


def test_the_vietnamese_alphabet_is_complete() -> None:
    letters = vietnamese_letters()
    vowels = [each for each in letters if unicodedata.normalize("NFD", each)[0] in "aA"]
    assert len(vowels) == 2 * 3 * 6
    assert len({each for each in letters if each.isalpha()}) == 2 * (12 * 6 + 17 + 4)


def test_all_vietnamese_letters_come_out_in_one_face(tmp_path: Path) -> None:
    letters = vietnamese_letters()
    said = words(pages(Paper("X", "", (Paragraph(letters),)), tmp_path))
    assert letters in said.replace(" ", "")
    listing = [needed("pdffonts"), str(tmp_path / "paper.pdf")]
    done = subprocess.run(listing, capture_output=True, check=True)
    fonts = [line.split()[0] for line in done.stdout.decode().splitlines()[2:]]
    assert fonts
    name = face().replace(" ", "")
    assert all(each.partition("+")[2].startswith(name) for each in fonts)


def test_a_face_that_lacks_letters_is_not_taken() -> None:
    """The one that Typst carries along lacks, say, the letters of Georgian."""
    assert face() in FACES
    assert holds(FACES[-1], vietnamese_letters())
    assert not holds(FACES[-1], "ბ")
    assert not holds("No Such Face", "a")


@pytest.mark.parametrize("nobodys", ["\U00011d60", "\ua980"])  # stands alone, over one
def test_a_letter_that_no_font_holds_stops_it_and_is_named(nobodys: str) -> None:
    paper = proposal(body=(Paragraph(f"Bản {nobodys} Hai, dân tộc"),))
    with pytest.raises(RenderingError) as raised:
        pdf_from_paper(paper)
    (told,) = raised.value.diagnostics
    assert told.code == "letter-missing"
    assert told.place.file == paper.abstract  # the template is not at fault
    assert nobodys in str(told)
    assert unicodedata.name(nobodys) in str(told)
    assert "Hai" not in str(told)


# --- form --------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert pdf_from_paper(proposal()) == pdf_from_paper(proposal())


def test_all_parts_of_a_paper_are_told(tmp_path: Path) -> None:
    first, *_others = said = pages(proposal(), tmp_path)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Đoàn Kết, ngày 05 tháng 4 năm 2024",
        "LƯU HÀNH NỘI BỘ",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG Kính gửi: Ủy ban nhân dân thành phố Lai Châu",
        "Căn cứ Luật Phòng, chống ma túy; Căn cứ Kế hoạch số 1.",
        "QUYẾT ĐỊNH: Điều 1. Công nhận phường Đoàn Kết. I. KẾT QUẢ 1. Tiêu chí",
        "d) bốn đ) năm - gạch đầu dòng chữ đậm chữ nghiêng Ý kiến khác:",
    ):
        assert part in words([first]), part
    end = "Kính đề nghị xem xét./. Nơi nhận: - Như trên; - Lưu: VT, CA. TM. ỦY BAN"
    assert end in words(said)


def test_pages_are_numbered_from_the_second(tmp_path: Path) -> None:
    first, *others = pages(proposal(), tmp_path)
    assert others
    assert "1" not in first.splitlines()[:1]
    for number, page in enumerate(others, 2):
        assert page.splitlines()[0].strip() == str(number)
        assert "TT Địa bàn Kết quả" in words([page])  # the header is repeated


def test_a_name_never_stands_at_a_foot_without_its_reasons(tmp_path: Path) -> None:
    named = (
        block
        for number in range(40)
        for block in (
            Clause("1.", "Bản Một:"),
            Clause("-", "lý do " * 9 * (number % 7)),
        )
    )
    said = pages(Paper("BÁO CÁO", "", tuple(named), language="vi"), tmp_path)
    assert len(said) > 2
    assert not [each for each in said if each.strip().endswith(":")]


def test_a_wide_paper_lies_on_its_side(tmp_path: Path) -> None:
    for landscape, size in ((False, "595.276 x 841.89"), (True, "841.89 x 595.276")):
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf_from_paper(proposal(landscape=landscape)))
        shown = subprocess.run(
            [needed("pdfinfo"), file], capture_output=True, check=True
        )
        assert size in shown.stdout.decode()


def test_two_sign_side_by_side(tmp_path: Path) -> None:
    signatures = (Signature(("THƯ KÝ",), "Lò A"), Signature(("CHỦ TỌA",), "Lò B"))
    said = words(pages(proposal(signatures=signatures), tmp_path))
    assert "THƯ KÝ Lò A CHỦ TỌA Lò B Nơi nhận:" in said


def test_what_a_paper_has_not_leaves_no_line(tmp_path: Path) -> None:
    bare = Paper("PHỤ LỤC I", "", (Paragraph("x"),), language="vi")
    assert words(pages(bare, tmp_path)) == "PHỤ LỤC I x./."


# --- hostile words -----------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        HOSTILE,
        '#eval("1+1") #import "/etc/passwd" $x^2$ \\u{41} `raw` <label> @ref ~ -- \'"',
        "= Heading // comment /* c */ http://example.org [x] {y} _z_ +1 -2 / t: d",
        "Ba\u0309n Hai",
    ],
)
def test_words_in_a_pdf_are_shown_letter_by_letter(tmp_path: Path, said: str) -> None:
    paper = proposal(kind=said, body=(Paragraph(said), table(["x"], [[said]])))
    shown = words(pages(paper, tmp_path)).replace(" ", "")
    wanted = unicodedata.normalize("NFC", said).replace(" ", "")
    without_numbers = "".join(each for each in shown if not each.isdigit())
    bare = "".join(each for each in wanted if not each.isdigit())
    assert without_numbers.count(bare) >= 3


def test_a_no_break_space_holds_a_name_together(tmp_path: Path) -> None:
    name = "PHƯỜNG\u00a0ĐOÀN\u00a0KẾT"
    head = Head("", f"ỦY BAN NHÂN DÂN {name}", "", "")
    first, *_others = pages(proposal(head=head), tmp_path)
    assert "PHƯỜNG ĐOÀN KẾT" in first.replace("\u00a0", " ").splitlines()


def test_a_very_long_name_is_told_whole(tmp_path: Path) -> None:
    name = "ả" * 10_000
    for body in (Paragraph(name), table(["x"], [[name]])):
        shown = words(pages(Paper("X", "", (body,)), tmp_path))
        assert shown.count("ả") == len(name)


@SOME
@given(st.text("aạđĐ#$*_`\\<>@=-/[]{}\"'~&% \t\n\u202e", max_size=40))
def test_no_text_is_markup(tmp_path_factory: pytest.TempPathFactory, said: str) -> None:
    shown = words(
        pages(Paper("X", "", (Paragraph(said),)), tmp_path_factory.mktemp("p"))
    )
    assert "".join(plain(said).split()) in shown.replace(" ", "")


# --- broken templates --------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        ("#paper.knid", "undefined", "nothing called 'knid'"),
        ("#nobody", "undefined", "nothing called 'nobody'"),
        ("#(", "failed", "unclosed"),
        ("#(1 / 0)", "failed", "divide by zero"),
        ('#read("../../../../etc/passwd")', "failed", "it fails"),
    ],
)
def test_a_broken_template_is_told_with_its_line(
    tmp_path: Path, line: str, code: str, what: str
) -> None:
    ours = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    file = tmp_path / "paper.typ"
    file.write_text(f"{ours}{line}\n", encoding="utf-8")
    with pytest.raises(RenderingError) as raised:
        pdf_from_paper(proposal(), tmp_path)
    (told,) = raised.value.diagnostics
    assert told.code == f"template-{code}"
    assert what in str(told)
    assert told.place.line == len(ours.splitlines()) + 1


@pytest.mark.parametrize("name", ["paper.typ", "parts/head.typ"])
def test_a_template_fetches_nothing_from_the_network(tmp_path: Path, name: str) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "paper.typ").write_text("MẪU", encoding="utf-8")
    text = 'MẪU\n#import "@preview/cetz:0.2.0": *\n'
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(RenderingError) as raised:
        pdf_from_paper(proposal(), tmp_path)
    (told,) = raised.value.diagnostics
    assert told.code == "template-package"
    assert (told.place.file, told.place.line) == (str(tmp_path / name), 2)


def test_an_office_may_use_its_own_template(tmp_path: Path) -> None:
    text = "#let paper = json(bytes(sys.inputs.paper))\nMẪU RIÊNG: #paper.kind\n"
    (tmp_path / "paper.typ").write_text(text, encoding="utf-8")
    assert words(pages(proposal(), tmp_path, tmp_path)) == "MẪU RIÊNG: TỜ TRÌNH"


def test_a_folder_without_the_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(RenderingError, match="template-missing"):
        pdf_from_paper(proposal(), tmp_path)
