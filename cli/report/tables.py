"""The report's tables of totals: each row adds up to all that are judged."""

from collections.abc import Iterable, Iterator

from cli.language import _
from cli.report.view import Grid, Line
from cli.words.demands import Demands
from cli.words.wording import OUTCOMES, Wording, number, said
from engine.assessment import Outcome
from engine.pack import Pack
from engine.review.overview import ByLevel, Closing, Overview, Tally


class Tables:
    """Sets an overview out in tables."""

    def __init__(self, pack: Pack, overview: Overview) -> None:
        self._overview = overview
        self._wording = Wording(pack)
        self._titles = {each.id: said(each.title) for each in pack.criteria}
        demands = Demands(self._wording)
        self._demands = {each.id: demands.of(each.ask) for each in pack.checks}

    def summary(self) -> Grid:
        """Return the verdicts by level."""
        verdicts = self._overview.verdicts
        return Grid(
            columns=(
                _("Level"),
                *map(self._wording.verdict, verdicts),
                _("Total"),
            ),
            lines=tuple(
                Line(
                    "",
                    self._wording.level(level),
                    _added(numbers[level] for numbers in verdicts.values()),
                )
                for level in self._overview.judged
            ),
        )

    def outcomes(self, level: str) -> Grid:
        """Return every criterion's outcomes at one level."""
        return Grid(
            columns=(
                _("Criterion"),
                *(_(OUTCOMES[each]) for each in Outcome),
                _("Total"),
            ),
            lines=tuple(
                self._line(
                    tally, _added(tally.outcomes[each][level] for each in Outcome)
                )
                for tally in self._overview.criteria
            ),
        )

    def ranked(self, outcome: Outcome) -> Grid:
        """Return where most localities came out so, criterion by criterion."""
        criteria = _most(self._overview.criteria, outcome)
        return Grid(
            columns=(_("Criterion"), *self._levels()),
            lines=tuple(
                self._line(each, self._counted(each.outcomes[outcome]))
                for criterion in criteria
                for each in (criterion, *self._checks(criterion, outcome))
            ),
        )

    def closings(self) -> Grid:
        """Return what closing each shortfall would change."""
        passing = (_("Would pass: {level}").format(level=e) for e in self._levels())
        return Grid(
            columns=(
                _("Criterion"),
                _("Localities short of it"),
                _("Verdicts that would change"),
                *passing,
            ),
            lines=tuple(
                self._line(
                    each,
                    (
                        number(sum(each.short.values())),
                        number(sum(each.changed.values())),
                        *self._counted(each.passing),
                    ),
                )
                for whole in self._overview.closings
                for each in (whole, *whole.parts)
            ),
        )

    def _line(self, one: Tally | Closing, cells: tuple[str, ...]) -> Line:
        if one.check is None:
            return Line(one.criterion, self._titles[one.criterion], cells)
        return Line(one.check, self._demands[one.check], cells, is_part=True)

    def _checks(self, criterion: Tally, outcome: Outcome) -> Iterator[Tally]:
        """Yield a criterion's checks, where they say more than itself."""
        own = [e for e in self._overview.checks if e.criterion == criterion.criterion]
        if len(own) > 1:
            yield from _most(own, outcome)

    def _levels(self) -> Iterator[str]:
        """Yield the columns of numbers by level: of one level alone there is no total."""
        judged = self._overview.judged
        for level, localities in judged.items():
            yield f"{self._wording.level(level)} ({number(localities)})"
        if len(judged) > 1:
            yield f"{_('Total')} ({number(sum(judged.values()))})"

    def _counted(self, numbers: ByLevel) -> tuple[str, ...]:
        if len(numbers) > 1:
            return _added(numbers.values())
        return tuple(map(number, numbers.values()))


def _added(numbers: Iterable[int]) -> tuple[str, ...]:
    """Return numbers, and what they add up to."""
    every = tuple(numbers)
    return (*map(number, every), number(sum(every)))


def _most(tallies: Iterable[Tally], outcome: Outcome) -> list[Tally]:
    """Return those that came out so somewhere, the most frequent first."""

    def times(one: Tally) -> int:
        return sum(one.outcomes[outcome].values())

    return sorted(filter(times, tallies), key=times, reverse=True)
