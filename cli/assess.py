"""`diaban assess`: judge the localities of some facts by a rule pack."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.colour import is_coloured
from cli.exit_code import ExitCode
from cli.level import level_option, refuse_unknown_level
from cli.options import Question, asks, format_option, language_option, output_option
from cli.output import deliver, refuse_unwritable
from cli.progress import Progress
from engine.assessment import Assessment
from engine.errors import N_
from engine.pack import UNDETERMINED, Pack

if TYPE_CHECKING:
    from engine.judged import Judged


@click.command(
    "assess",
    help=N_(
        "Judge the localities of FACTS by the criteria of a rule pack.\n\n"
        "FACTS is a folder of CSV or Parquet tables, an Excel workbook with a sheet a "
        "table, or one YAML or JSON document."
    ),
    epilog="\n".join(
        (
            N_("Example, a city's first review; 17 of its 72 hamlets pass:"),
            "  diaban assess examples/lai-chau --pack lai-chau/city-2024 \\",
            "    --as-of 2024-03-31 --level hamlet",
            "",
            N_("The same for another program, and for a spreadsheet:"),
            "  diaban assess examples/lai-chau --as-of 2024-03-31 --format json",
            "  diaban assess examples/lai-chau --as-of 2024-03-31 --format csv -o a.csv",
            "",
            N_("What if the last household of a hamlet signed its pledge:"),
            "  diaban assess examples/lai-chau --as-of 2024-03-31 --level hamlet \\",
            "    --set 03389-02.households_pledged=96",
        )
    ),
)
@asks
@level_option
@click.option(
    "--set",
    "supposed",
    multiple=True,
    metavar=N_("LOCALITY.NAME=VALUE"),
    help=N_(
        "What if: suppose a count or a field of a locality; may be given several times. "
        "The answer says what was supposed."
    ),
)
@format_option("table", "json", "csv")
@output_option
@language_option
def command(
    question: Question,
    level: str | None,
    supposed: tuple[str, ...],
    form: str,
    output: Path | None,
) -> ExitCode:
    """Judge the facts, write the answer, and tell by the exit code how it came out."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import case_of
    from engine.assess import judge_localities
    from engine.assessment_from_judged import assessment_from_judged

    refuse_unwritable(output, question.facts)
    with Progress() as progress:
        case = case_of(question, progress)
        if level is not None:
            refuse_unknown_level(level, case.pack)
        facts = case.facts
        if supposed:
            from engine.facts_from_suppositions import facts_from_suppositions

            facts = facts_from_suppositions(facts, case.pack.vocabulary, supposed)
        judged = judge_localities(
            case.pack,
            facts,
            question.as_of,
            outside_force=question.outside_force,
            progress=progress,
        )
        if level is not None:
            judged = judged.at_level(level)
        progress("writing", 1.0)
        assessment = assessment_from_judged(judged)
        written = _written(judged, assessment, form, coloured=is_coloured(output))
        deliver(written, output, mark=form == "csv")
    return outcome_of(assessment, case.pack)


def _written(
    judged: "Judged", assessment: Assessment, form: str, *, coloured: bool
) -> Iterator[str]:
    # Each form is imported only when it is asked for: starting up takes most of the time.
    match form:
        case "json":
            from engine.json_from_judged import json_from_judged

            return json_from_judged(judged)
        case "csv":
            from cli.csv_from_assessment import csv_from_assessment

            return csv_from_assessment(assessment, judged.pack)
        case _:
            from cli.table_from_assessment import table_from_assessment

            return table_from_assessment(assessment, judged.pack, coloured=coloured)


def outcome_of(assessment: Assessment, pack: Pack) -> ExitCode:
    """Return the exit code that an answer calls for."""
    counts = assessment.summary.values()
    given = {name for counted in counts for name, times in counted.items() if times}
    passing = {rule.verdict for rule in pack.verdicts if rule.passes}
    if given - passing - {UNDETERMINED}:
        return ExitCode.NOT_PASSED
    if UNDETERMINED in given or not given:
        return ExitCode.UNDETERMINED
    return ExitCode.DONE
