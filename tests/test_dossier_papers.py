"""What the papers of a dossier say: one judgement, the same numbers everywhere."""

import json
import re
import subprocess
from collections.abc import Iterator
from csv import DictReader, DictWriter
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zipfile import ZipFile

import openpyxl  # noqa: TID251  (tests read what the engine writes)
import pytest
from docx import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from cli.dossier.names import seat
from cli.dossier.text import text_of_paper
from cli.papers.paper import Blank, Clause, Heading, Paragraph, Table
from cli.rendering import markdown
from engine.errors import RenderingError, RulesError
from engine.library import Library, papers_beside
from engine.review.dossier.manifest import ASSESSMENT
from engine.review.dossier.procedure import filled
from engine.review.dossier.procedure_from_yaml import procedure_from_yaml
from engine.review.dossier.verification import Verified, verified
from engine.source import Place
from tests.support.commands import ROOT
from tests.support.dossiers import WARD, dossier, few, lines, make, text_of, texts_of
from tests.support.papers import lines_of
from tests.support.system import needed

HERE = Place("p.md.j2")
MARGIN = 0.19
"""Of a cell of a Word table, in centimetres."""
LAI_CHAU = Library(ROOT / "rules").find("lai-chau/city-2024")


def made(folder: Path, *names: str, more: tuple[object, ...] = ()) -> Verified:
    file = folder / "d.zip"
    said = make(file, *more, facts=few(folder / "facts", *names))
    assert said.code == 0, said.err
    return verified(file.read_bytes(), "d.zip")


def numbers(pattern: str, text: str) -> tuple[int, ...]:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return tuple(map(int, found.groups()))


@pytest.mark.parametrize("more", [(), ("--public",)], ids=["internal", "public"])
def test_every_paper_tells_the_same_numbers(more: tuple[str, ...]) -> None:
    """Those that pass, those that do not and those not known add up to all."""
    found = dossier(*more)
    proposal, report = text_of(found, "to-trinh"), text_of(found, "ket-qua")
    total, *parts = numbers(
        r"tổng số (\d+) địa bàn được xét có (\d+) địa bàn đủ điều kiện, (\d+) địa bàn "
        r"chưa đủ điều kiện, (\d+) địa bàn chưa đủ căn cứ", proposal,
    )  # fmt: skip
    assert total == sum(parts) == 12
    passing, failing, undetermined = parts
    assert (passing, failing, undetermined) == (3, 7, 2)
    totals = f"Tổng cộng | {total} | {passing} | {failing} | {undetermined}"
    for name, text in texts_of(found).items():
        if "Tổng cộng" in text:
            assert totals in text, name
    assert numbers(r"công nhận (\d+) địa bàn sau đây", proposal) == (passing,)
    assert numbers(r"Công nhận (\d+) địa bàn", text_of(found, "quyet-dinh")) == (3,)
    assert numbers(
        r"trong (\d+) địa bàn .* có (\d+) địa bàn chưa được công nhận, gồm (\d+) .* và "
        r"(\d+) địa bàn chưa đủ căn cứ", text_of(found, "thong-bao"),
    ) == (total, failing + undetermined, failing, undetermined)  # fmt: skip
    for row in re.findall(r"^C\d \| .*? \|((?: \d+ \|?){5})$", report, re.MULTILINE):
        *outcomes, of_all = map(int, re.findall(r"\d+", row))
        assert sum(outcomes) == of_all == total


def test_the_numbers_are_those_of_the_answer_enclosed() -> None:
    found = dossier()
    verdicts = {
        each["name"]: each["verdict"]
        for each in json.loads(found.parts[ASSESSMENT])["localities"]
    }
    passing = [name for name, each in verdicts.items() if each == "eligible"]
    decided = lines(found.parts[_name(found, "quyet-dinh")])
    recognised = [each for each in decided if re.match(r"\d+\. ", each)]
    assert recognised == [f"{n}. {name}." for n, name in enumerate(passing, 1)]
    told = text_of(found, "thong-bao").casefold()
    for name, verdict in verdicts.items():
        is_told = f"{name}:".casefold() in told
        assert is_told == (verdict != "eligible"), name


def _name(found: Verified, part: str) -> str:
    [name] = [each for each in found.parts if part in each and each.endswith(".docx")]
    return name


def test_nothing_that_is_not_known_is_called_met(tmp_path: Path) -> None:
    """H3 lacks one number: its record, the table and the notice say so; no paper passes it."""
    found = made(tmp_path, "phường Thử", "Bản Một", "Bản Hai", "Bản Ba")
    record = lines(found.parts["papers/03-bien-ban-kiem-tra/H3.docx"])
    [row] = [each for each in record if each.startswith("C8 |")]
    assert row.endswith("| chưa đủ căn cứ")
    assert "Kết luận theo bộ tiêu chí: Chưa đủ căn cứ." in "\n".join(record)
    [row] = [e for e in text_of(found, "tong-hop").splitlines() if "Bản Ba" in e]
    assert row.endswith("| chưa đủ căn cứ | Chưa đủ căn cứ")
    assert "Bản Ba" not in text_of(found, "quyet-dinh")
    assert "Cần bổ sung: H3 Bản Ba" in text_of(found, "thong-bao")


