"""From a rule book to the paper that carries it, with the same words as HTML."""

from collections.abc import Iterable, Iterator, Mapping

from cli.papers.paper import Block, Heading, Paper, Paragraph, Table, dashed, table
from cli.rules_desk.rulebook import Conclusion, Demand, Rule, RuleBook, Term

Words = Mapping[str, str]
_OVERVIEW = (16, 16, 22, 46)
_DEMANDS = (20, 80)


def paper_from_rulebook(book: RuleBook, words: Words) -> Paper:
    """Return the paper; it has no head, since nobody issues it."""
    return Paper(
        kind=words["rulebook"].upper(),
        abstract=book.title,
        body=tuple(_body(book, words)),
        end="",
        language=book.language,
    )


def _body(book: RuleBook, words: Words) -> Iterator[Block]:
    for name in ("issuer", "pack", "in_force", "levels", "stale_after"):
        yield from _term(words[name], getattr(book, name))
    yield from _list(words["documents"], book.documents)
    yield Heading(words["overview"])
    yield table(
        [words[each] for each in ("criterion", "clause", "applies_to", "title")],
        [(rule.id, rule.clause, rule.levels, rule.title) for rule in book.rules],
        _OVERVIEW,
    )
    yield Heading(words["criteria"])
    for rule in book.rules:
        yield from _rule(rule, words)
    yield Heading(words["verdicts"])
    for conclusion in book.conclusions:
        yield from _conclusion(conclusion, words)
    yield from _terms(book.conclusion_terms, words)
    yield Paragraph(words["undetermined"])
    if book.readings:
        yield Heading(words["general_readings"])
        yield from dashed(book.readings)
    yield Paragraph("", lead=f"{words['fingerprint']}:")
    yield Paragraph(book.sha256)
    yield from _term(words["made_by"], f"diaban {book.version}")


def _rule(rule: Rule, words: Words) -> Iterator[Block]:
    yield Heading(f"{rule.id}. {rule.title}", 2)
    if rule.quote:
        yield Paragraph(rule.quote, style="italic")
    yield from _term(words["clause"], rule.cites)
    yield from _term(words["applies_to"], rule.levels)
    yield from _term(words["when"], rule.when)
    yield from _term(words["requires"], rule.requires)
    yield from _demands(rule.demands, words)
    yield from _terms(rule.terms, words)
    yield from _list(words["evidence"], rule.evidence)
    yield from _term(words["remedy"], rule.remedy)
    yield from _list(words["readings"], rule.readings)
    yield from _term(words["source"], rule.source)


def _conclusion(conclusion: Conclusion, words: Words) -> Iterator[Block]:
    lead = f"{conclusion.number}. {conclusion.label}"
    yield Paragraph(f"({conclusion.id}; {conclusion.success}): {conclusion.when}", lead)
    yield from _demands(conclusion.demands, words)


def _demands(demands: Iterable[Demand], words: Words) -> Iterator[Table]:
    rows = tuple(((each.id,), _demanded(each, words)) for each in demands)
    if rows:
        yield Table((words["check"], words["demand"]), rows, _DEMANDS)


def _demanded(demand: Demand, words: Words) -> tuple[str, ...]:
    if not demand.if_none:
        return (demand.words,)
    return demand.words, f"{words['if_none']}: {demand.if_none}"


def _terms(terms: Iterable[Term], words: Words) -> Iterator[Block]:
    said = (f"{term.label} [{term.id}]: {term.meaning}" for term in terms)
    yield from _list(words["terms"], said)


def _term(word: str, text: str) -> Iterator[Paragraph]:
    if text:
        yield Paragraph(text, lead=f"{word}:")


def _list(word: str, texts: Iterable[str]) -> Iterator[Block]:
    items = dashed(texts)
    if items:
        yield Paragraph("", lead=f"{word}:")
        yield from items
