"""`diaban dossier`: a recognition dossier made, and one that was received verified."""

from typing import Final

import click

from cli.boundary import Deferred
from cli.desk import desk
from engine.errors import N_

_MAKE: Final = "make"
_COMMANDS: Final = (
    Deferred(
        _MAKE,
        "cli.dossier.make",
        N_("Make the dossier of a locality; 'make' need not be said."),
    ),
    Deferred(
        "verify",
        "cli.dossier.verify",
        N_("Check that a dossier is as it was made, byte by byte."),
    ),
)


class _Desk(click.Group):
    """A group whose first command need not be named: `diaban dossier FACTS …`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name before arguments that begin with none."""
        said = _language(args)
        rest = args[len(said) :]
        if rest and rest[0] not in {*self.commands, *self.get_help_option_names(ctx)}:
            rest = [_MAKE, *rest]
        return super().parse_args(ctx, [*said, *rest])


def _language(args: list[str]) -> list[str]:
    """Return the arguments at the beginning that name the language of the answer."""
    match args:
        case ["--lang", _word, *_rest]:
            return args[:2]
        case [first, *_rest] if first.startswith("--lang="):
            return args[:1]
        case _:
            return []


command = desk(
    "dossier",
    _COMMANDS,
    kind=_Desk,
    subcommand_metavar=N_("FACTS --locality ID -o FILE.zip | verify FILE.zip"),
    help=N_(
        "Make the recognition dossier of a locality and those below it: one file with "
        "the papers to sign, the facts, the rules and the answer. Or verify one."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban dossier examples/lai-chau --locality 03389 \\",
            "    --as-of 2024-03-31 -o dossier.zip",
            "  diaban dossier verify dossier.zip --rejudge",
            "",
            N_("All options of the first:"),
            "  diaban dossier make --help",
        )
    ),
)
