"""`diaban facts check`: what is wrong with some facts, before they are judged."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.colour import is_coloured
from cli.exit_code import ExitCode
from cli.options import (
    Question,
    as_of_option,
    facts_argument,
    format_option,
    language_option,
    output_option,
    pack_option,
    rules_option,
)
from cli.output import deliver, refuse_unwritable
from cli.progress import Progress
from engine.errors import N_

if TYPE_CHECKING:
    from cli.case import Case
    from engine.desk.finding import Finding


@click.command(
    "check",
    help=N_(
        "Find what is wrong with FACTS before anybody judges them.\n\n"
        "Numbers that contradict each other, each with both places; registers, numbers "
        "and columns that the pack needs and nobody gave; inspections that are too old; "
        "days that cannot be; communes that the official list does not have; silence "
        "where something was to be expected. Ends with 0 if nothing is worse than a "
        "note, with 1 if there are errors or warnings, with 5 if the facts cannot be "
        "read."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban facts check examples/lai-chau --pack lai-chau/city-2024 \\",
            "    --as-of 2024-03-31",
            "",
            N_("For the commune's officer, as a table to work through:"),
            "  diaban facts check examples/lai-chau --as-of 2024-03-31 \\",
            "    --lang vi --format csv -o findings.csv",
        )
    ),
)
@facts_argument
@pack_option
@rules_option
@as_of_option
@format_option("table", "json", "csv")
@output_option
@language_option
def command(
    facts: Path,
    pack: str | None,
    rules: Path | None,
    as_of: date,
    form: str,
    output: Path | None,
) -> ExitCode:
    """Write what was found, and tell by the exit code whether it is worse than a note."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import case_of
    from engine.desk.finding import Severity
    from engine.desk.findings_from_facts import findings_from_facts

    refuse_unwritable(output, facts)
    question = Question(facts, pack, rules, as_of, outside_force=True)
    with Progress() as progress:
        case = case_of(question, progress)
        progress("counting", 0.0)
        findings = findings_from_facts(case.pack, case.facts, as_of)
        progress("writing", 1.0)
        written = _written(findings, case, question, form, coloured=is_coloured(output))
        deliver(written, output, mark=form == "csv")
    if any(each.severity is not Severity.NOTE for each in findings):
        return ExitCode.NOT_PASSED
    return ExitCode.DONE


def _written(
    findings: "Sequence[Finding]",
    case: "Case",
    question: Question,
    form: str,
    *,
    coloured: bool,
) -> Iterator[str]:
    from cli.facts import findings_written as written

    match form:
        case "json":
            return written.findings_as_json(findings, case, question)
        case "csv":
            return written.findings_as_csv(findings)
        case _:
            return written.findings_as_text(findings, case, question, coloured=coloured)
