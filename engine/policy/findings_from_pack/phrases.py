"""What the words of a quote ask for: bounds, “100%”, “không có”, told one by one.

The words are the law's, so they are Vietnamese in every language of the answer.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final
from unicodedata import normalize

from engine.policy.bounds import Bound, Sort, of_day, of_duration
from engine.vocabulary import Duration, Operator, Unit


class Words(Enum):
    """What is asked for without a number to compare with."""

    EVERY = "every"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a quote, and what they ask for."""

    words: str
    asks: Bound | Words
    is_firm: bool = True
    """Whether some check must ask for it; a day may only date a number."""


_Match = re.Match[str]
_Read = Callable[[_Match], Iterator[Phrase]]

_NUMBER: Final = (
    r"(?<![\d/,.])(\d{1,3}(?:\.\d{3}){1,5}|\d{1,18},\d{1,18}|\d{1,18})(?![\d/]|[.,]\d)"
)
"""Up to what a check can ask for; nobody counts further."""
_SPELT: Final = r"(?: ?\([^()\d]{1,30}\))?"
"""A number in words behind its digits: 12 (mười hai) tháng."""
_UNIT: Final = r"(?: ?(%|phần trăm\b|ngày\b|tuần\b|tháng\b|năm\b))?"
_MEASURE: Final = _NUMBER + _SPELT + _UNIT
_DAY: Final = (
    r"(?:ngày )?(?:(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})\b"
    r"|(\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b)"
)
_FIRST_YEAR: Final = 1900
_UNITS: Final = {
    "ngày": Unit.DAYS,
    "tuần": Unit.WEEKS,
    "tháng": Unit.MONTHS,
    "năm": Unit.YEARS,
}
_BEFORE_A_NUMBER: Final = (
    (
        Operator.AT_LEAST,
        "ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|từ đủ",
    ),
    (
        Operator.AT_MOST,
        "không vượt quá|không quá|không trên|không (?:nhiều |lớn )?hơn|tối đa|nhiều nhất",
    ),
    (Operator.MORE_THAN, "vượt quá|vượt|quá|trên|nhiều hơn|lớn hơn|cao hơn|hơn"),
    (Operator.LESS_THAN, "dưới|ít hơn|nhỏ hơn|thấp hơn|chưa đến|chưa đủ|chưa tới"),
)
_BEFORE_A_DAY: Final = (
    (Operator.LESS_THAN, "trước", True),
    (Operator.MORE_THAN, "sau", False),
    (Operator.AT_MOST, "chậm nhất(?: là| đến| vào)*|đến hết|đến|tới", False),
    (Operator.AT_LEAST, "kể từ|từ", False),
)
_EVERY: Final = r"(?<![\d,.])100 ?%"
# “không có (tệ nạn) ma túy” is what a locality is called that passes.
_NONE: Final = r"\bkhông (?:có|để|phát sinh|xảy ra)\b(?! (?:tệ nạn )?ma (?:túy|tuý))"


def phrases_of(quote: str) -> tuple[Phrase, ...]:
    """Return what a quote asks for, in the order of its words."""
    text = " ".join(normalize("NFC", quote).split()).lower()
    found: list[tuple[int, Phrase]] = []
    for pattern, read in _PATTERNS:

        def take(match: _Match, read: _Read = read) -> str:
            phrases = [(match.start(), each) for each in read(match)]
            found.extend(phrases)
            # What is understood is not read once more in another way.
            return " " * len(match[0]) if phrases else match[0]

        text = pattern.sub(take, text)
    return tuple(phrase for _, phrase in sorted(found, key=lambda each: each[0]))


def number_of(digits: str) -> Fraction:
    """Read a number as the law prints it: 3.000 is thousands, 0,5 has a decimal.

    >>> number_of("3.000"), number_of("0,5"), number_of("01")
    (Fraction(3000, 1), Fraction(1, 2), Fraction(1, 1))
    """
    return Fraction(digits.replace(".", "").replace(",", "."))


def _bound(operator: Operator, digits: str, unit: str | None) -> Bound:
    number = number_of(digits)
    match unit:
        case "%" | "phần trăm":
            return Bound(operator, number / 100, Sort.PERCENT)
        case str() if number.denominator == 1:
            return of_duration(operator, Duration(int(number), _UNITS[unit]))
        case _:
            return Bound(operator, number, Sort.NUMBER)


def _one(operator: Operator) -> _Read:
    def read(match: _Match) -> Iterator[Phrase]:
        yield Phrase(match[0], _bound(operator, match[1], match[2]))

    return read


def _range(upper: Operator) -> _Read:
    def read(match: _Match) -> Iterator[Phrase]:
        first, unit, last, unit_of_last = match.groups()
        is_years = unit_of_last is None and number_of(first) >= _FIRST_YEAR
        if is_years:
            return
        unit = unit or unit_of_last
        yield Phrase(match[0], _bound(Operator.AT_LEAST, first, unit))
        yield Phrase(match[0], _bound(upper, last, unit_of_last or unit))

    return read


def _day(operator: Operator, *, is_firm: bool) -> _Read:
    def read(match: _Match) -> Iterator[Phrase]:
        day, month, year = (int(each) for each in match.groups() if each)
        try:
            bound = of_day(operator, date(year, month, day))
        except ValueError:
            return
        yield Phrase(match[0], bound, is_firm)

    return read


def _words(asks: Words) -> _Read:
    def read(match: _Match) -> Iterator[Phrase]:
        yield Phrase(match[0], asks)

    return read


def _patterns() -> Iterator[tuple[str, _Read]]:
    """Yield what is looked for, the more particular before the more general."""
    for operator, words, is_firm in _BEFORE_A_DAY:
        yield rf"\b(?:{words}) {_DAY}", _day(operator, is_firm=is_firm)
    change = rf"\b(?:giảm|tăng) từ {_MEASURE}"
    yield rf"{change}(?: đến {_NUMBER}{_UNIT})?", _one(Operator.AT_LEAST)
    lower = rf"\btừ {_MEASURE}(?: [^\W\d]+){{0,3}}? đến"
    yield rf"{lower} dưới {_MEASURE}", _range(Operator.LESS_THAN)
    yield rf"{lower} {_MEASURE}", _range(Operator.AT_MOST)
    some = rf"\b(?:từ )?{_MEASURE}(?: [^\W\d]+){{0,4}}? trở"
    yield rf"{some} lên\b", _one(Operator.AT_LEAST)
    yield rf"{some} xuống\b", _one(Operator.AT_MOST)
    for operator, words in _BEFORE_A_NUMBER:
        yield rf"\b(?:{words})(?: là)? {_MEASURE}", _one(operator)
    yield _EVERY, _words(Words.EVERY)
    yield _NONE, _words(Words.NONE)


_PATTERNS: Final = tuple((re.compile(text), read) for text, read in _patterns())
