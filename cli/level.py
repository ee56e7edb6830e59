"""One level of an answer alone, such as its hamlets."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import overload

import click

from cli.language import _
from engine.assessment import Assessment, LocalityResult
from engine.errors import N_, nearest
from engine.pack import Pack

level_option = click.option(
    "--level",
    metavar=N_("LEVEL"),
    help=N_("Show and count only the localities of this level, such as hamlet."),
)


def at_level(assessment: Assessment, level: str) -> Assessment:
    """Return the answer with the localities of one level only."""
    counted = assessment.summary.get(level, {})
    number = sum(counted.values())
    return replace(
        assessment,
        summary={level: counted} if number else {},
        localities=_AtLevel(assessment.localities, level, number),
    )


def refuse_unknown_level(level: str, pack: Pack) -> None:
    """Complain about a level that the pack does not judge."""
    if level in pack.levels:
        return
    wrong = _("{level!r} is no level that {pack} judges; it judges: {levels}.").format(
        level=level, pack=pack.id, levels=", ".join(pack.levels)
    )
    if close := nearest(level, pack.levels):
        wrong += " " + _("Did you mean {name!r}?").format(name=close)
    raise click.BadParameter(wrong, param_hint="'--level'")


class _AtLevel(Sequence[LocalityResult]):
    """A view that makes a locality only when it is asked for, as the whole does."""

    def __init__(
        self, localities: Sequence[LocalityResult], level: str, number: int
    ) -> None:
        self._localities = localities
        self._level = level
        self._number = number

    def __iter__(self) -> Iterator[LocalityResult]:
        return (one for one in self._localities if one.level == self._level)

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, index: int) -> LocalityResult: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LocalityResult]: ...
    def __getitem__(
        self, index: int | slice
    ) -> LocalityResult | Sequence[LocalityResult]:
        """Return one or several; to go through all, iterate."""
        if isinstance(index, slice):
            return list(self)[index]
        at = range(self._number)[index]
        return next(islice(self, at, None))
