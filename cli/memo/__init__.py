"""`diaban memo`: the papers that say why localities have their verdicts."""

import gc
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.exit_code import ExitCode
from cli.language import _, spoken
from cli.level import tell_of_levels
from cli.options import Question, asks, format_option, language_option, taken_as
from cli.plain import plain
from cli.progress import Progress
from cli.said_by_system import reason_of
from cli.staging import Staging
from engine.errors import N_

if TYPE_CHECKING:
    from cli.memo.memo_desk import Task
    from engine.assessment import LocalityResult
    from engine.judged import Judged
    from engine.proof import Proof
    from engine.proof_from_judged import Prover


_OFFICE: Final = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Papers:
    """Which copies are wanted, in which form, and where they go."""

    output: Path | None
    form: str
    public: bool
    templates: Path | None


_papers: Final = taken_as(
    "papers",
    Papers,
    (
        click.option(
            "-o",
            "--output",
            type=click.Path(file_okay=False, path_type=Path),
            metavar=N_("FOLDER"),
            help=N_(
                "Write a file for each locality into this folder, all of them or none; it "
                "is made if need be. One memo alone may go to the standard output."
            ),
        ),
        format_option("md", "html", "docx", "pdf"),
        click.option(
            "--public",
            is_flag=True,
            help=N_("The copy to publish: small numbers are masked."),
        ),
        click.option(
            "--templates",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar=N_("FOLDER"),
            help=N_(
                "Your own templates in place of diaban's, such as memo.md.j2, or "
                "paper.docx with your letterhead."
            ),
        ),
    ),
)


@click.command(
    "memo",
    help=N_(
        "Write the justification memo of one locality, of several, or of all.\n\n"
        "A memo says what was asked, by which document, and for each criterion its "
        "words, how it came out, the numbers, what is short and what is missing. It is "
        "for internal circulation; --public masks what personal registers hold."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban memo examples/lai-chau --locality 03389-02 --as-of 2024-03-31",
            "",
            N_("One file for each locality, to print or to publish:"),
            "  diaban memo examples/lai-chau --all -o memos --format html \\",
            "    --as-of 2024-03-31 --lang vi",
            "  diaban memo examples/lai-chau --all -o public --public \\",
            "    --as-of 2024-03-31",
            "",
            N_("As Word documents on an office's own letterhead, and as PDF:"),
            "  diaban memo examples/lai-chau --all -o memos --format docx \\",
            "    --templates our-templates --as-of 2024-03-31",
            "  diaban memo examples/lai-chau --all -o memos --format pdf \\",
            "    --as-of 2024-03-31",
        )
    ),
)
@asks
@click.option(
    "--locality",
    "localities",
    multiple=True,
    metavar=N_("ID"),
    help=N_("The id of a locality, as its table says; may be given several times."),
)
@click.option("--all", "every", is_flag=True, help=N_("Every locality that is judged."))
@_papers
@language_option
def command(
    question: Question,
    localities: tuple[str, ...],
    every: bool,
    papers: Papers,
) -> ExitCode:
    """Write the memos."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import case_of
    from engine.assess import judge_localities

    # A Word document leaves circles behind, some megabytes each.
    gc.enable()
    refuse_unclear(localities, every=every, papers=papers)
    with Progress() as progress:
        case = case_of(question, progress)
        judged = judge_localities(
            case.pack,
            case.facts,
            question.as_of,
            outside_force=question.outside_force,
            progress=progress,
        )
        writing = _Writing(judged, localities, papers)
        with closing(writing.written()) as written:
            for done in written:
                progress("writing", done)
    tell_of_levels(judged)
    return ExitCode.DONE


def refuse_unclear(localities: tuple[str, ...], *, every: bool, papers: Papers) -> None:
    """Complain about a question that leaves open which memos are meant, or where to."""
    if every == bool(localities):
        wrong = _("Name localities with --locality, or ask for --all: one of the two.")
        raise click.UsageError(wrong)
    output = papers.output
    if output is None:
        if every or len(set(localities)) > 1:
            raise click.UsageError(_("Several memos need a folder: name it with -o."))
        if papers.form in _OFFICE and sys.stdout is not None and sys.stdout.isatty():
            raise click.UsageError(_("A screen cannot show it: name a folder with -o."))
        return
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        wrong = _("the folder {folder} cannot be made: {reason}").format(
            folder=plain(str(output)), reason=reason_of(error)
        )
        raise click.BadParameter(wrong, param_hint="'-o'") from error


class _Writing:
    """The memos that are asked for, and where they go."""

    def __init__(
        self, judged: "Judged", asked: tuple[str, ...], papers: Papers
    ) -> None:
        """Look all of them up, before the first is written: one may be misspelt.

        Raises:
            QuestionError: there is no such locality, or it is not judged.
        """
        from cli.memo.memo_desk import Order
        from engine.assessment_from_judged import assessment_from_judged
        from engine.proof_from_judged import Prover

        self._papers = papers
        self._prover = Prover(judged, [*asked] or None)
        assessment = assessment_from_judged(judged)
        self._found: Sequence[LocalityResult] = assessment.localities
        if asked:
            each_once = dict.fromkeys(asked)
            self._found = [self._prover.of(each).locality for each in each_once]
        self._order = Order(
            judged.pack,
            replace(assessment, localities=()),
            papers.form,
            papers.public,
            papers.templates,
        )

    def written(self) -> Generator[float]:
        """Write the memos; yield how much of the whole is done."""
        from cli.memo.memo_desk import Desk
        from cli.memo.memo_workers import workers_for, write_all

        desk, output = Desk(self._order), self._papers.output
        if output is None:
            for task in self._tasks():
                desk.write(task, None)
            return
        done, workers = 0, workers_for(self._order, len(self._found))
        with Staging(output) as staging:
            tasks, folder = self._tasks(), staging.folder
            if workers == 1:
                written = desk.write_all(tasks, folder)
            else:
                written = write_all(self._order, tasks, folder, workers)
            # Closed before the folder is cleared away: nobody writes into it any more.
            with closing(written):
                for more in written:
                    done += more
                    yield done / len(self._found)

    def _tasks(self) -> "Iterator[Task]":
        from cli.file_names import file_stems
        from cli.memo.memo_desk import Task

        papers = self._papers
        kind = f"public.{spoken()}" if papers.public else spoken()
        stems = file_stems(each.id for each in self._found)
        for each in self._found:
            proof = None if papers.public else needed_proof(self._prover, each)
            yield Task(f"memo-{stems[each.id]}.{kind}.{papers.form}", each, proof)


def needed_proof(prover: "Prover", locality: "LocalityResult") -> "Proof | None":
    """Return a locality's proof, if a memo needs it: where something is not known."""
    from engine.truth import Truth

    checks = (each for one in locality.criteria for each in one.checks)
    if all(each.truth is not Truth.UNKNOWN for each in checks):
        return None
    return prover.of(locality.id)
