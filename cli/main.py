"""`diaban`: the commands it has, and the way in."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from cli.boundary import Boundary, Deferred, in_language
from cli.language import speaking, wanted
from cli.options import language_option
from engine.errors import N_
from engine.version import VERSION

_COMMANDS = (
    Deferred(
        "assess", "cli.assess", N_("Judge localities by the criteria of a rule pack.")
    ),
    Deferred("calendar", "cli.calendar_", N_("List who owes what by when.")),
    Deferred("compare", "cli.compare", N_("Show who passes under which rules or day.")),
    Deferred("dossier", "cli.dossier", N_("Make a locality's dossier, or verify one.")),
    Deferred("explain", "cli.explain", N_("Show the proof of one locality's verdict.")),
    Deferred("facts", "cli.facts", N_("Prepare facts, check them, compare reviews.")),
    Deferred("memo", "cli.memo", N_("Write why localities have their verdicts.")),
    Deferred("packs", "cli.packs", N_("List the rule packs that are at hand.")),
    Deferred(
        "progress", "cli.progress_towards", N_("Show how far targets are reached.")
    ),
    Deferred("report", "cli.report", N_("Make one page on all localities.")),
    Deferred("rules", "cli.rules_desk", N_("Work on rules: run their worked cases.")),
    Deferred("units", "cli.units", N_("Find administrative units, old and new.")),
)

_EPILOG = "\n".join(
    (
        N_("Example:"),
        "  diaban assess examples/lai-chau --as-of 2024-03-31",
        "",
        N_("Exit codes:"),
        N_("  0   done, and everything judged passes"),
        N_("  1   some locality does not pass"),
        N_("  2   the question is wrong: an option, or a day outside the pack's"),
        N_("  3   the rules are not valid"),
        N_("  4   none fails, but some verdict is undetermined or nothing was judged"),
        N_("  5   the facts cannot be read or are not valid"),
        N_("  6   a digest or a signature does not verify"),
        N_("  7   the answer cannot be written"),
        N_("  70  a fault of the program itself"),
        "",
        N_("Completion by the Tab key in bash (or zsh, fish); put into ~/.bashrc:"),
        '  eval "$(_DIABAN_COMPLETE=bash_source diaban)"',
    )
)


@click.group(
    cls=Boundary,
    commands=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Judge whether localities are drug-free, by the criteria of a legal document, "
        "and show why."
    ),
    epilog=_EPILOG,
)
@click.version_option(
    VERSION,
    prog_name="diaban",
    message="%(prog)s %(version)s",
    help=N_("Show the version and exit."),
)
@language_option
@click.pass_context
def diaban(context: click.Context) -> int:
    """Answer a question about drug-free localities."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Answer a command line (by default the process's own), then exit."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    with speaking(wanted(words, os.environ)):
        in_language(diaban).main(words, prog_name="diaban")


def start() -> None:
    """Begin a process that answers its command line, then ends."""
    # What is large in a command are columns, which the collector does not own;
    # searching its modules for circles took an eighth of the time of a small question.
    gc.disable()
    try:
        main()
    except SystemExit as end:
        code = end.code
    else:
        code = 0
    _leave(code if isinstance(code, int) else int(code is not None))


def _leave(code: int) -> NoReturn:
    """End the process at once: taking its modules down took a sixth of its time.

    What it wrote is whole by now; only the standard streams may still hold something.
    """
    # A stream that was closed before the start is no stream at all.
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    start()
