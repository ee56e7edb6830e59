"""The days that packs set as events for calendar programs (RFC 5545)."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from cli.calendar_written import Calendar
from cli.plain import plain
from engine.review.due import Due
from engine.version import VERSION

_OCTETS: Final = 75
"""A line holds no more; what is longer goes on behind a line's end and a space."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})
_EPOCH: Final = "19700101"


def ics_from_calendars(calendars: Iterable[Calendar]) -> Iterator[str]:
    """Yield one calendar with an all-day event a day; same rules, same bytes."""
    for line in _lines(calendars):
        yield folded(line) + "\r\n"


def folded(line: str) -> str:
    r"""Return a line in pieces of at most 75 octets, no letter of which is cut.

    >>> folded("x" * 76)[-4:]
    '\r\n x'
    """
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join((*pieces, piece))


def _lines(calendars: Iterable[Calendar]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//diaban//diaban {VERSION}//EN"
    yield "CALSCALE:GREGORIAN"
    for calendar in calendars:
        for due in calendar.due:
            yield from _event(calendar, due)
    yield "END:VCALENDAR"


def _event(calendar: Calendar, due: Due) -> Iterator[str]:
    told = [f"{calendar.kind(due)} {due.day.isoformat()}", calendar.who(due)]
    told += filter(None, (calendar.quote(due), calendar.clause(due)))
    told.append(calendar.pack.id)
    summary = f"{calendar.kind(due)}: {calendar.what(due)} · {calendar.who(due)}"
    description = "\\n".join(map(_text, told))
    yield "BEGIN:VEVENT"
    yield f"UID:{_name(calendar, due)}@diaban"
    yield f"DTSTAMP:{_stamp(calendar, due)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_digits(due.day.isoformat())}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{description}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return plain(words).translate(_ESCAPED)


def _name(calendar: Calendar, due: Due) -> str:
    """Return what names an event: the same for the same demand, whenever it is written."""
    parts = (
        calendar.pack.id,
        due.criterion or "",
        due.verdict or "",
        due.check or "",
        due.kind,
        due.day.isoformat(),
    )
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _stamp(calendar: Calendar, due: Due) -> str:
    """Return the day of the document behind an event, else that of coming into force.

    The standard asks when the event was made; the clock would make other bytes each
    time. Of a month alone the first day is taken.
    """
    criterion = calendar.criterion(due)
    if criterion is not None and criterion.cites is not None:
        written = calendar.pack.documents[criterion.cites.document].date
        if written is not None:
            return _digits(f"{written}-01"[: len("2024-04-09")])
    start = calendar.pack.in_force.start
    return _EPOCH if start is None else _digits(start.isoformat())


def _digits(day: str) -> str:
    return day.replace("-", "")
