"""What a check demands, in the words of its pack and in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import starmap
from typing import Final

from cli.language import _
from cli.words.wording import Wording, number, percent
from engine.errors import N_
from engine.pack import Amount, Ask, Asked, Every, Falls, Holds, NoneOf, Share
from engine.vocabulary import Operator

Bound = int | str | Fraction | date

SIZES: Final[Mapping[Operator, str]] = {
    Operator.AT_LEAST: N_("at least {bound}"),
    Operator.MORE_THAN: N_("more than {bound}"),
    Operator.AT_MOST: N_("at most {bound}"),
    Operator.LESS_THAN: N_("less than {bound}"),
}
_BOTH_ENDS: Final = {Operator.AT_LEAST, Operator.AT_MOST}
DAYS: Final[Mapping[Operator, str]] = {
    Operator.AT_LEAST: N_("on or after {bound}"),
    Operator.MORE_THAN: N_("after {bound}"),
    Operator.AT_MOST: N_("on or before {bound}"),
    Operator.LESS_THAN: N_("before {bound}"),
}


@dataclass(frozen=True, slots=True)
class Demands:
    """Says what a pack's checks demand."""

    wording: Wording

    def of(self, ask: Ask) -> str:
        """Return what a check demands, as one phrase."""
        label = self.wording.count
        match ask:
            case NoneOf(count):
                return _("none: {label}").format(label=label(count))
            case Every(whole, part):
                return _("100 per cent of “{whole}”: {part}").format(
                    whole=label(whole), part=label(part)
                )
            case Amount(count, bounds):
                return f"{label(count)}: {self.bounds(bounds)}"
            case Share(part, whole, bounds):
                return _("share of “{part}” in “{whole}”: {bounds}").format(
                    part=label(part), whole=label(whole), bounds=self.bounds(bounds)
                )
            case Falls(now, before, by):
                return _("{now}: at least {percent} fewer than “{before}”").format(
                    now=label(now), before=label(before), percent=percent(by)
                )
            case Holds(field):
                return self.wording.field(field)
            case Asked(bounds):
                return _("the day that is asked for: {bounds}").format(
                    bounds=self.bounds(bounds)
                )

    def bounds(self, bounds: Iterable[tuple[Operator, Bound]]) -> str:
        """Return the limits of a check, such as `at least 1`."""
        given = dict(bounds)
        if given.keys() == _BOTH_ENDS:
            least, most = given.values()
            if least == most:
                return _("exactly {bound}").format(bound=self._limit(least))
        return ", ".join(starmap(self._bound, given.items()))

    def _bound(self, operator: Operator, bound: Bound) -> str:
        words = DAYS if isinstance(bound, date) else SIZES
        return _(words[operator]).format(bound=self._limit(bound))

    def _limit(self, bound: Bound) -> str:
        match bound:
            case date():
                return bound.isoformat()
            case Fraction():
                return percent(bound)
            case int():
                return number(bound)
            case str():
                return f"“{self.wording.field(bound)}”"
