"""Levels of localities: one of an answer alone, and what is said of those not judged."""

from typing import TYPE_CHECKING

import click

from cli.language import _
from cli.plain import plain
from engine.errors import N_, nearest
from engine.pack import Pack

if TYPE_CHECKING:
    from engine.judged import Judged

level_option = click.option(
    "--level",
    metavar=N_("LEVEL"),
    help=N_("Show and count only the localities of this level, such as hamlet."),
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


def tell_of_levels(judged: "Judged") -> None:
    """Say on the standard error what levels are not judged, where it may be a slip."""
    from engine.levels import unknown_levels

    if judged.says_nothing:
        click.echo(levels_told(judged), err=True)
        return
    slips = [
        _("“{level}” ({number}; did you mean '{near}'?)").format(
            level=plain(each.level), number=each.number, near=each.meant
        )
        for each in unknown_levels(judged)
        if each.meant is not None
    ]
    if slips:
        words = _("Localities of these levels are not judged: {levels}.")
        click.echo(words.format(levels=", ".join(slips)), err=True)


def levels_told(judged: "Judged") -> str:
    """Return which levels the facts have, and which the pack judges."""
    words = _("The facts have the levels: {found}; {pack} judges: {levels}.")
    return words.format(
        found=", ".join(map(plain, judged.facts.levels)),
        pack=judged.pack.id,
        levels=", ".join(judged.pack.levels),
    )
