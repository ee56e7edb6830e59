"""The memo says the same as a Word document and as PDF as it does as a page."""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click import UsageError
from hypothesis import given, settings

from cli.language import LANGUAGES, all_said, speaking
from cli.memo import Papers, refuse_unclear
from cli.memo.memo_view import WORDS, Memo
from cli.papers.paper import Paper
from cli.papers.paper_from_memo import paper_from_memo
from cli.papers.pdf import pdf_from_paper
from cli.papers.word import docx_from_paper
from cli.rendering import TEMPLATES
from tests.support.commands import FACTS, IN_FORCE, RULES, Said, run
from tests.support.memos import (
    ELIGIBLE,
    FAILING,
    HOSTILE,
    UNDETERMINED,
    example,
    hostile,
    judged,
    seen,
    steady,
    written,
)
from tests.support.papers import in_libre_office, lines_of, pages_of, text_of_word
from tests.support.strategies import Question, questions

few = settings(max_examples=max(1, settings().max_examples // 10))
MEMOS = [
    (locality, language, public)
    for locality in (FAILING, UNDETERMINED, ELIGIBLE)
    for language in LANGUAGES
    for public in (False, True)
]


def paper_of(memo: Memo) -> Paper:
    with speaking(memo.language):
        return paper_from_memo(memo, all_said(WORDS))


def alike(text: str) -> str:
    """Return a text without the dashes of its lists and the shape of its spaces."""
    plain = unicodedata.normalize("NFC", text.replace("\u200b", ""))
    return " ".join(each for each in plain.split() if each != "-")


def framed(memo: Memo) -> str:
    """Return what HTML says of a memo, within the head and the end of the decree."""
    paper, page = paper_of(memo), written(memo, "html")
    body = page.partition("</h1>")[2]
    assert paper.head is not None
    head = (paper.head.body, paper.head.number, paper.mark)
    nation = (paper.head.nation, paper.head.motto, paper.head.place_and_date)
    top = (*head, *nation, paper.kind, paper.abstract)
    signed = (line for each in paper.signatures for line in each.lines)
    return alike(" ".join((*top, seen(body, "html") + paper.end, *signed)))


@pytest.mark.parametrize(("locality", "language", "public"), MEMOS)
def test_a_word_document_says_what_the_page_says(
    locality: str, language: str, public: bool
) -> None:
    memo = example(language, public=public)[locality]
    assert alike(text_of_word(docx_from_paper(paper_of(memo)))) == framed(memo)


@pytest.fixture(scope="session")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with diaban's own template, but on one sheet of any length.

    So nothing stands in the text that a page adds: its number, a header once more.
    """
    folder = tmp_path_factory.mktemp("endless")
    ours = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    sheet = ours.replace('paper: "a4"', "width: 210mm, height: auto")
    assert sheet != ours
    (folder / "paper.typ").write_text(sheet, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("locality", "language", "public"), MEMOS)
def test_a_pdf_says_what_the_page_says(
    locality: str, language: str, public: bool, tmp_path: Path, endless: Path
) -> None:
    memo = example(language, public=public)[locality]
    file = tmp_path / "memo.pdf"
    file.write_bytes(pdf_from_paper(paper_of(memo), endless))
    (page,) = pages_of(file)
    # Where two words stand close, pdftotext sees one.
    assert alike(page).replace(" ", "") == framed(memo).replace(" ", "")


def test_libre_office_shows_it_whole(tmp_path: Path) -> None:
    """What differs is what pages add: their number, the header of a table once more."""
    memo = example("vi")[FAILING]
    pages = in_libre_office(docx_from_paper(paper_of(memo)), tmp_path)
    shown = "".join(alike(" ".join(pages)).split())
    for criterion in memo.criteria:
        for words_of_it in (criterion.title, criterion.quote, criterion.outcome_words):
            assert "".join(words_of_it.split()) in shown


def test_a_memo_in_word_reads_as_agreed(golden: Callable[[str, str], None]) -> None:
    document = docx_from_paper(paper_of(steady(example("vi")[FAILING])))
    lines = "".join(f"{style}: {text}\n" for style, text in lines_of(document))
    golden(f"memo/{FAILING}.vi.docx.txt", lines)


@few
@given(questions())
def test_no_outcome_leaves_a_hole_in_a_document(question: Question) -> None:
    for memo in judged(question)[:2]:
        text = text_of_word(docx_from_paper(paper_of(memo)))
        assert all(f"{each.id}. " in text for each in memo.criteria)
        assert memo.verdict_words in text
        assert "None" not in text
        assert pdf_from_paper(paper_of(memo)).startswith(b"%PDF")


def test_hostile_words_come_out_as_text_wherever_they_stand(tmp_path: Path) -> None:
    memo = replace(hostile(example("en")[UNDETERMINED], HOSTILE), language="en")
    assert text_of_word(docx_from_paper(paper_of(memo))).count(HOSTILE[:-1]) > 50
    file = tmp_path / "memo.pdf"
    file.write_bytes(pdf_from_paper(paper_of(memo)))
    shown = "".join("".join(pages_of(file)).split())
    assert shown.count("".join(HOSTILE[:-1].split())) > 40
    assert "49" not in shown.replace("249", "")


def test_a_public_copy_has_no_mark_no_file_and_no_evidence() -> None:
    for memo in [*example("vi", public=True).values()][:5]:
        text = text_of_word(docx_from_paper(paper_of(memo)))
        assert "LƯU HÀNH NỘI BỘ" not in text
        assert ".csv" not in text


# --- the command -------------------------------------------------------------------


def memo(*others: object) -> Said:
    return run("memo", FACTS, "--rules", RULES, *IN_FORCE, *others)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_command_writes_a_file_for_each_locality(tmp_path: Path, form: str) -> None:
    said = memo("--all", "-o", tmp_path, "--format", form)
    assert (said.code, said.out, said.err) == (0, "", "")
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {f"memo-{each}.en.{form}" for each in ("X", "X1", "X2", "X3")}


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_question_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    for folder in ("a", "b"):
        memo("--locality", "X2", "-o", tmp_path / folder, "--format", form, "--public")
    name = f"memo-X2.public.en.{form}"
    both = [(tmp_path / folder / name).read_bytes() for folder in ("a", "b")]
    assert both[0] == both[1]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_folder_without_the_template_ends_7(tmp_path: Path, form: str) -> None:
    out, empty = tmp_path / "out", tmp_path / "empty"
    empty.mkdir()
    said = memo("--all", "-o", out, "--format", form, "--templates", empty)
    assert said.code == 7
    assert f"{empty}/paper." in said.err
    assert not [*out.iterdir()]


@pytest.mark.parametrize(
    ("form", "module", "package"),
    [("docx", "cli.papers.word", "docxtpl"), ("pdf", "cli.papers.pdf", "typst")],
)
def test_what_is_not_installed_is_named(
    form: str, module: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    said = memo("--locality", "X1", "--format", form)
    assert said.code == 2
    assert "pip install 'diaban[documents]'" in said.err


def test_a_screen_is_not_filled_with_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    papers = Papers(None, "docx", public=False, templates=None)
    with pytest.raises(UsageError, match="name a folder"):
        refuse_unclear(("X1",), every=False, papers=papers)


def test_the_templates_travel_with_the_program() -> None:
    names = {each.name for each in TEMPLATES.iterdir()}
    assert {"paper.docx", "paper-landscape.docx", "paper.typ"} <= names
