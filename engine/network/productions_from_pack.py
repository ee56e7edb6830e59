"""Packs to productions: a question for each criterion, and one for the verdict."""

from collections.abc import Iterable, Iterator, Sequence

from engine.network.productions import (
    ALWAYS,
    POSSIBLE,
    VERDICT,
    Condition,
    Input,
    Kind,
    Literal,
    Productions,
    Question,
)
from engine.network.rails_from_formulas import Book, Rails
from engine.pack import (
    UNDETERMINED,
    All,
    Always,
    Any_,
    AtLeast,
    Criterion,
    CriterionRef,
    Formula,
    Pack,
    VerdictRule,
    leaves,
)


def productions_from_pack(pack: Pack) -> Productions:
    """Compile a pack's criteria and its decision list."""
    outcomes: dict[str, Rails] = {}
    criteria = {
        criterion.id: _question_of(criterion, pack, outcomes)
        for criterion in pack.criteria_by_need()
    }
    return Productions(criteria, _verdict_question(pack.verdicts, outcomes))


def _question_of(
    criterion: Criterion, pack: Pack, outcomes: dict[str, Rails]
) -> Question:
    book = Book(outcomes)
    node = f"criterion {criterion.id}"
    inputs = _inputs(criterion.formulas, outcomes)
    guards = []
    if not set(pack.levels) <= set(criterion.levels):
        inside = Rails(Literal(f"{node} level", "in"), Literal(f"{node} level", "out"))
        inputs.append(_input(Kind.LEVEL, criterion.id, inside, criterion.levels))
        guards.append(inside)
    if criterion.when is not None:
        guards.append(book.rails(criterion.when, f"{node} when"))
    if not guards and isinstance(criterion.requires, All | Any_ | AtLeast):
        into = Rails.of_criterion(node)
        book.write(criterion.requires, into, node)
    else:
        requires = book.rails(criterion.requires, f"{node} requires")
        into = _write_guarded(book, guards, requires, node)
    outcomes[criterion.id] = into
    return Question(node, tuple(inputs), tuple(book.productions))


def _write_guarded(
    book: Book, guards: Sequence[Rails], requires: Rails, node: str
) -> Rails:
    """Write that the outcome is that of `requires` where every guard is true."""
    into = Rails.of_criterion(node)
    na = Literal(node, "not_applicable")
    passed: list[Literal] = []
    for guard in guards:
        for stop in (guard.false, guard.na):
            if stop is not None:
                book.conclude(na, *passed, stop)
        passed.append(guard.true)
    book.conclude(into.true, *passed, requires.true)
    book.conclude(into.false, *passed, requires.false)
    if requires.na is not None:
        book.conclude(na, *passed, requires.na)
    limited = bool(guards) or requires.na is not None
    return Rails(into.true, into.false, na if limited else None)


def _verdict_question(
    rules: Sequence[VerdictRule], outcomes: dict[str, Rails]
) -> Question:
    book = Book(outcomes)
    conditions = []
    heard = tuple(_until_always(rules))
    for number, rule in enumerate(heard, 1):
        rails = book.rails(rule.when, f"rule {number}")
        _write_rule(book, number, rule.verdict, rails)
        conditions.append(Condition(rails.settled, rails.doubt))
    for verdict in dict.fromkeys(rule.verdict for rule in heard):
        book.conclude(Literal(POSSIBLE, verdict), Literal(VERDICT, verdict))
    inputs = _inputs([rule.when for rule in heard], outcomes)
    return Question(VERDICT, tuple(inputs), tuple(book.productions), tuple(conditions))


def _until_always(rules: Iterable[VerdictRule]) -> Iterator[VerdictRule]:
    for rule in rules:
        yield rule
        if isinstance(rule.when, Always):
            return


def _write_rule(book: Book, number: int, verdict: str, rails: Rails) -> None:
    """Write one step of the decision list.

    A step is *reached* where every condition before it passed on, and *open* where it
    may be reached, because one of those conditions is unknown.
    """
    reached = _step(number, "reached") if number > 1 else ALWAYS
    opened = [_step(number, "open")] if number > 1 else []
    possible = Literal(POSSIBLE, verdict)
    book.conclude(Literal(VERDICT, verdict), reached, rails.true)
    for step in opened:
        book.conclude(possible, step, rails.true)
    if rails.true == ALWAYS:
        return
    book.conclude(Literal(VERDICT, UNDETERMINED), reached, rails.doubt)
    for step in (reached, *opened):
        book.conclude(possible, step, rails.doubt)
        book.conclude(_step(number + 1, "open"), step, rails.doubt)
    for passed in rails.settled[1:]:
        book.conclude(_step(number + 1, "reached"), reached, passed)
        for step in opened:
            book.conclude(_step(number + 1, "open"), step, passed)


def _step(number: int, value: str) -> Literal:
    return Literal(f"step {number}", value)


def _inputs(formulas: Iterable[Formula], outcomes: dict[str, Rails]) -> list[Input]:
    """Return what formulas rest on, each once, in the order they name it."""
    found: dict[tuple[Kind, str], Input] = {}
    for formula in formulas:
        for leaf in leaves(formula):
            if isinstance(leaf, CriterionRef):
                kind, rails = Kind.CRITERION, outcomes[leaf.id]
            else:
                kind, rails = Kind.CHECK, Rails.of(leaf.id)
            found.setdefault((kind, leaf.id), _input(kind, leaf.id, rails))
    return list(found.values())


def _input(kind: Kind, name: str, rails: Rails, levels: tuple[str, ...] = ()) -> Input:
    return Input(kind, name, rails.false, rails.true, rails.na, levels)
