"""The report's charts: what is drawn, and the sentence that says the same."""

from collections.abc import Mapping

from cli.language import _
from cli.plain import fitted
from cli.report.charts import Bar, Part, amounts, shares
from cli.report.view import Figure
from cli.words.wording import OUTCOMES, Wording, number
from engine.assessment import Outcome
from engine.pack import Pack
from engine.review.overview import Overview

_WIDE = 440
_NARROW = 300
_LEVEL = 120
_LETTERS = 18
_SHORT = 11
_LETTER = 8


class Figures:
    """Draws an overview."""

    def __init__(
        self, pack: Pack, overview: Overview, kinds: Mapping[str, str]
    ) -> None:
        self._overview, self._kinds = overview, kinds
        self._wording = Wording(pack)
        longest = max((len(each.id) for each in pack.criteria), default=0)
        self._room = _LETTER * (1 + min(longest, _SHORT))

    def summary(self) -> Figure:
        """Return the verdicts by level; `kinds` gives each verdict's colour."""
        verdicts = self._overview.verdicts
        bars = [
            Bar(
                fitted(self._wording.level(level), _LETTERS),
                [
                    _part(self._kinds[verdict], numbers[level])
                    for verdict, numbers in verdicts.items()
                ],
            )
            for level in self._overview.judged
        ]
        told = "; ".join(
            f"{self._wording.level(level)}: "
            + ", ".join(
                f"{self._wording.verdict(verdict)} {number(numbers[level])}"
                for verdict, numbers in verdicts.items()
            )
            for level in self._overview.judged
        )
        return Figure("", told, shares(bars, width=_WIDE, names=_LEVEL))

    def outcomes(self, level: str) -> Figure:
        """Return how the localities of one level meet each criterion."""
        criteria = self._overview.criteria
        bars = [
            Bar(
                fitted(tally.criterion, _SHORT),
                [_part(each, tally.outcomes[each][level]) for each in Outcome],
            )
            for tally in criteria
        ]
        told = "; ".join(
            f"{tally.criterion}: "
            + ", ".join(
                f"{_(OUTCOMES[each])} {number(tally.outcomes[each][level])}"
                for each in Outcome
            )
            for tally in criteria
        )
        judged = number(self._overview.judged[level])
        caption = f"{self._wording.level(level)} ({judged})"
        return Figure(caption, told, shares(bars, width=_NARROW, names=self._room))

    def closings(self) -> Figure:
        """Return how many localities would pass if each criterion were met."""
        passing = {
            each.criterion: sum(each.passing.values())
            for each in self._overview.closings
        }
        bars = [
            Bar(fitted(name, _SHORT), [_part("met", times)])
            for name, times in passing.items()
        ]
        told = "; ".join(f"{name}: {number(times)}" for name, times in passing.items())
        svg = amounts(bars, width=_WIDE, names=self._room)
        return Figure(_("Localities that would pass"), told, svg)


def _part(kind: str, times: int) -> Part:
    return Part(kind, times, number(times))
