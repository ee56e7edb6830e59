"""The documents of a pack as the bases (căn cứ) of a Vietnamese administrative paper."""

from datetime import date
from typing import Final

from cli.papers.paper import day_in_words
from engine.pack import Document

_LAWS: Final = ("luật", "bộ luật", "pháp lệnh")
_JANUARY_TO_FEBRUARY: Final = ("01", "02")


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
    match written.split("-"):
        case [year, month, day]:
            return in_vietnamese(date(int(year), int(month), int(day)))
        case [year, month]:
            number = month if month in _JANUARY_TO_FEBRUARY else month.lstrip("0")
            return f"tháng {number} năm {year}"
        case _:
            return f"năm {written}" if written else ""


def in_vietnamese(day: date) -> str:
    """Return a day as Decree 30/2020 writes it."""
    from cli.language import speaking

    with speaking("vi"):
        return day_in_words(day)
