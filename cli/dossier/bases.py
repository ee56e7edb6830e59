"""The documents of a pack as the bases (căn cứ) of a Vietnamese administrative paper."""

from typing import Final

from cli.language import speaking
from cli.papers.paper import date_in_words
from engine.pack import Document

_LAWS: Final = ("luật", "bộ luật", "pháp lệnh")


def basis(document: Document) -> str:
    """Return a document as a basis, as Decree 30/2020 has it cited.

    >>> basis(Document("d", "Luật", "73/2021/QH14", "2021-03-30", "Phòng, chống ma túy", None))
    'Căn cứ Luật Phòng, chống ma túy ngày 30 tháng 3 năm 2021'
    >>> basis(Document("d", "Nghị định", "105/2021/NĐ-CP", "2021-12-04", None, "Chính phủ"))
    'Căn cứ Nghị định số 105/2021/NĐ-CP ngày 04 tháng 12 năm 2021 của Chính phủ'
    """
    kind = document.kind or document.id
    title, issuer, day = document.title, document.issuer, _day(document.date or "")
    if kind.casefold() in _LAWS:
        parts = [kind, title or f"số {document.number}", day]
    else:
        number = f"số {document.number}" if document.number else ""
        by = f"của {issuer}" if issuer else ""
        about = f"về {title[:1].lower()}{title[1:]}" if title else ""
        parts = [kind, number, day, by, about]
    return f"Căn cứ {' '.join(filter(None, parts))}"


def _day(written: str) -> str:
    """Return a day, a month or a year in Vietnamese words."""
    with speaking("vi"):
        return date_in_words(written)
