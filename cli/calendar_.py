"""`diaban calendar`: who owes what by when, as rule packs say it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import (
    day_option,
    format_option,
    language_option,
    output_option,
    rules_option,
)
from cli.output import deliver, refuse_unwritable
from cli.rules import library_in
from engine.errors import N_

if TYPE_CHECKING:
    from cli.calendar_written import Calendar


@click.command(
    "calendar",
    help=N_(
        "List the days that rule packs set: who owes what by when, with the clause and "
        "its words.\n\n"
        "The days are those of deadlines (of 'before 4 July' the last good one is "
        "3 July), those from which something is asked, and those on which the rules "
        "come into force and end. As ics they are all-day events for any calendar "
        "program; the same rules give the same events."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban calendar --pack quang-ninh/172-2023",
            "",
            N_("What is still to come, for a calendar program:"),
            "  diaban calendar --pack quang-ninh/172-2023 --as-of 2024-06-30 \\",
            "    --format ics -o targets.ics",
        )
    ),
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    required=True,
    metavar=N_("ID|FILE"),
    help=N_("A rule pack whose days are listed; may be given several times."),
)
@rules_option
@day_option(
    "--as-of",
    N_("List only what this day or a later one is set for, and how long it is still."),
)
@format_option("table", "ics", "csv", "json")
@output_option
@language_option
def command(
    packs: tuple[str, ...],
    rules: Path | None,
    as_of: date | None,
    form: str,
    output: Path | None,
) -> ExitCode:
    """Write the calendars of the packs, one after another."""
    from cli.calendar_written import Calendar
    from cli.case import pack_named
    from engine.review.calendar_from_pack import calendar_from_pack

    refuse_unwritable(output, None)
    library = library_in(rules)
    calendars = []
    for pack in dict.fromkeys(packs):
        found = pack_named(library, pack)
        due = calendar_from_pack(found)
        if as_of is not None:
            due = tuple(each for each in due if each.day >= as_of)
        calendars.append(Calendar(found, due, as_of))
    deliver(_written(calendars, form), output, mark=form == "csv")
    return ExitCode.DONE


def _written(calendars: "list[Calendar]", form: str) -> Iterator[str]:
    from cli import calendar_written as written

    match form:
        case "ics":
            if not any(each.due for each in calendars):
                raise click.UsageError(_("there is no day to put into a calendar."))
            from cli.ics_from_calendars import ics_from_calendars

            return ics_from_calendars(calendars)
        case "csv":
            return written.calendars_as_csv(calendars)
        case "json":
            return written.calendars_as_json(calendars)
        case _:
            return written.calendars_as_text(calendars)
