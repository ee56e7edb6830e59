"""Whether an improvement can make a verdict worse.

A verdict that does not pass is worse than one that does; of those that pass, a later
one of the list is worse than an earlier. What does not pass is not compared: the list of
a classification begins with the worst class, others end with it. What is undetermined is
worse if every verdict still possible is.

An improvement is, all else being equal, one check that comes out as demanded, or one
fact that moves towards what is demanded: fewer of what there should be none, more of what
should be every one, a yes. Under a `not` the opposite is demanded. A check under `when`
demands nothing, and the population of a share is no achievement.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from engine.pack import Amount, Asked, Check, Every, Falls, Holds, NoneOf, Share
from engine.policy.polarity import demands
from engine.policy.properties_from_pack.alike import alike_but
from engine.policy.properties_from_pack.conclusions import Conclusions
from engine.policy.properties_from_pack.search import (
    Candidate,
    Search,
    Trial,
    property_of,
)
from engine.policy.properties_from_pack.solver import Condition
from engine.policy.property import Kind, Property, Topic
from engine.vocabulary import Operator

_UP: Final = (Operator.AT_LEAST, Operator.MORE_THAN)


def monotone(search: Search) -> Property:
    """Prove that no improvement makes the verdict worse, or show two localities."""
    trials = _Improvements(search).trials() if search.passing else ()
    return property_of(Topic.MONOTONE, trials)


class _Improvements:
    def __init__(self, search: Search) -> None:
        self._search, self._solver = search, search.solver
        self._before, self._after = search.candidate("one"), search.candidate("two")
        self._worse = self._solver.any(
            *(
                self._solver.all(
                    self._before.concluded.verdict(verdict),
                    self._solver.no(
                        self._after.concluded.possible(search.passing[: rank + 1])
                    ),
                )
                for rank, verdict in enumerate(search.passing)
            )
        )
        self._demands = demands(search.pack)

    def trials(self) -> Iterator[Trial]:
        """Yield an attempt for each check and each fact that can improve."""
        for check, straight in self._demands.items():
            improves = self._only_check(check, *self._ways(straight=straight))
            yield self._trial(Kind.WORSE_BY_CHECK, check.id, improves)
        for name, up in _directions(self._demands).items():
            improves = self._only_fact(name, up=up)
            yield self._trial(Kind.WORSE_BY_FACT, name, improves)

    def _trial(self, kind: Kind, subject: str, improves: Condition) -> Trial:
        wanted = self._solver.all(improves, self._worse)
        two = (self._before, self._after)
        checks = self._demands if kind is Kind.WORSE_BY_CHECK else ()
        trial = partial(
            self._search.finding, kind, (subject,), wanted, *two, checks=checks
        )
        return (subject,), trial

    def _ways(self, *, straight: bool) -> tuple[Candidate, Candidate]:
        """Return the locality that has less of something, and the one that has more."""
        two = (self._before, self._after)
        return two if straight else two[::-1]

    def _only_check(self, check: Check, less: Candidate, more: Candidate) -> Condition:
        before, after = self._before, self._after
        same = (
            said(before.concluded, each) == said(after.concluded, each)
            for each in self._search.pack.checks
            if each.id != check.id
            for said in (Conclusions.truth, Conclusions.falsehood)
        )
        return self._solver.all(
            *same,
            less.concluded.falsehood(check),
            more.concluded.truth(check),
            before.locality.level == after.locality.level,
            before.locality.day == after.locality.day,
        )

    def _only_fact(self, name: str, *, up: bool) -> Condition:
        before, after = self._before, self._after
        return self._solver.all(
            alike_but(name, before.locality, after.locality, self._solver),
            self._moved(name, *self._ways(straight=up)),
        )

    def _moved(self, name: str, less: Candidate, more: Candidate) -> Condition:
        if name in less.locality.counts:
            return less.locality.counts[name] < more.locality.counts[name]
        no, yes = less.locality.fields[name], more.locality.fields[name]
        return self._solver.all(self._solver.no(no), yes)


def _directions(demanded: Mapping[Check, bool]) -> dict[str, bool]:
    """Return the facts that improve in one direction only: whether that is upwards."""
    found: dict[str, set[bool]] = {}
    for check, straight in demanded.items():
        for name, up in _wanted(check):
            found.setdefault(name, set()).add(up is straight)
    return {name: up for name, ways in found.items() if len(ways) == 1 for up in ways}


def _wanted(check: Check) -> Iterator[tuple[str, bool]]:
    match check.ask:
        case NoneOf(count) | Falls(count, _, _):
            yield count, False
        case Every(_, part):
            yield part, True
        case Amount(count, bounds) | Share(count, _, bounds):
            yield from ((count, operator in _UP) for operator, _ in bounds)
        case Holds(field):
            yield field, True
        case Asked():
            return
