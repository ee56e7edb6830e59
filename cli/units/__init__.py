"""`diaban units`: administrative units, old and new."""

import click

from cli.boundary import Deferred
from cli.options import language_option
from engine.errors import N_

_COMMANDS = (
    Deferred("find", "cli.units.find", N_("Find units by code or name, old and new.")),
    Deferred(
        "carry", "cli.units.carry", N_("Tell facts of old units by the new ones.")
    ),
)


@click.group(
    "units",
    commands=_COMMANDS,
    invoke_without_command=True,
    help=N_(
        "Find administrative units by their codes and names, old and new, and tell facts "
        "of old units by the new ones. A code alone names no unit: 03388 was phường "
        "Quyết Tiến until 30 June 2025 and is phường Đoàn Kết since."
    ),
    epilog="\n".join((N_("Example:"), "  diaban units find 03388")),
)
@language_option
@click.pass_context
def command(context: click.Context) -> int:
    """Do one of the things with units."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0
