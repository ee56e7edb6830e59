"""The days that packs set as a text, as CSV and as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from cli.language import _, ngettext
from cli.plain import wrapped
from cli.spreadsheet import csv_line
from cli.tables import WIDTH
from cli.words.proof_words import clause
from cli.words.wording import Wording, number, period, said
from engine.errors import N_
from engine.pack import Criterion, Pack
from engine.review.due import Due, DueKind
from engine.version import VERSION

_KINDS: Final[Mapping[DueKind, str]] = {
    DueKind.BY: N_("by"),
    DueKind.FROM: N_("from"),
}
_INDENT: Final = " " * 12


@dataclass(frozen=True)
class Calendar:
    """The days of one pack that are listed, and its words for them."""

    pack: Pack
    due: Sequence[Due]
    as_of: date | None

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.pack)

    @cached_property
    def _criteria(self) -> Mapping[str, Criterion]:
        return {each.id: each for each in self.pack.criteria}

    def criterion(self, due: Due) -> Criterion | None:
        """Return the criterion that sets a day, if one does."""
        return None if due.criterion is None else self._criteria[due.criterion]

    def who(self, due: Due) -> str:
        """Return whom a day is set for."""
        return ", ".join(map(self._wording.level, due.levels))

    def what(self, due: Due) -> str:
        """Return what a day is set for."""
        criterion = self.criterion(due)
        if criterion is not None:
            title = said(criterion.title)
            return title if title == criterion.id else f"{criterion.id} {title}"
        if due.verdict is not None:
            return _("verdict: {verdict}").format(
                verdict=self._wording.verdict(due.verdict)
            )
        if due.kind is DueKind.FROM:
            return _("the rules come into force")
        return _("the rules end")

    def kind(self, due: Due) -> str:
        """Return whether a day is the last one or the first."""
        return _(_KINDS[due.kind])

    def clause(self, due: Due) -> str:
        """Return the document and clause behind a day."""
        criterion = self.criterion(due)
        return "" if criterion is None else clause(self.pack, criterion)

    def quote(self, due: Due) -> str:
        """Return the words behind a day."""
        criterion = self.criterion(due)
        return "" if criterion is None else criterion.quote or ""

    def left(self, due: Due) -> int | None:
        """Return how many days are left."""
        return None if self.as_of is None else (due.day - self.as_of).days


def calendars_as_text(calendars: Sequence[Calendar]) -> Iterator[str]:
    """Yield the lines to read, a pack after another."""
    separator = ""
    for calendar in calendars:
        yield separator
        separator = "\n"
        pack = calendar.pack
        source = f"{said(pack.issuer)} · {pack.id} · {period(pack.in_force)}"
        for words in (said(pack.title), source):
            yield from (f"{line}\n" for line in wrapped(words, WIDTH, "", ""))
        yield "\n"
        if not calendar.due:
            yield _("No day is set.") + "\n"
        for due in calendar.due:
            yield from (f"{line}\n" for line in _lines(calendar, due))


def _lines(calendar: Calendar, due: Due) -> Iterator[str]:
    """Yield what a day is set for, then the law's words."""
    head = f"{calendar.kind(due)} · {calendar.who(due)} · {calendar.what(due)}"
    left = calendar.left(due)
    if left is not None:
        words = ngettext("{number} day left", "{number} days left", left)
        head += f" · {words.format(number=number(left))}"
    yield from wrapped(head, WIDTH, f"{due.day.isoformat()}  ", _INDENT)
    quote, source = calendar.quote(due), calendar.clause(due)
    words = " ".join(filter(None, (quote and f"“{quote}”", source and f"({source})")))
    if words:
        yield from wrapped(words, WIDTH, _INDENT, _INDENT)


def calendars_as_csv(calendars: Sequence[Calendar]) -> Iterator[str]:
    """Yield a row a day, the heading first."""
    yield csv_line(
        (
            _("Day"),
            _("By or from"),
            _("Who"),
            _("What"),
            _("Days left"),
            _("Clause"),
            _("Quote"),
            _("Rule pack"),
        )
    )
    for calendar in calendars:
        for due in calendar.due:
            left = calendar.left(due)
            yield csv_line(
                (
                    due.day.isoformat(),
                    calendar.kind(due),
                    calendar.who(due),
                    calendar.what(due),
                    "" if left is None else str(left),
                    calendar.clause(due),
                    calendar.quote(due),
                    calendar.pack.id,
                )
            )


def calendars_as_json(calendars: Sequence[Calendar]) -> Iterator[str]:
    """Yield one JSON document; same input, same bytes."""
    document = {
        "diaban": VERSION,
        "calendars": [
            {
                "pack": {"id": each.pack.id, "sha256": each.pack.sha256},
                "as_of": each.as_of and each.as_of.isoformat(),
                "due": [_document(each, due) for due in each.due],
            }
            for each in calendars
        ],
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _document(calendar: Calendar, due: Due) -> dict[str, object]:
    criterion = calendar.criterion(due)
    cites = None if criterion is None else criterion.cites
    return {
        "day": due.day.isoformat(),
        "kind": due.kind,
        "levels": due.levels,
        "criterion": due.criterion,
        "verdict": due.verdict,
        "check": due.check,
        "document": cites and cites.document,
        "clause": cites and cites.clause,
        "quote": criterion and criterion.quote,
        "days_left": calendar.left(due),
    }
