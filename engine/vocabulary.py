"""What can be counted: registers, their fields, and counts over their rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any, Final

from engine.source import Place

LOCALITIES: Final = "localities"
INSPECTIONS: Final = "inspections"
BUILT_IN: Final = ("id", "name", "level", "parent", "verdict")
LARGEST_COUNT: Final = 10**12
MOST_DIGITS: Final = 15
"""Of a number that is no count; a Float64 keeps so many exactly."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, in Vietnamese and English."""

    vi: str
    en: str

    def said_in(self, language: str) -> str:
        """Return the words in `vi` or `en`."""
        return self.vi if language == "vi" else self.en


class FieldType(StrEnum):
    """How a cell of a register's column is read."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    COUNT = "count"
    NUMBER = "number"
    TEXT = "text"
    ASSESSED = "assessed"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a register. An assessed one needs `<id>_by` and `<id>_reason`."""

    id: str
    type: FieldType
    label: Text
    of: tuple[str, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    """What choices mean, for people; one without an entry is said as it is."""
    synonyms: tuple[str, ...] = ()
    """Other headings under which people keep the column; no rule sees them."""
    not_before: str | None = None
    """The date field of the same rows that no day here lies before; no rule sees it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table may hold for this field."""
        if self.type is FieldType.ASSESSED:
            return (self.id, f"{self.id}_by", f"{self.id}_reason")
        return (self.id,)


class Operator(StrEnum):
    """How a value is compared. On dates: after, before, on or after, on or before."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"

    def compare(self, left: Any, right: Any) -> Any:
        """Compare two numbers, days, columns or unknowns, each in its own way."""
        match self:
            case Operator.AT_LEAST:
                return left >= right
            case Operator.MORE_THAN:
                return left > right
            case Operator.AT_MOST:
                return left <= right
            case Operator.LESS_THAN:
                return left < right


OF_DATES: Final[Mapping[str, Operator]] = {
    "on_or_after": Operator.AT_LEAST,
    "after": Operator.MORE_THAN,
    "on_or_before": Operator.AT_MOST,
    "before": Operator.LESS_THAN,
}
"""The words for comparing dates, as LANGUAGE §3 spells them."""


class AsOf(Enum):
    """The day for which the question is asked, as a bound of a condition."""

    DAY = "as_of"


class Unit(StrEnum):
    """The unit of a duration."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time by the calendar, such as `12 months`."""

    number: int
    unit: Unit

    def before(self, day: date) -> date:
        """Return the day that lies this long before `day`.

        Months and years keep the day of the month, clamped to the month's last day.
        A day before the calendar's first is that first day.
        """
        try:
            match self.unit:
                case Unit.DAYS:
                    return day - timedelta(days=self.number)
                case Unit.WEEKS:
                    return day - timedelta(weeks=self.number)
                case Unit.MONTHS | Unit.YEARS:
                    return _months_before(day, self.months)
        except (OverflowError, ValueError):
            return date.min

    @property
    def months(self) -> int:
        """The length in months, where the unit is months or years."""
        return self.number * (12 if self.unit is Unit.YEARS else 1)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


Value = bool | int | Decimal | date | str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field equals one of `values` (of its own type)."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The field compares with a number, a day, another date field, or the as-of day."""

    field: str
    operator: Operator
    bound: int | Decimal | date | str | AsOf
    """A `str` names a date field of the same register."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """The time from the field's date to `until` compares with a duration."""

    field: str
    operator: Operator
    duration: Duration
    until: date | str | AsOf


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds (Kleene); of nothing it is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds (Kleene); of nothing it is false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold (Kleene)."""

    part: "Condition"


Condition = OneOf | Compared | Lasting | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Register:
    """A table of facts; `personal` ones hold health or crime data and are masked."""

    id: str
    label: Text
    personal: bool
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of a register, a part of another count, or a number that is only typed in.

    `where` is this count's own condition; its rows also meet those of its wholes.
    """

    id: str
    label: Text
    unit: Text | None
    register: str | None
    """The register at the end of the chain of wholes; none if only typed in."""
    within: str | None
    where: Condition
    place: Place
    synonyms: tuple[str, ...] = ()
    """Other headings under which people keep the number; no rule sees them."""
    personal: bool = False
    """A number of people that is masked, although no personal register holds them."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Where there are some of `if_any`, some of `then_any` are expected too.

    Silence is suspicious then, not wrong: it decides nothing, and `facts check` tells
    of it.
    """

    levels: tuple[str, ...]
    """The levels of localities at which it is expected; of none named, at all."""
    if_any: tuple[str, ...]
    """Counts, of which one that is not zero suffices; of none named, always."""
    then_any: tuple[str, ...]
    say: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that packs may count and ask about."""

    registers: Mapping[str, Register]
    """Always holds `localities`, whose `fields` exclude the built-in columns."""
    counts: Mapping[str, Count]
    evidence: Mapping[str, Text]
    levels: Mapping[str, Text]
    """Words for the levels of localities; a level without an entry is said as it is."""
    source: bytes
    """The text it was read from, for the fingerprint of the rules."""
    expectations: tuple[Expectation, ...] = ()

    def wholes(self, count: str) -> Iterator[Count]:
        """Yield the count and then each whole that it lies within, outwards."""
        at: str | None = count
        while at is not None:
            yield self.counts[at]
            at = self.counts[at].within

    def is_within(self, part: str, whole: str) -> bool:
        """Tell whether `part` lies within `whole`, directly or through others."""
        return any(count.id == whole for count in self.wholes(part)) and part != whole

    def is_personal(self, count: str) -> bool:
        """Tell whether a count, or a whole of it, or their register is personal."""
        register = self.registers.get(self.counts[count].register or "")
        if register is not None and register.personal:
            return True
        return any(each.personal for each in self.wholes(count))

    def rows_of(self, count: str) -> Condition:
        """Return the condition that a register's row meets to be counted."""
        return AllOf(tuple(each.where for each in self.wholes(count)))
