"""Several judgements side by side as a text, as JSON and as CSV."""

from collections import Counter
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from cli.json_document import json_document
from cli.language import _
from cli.plain import wrapped
from cli.spreadsheet import csv_line
from cli.tables import WIDTH, Column, table_lines
from cli.words.wording import Wording, number, said
from engine.errors import N_
from engine.judged import Judged
from engine.policy.comparison import ComparedLocality, Comparison, Position, Standing
from engine.version import VERSION

_STANDINGS = {
    Standing.PASSES: N_("passes"),
    Standing.FAILS: N_("does not pass"),
    Standing.UNDETERMINED: N_("undetermined"),
    Standing.NOT_JUDGED: N_("not judged"),
}
_SYMBOLS = {
    Standing.PASSES: "✓",
    Standing.FAILS: "✗",
    Standing.UNDETERMINED: "?",
    Standing.NOT_JUDGED: "–",
}


def comparison_as_text(
    comparison: Comparison, localities: Iterable[ComparedLocality]
) -> Iterator[str]:
    """Yield the lines to read: the judgements, totals, then localities one by one."""
    saying = _Saying(comparison)
    chapters = (
        saying.legend(),
        saying.totals(),
        saying.patterns(),
        saying.listed(localities),
    )
    separator = ""
    for chapter in chapters:
        lines = [*chapter]
        if lines:
            yield separator
            yield from (f"{line}\n" for line in lines)
            separator = "\n"


def comparison_as_csv(
    comparison: Comparison, localities: Iterable[ComparedLocality]
) -> Iterator[str]:
    """Yield a row a locality, three columns a judgement, the heading first."""
    saying = _Saying(comparison)
    heads = [
        words.format(judgement=saying.title(judged))
        for judged in comparison.judgements
        for words in (
            _("{judgement}: verdict"),
            _("{judgement}: passes"),
            _("{judgement}: in the way"),
        )
    ]
    yield csv_line(
        (_("Id"), _("Locality"), _("Level"), _("Belongs to"), _("Differs"), *heads)
    )
    for each in localities:
        cells = (
            cell
            for at, position in enumerate(each.positions)
            for cell in (
                saying.verdict(at, position),
                _(_STANDINGS[position.standing]),
                ", ".join(position.in_the_way),
            )
        )
        differs = _("yes") if each.differs else _("no")
        who = (each.id, each.name, saying.level(each.level), each.parent or "")
        yield csv_line((*who, differs, *cells))


class _Saying:
    """Says judgements in the words of their packs; on a screen each has a letter."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._judgements = comparison.judgements
        self._words = [Wording(each.pack) for each in self._judgements]

    def legend(self) -> Iterator[str]:
        """Yield a line a judgement, and what the symbols mean."""
        for at, judged in enumerate(self._judgements):
            line = f"{_letter(at)}  {said(judged.pack.title)} · {self.title(judged)}"
            yield from wrapped(line, WIDTH, "", "   ")
            if judged.outside_force:
                yield "   " + _("Note: the rules are not in force on this day.")
        yield ""
        yield "   ".join(
            f"{_SYMBOLS[each]} {_(words)}" for each, words in _STANDINGS.items()
        )

    def totals(self) -> Iterator[str]:
        """Yield a table: how many pass at each level in each judgement."""
        numbers: Counter[tuple[str, int, Standing]] = Counter()
        for pattern in self._comparison.patterns:
            for at, standing in enumerate(pattern.standings):
                numbers[pattern.level, at, standing] += pattern.number
        columns = [
            Column(_("Passes")),
            *(Column(_letter(at), right=True) for at in range(len(self._judgements))),
        ]
        rows = []
        for level in dict.fromkeys(each.level for each in self._comparison.patterns):
            cells = []
            for at in range(len(self._judgements)):
                found = {each: numbers[level, at, each] for each in Standing}
                judged = sum(found.values()) - found[Standing.NOT_JUDGED]
                words = _("{passing} of {judged}").format(
                    passing=number(found[Standing.PASSES]), judged=number(judged)
                )
                cells.append(words if judged else _SYMBOLS[Standing.NOT_JUDGED])
            rows.append((self.level(level), *cells))
        if rows:
            yield from table_lines(columns, rows)

    def patterns(self) -> Iterator[str]:
        """Yield a cross table: how many localities stand so in every judgement."""
        columns = [
            *(Column(_letter(at)) for at in range(len(self._judgements))),
            Column(_("Level")),
            Column(_("Localities"), right=True),
        ]
        rows = [
            (
                *(_SYMBOLS[each] for each in pattern.standings),
                self.level(pattern.level),
                number(pattern.number),
            )
            for pattern in self._comparison.patterns
        ]
        if rows:
            yield from table_lines(columns, rows)

    def listed(self, localities: Iterable[ComparedLocality]) -> Iterator[str]:
        """Yield a table of localities; what is in the way stands behind the verdict."""
        places = range(len(self._judgements))
        columns = [
            Column(_("Id"), 24),
            Column(_("Locality"), 28),
            *(Column(_letter(at), 44) for at in places),
        ]
        rows = [
            (
                each.id,
                each.name,
                *(self._cell(at, each.positions[at]) for at in places),
            )
            for each in localities
        ]
        if rows:
            yield from table_lines(columns, rows)

    def _cell(self, at: int, position: Position) -> str:
        words = f"{_SYMBOLS[position.standing]} {self.verdict(at, position)}".rstrip()
        if position.in_the_way:
            words += f" ({', '.join(position.in_the_way)})"
        return words

    def verdict(self, at: int, position: Position) -> str:
        """Return a verdict as its pack calls it."""
        return (
            ""
            if position.verdict is None
            else self._words[at].verdict(position.verdict)
        )

    def level(self, name: str) -> str:
        """Return a level's label, by the first pack that judges it."""
        found = (each for each in self._words if name in each.pack.levels)
        return next(found, self._words[0]).level(name)

    @staticmethod
    def title(judged: Judged) -> str:
        """Return which pack, in which version, for which day."""
        return _("{id}, rules {digest}, as of {day}").format(
            id=judged.pack.id,
            digest=judged.pack.sha256[:12],
            day=judged.as_of.isoformat(),
        )


def _letter(at: int) -> str:
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def comparison_as_json(
    comparison: Comparison, localities: Iterable[ComparedLocality]
) -> Iterator[str]:
    """Return one JSON document, a line a locality; same input, same bytes."""
    head = {
        "diaban": VERSION,
        "judgements": [_judged(each) for each in comparison.judgements],
        "patterns": [
            {
                "level": each.level,
                "standings": each.standings,
                "number": each.number,
            }
            for each in comparison.patterns
        ],
    }
    return json_document(head, "localities", map(_locality, localities))


def _judged(judged: Judged) -> dict[str, object]:
    return {
        "pack": {"id": judged.pack.id, "sha256": judged.pack.sha256},
        "facts": {"sha256": judged.facts.sha256},
        "as_of": judged.as_of.isoformat(),
        "outside_force": judged.outside_force,
    }


def _locality(each: ComparedLocality) -> dict[str, object]:
    return {
        "id": each.id,
        "name": each.name,
        "level": each.level,
        "parent": each.parent,
        "differs": each.differs,
        "judgements": [
            {
                "standing": position.standing,
                "verdict": position.verdict,
                "in_the_way": position.in_the_way,
            }
            for position in each.positions
        ],
    }
