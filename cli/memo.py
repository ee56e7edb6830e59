"""`diaban memo`: the papers that say why localities have their verdicts."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.exit_code import ExitCode
from cli.extras import extra
from cli.language import _, spoken
from cli.options import Question, asks, format_option, language_option, taken_as
from cli.output import deliver
from cli.plain import plain
from cli.progress import Progress
from engine.errors import N_

if TYPE_CHECKING:
    from cli.memo_view import Memo
    from engine.assessment import LocalityResult
    from engine.judged import Judged
    from engine.proof import Proof


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
                "Write a file for each locality into this folder, each whole or not at all; it "
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

    refuse_unclear(localities, every=every, papers=papers)
    document = _document(papers)
    with Progress() as progress:
        case = case_of(question, progress)
        judged = judge_localities(
            case.pack,
            case.facts,
            question.as_of,
            outside_force=question.outside_force,
            keep_parts=True,
            progress=progress,
        )
        writing = _Writing(judged, localities, public=papers.public)
        for number, (stem, memo) in enumerate(writing.memos(), start=1):
            deliver([document(memo)], _file(papers, stem))
            progress("writing", number / writing.number)
    return ExitCode.DONE


def _document(papers: Papers) -> Callable[["Memo"], str | bytes]:
    """Return what writes a memo in the form that is wanted."""
    from cli.memo_view import words

    said = words()
    if papers.form not in _OFFICE:
        from cli.rendering import Templates

        template = Templates(papers.form, papers.templates).named("memo")
        return lambda memo: template.filled(memo=memo, words=said)
    from cli.papers.paper_from_memo import paper_from_memo

    with extra("documents"):
        if papers.form == "docx":
            from cli.papers.word import docx_from_paper as from_paper
        else:
            from cli.papers.pdf import pdf_from_paper as from_paper
    return lambda memo: from_paper(paper_from_memo(memo, said), papers.templates)


def _file(papers: Papers, stem: str) -> Path | None:
    if papers.output is None:
        return None
    kind = f"public.{spoken()}" if papers.public else spoken()
    return papers.output / f"memo-{stem}.{kind}.{papers.form}"


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
            folder=plain(str(output)), reason=error.strerror
        )
        raise click.BadParameter(wrong, param_hint="'-o'") from error


class _Writing:
    """The memos that are asked for, made one by one."""

    def __init__(
        self, judged: "Judged", localities: tuple[str, ...], *, public: bool
    ) -> None:
        from cli.memo_from_result import Memos
        from engine.assessment_from_judged import assessment_from_judged

        self._judged, self._public = judged, public
        self._asked = dict.fromkeys(localities)
        self._assessment = assessment_from_judged(judged)
        self._memos: Memos = Memos(self._assessment, judged.pack, public=public)
        self.number = len(self._asked) or len(self._assessment.localities)

    def memos(self) -> Iterator[tuple[str, "Memo"]]:
        """Yield the stem of each file's name and what is to stand in it.

        Raises:
            QuestionError: there is no such locality, or it is not judged.
        """
        from cli.file_names import file_stems
        from engine.proof_from_judged import proof_of

        found: list[LocalityResult]
        if self._asked:
            # All are looked up before the first is written: one may be misspelt.
            found = [proof_of(self._judged, each).locality for each in self._asked]
        else:
            found = list(self._assessment.localities)
        stems = file_stems(each.id for each in found)
        for each in found:
            proof = None if self._public else needed_proof(self._judged, each)
            yield stems[each.id], self._memos.of(each, proof)


def needed_proof(judged: "Judged", locality: "LocalityResult") -> "Proof | None":
    """Return a locality's proof, if a memo needs it: where something is not known."""
    from engine.proof_from_judged import proof_of
    from engine.truth import Truth

    checks = (each for one in locality.criteria for each in one.checks)
    if all(each.truth is not Truth.UNKNOWN for each in checks):
        return None
    return proof_of(judged, locality.id)
