"""The wording of a public copy: what a personal register holds is told in classes."""

from dataclasses import dataclass, replace
from typing import Final

from cli.language import _
from cli.words.wording import Wording
from engine.assessment import CheckResult
from engine.interval import Interval
from engine.pack import Amount, Ask, Check, Every, Falls, Pack, Share, counts_named

_LEAST: Final = 5
_NONE: Final = Interval(0, 0)
_ONE: Final = Interval(1, 1)


@dataclass(frozen=True, slots=True)
class PublicWording(Wording):
    """Says of a personal number only whether it is none, below five, or more.

    Exact numbers from five on would give the small ones away: a commune's less those
    of its other hamlets, or a whole less its part.
    """

    def value(self, known: Interval, count: str) -> str:
        """Return the class of a personal count, or what is known of another."""
        if not is_personal(self.pack, count):
            # Named in full: a dataclass with slots is made anew, and loses `super()`.
            return Wording.value(self, known, count)
        if known == _NONE:
            return "0"
        if known.lo >= _LEAST:
            return _("5 or more")
        if known.lo > 0 and known.hi is not None and known.hi < _LEAST:
            return "<5"
        return _("not exactly known")

    def amount(self, value: int, count: str) -> str:
        """Return the class of a number of people, or a number of other things."""
        if not is_personal(self.pack, count):
            return Wording.amount(self, value, count)
        return self.value(Interval(value, value), count)

    def at_least(self, value: int, count: str) -> str:
        """Return of a number of people only that there are some, or five or more."""
        if not is_personal(self.pack, count):
            return Wording.at_least(self, value, count)
        if value >= _LEAST:
            return self.amount(value, count)
        return _("at least {bound}").format(bound=Wording.amount(self, 1, count))


def is_personal(pack: Pack, count: str) -> bool:
    """Tell whether a count is drawn from a personal register, or itself personal."""
    return pack.vocabulary.is_personal(count)


def publishable(pack: Pack, ask: Ask, found: CheckResult) -> CheckResult:
    """Return what a public copy may word of a check: none of some reads as one of them.

    “0 of <5” would tell of each of those few that he lacks the thing.
    """
    match ask:
        case Every(whole, part) if is_personal(pack, part):
            counts = found.counts
            if counts[part] == _NONE != counts[whole]:
                return replace(found, counts={**counts, part: _ONE})
    return found


def withheld(pack: Pack) -> frozenset[str]:
    """Return the checks of whose numbers a public copy says nothing at all.

    Where a personal count is compared with a limit, its class and the outcome together
    may leave a single number: below five, yet not at least 2, is 1. So nothing is said
    then of any count of that register. Nor of a count that is a part here and a
    population there, which would tell that none of some is so after all.
    """
    every = [each.ask for each in pack.checks if isinstance(each.ask, Every)]
    both = {each.part for each in every} & {each.whole for each in every}
    compared = {
        register
        for check in pack.checks
        if isinstance(check.ask, Amount | Share | Falls)
        for register in _personal_registers(pack, check)
    }
    linked = {name for name in both if is_personal(pack, name)}
    return frozenset(
        check.id
        for check in pack.checks
        if compared & _personal_registers(pack, check)
        or not linked.isdisjoint(counts_named(check.ask))
    )


def _personal_registers(pack: Pack, check: Check) -> set[str]:
    """Return where a check's personal counts are kept: a register, or the whole typed in."""
    wholes = pack.vocabulary.wholes
    outermost = [
        [*wholes(name)][-1]
        for name in counts_named(check.ask)
        if is_personal(pack, name)
    ]
    return {each.register or each.id for each in outermost}
