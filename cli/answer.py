"""How an answer is wanted, and its way to whoever asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.colour import is_coloured
from cli.exit_code import ExitCode
from cli.level import level_option
from cli.options import format_option, output_option, taken_as
from cli.output import deliver
from engine.assessment import Assessment
from engine.errors import N_
from engine.pack import UNDETERMINED

if TYPE_CHECKING:
    from engine.judged import Judged


@dataclass(frozen=True, slots=True)
class Answer:
    """What is supposed and shown of the localities, in which form, and where."""

    level: str | None
    supposed: tuple[str, ...]
    form: str
    output: Path | None

    def shown(self, judged: "Judged") -> "Judged":
        """Return what is shown of the verdicts."""
        return judged if self.level is None else judged.at_level(self.level)


answers: Final = taken_as(
    "answer",
    Answer,
    (
        level_option,
        click.option(
            "--set",
            "supposed",
            multiple=True,
            metavar=N_("LOCALITY.NAME=VALUE"),
            help=N_(
                "What if: suppose a count or a field of a locality; may be given several "
                "times. The answer says what was supposed."
            ),
        ),
        format_option("table", "json", "csv", "ndjson", "parquet"),
        output_option,
    ),
)
"""Takes how the answer is wanted, as one `Answer`."""


def answered(judged: "Judged", wanted: Answer) -> ExitCode:
    """Write the answer, and return the exit code that it calls for."""
    from engine.assessment_from_judged import assessment_from_judged

    judged = wanted.shown(judged)
    assessment = assessment_from_judged(judged)
    written = _written(judged, assessment, wanted)
    deliver(written, wanted.output, mark=wanted.form == "csv")
    return outcome_of(judged)


def _written(
    judged: "Judged", assessment: Assessment, wanted: Answer
) -> Iterator[str] | Iterator[bytes]:
    # Each form is imported only when it is asked for: starting up takes most of the time.
    match wanted.form:
        case "json":
            from engine.json_from_judged import json_from_judged

            return json_from_judged(judged)
        case "ndjson":
            from engine.json_from_judged import ndjson_from_judged

            return ndjson_from_judged(judged)
        case "parquet":
            from engine.parquet_from_judged import parquet_from_judged

            return parquet_from_judged(judged)
        case "csv":
            from cli.csv_from_assessment import csv_from_assessment

            return csv_from_assessment(assessment, judged.pack)
        case _:
            from cli.table_from_assessment import table_from_assessment

            coloured = is_coloured(wanted.output)
            return table_from_assessment(assessment, judged.pack, coloured=coloured)


def outcome_of(judged: "Judged") -> ExitCode:
    """Return the exit code that verdicts call for."""
    from engine.verdicts_from_checks import VERDICT

    given = set(judged.frame[VERDICT].drop_nulls().unique())
    passing = {rule.verdict for rule in judged.pack.verdicts if rule.passes}
    if given - passing - {UNDETERMINED}:
        return ExitCode.NOT_PASSED
    if UNDETERMINED in given or not given:
        return ExitCode.UNDETERMINED
    return ExitCode.DONE
