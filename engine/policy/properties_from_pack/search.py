"""The search for localities: what is looked for, told simply, and judged by the engine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from engine.network.productions_from_pack import productions_from_pack
from engine.pack import UNDETERMINED, Check, Pack
from engine.policy.properties_from_pack.conclusions import OUTCOMES, Conclusions
from engine.policy.properties_from_pack.locality import Locality
from engine.policy.properties_from_pack.solver import (
    Condition,
    Model,
    Solver,
    UndecidedError,
)
from engine.policy.properties_from_pack.wishes import wishes_for_readers
from engine.policy.properties_from_pack.witnesses import witness_from_known
from engine.policy.property import Finding, Kind, Property, Standing, Topic, Witness

Subjects = tuple[str, ...]
Trial = tuple[Subjects, Callable[[], Finding | None]]
"""What is tried, and the trial: it finds something, or proves that there is nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A locality that is looked for, and what follows for it."""

    search: "Search"
    locality: Locality
    concluded: Conclusions

    @property
    def sound(self) -> Condition:
        """That there can be such a locality."""
        return self.locality.sound

    def witness(self, model: Model, checks: Iterable[Check] = ()) -> Witness:
        """Return the locality that was found, once the engine has judged it.

        Raises:
            UndecidedError: the engine judges it otherwise, `checks` included.
        """
        pack, concluded = self.search.pack, self.concluded
        verdicts = (
            name for name in pack.verdict_names if model.holds(concluded.verdict(name))
        )
        outcomes = {
            each.id: word
            for each in pack.criteria
            for word in OUTCOMES
            if model.holds(concluded.outcome(each.id, word))
        }
        truths = {
            each.id: model.holds(concluded.truth(each))
            for each in checks
            if model.holds(concluded.known(each))
        }
        expected: dict[str, object] = {"verdict": next(verdicts, UNDETERMINED)}
        expected |= {"criteria": outcomes} if outcomes else {}
        expected |= {"checks": truths} if truths else {}
        known = self.locality.known(model)
        if (witness := witness_from_known(pack, known, expected)) is None:
            raise UndecidedError
        return witness


class Search:
    """Looks for localities under one pack; several of them at once, to compare."""

    def __init__(self, pack: Pack, solver: Solver | None = None) -> None:
        self.pack, self.solver = pack, solver or Solver()
        self.passing = tuple(
            dict.fromkeys(rule.verdict for rule in pack.verdicts if rule.passes)
        )
        self._productions = productions_from_pack(pack)
        self._candidates: dict[str, Candidate] = {}

    def candidate(self, name: str = "one") -> Candidate:
        """Return a locality, still to be found; equal names are one locality."""
        if name not in self._candidates:
            locality = Locality(name, self.pack, self.solver)
            concluded = Conclusions(locality, self._productions, self.solver)
            self._candidates[name] = Candidate(self, locality, concluded)
        return self._candidates[name]

    def finding(
        self,
        kind: Kind,
        subjects: Subjects,
        condition: Condition,
        *candidates: Candidate,
        checks: Iterable[Check] = (),
    ) -> Finding | None:
        """Return localities for which the condition holds, or None: there are none.

        Raises:
            UndecidedError: the search was ended, or the engine judges them otherwise.
        """
        sound = (each.sound for each in candidates)
        wanted = self.solver.all(*sound, condition)
        places = [each.locality for each in candidates]
        # Where nobody is concerned something may stay open; rather one where nothing is.
        settled = ((each.concluded.settled,) for each in candidates)
        wishes = chain(settled, wishes_for_readers(places, self.solver))
        if (model := self.solver.find_simple(wanted, wishes)) is None:
            return None
        told = tuple(checks)
        witnesses = tuple(each.witness(model, told) for each in candidates)
        return Finding(kind, subjects, witnesses)


def property_of(topic: Topic, trials: Iterable[Trial]) -> Property:
    """Try everything, and say whether the property holds.

    A trial that is not decided does not hide what others find.
    """
    findings: list[Finding] = []
    undecided: list[Subjects] = []
    tried = False
    for subjects, trial in trials:
        tried = True
        try:
            found = trial()
        except UndecidedError:
            undecided.append(subjects)
        else:
            findings += [found] if found else []
    if any(found.kind is not Kind.SEEN for found in findings):
        standing = Standing.FAILS
    elif undecided:
        standing = Standing.NOT_DECIDED
    else:
        standing = Standing.HOLDS if tried else Standing.NOT_ASKED
    return Property(topic, standing, tuple(findings), tuple(undecided))
