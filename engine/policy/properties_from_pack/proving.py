"""Every question about one pack, in the order in which the answers build on another."""

from engine.pack import Pack
from engine.policy.properties_from_pack.banding import bands
from engine.policy.properties_from_pack.classing import gaps, overlaps
from engine.policy.properties_from_pack.improving import monotone
from engine.policy.properties_from_pack.outcomes import Outcomes
from engine.policy.properties_from_pack.reaching import criteria, ending, verdicts
from engine.policy.properties_from_pack.relating import pairs
from engine.policy.properties_from_pack.search import Search
from engine.policy.properties_from_pack.solver import Solver
from engine.policy.property import Property, Standing, Topic


def properties_from_pack(
    pack: Pack, *, order_decides: bool = False, effort: int | None = None
) -> tuple[Property, ...]:
    """Prove what can be proved of a pack, and find localities where it cannot.

    Args:
        pack: What is asked about.
        order_decides: The order of the verdict list is meant to tell verdicts apart
            whose conditions hold at once; it is not asked whether they do.
        effort: Bounds each search; what it does not suffice for is not decided.
    """
    search = Search(pack, Solver() if effort is None else Solver(effort))
    outcomes = Outcomes(search)
    return (
        ending(search),
        verdicts(search),
        criteria(search, outcomes),
        pairs(search, outcomes),
        monotone(search),
        bands(search),
        Property(Topic.OVERLAPS, Standing.NOT_ASKED)
        if order_decides
        else overlaps(search),
        gaps(search),
    )
