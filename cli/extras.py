"""Packages that only some commands need: they come with an extra of the installation."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from cli.language import _


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import what an extra brings.

    Raises:
        UsageError: it is not installed; the message says how it is.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        wrong = _("This needs {package}. Install it: {install}").format(
            package=error.name, install=f"pip install 'diaban[{name}]'"
        )
        raise click.UsageError(wrong) from error
