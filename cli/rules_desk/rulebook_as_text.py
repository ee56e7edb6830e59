"""A rule book as a text to read on a screen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cli.plain import wrapped
from cli.rules_desk.rulebook import Conclusion, Demand, Rule, RuleBook, Term
from cli.tables import WIDTH, Column, table_lines

Words = Mapping[str, str]
_WIDEST: Final = (14, 14, 24, 44)


def rulebook_as_text(book: RuleBook, words: Words) -> Iterator[str]:
    """Yield the lines to read."""
    yield from _lines(book.title)
    yield from _lines(f"{book.issuer} · {book.pack} · {book.in_force}")
    yield from _said(words["levels"], book.levels)
    yield from _said(words["stale_after"], book.stale_after)
    yield from _list(words["documents"], book.documents)
    yield f"\n{words['overview']}\n"
    yield from _table(book.rules, words)
    for rule in book.rules:
        yield from _rule(rule, words)
    yield f"\n{words['verdicts']}\n"
    for conclusion in book.conclusions:
        yield from _conclusion(conclusion, words)
    yield from _terms(words["terms"], book.conclusion_terms)
    yield from _lines(words["undetermined"], "  ")
    if book.readings:
        yield f"\n{words['general_readings']}\n"
        yield from _items(book.readings)
    yield f"\n{words['fingerprint']}: {book.sha256}\n"


def _table(rules: Iterable[Rule], words: Words) -> Iterator[str]:
    heads = ("criterion", "clause", "applies_to", "title")
    columns = [
        Column(words[head], widest) for head, widest in zip(heads, _WIDEST, strict=True)
    ]
    rows = [(rule.id, rule.clause, rule.levels, rule.title) for rule in rules]
    yield from (f"{line}\n" for line in table_lines(columns, rows))


def _rule(rule: Rule, words: Words) -> Iterator[str]:
    yield "\n"
    yield from _lines(f"{rule.id} {rule.title}")
    if rule.quote:
        yield from _lines(f"“{rule.quote}”", "  ", "   ")
    yield from _said(words["clause"], rule.cites, "  ")
    yield from _said(words["applies_to"], rule.levels, "  ")
    yield from _said(words["when"], rule.when, "  ")
    yield from _said(words["requires"], rule.requires, "  ")
    yield from _demands(rule.demands, words)
    yield from _terms(words["terms"], rule.terms)
    yield from _list(words["evidence"], rule.evidence, "  ")
    yield from _said(words["remedy"], rule.remedy, "  ")
    yield from _list(words["readings"], rule.readings, "  ")
    yield from _said(words["source"], rule.source, "  ")


def _conclusion(conclusion: Conclusion, words: Words) -> Iterator[str]:
    head = f"{conclusion.number}. {conclusion.label} ({conclusion.id}; {conclusion.success})"
    yield from _lines(f"{head}: {conclusion.when}", "  ", "     ")
    yield from _demands(conclusion.demands, words)


def _demands(demands: Iterable[Demand], words: Words) -> Iterator[str]:
    for demand in demands:
        yield from _lines(f"{demand.id}: {demand.words}", "    ", "      ")
        if demand.if_none:
            yield from _lines(f"{words['if_none']}: {demand.if_none}", "      ")


def _terms(title: str, terms: Iterable[Term]) -> Iterator[str]:
    said = [f"{term.label} [{term.id}]: {term.meaning}" for term in terms]
    yield from _list(title, said, "  ")


def _said(word: str, text: str, indent: str = "") -> Iterator[str]:
    if text:
        yield from _lines(f"{word}: {text}", indent)


def _list(title: str, texts: Iterable[str], indent: str = "") -> Iterator[str]:
    items = list(texts)
    if items:
        yield f"{indent}{title}\n"
        yield from _items(items, indent)


def _items(texts: Iterable[str], indent: str = "") -> Iterator[str]:
    for text in texts:
        yield from _lines(f"- {text}", f"{indent}  ", f"{indent}    ")


def _lines(text: str, first: str = "", others: str | None = None) -> Iterator[str]:
    others = f"{first}  " if others is None else others
    yield from (f"{line}\n" for line in wrapped(text, WIDTH, first, others))
