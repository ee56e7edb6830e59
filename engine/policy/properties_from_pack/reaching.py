"""Whether the verdict list ends, and whether every verdict and outcome is reached."""

from collections.abc import Iterator
from functools import partial

from engine.pack import Always, Criterion
from engine.policy.properties_from_pack.outcomes import Outcomes
from engine.policy.properties_from_pack.search import Search, Trial, property_of
from engine.policy.property import Finding, Kind, Property, Topic


def ending(search: Search) -> Property:
    """Prove that some rule decides wherever everything is known."""
    at = search.candidate()
    decided = at.concluded.verdicts(search.pack.verdict_names)
    wanted = search.solver.all(at.concluded.settled, search.solver.no(decided))
    trial = partial(search.finding, Kind.NO_VERDICT, (), wanted, at)
    return property_of(Topic.ENDS, [((), trial)])


def verdicts(search: Search) -> Property:
    """Find a locality for each verdict, or prove that none gets it."""
    at = search.candidate()

    def reached(verdict: str) -> Finding | None:
        condition = at.concluded.verdict(verdict)
        seen = search.finding(Kind.SEEN, (verdict,), condition, at)
        return seen or Finding(Kind.NEVER_REACHED, (verdict,))

    names = search.pack.verdict_names
    trials = [((name,), partial(reached, name)) for name in names]
    return property_of(Topic.VERDICTS, trials)


def criteria(search: Search, outcomes: Outcomes) -> Property:
    """Prove that each criterion can be met, and can be not met."""

    def trials() -> Iterator[Trial]:
        for each in search.pack.criteria:
            yield (each.id,), partial(_open, outcomes, each)

    return property_of(Topic.CRITERIA, trials())


def _open(outcomes: Outcomes, criterion: Criterion) -> Finding | None:
    name = criterion.id
    if not outcomes.can({name: True}):
        return Finding(Kind.NEVER_MET, (name,))
    # One that says `always` means it.
    if not isinstance(criterion.requires, Always) and not outcomes.can({name: False}):
        return Finding(Kind.ALWAYS_MET, (name,))
    return None
