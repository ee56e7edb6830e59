"""A group of commands of one kind: said alone, it lists them."""

from collections.abc import Sequence
from typing import Any

import click

from cli.boundary import Deferred
from cli.options import language_option


def desk(
    name: str,
    commands: Sequence[Deferred],
    *,
    kind: type[click.Group] = click.Group,
    **said: Any,
) -> click.Group:
    """Return the group; `said` is what click says of it: `help`, `epilog` and such."""
    made = kind(name, commands, callback=_list, invoke_without_command=True, **said)
    return language_option(made)


@click.pass_context
def _list(context: click.Context) -> int:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0
