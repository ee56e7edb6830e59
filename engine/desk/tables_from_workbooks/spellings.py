"""What the columns of a table are called: ids, labels, synonyms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.desk.tables_from_workbooks.folding import folded, spelt, unnumbered
from engine.facts_from_files.columns import Column, Shape, shapes_of
from engine.facts_from_files.raw_table import column_name
from engine.vocabulary import (
    INSPECTIONS,
    LOCALITIES,
    Field,
    FieldType,
    Text,
    Vocabulary,
)

_OF_LOCALITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "mã", "mã số", "mã địa bàn", "mã thôn", "mã bản", "mã tổ dân phố", "mã đơn vị",
        "mã thôn, bản", "mã hành chính", "mã đơn vị hành chính", "code",
        "code of the locality",
    ),
    "name": (
        "tên", "tên thôn", "tên bản", "tên tổ", "tên tổ dân phố", "tên địa bàn",
        "tên thôn, bản", "tên thôn, bản, tổ dân phố", "tên thôn, tổ dân phố",
        "tên tổ dân phố, bản", "tên khu phố", "tên ấp", "tên đơn vị", "thôn", "bản",
        "tổ dân phố", "thôn, bản", "thôn/tổ dân phố", "thôn, bản, tổ dân phố",
        "thôn, ấp, tổ dân phố", "tổ dân phố, bản", "bản, tổ dân phố", "khu phố", "ấp",
        "địa bàn", "đơn vị", "hamlet", "locality", "name of the locality",
    ),
    "level": ("cấp", "cấp hành chính", "cấp địa bàn"),
    "parent": (
        "mã cấp trên", "cấp trên", "thuộc", "trực thuộc", "thuộc xã", "thuộc phường",
        "xã", "phường", "xã, phường", "phường, xã", "xã, phường, thị trấn",
        "tên xã", "tên phường", "mã xã", "mã phường", "belongs to", "belongs to (code)",
        "thuộc (mã)",
    ),
}  # fmt: skip
_OF_REGISTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "locality": (*_OF_LOCALITIES["id"], *_OF_LOCALITIES["name"][1:]),
    "n": ("số lượng", "số trường hợp", "số bản ghi", "number of entries"),
}
_OF_INSPECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "locality": _OF_REGISTERS["locality"],
    "register": (
        "sổ", "sổ được kiểm tra", "danh sách được kiểm tra", "nội dung kiểm tra",
        "register that was inspected",
    ),
    "on": ("ngày kiểm tra", "ngày", "ngày rà soát", "day of the inspection"),
    "by": ("đơn vị kiểm tra", "tổ kiểm tra", "cơ quan kiểm tra", "inspected by (office)"),
    "document": ("văn bản", "biên bản", "số biên bản", "biên bản kiểm tra"),
}  # fmt: skip
_OWN: Final = {LOCALITIES: _OF_LOCALITIES, INSPECTIONS: _OF_INSPECTIONS}
_BY: Final = (
    "{} – người đánh giá", "{} – cơ quan đánh giá", "{} – đánh giá bởi",
    "{}: who judged it",
)  # fmt: skip
_REASON: Final = (
    "{} – lý do", "{} – lí do", "{} – căn cứ", "{}: the reason",
)  # fmt: skip
_SERIAL: Final = frozenset(
    {"stt", "tt", "so tt", "so thu tu", "thu tu", "no", "serial", "serial no", "order"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that stands for a column."""

    text: str
    column: str


class Spellings:
    """The columns of one table by whatever they are called."""

    def __init__(self, shape: Shape, phrases: Iterable[Phrase]) -> None:
        self.shape = shape
        self.phrases = tuple(dict.fromkeys(phrases))
        self._by_spelling: dict[str, set[str]] = defaultdict(set)
        self._by_fold: dict[str, set[str]] = defaultdict(set)
        built_in = _OWN.get(shape.name, _OF_REGISTERS)
        for phrase in self.phrases:
            for known, text in (
                (self._by_spelling, spelt(phrase.text)),
                (self._by_fold, folded(phrase.text)),
            ):
                # What every such table has keeps its name: "tổ dân phố, bản" too.
                if phrase.column in built_in or known[text].isdisjoint(built_in):
                    known[text].add(phrase.column)

    def find(self, heading: str) -> Column | None:
        """Return the column that a heading certainly means, or none.

        What diacritics tell apart is told apart; otherwise they do not matter.
        """
        own = self.shape.columns.get(column_name(heading))
        if own is not None:
            return own
        for text in (heading, unnumbered(heading)):
            for known, fold in ((self._by_spelling, spelt), (self._by_fold, folded)):
                found = known.get(fold(text), set())
                if len(found) == 1:
                    return self.shape.columns[next(iter(found))]
        return None


def is_serial(heading: str) -> bool:
    """Return whether a column so headed only numbers the rows."""
    return folded(heading) in _SERIAL or heading.strip() == "#"


def spellings_of(vocabulary: Vocabulary) -> Mapping[str, Spellings]:
    """Return how the columns of every table may be called."""
    return {
        name: Spellings(shape, _phrases(name, vocabulary))
        for name, shape in shapes_of(vocabulary).items()
    }


def _phrases(table: str, vocabulary: Vocabulary) -> Iterator[Phrase]:
    for column, names in _OWN.get(table, _OF_REGISTERS).items():
        yield from (Phrase(name, column) for name in (column, *names))
    if table == LOCALITIES:
        for count in vocabulary.counts.values():
            labels = _with_unit(count.label, count.unit)
            names = (count.id, *labels, *count.synonyms)
            yield from (Phrase(name, count.id) for name in names)
    register = vocabulary.registers.get(table)
    if register is not None:
        for field in register.fields.values():
            yield from _of_field(field)


def _with_unit(label: Text, unit: Text | None) -> Iterator[str]:
    yield from (label.vi, label.en)
    if unit is not None:
        for words, of in ((label.vi, unit.vi), (label.en, unit.en)):
            yield f"{words} ({of})"
        yield f"số {label.vi}"
        yield f"số {label.vi} ({unit.vi})"


def _of_field(field: Field) -> Iterator[Phrase]:
    names = (field.id, field.label.vi, field.label.en, *field.synonyms)
    yield from (Phrase(name, field.id) for name in names)
    if field.type is FieldType.ASSESSED:
        _, by, reason = field.columns
        yield from (Phrase(name, name) for name in (by, reason))
        for name in names[1:]:
            yield from (Phrase(each.format(name), by) for each in _BY)
            yield from (Phrase(each.format(name), reason) for each in _REASON)
