"""`diaban facts diff`: what changed between two reviews."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.options import (
    as_of_option,
    day_option,
    format_option,
    language_option,
    output_option,
    rules_option,
    taken_as,
)
from cli.output import deliver, refuse_unwritable
from cli.progress import Progress
from cli.rules import library_in
from engine.errors import N_

if TYPE_CHECKING:
    from cli.facts.changes_written import Compared


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be compared: two sets of facts, by which rules, for which days."""

    old: Path
    new: Path
    pack: str | None
    rules: Path | None
    as_of: date
    as_of_old: date | None


_COMPARISON = (
    click.argument(
        "old", type=click.Path(exists=True, path_type=Path), metavar=N_("OLD")
    ),
    click.argument(
        "new", type=click.Path(exists=True, path_type=Path), metavar=N_("NEW")
    ),
    click.option(
        "--pack",
        metavar=N_("ID|FILE"),
        help=N_("The rule pack whose counts are compared; by default all are."),
    ),
    rules_option,
    as_of_option,
    day_option(
        "--as-of-old",
        N_("The day to count OLD for; by default the same as NEW."),
    ),
)


@click.command(
    "diff",
    help=N_(
        "Show what changed from the facts OLD to the facts NEW.\n\n"
        "By locality: who was added, removed, renamed or moved, and every count and "
        "field that differs. With --pack also which criteria a change touches, and which "
        "checks and verdicts come out differently. Of personal registers only counts are "
        "shown. Ends with 0 if nothing changed, with 1 if something did."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban facts diff reviews/2024-03 reviews/2024-08 \\",
            "    --pack lai-chau/city-2024 --as-of-old 2024-03-31 --as-of 2024-08-14",
        )
    ),
)
@taken_as("asked", Comparison, _COMPARISON)
@format_option("table", "json", "csv")
@output_option
@language_option
def command(asked: Comparison, form: str, output: Path | None) -> ExitCode:
    """Write what changed, and tell by the exit code whether anything did."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import pack_named
    from cli.facts.changes_written import Compared
    from engine.desk.changes_from_facts import Review, changes_from_facts
    from engine.facts_from_files import facts_from_files

    for facts in (asked.old, asked.new):
        refuse_unwritable(output, facts)
    library = library_in(asked.rules)
    pack = None if asked.pack is None else pack_named(library, asked.pack)
    vocabulary = library.vocabulary if pack is None else pack.vocabulary
    with Progress() as progress:
        progress("reading", 0.0)
        day = asked.as_of_old or asked.as_of
        old = Review(facts_from_files(asked.old, vocabulary), day)
        progress("reading", 0.5)
        new = Review(facts_from_files(asked.new, vocabulary), asked.as_of)
        progress("counting", 0.0)
        changes = changes_from_facts(old, new, vocabulary, pack)
        progress("writing", 1.0)
        compared = Compared(old, new, vocabulary, pack, changes)
        deliver(_written(compared, form), output, mark=form == "csv")
    return ExitCode.NOT_PASSED if changes else ExitCode.DONE


def _written(compared: "Compared", form: str) -> Iterator[str]:
    from cli.facts import changes_written as written

    match form:
        case "json":
            return written.changes_as_json(compared)
        case "csv":
            return written.changes_as_csv(compared)
        case _:
            return written.changes_as_text(compared)
