"""`diaban facts template`: the workbook that an inspection team fills in."""

from pathlib import Path

import click
from click.core import ParameterSource

from cli.exit_code import ExitCode
from cli.language import _, speaking, spoken
from cli.options import language_option, rules_option
from cli.output import deliver, refuse_unwritable
from cli.plain import plain
from engine.errors import N_

_SAID = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)


@click.command(
    "template",
    help=N_(
        "Make the workbook that an inspection team fills in for a rule pack.\n\n"
        "It has a sheet for the localities with a column for each number the pack needs, "
        "a sheet for each register, one for inspections, and instructions; `diaban "
        "assess` reads it as it is. It is in Vietnamese unless --lang says otherwise."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban facts template --pack lai-chau/city-2024 -o book.xlsx",
            "",
            N_("With the localities of another review in it:"),
            "  diaban facts template --pack lai-chau/city-2024 \\",
            "    --localities examples/lai-chau -o book.xlsx",
        )
    ),
)
@click.option(
    "--pack",
    required=True,
    metavar=N_("ID|FILE"),
    help=N_("The rule pack for which facts are asked."),
)
@rules_option
@click.option(
    "--localities",
    type=click.Path(exists=True, path_type=Path),
    metavar=N_("FILE"),
    help=N_(
        "Localities to put in: a CSV file with the columns id, name, level and parent, "
        "or facts of any form, of which only these are taken."
    ),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_(
        "Write the workbook to this file. A file that holds something else is never "
        "overwritten: it may be filled in already."
    ),
)
@language_option
@click.pass_context
def command(
    context: click.Context,
    pack: str,
    rules: Path | None,
    localities: Path | None,
    output: Path,
) -> ExitCode:
    """Write the workbook."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import pack_named
    from cli.rules import library_in
    from engine.desk.localities_from_file import localities_from_file
    from engine.desk.workbook_from_pack import workbook_from_pack
    from engine.desk.workbook_from_pack.sheets import Speech

    refuse_unwritable(output, localities)
    if output.suffix.lower() != ".xlsx":
        wrong = _("{file} is to be a workbook: end its name with .xlsx.")
        raise _wrong(wrong, output)
    chosen = pack_named(library_in(rules), pack)
    known = localities_from_file(localities, chosen.vocabulary) if localities else ()
    with speaking(_language_of(context)):
        workbook = workbook_from_pack(chosen, known, Speech(spoken(), _))
    if not output.is_file():
        deliver([workbook], output)
    elif not _holds(output, workbook):
        wrong = _(
            "{file} exists and holds something else, perhaps a team's work; name another "
            "file, or move it away."
        )
        raise _wrong(wrong, output)
    return ExitCode.DONE


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:  # whatever it holds, it is not ours to replace
        return False


def _language_of(context: click.Context) -> str:
    """Return Vietnamese, in which the teams work, unless another language was named."""
    at: click.Context | None = context
    while at is not None:
        if at.get_parameter_source("lang") in _SAID:
            return spoken()
        at = at.parent
    return "vi"


def _wrong(words: str, file: Path) -> click.BadParameter:
    return click.BadParameter(words.format(file=plain(str(file))), param_hint="'-o'")
