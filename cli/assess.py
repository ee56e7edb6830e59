"""`diaban assess`: judge the localities of some facts by a rule pack."""

from typing import TYPE_CHECKING

import click

from cli.answer import Answer, answered, answers
from cli.changed_files import files_at
from cli.exit_code import ExitCode
from cli.language import _
from cli.level import refuse_unknown_level, tell_of_levels
from cli.options import Question, language_option
from cli.output import refuse_unwritable
from cli.progress import Progress
from cli.reading import Engine, asks_anywhere, engines, reading
from engine.errors import N_

if TYPE_CHECKING:
    from engine.facts import Facts
    from engine.pack import Pack


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
            "",
            N_("Registers of a country that lie on a cluster:"),
            "  diaban assess hdfs://host/facts --engine spark --master yarn \\",
            "    --pack lai-chau/city-2024 --as-of 2024-03-31 --format json -o a.json",
        )
    ),
)
@asks_anywhere
@engines
@answers
@click.option(
    "--watch",
    is_flag=True,
    help=N_(
        "Stay, and judge again what a changed file touches; end with Ctrl-C. The FILE of "
        "the answer is kept up to date."
    ),
)
@language_option
def command(
    question: Question, engine: Engine, answer: Answer, watch: bool
) -> ExitCode:
    """Judge the facts, write the answer, and tell by the exit code how it came out."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import case_of
    from engine.assess import judge_localities

    refuse_unwritable(answer.output, question.facts)
    if watch:
        _refuse_unwatchable(engine, answer)
    seen = files_at(question.facts) if watch else ()
    with Progress() as progress, reading(question.facts, engine) as read:
        case = case_of(question, progress, read)
        if answer.level is not None:
            refuse_unknown_level(answer.level, case.pack)
        facts = _supposing(case.facts, case.pack, answer)
        judged = judge_localities(
            case.pack,
            facts,
            question.as_of,
            outside_force=question.outside_force,
            progress=progress,
        )
        progress("writing", 1.0)
        code = answered(judged, answer)
    tell_of_levels(judged)
    if not watch:
        return code
    from cli.watching import watching

    def supposing(changed: "Facts") -> "Facts":
        return _supposing(changed, case.pack, answer)

    return watching(question.facts, seen, judged, answer, supposing)


def _refuse_unwatchable(engine: Engine, answer: Answer) -> None:
    if engine.name == "spark":
        raise click.UsageError(_("--watch looks at files on this machine only."))
    if answer.output is None and answer.form != "table":
        wrong = _("--watch with this format needs a file; name it with -o.")
        raise click.UsageError(wrong)


def _supposing(facts: "Facts", pack: "Pack", answer: Answer) -> "Facts":
    if not answer.supposed:
        return facts
    from engine.facts_from_suppositions import facts_from_suppositions

    return facts_from_suppositions(facts, pack.vocabulary, answer.supposed)
