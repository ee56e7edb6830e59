"""An administrative paper of Decree 30/2020/NĐ-CP as data: what stands in it, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from cli.language import spoken
from engine.pack import Document

END: Final = "./."
BLANK: Final = "      "
"""What the registry writes in by hand: a number, a day, a month."""
_DECREED: Final[Mapping[str, Mapping[str, str]]] = {
    "vi": {
        "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "number": "Số: {number}/{symbol}",
        "to": "Kính gửi:",
        "copies_to": "Nơi nhận:",
    },
    "en": {
        "nation": "SOCIALIST REPUBLIC OF VIET NAM",
        "motto": "Independence - Freedom - Happiness",
        "number": "No. {number}/{symbol}",
        "to": "To:",
        "copies_to": "Recipients:",
    },
}
"""The words that the decree fixes to the letter, and what they mean in English."""
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_PADDED_MONTHS: Final = 2
_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper: who issues it, its number, where and when."""

    superior: str
    """The body above, in capitals; empty where there is none to name."""
    body: str
    """The issuing body, in capitals."""
    number: str
    """Such as `Số: 05/TTr-UBND`; see `number_and_symbol`."""
    place_and_date: str
    nation: str = field(default_factory=lambda: _decreed("nation"))
    motto: str = field(default_factory=lambda: _decreed("motto"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A justified paragraph; `lead` is its beginning in bold, such as `Điều 1.`."""

    text: str
    lead: str = ""
    style: Literal["plain", "bold", "italic", "centred"] = "plain"
    """`centred` is bold too: `QUYẾT ĐỊNH:` between the bases and the articles."""
    block: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in bold: 1 for a part (`I. …`), 2 for what stands within it."""

    text: str
    level: Literal[1, 2] = 1
    block: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause, a lettered point or a dash: `1.`, `a)`, `-`, and its text."""

    label: str
    text: str
    block: Literal["clause"] = field(default="clause", init=False)


@dataclass(frozen=True, slots=True)
class Blank:
    """A label and dotted lines, to be filled in by hand."""

    label: str
    lines: int = 1
    block: Literal["blank"] = field(default="blank", init=False)


Cell = tuple[str, ...]
"""The paragraphs of a cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its header is repeated on each page."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    """Parts of the width, a number for each column; by default all are equal."""
    block: Literal["table"] = field(default="table", init=False)

    def __post_init__(self) -> None:
        lengths = {len(self.header), *map(len, self.rows)}
        if self.widths:
            lengths.add(len(self.widths))
        if len(lengths) > 1:
            raise ValueError("the rows of a table are of different lengths")


Block = Paragraph | Heading | Clause | Blank | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """A column to be signed: its lines in bold capitals, then room, then the name."""

    lines: tuple[str, ...]
    """Such as `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`."""
    name: str = ""
    note: str = ""
    """Under the lines in italics, such as `(Ký, ghi rõ họ tên)`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; what is empty is left out, and so is the line it would stand on."""

    kind: str
    """Its type in capitals: `TỜ TRÌNH`, `BIÊN BẢN`, `PHỤ LỤC I`."""
    abstract: str
    """Its trích yếu."""
    body: tuple[Block, ...]
    head: Head | None = None
    """None for an appendix, which has no head of its own."""
    mark: str = ""
    """`LƯU HÀNH NỘI BỘ` of an internal copy."""
    authority: str = ""
    """Who decides, in capitals, between the abstract and the bases of a decision."""
    addressees: tuple[str, ...] = ()
    """After `Kính gửi:`."""
    bases: tuple[str, ...] = ()
    """The căn cứ; see `listed`."""
    end: str = END
    recipients: tuple[str, ...] = ()
    """After `Nơi nhận:`; the last one is `Lưu: VT, …`. See `listed`."""
    signatures: tuple[Signature, ...] = ()
    """One, or two side by side: `THƯ KÝ`, `CHỦ TỌA`."""
    landscape: bool = False
    language: str = field(default_factory=spoken)
    to: str = field(default_factory=lambda: _decreed("to"))
    copies_to: str = field(default_factory=lambda: _decreed("copies_to"))

    def __post_init__(self) -> None:
        if len(self.signatures) > _COLUMNS:
            raise ValueError("a paper has at most two columns to sign")


def number_and_symbol(symbol: str, number: int | None = None) -> str:
    """Return a paper's number and symbol, with a blank for a number not yet given.

    >>> number_and_symbol("TTr-UBND", 5), number_and_symbol("TTr-UBND")
    ('No. 05/TTr-UBND', 'No.       /TTr-UBND')
    """
    given = BLANK if number is None else f"{number:02}"
    return _decreed("number").format(number=given, symbol=symbol)


def place_and_date(place: str, day: date | None = None) -> str:
    """Return the place and the day of a paper, with blanks for a day not yet known."""
    return f"{place or '……………'}, {_blank_day() if day is None else day_in_words(day)}"


def day_in_words(day: date) -> str:
    """Return a day as a paper writes it; in Vietnamese as Decree 30/2020 does.

    Days below 10 and the months 1 and 2 have a leading zero, the months 3 to 9 none.
    """
    if spoken() != "vi":
        return day.isoformat()
    return f"ngày {day.day:02} tháng {_month_in_words(day.month)} năm {day.year}"


def date_in_words(written: str) -> str:
    """Return a day, a month or a year, such as `2024-04`, as a paper writes it."""
    if spoken() != "vi":
        return written
    match written.split("-"):
        case [_year, _month, _day]:
            return day_in_words(date.fromisoformat(written))
        case [year, month]:
            return f"tháng {_month_in_words(int(month))} năm {year}"
        case _:
            return f"năm {written}" if written else ""


def document_in_words(document: Document) -> str:
    """Return a document that a pack rests on, its date as a paper writes it."""
    return str(replace(document, date=date_in_words(document.date or "")))


def _month_in_words(month: int) -> str:
    return f"{month:02}" if month <= _PADDED_MONTHS else str(month)


def _decreed(words: str) -> str:
    return _DECREED[spoken()][words]


def _blank_day() -> str:
    if spoken() != "vi":
        return f"{BLANK}/{BLANK}/{BLANK}"
    return f"ngày{BLANK}tháng{BLANK}năm{BLANK}"


def listed(texts: Iterable[str]) -> tuple[str, ...]:
    """Return bases or recipients, each ending in a semicolon and the last in a stop.

    >>> listed(["Căn cứ Luật A", "Căn cứ Nghị định B;"])
    ('Căn cứ Luật A;', 'Căn cứ Nghị định B.')
    """
    bare = [text.rstrip(" ;.,") for text in texts]
    return tuple(
        f"{text}{';' if n < len(bare) else '.'}" for n, text in enumerate(bare, 1)
    )


def numbered(texts: Iterable[str]) -> tuple[Clause, ...]:
    """Return clauses numbered 1, 2, 3."""
    return tuple(Clause(f"{n}.", text) for n, text in enumerate(texts, 1))


def lettered(texts: Iterable[str]) -> tuple[Clause, ...]:
    """Return points lettered a, b, c, d, đ, e, g …, as the Vietnamese alphabet goes."""
    return tuple(Clause(f"{letter(n)})", text) for n, text in enumerate(texts))


def dashed(texts: Iterable[str]) -> tuple[Clause, ...]:
    """Return an item with a dash for each text."""
    return tuple(Clause("-", text) for text in texts)


def letter(index: int) -> str:
    """Return the letter of a point, counted from 0; after y comes aa.

    >>> [letter(n) for n in (3, 4, 5, 6, 22, 23)]
    ['d', 'đ', 'e', 'g', 'y', 'aa']
    """
    rounds, place = divmod(index, len(_LETTERS))
    return _LETTERS[place] * (rounds + 1)


def table(
    header: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[int] = ()
) -> Table:
    """Return a table whose cells hold one paragraph each."""
    cells = tuple(tuple((text,) for text in row) for row in rows)
    return Table(tuple(header), cells, tuple(widths))


def ended(paper: Paper) -> tuple[Block, ...]:
    """Return the body with its end mark, which stands right behind the last words."""
    match paper.body:
        case (*before, Paragraph() | Clause() as last) if paper.end:
            return *before, replace(last, text=last.text.rstrip(" .;") + paper.end)
        case _ if paper.end:
            return *paper.body, Paragraph(paper.end)
        case _:
            return paper.body
