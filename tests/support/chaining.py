"""Forward chaining in its plainest form: what a network must agree with."""

from collections.abc import Collection, Iterable, Mapping

from engine.network.productions import (
    ALWAYS,
    POSSIBLE,
    VERDICT,
    Input,
    Kind,
    Literal,
    Production,
    Question,
)
from engine.network.productions_from_pack import productions_from_pack
from engine.pack import Pack
from engine.truth import Truth

CODES = {"not_met": 0, "met": 1, "unknown": 2, "not_applicable": 3}


def chained(
    productions: Iterable[Production], facts: Iterable[Literal]
) -> tuple[set[Production], set[Literal]]:
    """Fire whatever can fire, over and over; return what fired and what holds."""
    productions, known = list(productions), set(facts)
    fired: set[Production] = set()
    while True:
        new = {p for p in productions if known.issuperset(p.antecedents)} - fired
        if not new:
            return fired, known
        fired |= new
        known |= {production.conclusion for production in new}


def facts_of(
    question: Question,
    level: str,
    truths: Mapping[str, int],
    outcomes: Mapping[str, str],
) -> set[Literal]:
    def code(what: Input) -> int:
        if what.kind is Kind.LEVEL:
            return int(level in what.levels)
        return truths[what.id] if what.kind is Kind.CHECK else CODES[outcomes[what.id]]

    said = {each.by_code[code(each)] for each in question.inputs}
    return {ALWAYS, *(literal for literal in said if literal is not None)}


def chained_verdict(
    pack: Pack, level: str, truths: Mapping[str, int]
) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """The outcomes, the verdict, and the verdicts still possible."""
    productions = productions_from_pack(pack)
    outcomes: dict[str, str] = {}
    for criterion, question in productions.criteria.items():
        _, known = chained(
            question.productions, facts_of(question, level, truths, outcomes)
        )
        outcomes[criterion] = the_value(known, question.about)
    question = productions.verdict
    _, known = chained(
        question.productions, facts_of(question, level, truths, outcomes)
    )
    doubts = {
        each.unknown for each in question.conditions if known.isdisjoint(each.settled)
    }
    _, known = chained(question.productions, known | doubts)
    left = {literal.value for literal in known if literal.node == POSSIBLE}
    possible = tuple(name for name in pack.verdict_names if name in left)
    in_order = {each.id: outcomes[each.id] for each in pack.criteria}
    return in_order, the_value(known, VERDICT), possible


def the_value(known: Collection[Literal], node: str) -> str:
    (value,) = {each.value for each in known if each.node == node} or {"unknown"}
    return value


def every_pattern(checks: Iterable[str]) -> Iterable[dict[str, Truth]]:
    """All truths that a few checks can have together."""
    patterns: list[dict[str, Truth]] = [{}]
    for check in checks:
        patterns = [{**each, check: truth} for each in patterns for truth in Truth]
    return patterns
