"""Arithmetic in the words of a document: 45 of 55 is not 83%."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final
from unicodedata import normalize

from engine.errors import N_, Diagnostic
from engine.pack import Pack
from engine.policy.findings_from_pack.noted import noted
from engine.policy.findings_from_pack.phrases import number_of
from engine.source import Place

_NUMBER: Final = r"(?<![\d/,.%])(\d{1,3}(?:\.\d{3}){1,5}|\d{1,18})(?![\d/%]|[.,]\d| ?%)"
_PERCENT: Final = r"(?<![\d,])(\d{1,9}(?:,\d{1,9})?) ?%"
_WORD: Final = r" ([^\W\d]+(?: [^\W\d]+)?)"
_OF: Final = r"(?<![\d/])(\d[\d.]{0,15})/(\d[\d.]{0,15})(?![\d/])"
_WITHIN: Final = r"[^%()\d]{0,40}"
_FRACTIONS: Final = (
    (re.compile(rf"{_OF}{_WITHIN}\(?{_WITHIN}{_PERCENT}"), (3, 1, 2)),
    (re.compile(rf"{_PERCENT}{_WITHIN}\({_WITHIN}{_OF}"), (1, 2, 3)),
)
_PART: Final = re.compile(rf"{_PERCENT}{_WITHIN}\({_WITHIN}?{_NUMBER}{_WORD}")
_COUNTED: Final = re.compile(rf"{_NUMBER}{_WORD}")


@dataclass(frozen=True, slots=True)
class Target:
    """A percentage with the numbers it is said to be."""

    percent: str
    part: Fraction
    whole: Fraction

    @property
    def holds(self) -> bool:
        """Whether the part is that share, rounded half up as the law prints it."""
        shown = number_of(self.percent)
        digits = len(self.percent.partition(",")[2])
        scale = 10**digits
        return (
            Fraction(floor(self.exact * 100 * scale + Fraction(1, 2)), scale) == shown
        )

    @property
    def exact(self) -> Fraction:
        """The share that the part really is."""
        return self.part / self.whole


def findings_about_targets(pack: Pack) -> Iterator[Diagnostic]:
    """Yield percentages in quotes and readings that their numbers do not make."""
    for place, text in _texts(pack):
        for target in wrong_targets(text):
            tenths = floor(target.exact * 1000 + Fraction(1, 2))
            yield noted(
                "target-arithmetic",
                place,
                N_("“{percent}%” does not fit {part} of {whole}, which is {exact}%"),
                N_(
                    "compare with the document; an ignore can say that it is the law's slip"
                ),
                percent=target.percent,
                part=target.part,
                whole=target.whole,
                exact=f"{tenths // 10},{tenths % 10}",
            )


def _texts(pack: Pack) -> Iterator[tuple[Place, str]]:
    places = {each.id: each.place for each in pack.criteria}
    for each in pack.criteria:
        if each.quote is not None:
            yield each.place, each.quote
    for reading in pack.readings:
        yield places.get(reading.criterion or "", pack.place), reading.phrase


def wrong_targets(text: str) -> Iterator[Target]:
    """Yield the percentages of a text that their numbers do not make."""
    text = " ".join(normalize("NFC", text).split()).lower()
    for pattern, (percent, part, whole) in _FRACTIONS:
        for match in pattern.finditer(text):
            of = number_of(match[whole].rstrip("."))
            if (
                of
                and not (
                    target := Target(match[percent], number_of(match[part]), of)
                ).holds
            ):
                yield target
    counted: dict[str, dict[Fraction, None]] = {}
    for other in _COUNTED.finditer(text):
        counted.setdefault(other[2], {})[number_of(other[1])] = None
    for match in _PART.finditer(text):
        yield from _against_totals(match, list(counted.get(match[3], ())))


def _against_totals(
    match: re.Match[str], numbers: Sequence[Fraction]
) -> Iterator[Target]:
    """Compare with the larger numbers of the same things in the text, if there are any."""
    percent, part = match[1], number_of(match[2])
    targets = [Target(percent, part, total) for total in numbers if total > part]
    if targets and not any(each.holds for each in targets):
        yield targets[0]
