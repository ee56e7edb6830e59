"""Localities that differ in one fact only."""

from engine.policy.properties_from_pack.locality import Locality
from engine.policy.properties_from_pack.solver import Condition, Solver


def alike_but(name: str, one: Locality, other: Locality, solver: Solver) -> Condition:
    """Return that two localities of one pack are alike, the fact `name` left open."""
    return solver.all(
        one.level == other.level,
        one.day == other.day,
        *(value == other.below[level] for level, value in one.below.items()),
        *(
            value == theirs[key]
            for ours, theirs in ((one.counts, other.counts), (one.fields, other.fields))
            for key, value in ours.items()
            if key != name
        ),
    )
