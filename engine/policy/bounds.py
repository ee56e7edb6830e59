"""Bounds: what a quote sets and a check asks, in one form that can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from engine.vocabulary import (
    OF_DATES,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Duration,
    Lasting,
    Not,
    OneOf,
    Operator,
    Unit,
)


class Sort(Enum):
    """What sort of thing a bound is about."""

    NUMBER = ""
    PERCENT = "%"
    DAYS = "days"
    MONTHS = "months"
    DAY = "day"
    """A day of the calendar; its number is the ordinal."""


_OPPOSITES: Final = {
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.MORE_THAN,
    Operator.MORE_THAN: Operator.AT_MOST,
}
_WORDS_OF_DATES: Final = {operator: word for word, operator in OF_DATES.items()}


@dataclass(frozen=True, slots=True)
class Bound:
    """An operator and what it compares with; no number means any."""

    operator: Operator
    number: Fraction | None
    sort: Sort

    def meets(self, asked: "Bound") -> bool:
        """Tell whether a check that asks the other bound asks this one."""
        if self.sort is not asked.sort:
            return False
        if asked.number is None:
            return self.operator is asked.operator
        if asked.normal == self.normal:
            return True
        # A deadline is asked for as the time before it, or as the time since.
        return self.sort is Sort.DAY and self.opposite == asked

    def is_about(self, asked: "Bound") -> bool:
        """Tell whether the other bound has the same number, whatever its operator."""
        return self.sort is asked.sort and self.number == asked.number

    @property
    def opposite(self) -> "Bound":
        """The bound that holds where this one does not."""
        return Bound(_OPPOSITES[self.operator], self.number, self.sort)

    @property
    def normal(self) -> tuple[Operator, Fraction | None]:
        """Operator and number; of whole numbers in one way what can be said in two."""
        if self.number is None or self.sort is not Sort.NUMBER:
            return self.operator, self.number
        match self.operator:
            case Operator.MORE_THAN:
                return Operator.AT_LEAST, self.number + 1
            case Operator.LESS_THAN:
                return Operator.AT_MOST, self.number - 1
            case _:
                return self.operator, self.number

    def __str__(self) -> str:
        """Return the bound as a check writes it."""
        number = self.number or Fraction(0)
        match self.sort:
            case Sort.DAY:
                day = date.fromordinal(int(number))
                return f"{_WORDS_OF_DATES[self.operator]}: {day.isoformat()}"
            case Sort.PERCENT:
                return f"{self.operator}: {_decimal(number * 100)}%"
            case Sort.NUMBER:
                return f"{self.operator}: {_decimal(number)}"
            case Sort.DAYS | Sort.MONTHS:
                return f"{self.operator}: {_decimal(number)} {self.sort.value}"


def _decimal(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):f}".rstrip("0")


def of_duration(operator: Operator, duration: Duration) -> Bound:
    """Return a bound on a length of time, in days or in months."""
    match duration.unit:
        case Unit.DAYS:
            return Bound(operator, Fraction(duration.number), Sort.DAYS)
        case Unit.WEEKS:
            return Bound(operator, Fraction(7 * duration.number), Sort.DAYS)
        case Unit.MONTHS | Unit.YEARS:
            return Bound(operator, Fraction(duration.months), Sort.MONTHS)


def of_day(operator: Operator, day: date) -> Bound:
    """Return a bound on a day."""
    return Bound(operator, Fraction(day.toordinal()), Sort.DAY)


def bounds_of_condition(condition: Condition) -> Iterator[Bound]:
    """Yield what a condition asks of numbers, days and lengths of time."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from bounds_of_condition(part)
        case Not(part):
            yield from (each.opposite for each in bounds_of_condition(part))
        case Compared(_, operator, date() as day):
            yield of_day(operator, day)
        case Compared(_, operator, int() | Decimal() as number):
            yield Bound(operator, Fraction(number), Sort.NUMBER)
        case Lasting(_, operator, duration, _):
            yield of_duration(operator, duration)
        case Compared() | OneOf():
            return
