"""`diaban report`: one page on all localities, to look at, to search and to print."""

from pathlib import Path

import click

from cli.exit_code import ExitCode
from cli.extras import extra
from cli.language import _
from cli.level import levels_told, tell_of_levels
from cli.options import Question, asks, language_option
from cli.output import deliver, refuse_unwritable
from cli.progress import Progress
from engine.errors import N_


@click.command(
    "report",
    help=N_(
        "Make one page that shows all localities: totals, what fails and what is unknown, "
        "which shortfalls are worth closing, and each locality's proof.\n\n"
        "The page needs no network and no other file; it can be searched and printed. It "
        "is for internal circulation; --public masks what personal registers hold."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban report examples/lai-chau --as-of 2024-03-31 --lang vi \\",
            "    -o report.html",
            "",
            N_("The copy to publish:"),
            "  diaban report examples/lai-chau --as-of 2024-03-31 --public \\",
            "    -o public.html",
        )
    ),
)
@asks
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("Write the page to this file, whole or not at all."),
)
@click.option(
    "--public",
    is_flag=True,
    help=N_("The copy to publish: small numbers are masked."),
)
@language_option
def command(question: Question, output: Path, public: bool) -> ExitCode:
    """Write the page."""
    # Imported here, so that help and completion wait for no data frames.
    with extra("report"):
        from cli.report.report_from_judged import report_from_judged
    from cli.case import case_of
    from cli.report.page import page_from_report
    from engine.assess import judge_localities

    refuse_unwritable(output, question.facts, ending=".html")
    with Progress() as progress:
        case = case_of(question, progress)
        judged = judge_localities(
            case.pack,
            case.facts,
            question.as_of,
            outside_force=question.outside_force,
            progress=progress,
        )
        report = report_from_judged(
            judged, public=public, told=lambda done: progress("writing", done)
        )
        if not report.localities:
            wrong = _("No locality is of a level that these rules judge.")
            wrong += f" {levels_told(judged)}"
            raise click.UsageError(wrong)
        deliver([page_from_report(report)], output)
    tell_of_levels(judged)
    return ExitCode.DONE
