"""One level of an answer alone, such as its hamlets: the option."""

import click

from cli.language import _
from engine.errors import N_, nearest
from engine.pack import Pack

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
