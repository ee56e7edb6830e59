"""Changes between two reviews as text, as JSON and as CSV."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cli.json_document import json_document
from cli.language import _
from cli.plain import fitted, wrapped
from cli.spreadsheet import csv_line
from cli.tables import WIDTH
from cli.words.demands import Demands
from cli.words.heading import heading
from cli.words.wording import Wording, interval, number, said
from engine.desk.change import CheckChange, LocalityChange, Presence
from engine.desk.changes_from_facts import Review
from engine.errors import N_
from engine.interval import Interval
from engine.pack import Pack
from engine.truth import Truth
from engine.version import VERSION
from engine.vocabulary import LOCALITIES, Vocabulary

_DIGEST: Final = 12
_PRESENCES: Final[Mapping[Presence, str]] = {
    Presence.ADDED: N_("added"),
    Presence.REMOVED: N_("removed"),
    Presence.CHANGED: N_("changed"),
}
_TRAITS: Final[Mapping[str, str]] = {
    "name": N_("Name"),
    "level": N_("Level"),
    "parent": N_("Belongs to"),
}
_SYMBOLS: Final[Mapping[Truth, str]] = {
    Truth.TRUE: "✓",
    Truth.FALSE: "✗",
    Truth.UNKNOWN: "?",
}
_TRUTHS: Final[Mapping[Truth, str]] = {
    Truth.TRUE: N_("met"),
    Truth.FALSE: N_("not met"),
    Truth.UNKNOWN: N_("not known"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words: what, its value before and after, the criteria it touches."""

    what: str
    before: str
    after: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reviews, the rules they were compared by, and what changed."""

    old: Review
    new: Review
    vocabulary: Vocabulary
    pack: Pack | None
    changes: Sequence[LocalityChange]


def changes_as_text(compared: Compared) -> Iterator[str]:
    """Yield the lines to read, a paragraph a locality."""
    if compared.pack is not None:
        lines = [*heading(compared.pack, compared.new.as_of)]
        yield from (f"{line}\n" for line in lines)
    for words, review in (
        (_("Before: facts {digest}, as of {day}"), compared.old),
        (_("After: facts {digest}, as of {day}"), compared.new),
    ):
        digest = review.facts.sha256[:_DIGEST]
        yield words.format(digest=digest, day=review.as_of.isoformat()) + "\n"
    counted = Counter(each.presence for each in compared.changes)
    summary = _("Localities changed: {changed}, added: {added}, removed: {removed}")
    numbers = {each.value: number(counted[each]) for each in Presence}
    yield "\n" + summary.format_map(numbers) + "\n"
    saying = _Saying(compared.vocabulary, compared.pack)
    for change in compared.changes:
        yield "\n"
        for line in _paragraph(change, saying):
            yield f"{line}\n"


def _paragraph(change: LocalityChange, saying: "_Saying") -> Iterator[str]:
    who = f"{fitted(change.id, 40)} {fitted(change.name, 80)}"
    who += f" ({saying.level(change.level)})"
    if change.presence is not Presence.CHANGED:
        who += f": {_(_PRESENCES[change.presence])}"
    yield from wrapped(who, WIDTH, "", "  ")
    for line in saying.lines(change):
        touched = f" [{', '.join(line.criteria)}]" if line.criteria else ""
        words = f"{line.what}: {line.before} → {line.after}{touched}"
        yield from wrapped(words, WIDTH, "  ", "    ")


def changes_as_csv(compared: Compared) -> Iterator[str]:
    """Yield the lines of a table, a row a change, the heading first."""
    saying = _Saying(compared.vocabulary, compared.pack)
    yield csv_line(
        (
            _("Id"),
            _("Locality"),
            _("Level"),
            _("Change"),
            _("What"),
            _("Before"),
            _("After"),
            _("Criteria"),
        )
    )
    for change in compared.changes:
        level, presence = saying.level(change.level), _(_PRESENCES[change.presence])
        who = (change.id, change.name, level, presence)
        if change.presence is not Presence.CHANGED:
            yield csv_line((*who, "", "", "", ""))
        for line in saying.lines(change):
            criteria = ", ".join(line.criteria)
            yield csv_line((*who, line.what, line.before, line.after, criteria))


class _Saying:
    """Says changes in the words of the rules."""

    def __init__(self, vocabulary: Vocabulary, pack: Pack | None) -> None:
        self._vocabulary = vocabulary
        self._fields = vocabulary.registers[LOCALITIES].fields
        self._wording = None if pack is None else Wording(pack)
        self._checks = {each.id: each for each in pack.checks} if pack else {}

    def level(self, name: str) -> str:
        label = self._vocabulary.levels.get(name)
        return said(label) if label else name

    def lines(self, change: LocalityChange) -> Iterator[Line]:
        for trait in change.traits:
            values = (trait.before or "–", trait.after or "–")
            if trait.trait == "level":
                values = (self.level(values[0]), self.level(values[1]))
            yield Line(_(_TRAITS[trait.trait]), *values)
        for count in change.counts:
            label = said(self._vocabulary.counts[count.count].label)
            before, after = _known(count.before), _known(count.after)
            yield Line(label, before, after, count.criteria)
        for field in change.fields:
            label = said(self._fields[field.field].label)
            before, after = _value(field.before), _value(field.after)
            yield Line(label, before, after, field.criteria)
        yield from map(self._check, change.checks)
        if change.verdict is not None:
            before, after = map(self._verdict, change.verdict)
            yield Line(_("Verdict"), before, after)

    def _check(self, change: CheckChange) -> Line:
        what = change.check
        if self._wording is not None:
            what += f" {Demands(self._wording).of(self._checks[change.check].ask)}"
        before, after = (
            f"{_SYMBOLS[truth]} {_(_TRUTHS[truth])}"
            for truth in (change.before, change.after)
        )
        criteria = () if change.criterion is None else (change.criterion,)
        return Line(what, before, after, criteria)

    def _verdict(self, name: str | None) -> str:
        if name is None or self._wording is None:
            return "–"
        return self._wording.verdict(name)


def _known(value: Interval) -> str:
    nothing = value.lo == 0 and value.hi is None
    return _("nothing known") if nothing else interval(value)


def _value(value: object) -> str:
    match value:
        case None:
            return _("nothing known")
        case bool():
            return _("yes") if value else _("no")
        case int():
            return number(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def changes_as_json(compared: Compared) -> Iterator[str]:
    """Return one JSON document, a line a locality; same input, same bytes."""
    pack = compared.pack
    head = {
        "diaban": VERSION,
        "pack": None if pack is None else {"id": pack.id, "sha256": pack.sha256},
        "before": _review(compared.old),
        "after": _review(compared.new),
    }
    return json_document(head, "localities", map(_document, compared.changes))


def _review(review: Review) -> dict[str, object]:
    return {
        "facts": {"sha256": review.facts.sha256},
        "as_of": review.as_of.isoformat(),
    }


def _document(change: LocalityChange) -> dict[str, object]:
    document: dict[str, object] = {
        "id": change.id,
        "name": change.name,
        "level": change.level,
        "change": change.presence.value,
    }
    if change.presence is not Presence.CHANGED:
        return document
    document["traits"] = {
        each.trait: {"before": each.before, "after": each.after}
        for each in change.traits
    }
    document["counts"] = {
        each.count: {
            "before": [each.before.lo, each.before.hi],
            "after": [each.after.lo, each.after.hi],
            "criteria": each.criteria,
        }
        for each in change.counts
    }
    document["fields"] = {
        each.field: {
            "before": _plain(each.before),
            "after": _plain(each.after),
            "criteria": each.criteria,
        }
        for each in change.fields
    }
    return document | _outcome(change)


def _outcome(change: LocalityChange) -> dict[str, object]:
    """Return what came out differently: checks and, if so, the verdict."""
    checks = {
        each.check: {
            "criterion": each.criterion,
            "before": each.before.word,
            "after": each.after.word,
        }
        for each in change.checks
    }
    if change.verdict is None:
        return {"checks": checks}
    before, after = change.verdict
    return {"checks": checks, "verdict": {"before": before, "after": after}}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
