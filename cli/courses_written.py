"""How far localities have come towards targets: as a chart in text, as CSV, as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Final

from cli.json_document import json_document
from cli.language import _
from cli.plain import wrapped
from cli.spreadsheet import csv_line
from cli.tables import WIDTH, Column, table_lines
from cli.words.demands import Demands
from cli.words.percentages import rounded
from cli.words.wording import Wording, interval, number, period, said
from engine.judged import Judged
from engine.pack import Check, Pack
from engine.review.course import Course, Courses, Point
from engine.review.due import Due, DueKind
from engine.truth import Truth
from engine.version import VERSION

_GAUGE: Final = 12
_SYMBOLS: Final[Mapping[Truth, str]] = {
    Truth.TRUE: "✓",
    Truth.FALSE: "✗",
    Truth.UNKNOWN: "?",
}
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Told:
    """The reviews, the earliest first, and the courses that are shown of them."""

    reviews: Sequence[Judged]
    courses: Courses

    @property
    def pack(self) -> Pack:
        """The pack that sets the targets."""
        return self.reviews[0].pack


def courses_as_text(told: Told) -> Iterator[str]:
    """Yield the lines to read: a table with a chart for each target of the pack."""
    pack = told.pack
    source = f"{said(pack.issuer)} · {pack.id} · {period(pack.in_force)}"
    for words in (said(pack.title), source):
        yield from (f"{line}\n" for line in wrapped(words, WIDTH, "", ""))
    for judged in told.reviews:
        words = _("Review of {day}: facts {digest}").format(
            day=judged.as_of.isoformat(), digest=judged.facts.sha256[:12]
        )
        yield f"{words}\n"
        if judged.outside_force:
            yield _("Note: the rules are not in force on this day.") + "\n"
    saying = _Saying(told)
    for _key, courses in groupby(told.courses.courses, lambda each: each.check):
        yield "\n"
        yield from (f"{line}\n" for line in saying.target([*courses]))
    if not told.courses.courses:
        yield "\n" + _("No target is set here.") + "\n"
    else:
        yield "\n"
        yield from (f"{line}\n" for line in saying.legend())


class _Saying:
    """Says courses in the words of their pack."""

    def __init__(self, told: Told) -> None:
        self._days = told.courses.days
        self._pack = told.pack
        self._wording = Wording(told.pack)
        self._checks = {each.id: each for each in told.pack.checks}
        self._titles = {each.id: said(each.title) for each in told.pack.criteria}

    def target(self, courses: Sequence[Course]) -> Iterator[str]:
        """Yield a heading, then a line a locality."""
        first = courses[0]
        yield from wrapped(self.heading(first), WIDTH, "", "  ")
        yield from wrapped(self.time(first.due), WIDTH, "  ", "  ")
        forecast = any(each.forecast for each in courses)
        columns = [
            Column(_("Id"), 12),
            Column(_("Locality"), 24),
            *(Column(day.isoformat(), 14, right=True) for day in self._days),
            Column(_("Target"), right=True),
            Column(""),
            Column(_("Short"), right=True),
        ]
        if forecast and first.due is not None:
            columns += [
                Column(_("On {day}").format(day=first.due.day.isoformat()), right=True),
                Column(_("Short then"), right=True),
            ]
        rows = [
            (
                each.locality,
                each.name,
                *(self._value(each, day) for day in self._days),
                _or_nothing(each.last.target),
                f"{gauge(each.last)} {_SYMBOLS[each.last.truth]}",
                _or_nothing(each.last.short),
                *(_ahead(each) if forecast else ()),
            )
            for each in courses
        ]
        yield from (f"  {line}" for line in table_lines(columns, rows))

    def heading(self, course: Course) -> str:
        """Return which target it is."""
        title = self._titles[course.criterion]
        demand = self.demand(self._checks[course.check])
        return f"{course.check} {title}: {demand}"

    def demand(self, check: Check) -> str:
        """Return what a check demands."""
        return Demands(self._wording).of(check.ask)

    def time(self, due: Due | None) -> str:
        """Return when a target is due, and how much of the time for it has gone."""
        if due is None:
            return _("no day is set")
        is_last = due.kind is DueKind.BY
        words = _("due by {day}") if is_last else _("asked from {day} on")
        words = words.format(day=due.day.isoformat())
        gone = time_gone(self._pack, due.day, self._days[-1])
        if gone is None:
            return words
        more = _("{share} of the time gone by {day}").format(
            share=rounded(gone), day=self._days[-1].isoformat()
        )
        return f"{words} · {more}"

    def level(self, course: Course) -> str:
        """Return the level of a course's locality."""
        return self._wording.level(course.level)

    def legend(self) -> Iterator[str]:
        """Yield what the signs mean, and what a forecast is."""
        yield _("✓ reached   ✗ not reached   ? not known   – no number")
        yield from wrapped(
            _(
                "A forecast is a straight line through the last two reviews with exact "
                "numbers, while the day is still to come. It takes nothing else into "
                "account."
            ),
            WIDTH,
            "",
            "",
        )

    @staticmethod
    def _value(course: Course, day: date) -> str:
        found = (each.value for each in course.points if each.day == day)
        value = next(found, None)
        return _NOTHING if value is None else interval(value)


