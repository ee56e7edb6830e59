"""A line on stderr that shows, once work takes long, how far it has come."""

import sys
from time import monotonic
from types import TracebackType
from typing import Final, Self

import click

from cli.language import _
from engine.errors import N_

_PATIENCE: Final = 1.0
_WIDTH: Final = 30
_CLEARED: Final = "\r\x1b[2K"
_STEPS: Final = {
    "importing": N_("Reading the workbooks"),
    "reading": N_("Reading the facts"),
    "counting": N_("Counting"),
    "judging": N_("Judging"),
    "writing": N_("Writing the answer"),
}


class Progress:
    """Told of each step, it draws a bar if a person watches and a second has passed."""

    def __init__(self) -> None:
        self._since = monotonic()
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn:
            click.echo(_CLEARED, err=True, nl=False)

    def __call__(self, step: str, done: float) -> None:
        """Show the step and the part of the whole that is done, from 0 to 1."""
        if not self._watched or monotonic() - self._since < _PATIENCE:
            return
        full = round(min(max(done, 0.0), 1.0) * _WIDTH)
        bar = "█" * full + "░" * (_WIDTH - full)
        click.echo(f"{_CLEARED}{_(_STEPS.get(step, step))} {bar}", err=True, nl=False)
        self._drawn = True
