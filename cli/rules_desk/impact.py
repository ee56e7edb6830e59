"""`diaban rules impact`: whose verdict a change of rules changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import (
    as_of_option,
    facts_argument,
    format_option,
    language_option,
    output_option,
    outside_force_option,
    rules_option,
    taken_as,
)
from cli.output import deliver, refuse_unwritable
from cli.progress import Progress
from cli.rules import library_in
from engine.errors import N_

if TYPE_CHECKING:
    from engine.policy.impact import Impact

_FORMS = ("table", "json", "csv", "parquet")


@dataclass(frozen=True, slots=True)
class Trial:
    """A change of rules, and the facts on which it is tried."""

    first: str
    second: str
    facts: Path
    rules: Path | None
    as_of: date
    outside_force: bool


_TRIAL = (
    click.argument("first", metavar=N_("FIRST")),
    click.argument("second", metavar=N_("SECOND")),
    facts_argument,
    rules_option,
    as_of_option,
    outside_force_option,
)


@click.command(
    "impact",
    help=N_(
        "Judge FACTS by the rule packs FIRST and SECOND, ids or files, and show whose "
        "verdict changes, from what to what, and by which criterion.\n\n"
        "A criterion makes the difference if its new outcome alone changes the verdict; "
        "where none does alone, all that come out differently are named. Ends with 0 if "
        "no verdict changes, with 1 if one does."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules impact lai-chau/city-2024 my-rules/lai-chau/city-2026.yaml \\",
            "    examples/lai-chau --as-of 2024-03-31",
            "",
            N_("The localities whose verdict changes, as a table to keep:"),
            "  diaban rules impact old.yaml new.yaml facts --format csv -o changes.csv",
            "  diaban rules impact old.yaml new.yaml facts --format parquet -o c.parquet",
        )
    ),
)
@taken_as("trial", Trial, _TRIAL)
@format_option(*_FORMS)
@output_option
@language_option
def command(trial: Trial, form: str, output: Path | None) -> ExitCode:
    """Judge twice, write what changes, and tell by the exit code whether anything does."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import pack_named
    from engine.assess import judge_localities
    from engine.policy.facts_for_packs import facts_for_packs
    from engine.policy.impact_from_judged import impact_from_judged

    refuse_unwritable(output, trial.facts)
    if form == "parquet" and output is None:
        wrong = _("a Parquet file is not to be read on a screen; name one with '-o'.")
        raise click.BadParameter(wrong, param_hint="'--format'")
    library = library_in(trial.rules)
    packs = (
        pack_named(library, trial.first, "'FIRST'"),
        pack_named(library, trial.second, "'SECOND'"),
    )
    with Progress() as progress:
        progress("reading", 0.0)
        read = facts_for_packs(trial.facts, packs)
        before, after = (
            judge_localities(
                pack,
                facts,
                trial.as_of,
                outside_force=trial.outside_force,
                progress=progress,
            )
            for pack, facts in zip(packs, read, strict=True)
        )
        impact = impact_from_judged(before, after)
        progress("writing", 1.0)
        deliver(_written(impact, form), output, mark=form == "csv")
    return ExitCode.DONE if impact.changed.is_empty() else ExitCode.NOT_PASSED


def _written(impact: "Impact", form: str) -> Iterator[str] | Iterator[bytes]:
    from cli.rules_desk import impact_written as written

    match form:
        case "json":
            return written.impact_as_json(impact)
        case "csv":
            return written.impact_as_csv(impact)
        case "parquet":
            return iter((impact.parquet(),))
        case _:
            return written.impact_as_text(impact)
