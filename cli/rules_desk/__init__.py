"""`diaban rules`: the desk where rules are written, tested, compared and proved."""

import click

from cli.boundary import Deferred
from cli.options import language_option
from engine.errors import N_

_COMMANDS = (
    Deferred(
        "test", "cli.rules_desk.test", N_("Run the worked cases that lie beside packs.")
    ),
)


@click.group(
    "rules",
    commands=_COMMANDS,
    invoke_without_command=True,
    help=N_("Work on rules: see whether a pack judges as it should."),
    epilog="\n".join((N_("Example:"), "  diaban rules test lai-chau/city-2024")),
)
@language_option
@click.pass_context
def command(context: click.Context) -> int:
    """Do one of the things that come before anybody is judged by a pack."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0
