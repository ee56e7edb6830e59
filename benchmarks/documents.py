"""Times memos as Word documents and as PDF, against docxtpl and Typst alone.

    python -m benchmarks.documents

One process and one run, in seconds of processor time. docxtpl alone fills the same template with the same paper, in an
environment as strict, and saves it: no names said for what is wrong, no equal bytes.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Final

from docxtpl import DocxTemplate  # noqa: TID251  (what is measured against)

from cli.language import all_said, speaking
from cli.memo.memo_view import WORDS
from cli.papers.paper import Paper
from cli.papers.paper_from_memo import paper_from_memo
from cli.papers.pdf import pdf_from_paper
from cli.papers.word import docx_from_paper
from cli.rendering import TEMPLATES, WordParts
from tests.support.memos import memos_of, review

ROUNDS: Final = 3
PAPERS: Final = 20


def main() -> None:
    """Measure and print."""
    memos = memos_of(review(), "vi")[:PAPERS]
    with speaking("vi"):
        papers = [paper_from_memo(memo, all_said(WORDS)) for memo in memos]
    makers = (docxtpl_alone, docx_from_paper, pdf_from_paper)
    alone, ours, pdf = (min(each) for each in zip(*rounds(papers, makers), strict=True))
    print(f"docxtpl alone        {1 / alone:8.1f} a second")
    print(f"diaban, docx         {1 / ours:8.1f} a second")
    print(f"diaban, pdf          {1 / pdf:8.1f} a second")
    print(f"docx to docxtpl alone {ours / alone:7.2f} times (at most 1.3)")


def docxtpl_alone(paper: Paper) -> bytes:
    """Return the paper as docxtpl's manual shows it, but strict and sandboxed."""
    document = DocxTemplate(TEMPLATES / "paper.docx")
    document.render({"paper": paper}, WordParts().environment)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def rounds(
    papers: list[Paper], makers: Iterable[Callable[[Paper], bytes]]
) -> Iterator[list[float]]:
    """Yield for each round the seconds of processor time a paper takes each maker."""
    for _ in range(ROUNDS):
        times = []
        for make in makers:
            began = time.process_time()
            for paper in papers:
                make(paper)
            times.append((time.process_time() - began) / len(papers))
        yield times


if __name__ == "__main__":
    main()
