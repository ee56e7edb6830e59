"""Which way round the parts of a formula are asked: as they are, or under a `not`."""

from collections.abc import Iterator

from engine.pack import (
    All,
    Always,
    Any_,
    Asked,
    AtLeast,
    Check,
    CriterionRef,
    Formula,
    Negation,
    Pack,
    VerdictRule,
)


def turned_leaves(
    formula: Formula, *, straight: bool = True
) -> Iterator[tuple[Check | CriterionRef, bool]]:
    """Yield the checks and criteria of a formula, and whether each is asked as it is."""
    match formula:
        case Check() | CriterionRef():
            yield formula, straight
        case Negation(part):
            yield from turned_leaves(part, straight=not straight)
        case All(parts) | Any_(parts) | AtLeast(_, parts):
            for part in parts:
                yield from turned_leaves(part, straight=straight)
        case Always():
            return


def demands(pack: Pack) -> dict[Check, bool]:
    """Return the checks that demand something of the facts, with how each is asked."""
    formulas = (
        *(each.requires for each in pack.criteria),
        *(rule.when for rule in pack.verdicts),
    )
    return {
        leaf: straight
        for formula in formulas
        for leaf, straight in turned_leaves(formula)
        if isinstance(leaf, Check) and not isinstance(leaf.ask, Asked)
    }


def criteria_wanted(rule: VerdictRule, pack: Pack) -> frozenset[str]:
    """Return the criteria whose being met speaks for a verdict, directly or not."""
    by_id = {each.id: each for each in pack.criteria}
    found: set[tuple[str, bool]] = set()
    waiting = [*turned_leaves(rule.when)]
    while waiting:
        leaf, straight = waiting.pop()
        if isinstance(leaf, CriterionRef) and (leaf.id, straight) not in found:
            found.add((leaf.id, straight))
            required = by_id[leaf.id].requires
            waiting += turned_leaves(required, straight=straight)
    return frozenset(name for name, straight in found if straight)
