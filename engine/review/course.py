"""The course of a target: where a locality stood at each review, and where that leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from engine.interval import Interval
from engine.review.due import Due
from engine.truth import Truth


@dataclass(frozen=True, slots=True)
class Point:
    """Where a locality stood on one day."""

    day: date
    value: Interval
    """How many there were."""
    target: int | None
    """How many there must be; None where that itself is not known."""
    most: int | None
    """How many there can be at all, where a whole that they are part of is known."""
    truth: Truth
    """Whether the target was reached."""

    @property
    def short(self) -> int | None:
        """How many are missing; None where either number is not known exactly."""
        if self.target is None or not self.value.is_exact:
            return None
        return max(0, self.target - self.value.lo)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a straight line through two reviews leads by the day of the target."""

    day: date
    since: date
    """The earlier of the two reviews."""
    value: int
    short: int


@dataclass(frozen=True, slots=True)
class Course:
    """One target of one locality over several reviews."""

    locality: str
    name: str
    level: str
    criterion: str
    check: str
    due: Due | None
    points: tuple[Point, ...]
    """In the order of the days; a review in which it did not apply is left out."""

    @property
    def last(self) -> Point:
        """Where the locality stood at the last review that tells."""
        return self.points[-1]

    @property
    def is_reached(self) -> bool:
        """Whether the target was reached by then."""
        return self.last.truth is Truth.TRUE

    @property
    def forecast(self) -> Forecast | None:
        """Where the last two exact numbers lead; None of fewer, or once it is due.

        Nothing but the two numbers and the days is taken into account.
        """
        if self.due is None or self.due.day <= self.last.day:
            return None
        match [each for each in self.points if each.value.is_exact]:
            case [*_, earlier, last] if last is self.last and last.target is not None:
                return _straight_on(earlier, last, last.target, self.due.day)
            case _:
                return None


def _straight_on(earlier: Point, last: Point, target: int, due: date) -> Forecast:
    gained = last.value.lo - earlier.value.lo
    pace = Fraction(gained, (last.day - earlier.day).days)
    reached = max(0, floor(last.value.lo + pace * (due - last.day).days))
    if last.most is not None:
        reached = min(reached, last.most)
    return Forecast(due, earlier.day, reached, max(0, target - reached))


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of all targets of a pack, check by check."""

    days: tuple[date, ...]
    """Of the reviews, the earliest first."""
    courses: Sequence[Course]

    def narrowed(self, wanted: Callable[[Course], bool]) -> "Courses":
        """Return only the courses that are wanted."""
        return Courses(self.days, tuple(filter(wanted, self.courses)))
