"""What writes memos: made once, then given one locality after another."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.extras import extra
from cli.language import all_said
from cli.memo.memo_from_result import Memos
from cli.memo.memo_view import WORDS, Memo
from cli.output import deliver
from engine.assessment import Assessment, LocalityResult
from engine.pack import Pack
from engine.proof import Proof

if TYPE_CHECKING:
    from cli.papers.paper import Paper

OFFICE: Final = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Order:
    """What all memos of one question have in common; it can be sent to a process."""

    pack: Pack
    assessment: Assessment
    """Without its localities."""
    form: str
    public: bool
    templates: Path | None


@dataclass(frozen=True, slots=True)
class Task:
    """One memo to be written."""

    file: str
    """The name of its file."""
    locality: LocalityResult
    proof: Proof | None


class Desk:
    """Writes memos, in the language that is spoken when it is set up."""

    def __init__(self, order: Order) -> None:
        """Read the templates.

        Raises:
            RenderingError: one of them is not there, or cannot be understood.
            UsageError: what the form needs is not installed.
        """
        self._memos = Memos(order.assessment, order.pack, public=order.public)
        self._document = _document(order)

    def document(self, task: Task) -> str | bytes:
        """Return a memo as it stands in its file.

        Raises:
            RenderingError: a template is broken, or a letter is in no font.
        """
        return self._document(self._memos.of(task.locality, task.proof))

    def write(self, task: Task, folder: Path | None) -> None:
        """Write a memo into a folder, or to the standard output."""
        file = None if folder is None else folder / task.file
        deliver([self.document(task)], file)

    def write_all(self, tasks: Iterable[Task], folder: Path) -> Generator[int]:
        """Write memos into a folder; yield 1 for each."""
        for task in tasks:
            self.write(task, folder)
            yield 1


def _document(order: Order) -> Callable[[Memo], str | bytes]:
    said = all_said(WORDS)
    if order.form not in OFFICE:
        from cli.rendering import Templates

        template = Templates(order.form, order.templates).named("memo")
        return lambda memo: template.filled(memo=memo, words=said)
    from cli.papers.paper_from_memo import paper_from_memo

    from_paper: Callable[[Paper, Path | None], bytes]
    with extra("documents"):
        if order.form == "docx":
            from cli.papers.word import docx_from_paper as from_paper
        else:
            from cli.papers.pdf import pdf_from_paper as from_paper
    return lambda memo: from_paper(paper_from_memo(memo, said), order.templates)
