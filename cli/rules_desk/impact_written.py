"""What a change of rules does, as a text with tables and bars, as JSON and as CSV."""

from collections.abc import Iterator, Sequence

from cli.bars import WIDEST, bar
from cli.json_document import json_document
from cli.language import _, ngettext
from cli.plain import wrapped
from cli.spreadsheet import csv_line
from cli.tables import WIDTH, Column, table_lines
from cli.words.wording import OUTCOMES, Wording, number, said
from engine.assessment import Outcome
from engine.judged import Judged
from engine.policy.impact import Impact, Move, OutcomeChange, VerdictChange
from engine.version import VERSION

_DIGEST = 12
_MOST_PLACES = 20


def impact_as_text(impact: Impact) -> Iterator[str]:
    """Yield the lines to read: in numbers, by criterion, by place, one by one."""
    saying = _Saying(impact)
    for line in (*_heading(impact), "", *_summary(impact)):
        yield f"{line}\n"
    for chapter in (_levels(impact, saying), _causes(impact), _places(impact)):
        lines = [*chapter]
        if lines:
            yield "\n"
            yield from (f"{line}\n" for line in lines)
    if impact.changed.is_empty():
        return
    yield "\n" + _("Whose verdict changes") + "\n"
    columns = (
        Column(_("Id"), 24),
        Column(_("Locality"), 28),
        Column(_("From")),
        Column(_("To")),
        Column(_("By")),
    )
    rows = [
        (each.id, each.name, *saying.verdicts(each.before, each.after), saying.by(each))
        for each in impact.changes
    ]
    yield from (f"{line}\n" for line in table_lines(columns, rows))


def _heading(impact: Impact) -> Iterator[str]:
    for words, judged in (
        (_("First: {title} · {id} · rules {digest}"), impact.before),
        (_("Second: {title} · {id} · rules {digest}"), impact.after),
    ):
        pack = judged.pack
        title, digest = said(pack.title), pack.sha256[:_DIGEST]
        line = words.format(title=title, id=pack.id, digest=digest)
        yield from wrapped(line, WIDTH, "", "  ")
        if judged.outside_force:
            yield "  " + _("Note: the rules are not in force on this day.")
    yield _("As of {day}").format(day=impact.after.as_of.isoformat())


def _summary(impact: Impact) -> Iterator[str]:
    changed, judged = len(impact.changed), len(impact.frame)
    words = ngettext(
        "{changed} of {judged} localities changes its verdict.",
        "{changed} of {judged} localities change their verdict.",
        changed,
    )
    yield words.format(changed=number(changed), judged=number(judged))


def _levels(impact: Impact, saying: "_Saying") -> Iterator[str]:
    """Yield a table a level: the verdicts before in rows, those after in columns."""
    for at, level in enumerate(dict.fromkeys(move.level for move in impact.moves)):
        if at:
            yield ""
        yield from saying.crossed(level, impact.moves)


def _causes(impact: Impact) -> Iterator[str]:
    if not impact.causes:
        return
    yield _("By which criterion")
    largest = max(found for _name, found in impact.causes)
    columns = (Column("", 24), Column("", right=True), Column("", WIDEST))
    rows = [
        (f"  {name}", number(found), bar(found, largest))
        for name, found in impact.causes
    ]
    yield from [*table_lines(columns, rows)][1:]


def _places(impact: Impact) -> Iterator[str]:
    places = impact.places
    if not places:
        return
    yield _("In which place")
    largest = max(each.changed for each in places)
    columns = (
        Column("", 24),
        Column("", 28),
        Column("", right=True),
        Column("", WIDEST),
    )
    rows = [
        (
            f"  {each.id or '–'}",
            each.name or "",
            _("{changed} of {judged}").format(
                changed=number(each.changed), judged=number(each.judged)
            ),
            bar(each.changed, largest),
        )
        for each in places[:_MOST_PLACES]
    ]
    yield from [*table_lines(columns, rows)][1:]
    if len(places) > _MOST_PLACES:
        more = len(places) - _MOST_PLACES
        words = ngettext("and {number} more place", "and {number} more places", more)
        yield "  " + words.format(number=number(more))


