"""Whether verdicts are told apart by their conditions, and leave nothing between them.

Two conditions that hold at once are told apart only by the order of the list; where one
holds only within the other they are grades, meant so. A gap is shown by three localities
that differ in one count: as it grows, the verdict leaves those that the list defines,
falls to the rest, and comes back.
"""

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from engine.pack import Always, counts_named
from engine.policy.properties_from_pack.alike import alike_but
from engine.policy.properties_from_pack.locality import population
from engine.policy.properties_from_pack.search import Search, Trial, property_of
from engine.policy.properties_from_pack.solver import Condition
from engine.policy.property import Finding, Kind, Property, Topic


def overlaps(search: Search) -> Property:
    """Prove that no two verdicts' conditions hold at once, or show a locality."""
    return property_of(Topic.OVERLAPS, _overlaps(search))


def gaps(search: Search) -> Property:
    """Prove that there is no gap between verdicts, or show three localities."""
    return property_of(Topic.GAPS, _gaps(search))


def _overlaps(search: Search) -> Iterator[Trial]:
    numbered = list(enumerate(rule.verdict for rule in search.pack.verdicts))
    for (i, one), (j, other) in combinations(numbered[: len(_defined(search))], 2):
        if one != other:
            yield (one, other), partial(_both, search, (i, one), (j, other))


def _both(
    search: Search, one: tuple[int, str], other: tuple[int, str]
) -> Finding | None:
    at, solver = search.candidate(), search.solver
    a, b = at.concluded.rule(one[0]), at.concluded.rule(other[0])
    sound = at.sound
    graded = any(
        solver.find(sound, inner, solver.no(outer)) is None
        for inner, outer in ((a, b), (b, a))
    )
    if graded:
        return None
    subjects = (one[1], other[1])
    return search.finding(Kind.BOTH_CLASSES, subjects, solver.all(a, b), at)


def _gaps(search: Search) -> Iterator[Trial]:
    defined = tuple(dict.fromkeys(_defined(search)))
    rest = search.pack.verdicts[len(_defined(search))].verdict
    if rest in defined or not defined:
        return
    names = (name for check in search.pack.checks for name in counts_named(check.ask))
    for count in dict.fromkeys(names):
        yield (count,), partial(_gap, search, count, defined, rest)


def _gap(
    search: Search, count: str, defined: tuple[str, ...], rest: str
) -> Finding | None:
    less, between, more = map(search.candidate, ("one", "two", "three"))
    solver = search.solver
    places = [each.locality for each in (less, between, more)]
    amounts = [place.counts[count] for place in places]
    wanted = solver.all(
        *(alike_but(count, places[0], place, solver) for place in places[1:]),
        amounts[0] < amounts[1],
        amounts[1] < amounts[2],
        *_inhabited(search, count, amounts[0]),
        less.concluded.verdicts(defined),
        between.concluded.verdict(rest),
        more.concluded.verdicts(defined),
    )
    found = search.finding(Kind.CLASS_GAP, (count,), wanted, less, between, more)
    if found is None:
        return None
    verdicts = tuple(each.verdict for each in found.witnesses)
    return Finding(Kind.CLASS_GAP, (count, *verdicts), found.witnesses)


def _inhabited(search: Search, count: str, least: Condition) -> Iterator[Condition]:
    """Yield that there is somebody: that checks about nobody are vacuous is no band."""
    if any(population(check.ask) == count for check in search.pack.checks):
        yield least > 0


def _defined(search: Search) -> list[str]:
    """Return the verdicts of the rules that stand before `always`."""
    found = []
    for rule in search.pack.verdicts:
        if isinstance(rule.when, Always):
            break
        found.append(rule.verdict)
    return found