def gauge(point: Point) -> str:
    """Return a bar of what is reached, as long as the target; `?` is not known.

    It is cut down to whole cells, so that only what is reached is full.
    """
    if not point.target:
        return ""
    reached = min(point.value.lo, point.target)
    full = "█" * (reached * _GAUGE // point.target) or "▏" * (reached > 0)
    rest = "░" if point.value.is_exact else "?"
    return full.ljust(_GAUGE, rest)


def time_gone(pack: Pack, due: date, day: date) -> Fraction | None:
    """Return how much of the time from a pack's first day to a target's has gone."""
    start = pack.in_force.start
    if start is None or due <= start:
        return None
    gone = Fraction((day - start).days, (due - start).days)
    return min(max(gone, Fraction(0)), Fraction(1))


def _ahead(course: Course) -> tuple[str, str]:
    forecast = course.forecast
    if forecast is None:
        return _NOTHING, _NOTHING
    return number(forecast.value), number(forecast.short)


def _or_nothing(value: int | None) -> str:
    return _NOTHING if value is None else number(value)


def courses_as_csv(told: Told) -> Iterator[str]:
    """Yield a row a target and locality, a column a review, the heading first."""
    saying = _Saying(told)
    days = told.courses.days
    yield csv_line(
        (
            _("Criterion"),
            _("Check"),
            _("Id"),
            _("Locality"),
            _("Level"),
            *(day.isoformat() for day in days),
            _("Target"),
            _("Due"),
            _("Reached"),
            _("Short"),
            _("Forecast"),
            _("Short then"),
        )
    )
    for course in told.courses.courses:
        forecast, last = course.forecast, course.last
        values = {each.day: str(each.value) for each in course.points}
        yield csv_line(
            (
                course.criterion,
                course.check,
                course.locality,
                course.name,
                saying.level(course),
                *(values.get(day, "") for day in days),
                _blank(last.target),
                course.due.day.isoformat() if course.due else "",
                _reached(last.truth),
                _blank(last.short),
                "" if forecast is None else str(forecast.value),
                "" if forecast is None else str(forecast.short),
            )
        )


def _blank(value: int | None) -> str:
    return "" if value is None else str(value)


def _reached(truth: Truth) -> str:
    match truth:
        case Truth.TRUE:
            return _("yes")
        case Truth.FALSE:
            return _("no")
        case Truth.UNKNOWN:
            return _("not known")


def courses_as_json(told: Told) -> Iterator[str]:
    """Return one JSON document, a line a course; same input, same bytes."""
    pack = told.pack
    head = {
        "diaban": VERSION,
        "pack": {"id": pack.id, "sha256": pack.sha256},
        "reviews": [
            {"as_of": each.as_of.isoformat(), "facts": {"sha256": each.facts.sha256}}
            for each in told.reviews
        ],
    }
    return json_document(head, "courses", map(_document, told.courses.courses))


def _document(course: Course) -> dict[str, object]:
    forecast = course.forecast
    return {
        "criterion": course.criterion,
        "check": course.check,
        "id": course.locality,
        "name": course.name,
        "level": course.level,
        "due": course.due and course.due.day.isoformat(),
        "points": [
            {
                "as_of": each.day.isoformat(),
                "value": [each.value.lo, each.value.hi],
                "target": each.target,
                "truth": each.truth.word,
                "short": each.short,
            }
            for each in course.points
        ],
        "forecast": forecast
        and {
            "day": forecast.day.isoformat(),
            "since": forecast.since.isoformat(),
            "value": forecast.value,
            "short": forecast.short,
        },
    }