class _Saying:
    """Says the verdicts of both packs."""

    def __init__(self, impact: Impact) -> None:
        self._packs = (impact.before.pack, impact.after.pack)
        self._words = tuple(map(Wording, self._packs))

    def verdicts(self, before: str | None, after: str | None) -> tuple[str, str]:
        """Return both verdicts."""
        return self._verdict(0, before), self._verdict(1, after)

    def level(self, name: str) -> str:
        """Return a level's label."""
        return self._words[1 if name in self._packs[1].levels else 0].level(name)

    def by(self, change: VerdictChange) -> str:
        """Return the criteria that make the difference, with their outcomes."""
        outcomes = {each.criterion: each for each in change.outcomes}
        if change.because:
            return "; ".join(
                _outcomes(outcomes[each]) if each in outcomes else each
                for each in change.because
            )
        if change.before is None or change.after is None:
            return _("the level")
        return _("the list of verdicts")

    def crossed(self, level: str, moves: Sequence[Move]) -> Iterator[str]:
        """Yield a table: verdicts before in rows, verdicts after in columns."""
        here = [move for move in moves if move.level == level]
        found = {(move.before, move.after): move.number for move in here}
        olds = self._ordered(0, {before for before, _after in found})
        news = self._ordered(1, {after for _before, after in found})
        columns = [
            Column(self.level(level)),
            *(Column(f"→ {self._verdict(1, each)}", 30, right=True) for each in news),
        ]
        rows = [
            (
                f"  {self._verdict(0, old)}",
                *(number(found.get((old, new), 0)) for new in news),
            )
            for old in olds
        ]
        yield from table_lines(columns, rows)

    def _ordered(self, side: int, names: set[str | None]) -> list[str | None]:
        known = [*self._packs[side].verdict_names]
        return sorted(
            names, key=lambda each: known.index(each) if each in known else len(known)
        )

    def _verdict(self, side: int, name: str | None) -> str:
        return _("not judged") if name is None else self._words[side].verdict(name)


def _outcomes(change: OutcomeChange) -> str:
    return f"{change.criterion} {_outcome(change.before)} → {_outcome(change.after)}"


def _outcome(outcome: Outcome | None) -> str:
    return "–" if outcome is None else _(OUTCOMES[outcome])


def impact_as_csv(impact: Impact) -> Iterator[str]:
    """Yield a row a locality whose verdict changes, the heading first."""
    saying = _Saying(impact)
    yield csv_line(
        (
            _("Id"),
            _("Locality"),
            _("Level"),
            _("Belongs to"),
            _("From"),
            _("To"),
            _("By"),
            _("Criteria that come out differently"),
        )
    )
    for each in impact.changes:
        yield csv_line(
            (
                each.id,
                each.name,
                saying.level(each.level),
                each.parent or "",
                *saying.verdicts(each.before, each.after),
                saying.by(each),
                "; ".join(map(_outcomes, each.outcomes)),
            )
        )


def impact_as_json(impact: Impact) -> Iterator[str]:
    """Return one JSON document, a line a locality that changes; same input, same bytes."""
    head = {
        "diaban": VERSION,
        "before": _judged(impact.before),
        "after": _judged(impact.after),
        "as_of": impact.after.as_of.isoformat(),
        "judged": len(impact.frame),
        "changed": len(impact.changed),
        "moves": [
            {
                "level": move.level,
                "before": move.before,
                "after": move.after,
                "number": move.number,
            }
            for move in impact.moves
        ],
        "criteria": dict(impact.causes),
        "places": [
            {
                "id": each.id,
                "name": each.name,
                "changed": each.changed,
                "judged": each.judged,
            }
            for each in impact.places
        ],
    }
    return json_document(head, "localities", map(_document, impact.changes))


def _judged(judged: Judged) -> dict[str, object]:
    return {
        "pack": {"id": judged.pack.id, "sha256": judged.pack.sha256},
        "facts": {"sha256": judged.facts.sha256},
        "outside_force": judged.outside_force,
    }


def _document(change: VerdictChange) -> dict[str, object]:
    return {
        "id": change.id,
        "name": change.name,
        "level": change.level,
        "parent": change.parent,
        "before": change.before,
        "after": change.after,
        "because": change.because,
        "outcomes": {
            each.criterion: {"before": each.before, "after": each.after}
            for each in change.outcomes
        },
    }