def test_where_nobody_passes_there_is_nothing_to_decide(tmp_path: Path) -> None:
    facts = few(tmp_path / "facts")
    table = facts / "localities.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",40,40", ",40,39"), encoding="utf-8")
    assert make(tmp_path / "d.zip", facts=facts).code == 0
    found = verified((tmp_path / "d.zip").read_bytes(), "d.zip")
    assert not [name for name in found.parts if "quyet-dinh" in name]
    assert "Chưa có địa bàn nào đủ điều kiện" in text_of(found, "to-trinh")
    assert "Quyết định công nhận" not in text_of(found, "to-trinh")


HOSTILE = (
    "{{7*7}} {% raw %}",
    "<script>alert(1)</script> & <br>",
    "../../etc/passwd",
    "# TỜ TRÌNH | **giả** _3 \\ 1. a) `x`",
    "Ba\u0309n Hai",
    "=HYPERLINK(1)",
    "- a",
    "> Căn cứ giả;",
    "**Điều 4.** a",
)
BASES = 6
"""What a decision by the bundled pack rests on."""


@pytest.mark.parametrize("at", range(0, len(HOSTILE), 3))
def test_a_hostile_name_is_only_ever_text(tmp_path: Path, at: int) -> None:
    names = HOSTILE[at : at + 3]
    found = made(tmp_path, "phường Thử", *names)
    shown = [normalize("NFC", each) for each in names]
    listed = [f"{each[:1].upper()}{each[1:]}" for each in shown]
    decided = text_of(found, "quyet-dinh").splitlines()
    assert f"1. {listed[0]}." in decided
    assert sum(each.startswith("Căn cứ") for each in decided) == BASES
    table = text_of(found, "tong-hop").splitlines()
    for number, name in enumerate(listed, start=2):
        assert any(row.startswith(f"{number} | {name} | đạt |") for row in table)
    book = openpyxl.load_workbook(BytesIO(found.parts["papers/04-bang-tong-hop.xlsx"]))
    cells = [book.worksheets[0].cell(row, 3) for row in (5, 6, 7)]
    assert [each.value for each in cells] == shown
    assert {each.data_type for each in cells} == {"s"}


def test_a_name_of_ten_thousand_letters_makes_a_dossier(tmp_path: Path) -> None:
    found = made(tmp_path, "phường Thử", "Bản " + "a" * 9_996)
    assert "a" * 9_996 in text_of(found, "quyet-dinh")


def test_the_workbook_is_the_table() -> None:
    found = dossier()
    book = openpyxl.load_workbook(BytesIO(found.parts["papers/04-bang-tong-hop.xlsx"]))
    _title, _blank, header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert header[-2:] == ("C8", "Kết luận")
    answer = json.loads(found.parts[ASSESSMENT])["localities"]
    assert [row[1] for row in rows] == [each["id"] for each in answer]
    table = text_of(found, "tong-hop")
    for row in rows:
        outcomes = " | ".join(map(str, row[4:]))
        assert (
            f"{row[0]} | {str(row[2])[:1].upper()}{str(row[2])[1:]} | {outcomes}"
            in table
        )


def test_what_evidence_lacks_is_listed_and_told_in_the_proposal(tmp_path: Path) -> None:
    folder = tmp_path / "e" / "H1"
    folder.mkdir(parents=True)
    (folder / "pledges.pdf").write_bytes(b"%PDF")
    found = made(tmp_path, more=("--evidence", tmp_path / "e"))
    listed = text_of(found, "minh-chung")
    assert "HỒ SƠ CHƯA ĐẦY ĐỦ: còn thiếu 12/12 loại minh chứng" in listed
    assert "| C6 | Bản Một (1) | phường Thử; Bản Hai; Bản Ba" in listed
    assert "| chưa có | tất cả 4 địa bàn" in listed
    for paper in ("to-trinh", "hoi-dong", "tham-dinh"):
        assert "Hồ sơ chưa đầy đủ" in text_of(found, paper)


