"""From a justification memo to the paper that carries it, with the same words as HTML."""

from collections.abc import Iterable, Iterator, Mapping

from cli.language import _
from cli.memo.memo_view import CheckPart, CriterionPart, Memo
from cli.papers.paper import (
    BLANK,
    Block,
    Head,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Table,
    dashed,
    number_and_symbol,
    place_and_date,
)

Words = Mapping[str, str]
_DOTS = "…" * 12
_WIDTHS = (13, 35, 17, 35)


def paper_from_memo(memo: Memo, words: Words) -> Paper:
    """Return the paper; who issues it, its number and its day are the office's to add."""
    return Paper(
        kind=words["title"].upper(),
        abstract=f"{memo.name} ({memo.level})",
        head=Head("", _DOTS, number_and_symbol(BLANK), place_and_date("")),
        mark=memo.mark,
        body=tuple(_body(memo, words)),
        signatures=(Signature((_("PREPARED BY"),)),),
        language=memo.language,
    )


def _body(memo: Memo, words: Words) -> Iterator[Block]:
    yield Heading(words["asked"])
    yield Paragraph(memo.asked)
    rules = (memo.pack_title, memo.issuer, memo.pack, memo.in_force)
    yield from _terms(words["locality"], f"{memo.id} · {memo.name} · {memo.level}")
    yield from _terms(words["rules"], " · ".join(rules))
    yield from _terms(words["documents"], *memo.documents)
    yield from _terms(words["as_of"], memo.as_of)
    if memo.outside_force:
        yield Paragraph(memo.outside_force, style="bold")
    yield Heading(words["verdict"])
    yield Paragraph(memo.verdict_words, style="centred")
    yield from dashed(memo.summary)
    yield from dashed(f"{words['possible']}: {each}" for each in memo.possible)
    yield from _list(Heading(words["conflicts"], 2), memo.conflicts)
    yield from _list(Heading(words["settling"], 2), memo.settling)
    yield Heading(words["criteria"])
    for criterion in memo.criteria:
        yield from _criterion(criterion, words)
    yield from _list(Heading(words["general_readings"]), memo.readings)
    yield Heading(words["derivation"])
    yield from dashed(memo.derivation)
    yield Heading(words["fingerprints"])
    yield from _terms(words["of_rules"], "", memo.rules_sha256)
    yield from _terms(words["of_facts"], "", memo.facts_sha256)
    yield from _terms(words["made_by"], f"diaban {memo.version}")


def _criterion(criterion: CriterionPart, words: Words) -> Iterator[Block]:
    yield Heading(f"{criterion.id}. {criterion.title}", 2)
    yield Paragraph(f"{words['outcome']}: {criterion.outcome_words}", style="bold")
    if criterion.quote:
        yield Paragraph(criterion.quote, style="italic")
    yield from _said(words["law"], criterion.clause)
    yield from _said(words["readings"], *criterion.readings)
    yield from _said(words["why"], criterion.why)
    if criterion.checks:
        header = ("check", "demand", "outcome", "why")
        yield Table(
            tuple(words[each] for each in header),
            tuple(_row(each, words) for each in criterion.checks),
            _WIDTHS,
        )
    yield from _said(words["remedy"], criterion.remedy)
    yield from _said(words["evidence"], *criterion.evidence)


def _row(check: CheckPart, words: Words) -> tuple[tuple[str, ...], ...]:
    missing = (f"{words['missing']}: {lack}" for lack in check.missing)
    why = tuple(filter(None, (check.why, *check.counts, check.share, *missing)))
    return (check.id,), (check.demand,), (check.outcome_words,), why


def _list(heading: Heading, texts: Iterable[str]) -> Iterator[Block]:
    items = dashed(texts)
    if items:
        yield heading
        yield from items


def _terms(term: str, *texts: str) -> Iterator[Paragraph]:
    """Yield what a term stands for, the term in front of the first."""
    for number, text in enumerate(texts):
        yield Paragraph(text, lead="" if number else f"{term}:")


def _said(word: str, *texts: str) -> Iterator[Paragraph]:
    for text in filter(None, texts):
        yield Paragraph(f"{word}: {text}")
