"""Versions of one pack: the days on which two of them hold, or none does."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Final

from engine.errors import N_, Diagnostic
from engine.pack import Pack
from engine.policy.findings_from_pack.noted import noted
from engine.policy.findings_from_pack.places import place_of

_VERSION: Final = re.compile(r"[-_.](?:19|20)\d\d(?:[-_.]\d+)*$")


def family_of(pack: str) -> str:
    """Return a pack's id without its year: what versions of one pack share.

    >>> family_of("lai-chau/city-2024"), family_of("a/plan-172")
    ('lai-chau/city', 'a/plan-172')
    """
    return _VERSION.sub("", pack)


def findings_about_periods(packs: Sequence[Pack]) -> Iterator[Diagnostic]:
    """Yield where versions of a pack that judge the same levels overlap or leave a gap."""

    def family(pack: Pack) -> tuple[str, frozenset[str]]:
        return family_of(pack.id), frozenset(pack.levels)

    def start(pack: Pack) -> date:
        return pack.in_force.start or date.min

    ordered = sorted(packs, key=lambda each: (family_of(each.id), sorted(each.levels)))
    for _, versions in groupby(ordered, key=family):
        for earlier, later in pairwise(sorted(versions, key=start)):
            yield from _between(earlier, later, start(later))


def _between(earlier: Pack, later: Pack, start: date) -> Iterator[Diagnostic]:
    end = earlier.in_force.end
    if end is None or end >= start:
        until = min(filter(None, (end, later.in_force.end)), default=None)
        yield noted(
            "force-overlap",
            place_of(later, "in_force"),
            N_("from {start} to {end} both this pack and '{other}' are in force"),
            N_("end the earlier one on the day before the later one begins"),
            start=_day(start),
            end="…" if until is None else _day(until),
            other=earlier.id,
        )
    elif end + timedelta(days=1) < start:
        yield noted(
            "force-gap",
            place_of(later, "in_force"),
            N_("from {start} to {end} neither '{other}' nor this pack is in force"),
            N_("let this pack begin on the day after the other ends, if the law does"),
            start=_day(end + timedelta(days=1)),
            end=_day(start - timedelta(days=1)),
            other=earlier.id,
        )


def _day(day: date) -> str:
    return "…" if day == date.min else day.isoformat()
