"""How a problem is told to a person: on stderr, a line each, in their language."""

import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import click

from cli.language import _
from cli.plain import brief, plain
from engine.errors import N_, Diagnostic

_GUIDE: Final = "CONTRIBUTING.md"
_HOUSE: Final = Path(__file__).parents[1]
_ROOMS: Final = tuple(str(_HOUSE / room) for room in ("engine", "cli"))
SEVERITIES: Final = {"error": N_("error"), "warning": N_("warning")}


class Words(NamedTuple):
    """What is wrong, and how to cure it."""

    what: str
    cure: str


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Print each problem as `file:line:col: error[CODE]: what; cure`."""
    for one in diagnostics:
        click.echo(told(one), err=True)


def told(one: Diagnostic) -> str:
    """Return one problem as a line in the language that is spoken."""
    what, cure = in_words(one)
    law = f" ({one.citation})" if one.citation else ""
    severity = _(SEVERITIES[one.severity])
    return plain(f"{one.place}: {severity}[{one.code}]: {what}; {cure}{law}")


def in_words(one: Diagnostic) -> Words:
    """Return what is wrong and its cure in the language that is spoken."""
    values = _shown(one.values)
    return Words(_(one.what).format_map(values), _(one.cure).format_map(values))


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    """Cut texts that are too long for a line, and say a reason in the language."""
    shown = {
        name: brief(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    # A reason may be the system's own words, which the catalogues know.
    if reason := shown.get("reason"):
        shown["reason"] = _(str(reason))
    return shown


def tell_internal(error: BaseException) -> None:
    """Print that the program itself failed, and where to report it.

    The error's own words and the values at hand stay out: they may name a person.
    """
    frames = traceback.extract_tb(error.__traceback__)
    raised = [each for each in frames if each.filename.startswith(_ROOMS)][-1]
    click.echo(
        _(
            "diaban: internal error ({kind} at {file}:{line}). This is a fault of the "
            "program, not of your files. Please report it as {guide} says; with "
            "DIABAN_DEBUG=1 it prints what to send, without any value from your files."
        ).format(
            kind=type(error).__name__,
            file=Path(raised.filename).relative_to(_HOUSE).as_posix(),
            line=raised.lineno,
            guide=_GUIDE,
        ),
        err=True,
    )
    if os.environ.get("DIABAN_DEBUG") == "1":
        click.echo("".join(_frames(error)), err=True, nl=False)


def _frames(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield from traceback.format_tb(error.__traceback__)
        yield f"{type(error).__module__}.{type(error).__qualname__}\n"
        error = error.__cause__ or error.__context__