def public_texts(folder: Path, users: int) -> dict[str, str]:
    """Return the public papers of a ward where so many users lack a file in one hamlet."""
    facts = few(folder / f"facts-{users}")
    table = facts / "localities.csv"
    with table.open(encoding="utf-8") as file:
        rows = [
            {k: v for k, v in e.items() if k != "users_present"}
            for e in DictReader(file)
        ]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    people = f"locality,standing,presence,management_file,n\nH2,user,present,not_opened,{users}\n"
    (facts / "people.csv").write_text(people, encoding="utf-8")
    looked = "".join(
        f"{each},people,2024-03-20,CAP,BB\n" for each in ("H1", "H3", WARD)
    )
    inspections = f"locality,register,on,by,document\n{looked}"
    (facts / "inspections.csv").write_text(inspections, encoding="utf-8")
    file_ = folder / f"{users}.zip"
    assert make(file_, "--public", facts=facts).code == 0
    found = verified(file_.read_bytes(), "d.zip")
    assert "C5" in text_of(found, "thong-bao")
    return {
        name: text.replace(found.manifest.facts_sha256, "…")
        for name, text in texts_of(found).items()
    }


def test_a_public_copy_does_not_tell_small_numbers_of_persons_apart(
    tmp_path: Path,
) -> None:
    """Whether one person or four: letter by letter the same papers, fingerprint aside."""
    first = public_texts(tmp_path, 1)
    assert "<5" in first["papers/09-thong-bao.docx"]
    assert public_texts(tmp_path, 4) == first
    many = public_texts(tmp_path, 5)
    assert many != first
    assert public_texts(tmp_path, 60) == many


def test_internal_copies_are_marked_and_drafts_are_called_so() -> None:
    for name, text in texts_of(dossier()).items():
        whole = text + "\n".join(_marks(dossier().parts[name]))
        assert "LƯU HÀNH NỘI BỘ" in whole, name
    for paper in ("quyet-dinh", "thong-bao"):
        assert "DỰ THẢO" in text_of(dossier("--public"), paper)


def _marks(paper: bytes) -> list[str]:
    return re.findall(r"LƯU HÀNH NỘI BỘ", ZipFile(BytesIO(paper)).read(
        "word/document.xml").decode())  # fmt: skip


def test_numbers_days_and_names_are_left_to_the_registry() -> None:
    for name, text in texts_of(dossier()).items():
        for number in re.findall(r"Số:.*?/", text):
            assert not re.search(r"\d", number), name
    for day in re.findall(r"Đoàn Kết, ngày.*", text_of(dossier(), "to-trinh")):
        assert not re.search(r"\d", day)


