"""A paper with everything a paper can hold, and what stands in documents made of it."""

import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from cli.language import speaking
from cli.papers.paper import (
    Blank,
    Head,
    Heading,
    Paper,
    Paragraph,
    Signature,
    dashed,
    lettered,
    listed,
    number_and_symbol,
    numbered,
    place_and_date,
    table,
)
from tests.support.libre_office import saved_as
from tests.support.system import needed


def proposal(**others: Any) -> Paper:
    """Return a proposal (tờ trình) in Vietnamese, with some of its parts replaced."""
    with speaking("vi"):
        parts: dict[str, Any] = {
            "kind": "TỜ TRÌNH",
            "abstract": "Đề nghị công nhận phường Đoàn Kết đạt tiêu chí không có ma túy",
            "head": Head(
                "THÀNH PHỐ LAI CHÂU",
                "ỦY BAN NHÂN DÂN PHƯỜNG ĐOÀN KẾT",
                number_and_symbol("TTr-UBND"),
                place_and_date("Đoàn Kết", date(2024, 4, 5)),
            ),
            "mark": "LƯU HÀNH NỘI BỘ",
            "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG",
            "addressees": ("Ủy ban nhân dân thành phố Lai Châu",),
            "bases": listed(
                ["Căn cứ Luật Phòng, chống ma túy", "Căn cứ Kế hoạch số 1"]
            ),
            "body": (
                Paragraph("QUYẾT ĐỊNH:", style="centred"),
                Paragraph("Công nhận phường Đoàn Kết.", lead="Điều 1."),
                Heading("I. KẾT QUẢ"),
                Heading("1. Tiêu chí", 2),
                *numbered(["Khoản một", "Khoản hai"]),
                *lettered(["một", "hai", "ba", "bốn", "năm"]),
                *dashed(["gạch đầu dòng"]),
                Paragraph("chữ đậm", style="bold"),
                Paragraph("chữ nghiêng", style="italic"),
                Blank("Ý kiến khác:", 2),
                table(
                    ["TT", "Địa bàn", "Kết quả"],
                    [[str(n), f"Tổ dân phố số {n}", "Đạt"] for n in range(1, 61)],
                    [1, 5, 2],
                ),
                Paragraph("Kính đề nghị xem xét."),
            ),
            "recipients": ("Như trên;", "Lưu: VT, CA."),
            "signatures": (
                Signature(
                    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lò Văn A", "(Ký, đóng dấu)"
                ),
            ),
        }
        return Paper(**parts | others)


def lines_of(document: bytes) -> Iterator[tuple[str, str]]:
    """Yield style and text of each paragraph of a Word document, tables in their place."""
    yield from _lines(Document(BytesIO(document)))


def _lines(place: Any) -> Iterator[tuple[str, str]]:
    for each in place.iter_inner_content():
        match each:
            case WordParagraph(style=style, text=text):
                assert style is not None
                yield str(style.name), text
            case WordTable(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        yield from _lines(cell)
            case _:
                raise AssertionError(each)


def text_of_word(document: bytes) -> str:
    """Return the text of a Word document on one line."""
    return " ".join(" ".join(text for _style, text in lines_of(document)).split())


def pages_of(file: Path) -> list[str]:
    """Return the text of each page of a PDF, in the order in which it was written."""
    done = subprocess.run(
        [needed("pdftotext"), "-raw", str(file), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().removesuffix("\f").split("\f")


def in_libre_office(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page that LibreOffice makes of a Word document."""
    file = folder / "paper.docx"
    file.write_bytes(document)
    return pages_of(saved_as("pdf", file, folder, folder / "profile"))
