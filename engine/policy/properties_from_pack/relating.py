"""Whether one criterion says what another says already, or rules it out."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations, product

from engine.pack import Check, Criterion, CriterionRef, Pack, leaves
from engine.policy.properties_from_pack.banding import Band, band_of
from engine.policy.properties_from_pack.outcomes import Outcomes
from engine.policy.properties_from_pack.search import Search, Trial, property_of
from engine.policy.property import Finding, Kind, Property, Topic


def pairs(search: Search, outcomes: Outcomes) -> Property:
    """Prove that of criteria under one verdict none implies or excludes another.

    Criteria that refer to each other are related on purpose, and left out.
    """

    def trials() -> Iterator[Trial]:
        for one, other in _pairs(search.pack):
            yield (one.id, other.id), partial(_related, outcomes, one, other)

    return property_of(Topic.PAIRS, trials())


def _related(outcomes: Outcomes, one: Criterion, other: Criterion) -> Finding | None:
    a, b = one.id, other.id
    ways = product((True, False), repeat=2)
    both, only_a, only_b, neither = (outcomes.can({a: x, b: y}) for x, y in ways)
    match both, only_a, only_b, neither:
        case False, True, True, _ if not _bands_of_one(one, other):
            return Finding(Kind.EXCLUDES, (a, b))
        case True, False, False, True:
            return Finding(Kind.SAME, (a, b))
        case True, False, True, True:
            return Finding(Kind.IMPLIES, (a, b))
        case True, True, False, True:
            return Finding(Kind.IMPLIES, (b, a))
        case _:
            return None  # nothing, or one is never or always met: told of it alone


def _pairs(pack: Pack) -> Iterator[tuple[Criterion, Criterion]]:
    """Yield the criteria that stand together under some verdict, two by two."""
    below = _below(pack)
    together = [
        {
            name
            for leaf in leaves(rule.when)
            if isinstance(leaf, CriterionRef)
            for name in (leaf.id, *below[leaf.id])
        }
        for rule in pack.verdicts
    ]
    for one, other in combinations(pack.criteria, 2):
        related = one.id in below[other.id] or other.id in below[one.id]
        if not related and any({one.id, other.id} <= each for each in together):
            yield one, other


def _below(pack: Pack) -> dict[str, set[str]]:
    """Return what each criterion refers to, directly or through others."""
    below: dict[str, set[str]] = {}
    for each in pack.criteria_by_need():
        named = each.refers_to
        below[each.id] = set(named).union(*(below[name] for name in named))
    return below


def _bands_of_one(one: Criterion, other: Criterion) -> bool:
    """Tell whether two criteria are bands of one number: they exclude on purpose."""
    a, b = _band(one), _band(other)
    if a is None or b is None:
        return False
    return a.measure == b.measure and (a.has_both_ends or b.has_both_ends)


def _band(criterion: Criterion) -> Band | None:
    required = criterion.requires
    return band_of(criterion, required) if isinstance(required, Check) else None