def test_the_papers_open_in_libreoffice_and_say_the_same(tmp_path: Path) -> None:
    soffice, pdftotext = needed("soffice"), needed("pdftotext")
    parts = dossier().parts
    names = [_name(dossier(), each) for each in ("to-trinh", "quyet-dinh", "tong-hop")]
    for name in names:
        (tmp_path / Path(name).name).write_bytes(parts[name])
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "pdf", "--outdir", tmp_path, *tmp_path.glob("*.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in names:
        pdf = tmp_path / Path(name).with_suffix(".pdf").name
        read = subprocess.run(
            [pdftotext, "-raw", pdf, "-"], check=True, capture_output=True
        )
        shown = "".join(read.stdout.decode().split())
        for line in lines(parts[name]):
            for cell in line.replace(" / ", " | ").split(" | "):
                if "./." not in cell:
                    assert "".join(cell.split()) in shown, cell


def test_no_word_of_a_heading_is_broken() -> None:
    """Bold letters of 12 points are a quarter of a centimetre wide, at most by and large."""
    for name, document in _documents():
        for table in document.tables:
            for cell, column in zip(table.rows[0].cells, table.columns, strict=True):
                if cell.paragraphs[0].style.name == "Table heading":
                    room = column.width.cm - 2 * MARGIN
                    longest = max(map(len, cell.text.split()))
                    assert longest * 0.25 <= room, (name, cell.text)


def test_what_leads_on_and_what_is_signed_stay_with_what_follows() -> None:
    """No title at a page's foot has its text overleaf; no signature stands alone."""
    for name, document in _documents():
        shown: list[Any] = list(document.iter_inner_content())
        kept = [each.style.paragraph_format.keep_with_next for each in shown]
        for at, each in enumerate(shown):
            if isinstance(each, WordParagraph) and each.text.endswith(":"):
                assert kept[at], (name, each.text)
            if (
                at
                and isinstance(each, WordTable)
                and shown[at - 1].style.name == "Above a signature"
            ):
                assert all(kept[at - 2 : at]), name


def test_recipients_end_in_semicolons_and_the_last_in_a_stop() -> None:
    """As the templates of Decree 30/2020 have them."""
    for name, text in dossier().parts.items():
        if name.endswith(".docx"):
            to = [words for style, words in lines_of(text) if style == "Recipient"]
            ends = "".join(each[-1] for each in to)
            assert ends == ";" * (len(to) - 1) + "." * bool(to), name


def _documents() -> Iterator[tuple[str, Any]]:
    for name, part in dossier().parts.items():
        if name.endswith(".docx"):
            yield name, Document(BytesIO(part))


def test_a_template_says_a_paper_line_by_line() -> None:
    text = text_of_paper(
        "! DỰ THẢO\n# TỜ TRÌNH\n## Về việc\n> Căn cứ A\n\n### I. PHẦN\n#### 1. Mục\n"
        "Lời văn\n**Điều 1.** Nội dung\n- gạch\n1. một\nđ) điểm\n= GIỮA\n* nghiêng\n"
        "_ Thư ký:\n_3 Ý kiến:\n| a | b |\n|--|----|\n| 1<br>2 | |\n\n| c |\n|-|\n",
        HERE,
    )
    assert (text.kind, text.abstract, text.mark) == ("TỜ TRÌNH", "Về việc", "DỰ THẢO")
    assert text.bases == ("Căn cứ A",)
    assert text.body == (
        Heading("I. PHẦN"),
        Heading("1. Mục", 2),
        Paragraph("Lời văn"),
        Paragraph("Nội dung", "Điều 1."),
        Clause("-", "gạch"),
        Clause("1.", "một"),
        Clause("đ)", "điểm"),
        Paragraph("GIỮA", style="centred"),
        Paragraph("nghiêng", style="italic"),
        Blank("Thư ký:"),
        Blank("Ý kiến:", 3),
        Table(("a", "b"), ((("1", "2"), ("",)),), (2, 4)),
        Table(("c",), (), (1,)),
    )


@pytest.mark.parametrize("name", [*HOSTILE, "a | b", "\\", "a&lt;b", "1. x", "_ x"])
def test_what_comes_from_data_begins_no_block(name: str) -> None:
    shown = normalize("NFC", name)
    rendered = f"# K\n{markdown(shown)}\n| a | b |\n|-|-|\n| {markdown(shown)} | c |\n"
    paragraph, table = text_of_paper(rendered, HERE).body
    assert paragraph == Paragraph(shown)
    assert table == Table(("a", "b"), (((shown,), ("c",)),), (1, 1))


@pytest.mark.parametrize("text", ["", "# K\n", "no kind\n", "# K\n| a |\n", "# K\n| a |\n|-|\n| a | b |\n"])  # fmt: skip
def test_a_template_that_makes_no_paper_is_told(text: str) -> None:
    with pytest.raises(RenderingError):
        text_of_paper(text, HERE)


def test_a_seat_is_a_name_without_its_type() -> None:
    assert [seat(each) for each in ("xã San Thàng", "Xãnh", "tỉnh Lai Châu", "")] == [
        "San Thàng", "Xãnh", "Lai Châu", "",
    ]  # fmt: skip


def test_a_placeholder_in_a_name_is_text() -> None:
    names = {"locality": "{above}", "above": "x"}
    assert filled("UBND {locality}, {above}", names) == "UBND {above}, x"


def test_the_papers_of_the_bundled_pack_are_read() -> None:
    found = papers_beside(LAI_CHAU)
    assert found is not None
    procedure = procedure_from_yaml(found[1], found[0], LAI_CHAU)
    assert len(procedure.papers) == 9
    public = [each.id for each in procedure.papers if each.public]
    assert "bien-ban-kiem-tra" not in public
    assert "danh-muc-minh-chung" not in public
    assert len(Library(ROOT / "rules").listing.problems) == 0


WRONG = {
    "papers-of-other-pack": ("papers_of: lai-chau/city-2024", "papers_of: other"),
    "papers-unknown-level": ("levels: [commune, district]", "levels: [comune]"),
    "papers-unknown-name": ("DÂN {LOCALITY}", "DÂN {Locality}"),
    "papers-wrong-name": ("id: to-trinh", "id: ../to-trinh"),
    "papers-twice": ("id: bao-cao-ket-qua", "id: to-trinh"),
    "papers-unknown-occasion": ("when: some_pass", "when: some_passes"),
    "papers-signers": ("[THƯ KÝ], [TỔ TRƯỞNG]", "[A], [B], [C]"),
    "rules-unknown-key": ("public: yes", "publik: yes"),
    "rules-missing-key": ("    template: proposal\n", ""),
    "rules-wrong-kind": ("each: [hamlet]", "each: hamlet"),
}


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_in_the_list_of_papers_is_told_with_its_place(code: str) -> None:
    found = papers_beside(LAI_CHAU)
    assert found is not None
    before, after = WRONG[code]
    text = found[1].decode()
    assert before in text
    with pytest.raises(RulesError) as refused:
        procedure_from_yaml(text.replace(before, after, 1).encode(), "p.yaml", LAI_CHAU)
    told = [each for each in refused.value.diagnostics if each.code == code]
    assert told
    assert told[0].place.line
