"""Two packs side by side: their heads, criteria, decision lists, and what they count."""

from collections.abc import Iterator, Sequence

from engine.pack import Check, Criterion, Formula, Pack, VerdictRule, leaves
from engine.policy.rule_change import Aspect, Matter, RuleChange
from engine.policy.rule_changes_from_packs.counting import counting_changes
from engine.policy.rule_changes_from_packs.formulas import Both, Checks
from engine.policy.rule_changes_from_packs.matching import (
    Matched,
    matched_checks,
    matched_criteria,
    matched_rules,
    of_each,
)
from engine.policy.rule_changes_from_packs.papers import head_changes, paper_changes


def rule_changes_from_packs(before: Pack, after: Pack) -> tuple[RuleChange, ...]:
    """Return what differs, what may change a verdict first; of equal packs nothing.

    Compared is what the rules mean: the order of keys, criteria and parts, comments,
    and spellings that mean the same make no difference.
    """
    matched = matched_criteria(before, after)
    found: list[RuleChange] = [*head_changes(before, after)]
    for old, new in matched.criteria:
        found += _criterion(old, new, matched)
    found += _verdicts(before, after, matched)
    found += counting_changes(before, after, matched)
    found += paper_changes(before, after, matched)
    criteria = [(new or old or "") for old, new in matched.ids]
    return tuple(sorted(found, key=lambda each: _rank(each, criteria)))


def _rank(change: RuleChange, criteria: Sequence[str]) -> tuple[bool, int]:
    """Put what may change a verdict first; in it the pack, the criteria, the rest."""
    if change.matter is Matter.PACK:
        return (not change.decides, -1)
    at = criteria.index(change.criteria[0]) if change.criteria else len(criteria)
    return (not change.decides, at)


def _criterion(
    old: Criterion | None,
    new: Criterion | None,
    matched: Matched,
) -> Iterator[RuleChange]:
    names = of_each((old, new), lambda each: each.id)
    places = of_each((old, new), lambda each: each.place)
    criteria = tuple(each for each in (names[1] or names[0],) if each)
    both = Both(Matter.CRITERION, names, places, criteria)
    if old is None or new is None:
        yield from both.differ(Aspect.WHOLE, old, new)
        return
    yield from both.differ(Aspect.ID, old.id, new.id)
    yield from both.differ(
        Aspect.LEVELS, old.levels, new.levels, same=matched.apply_alike(old, new)
    )
    checks = Checks(matched_checks(old.checks, new.checks), matched)
    conditions = checks.meanings(old.when, new.when)
    yield from both.differ(
        Aspect.WHEN, old.when, new.when, same=conditions[0] == conditions[1]
    )
    if checks.only_add_or_remove(old.requires, new.requires):
        yield from checks.lone((old.requires, new.requires), criteria)
    else:
        yield from both.differ(Aspect.REQUIRES, old.requires, new.requires, same=False)
    yield from checks.changes((old.id, new.id), criteria)
    yield from _words(both, old, new)


def _words(both: Both, old: Criterion, new: Criterion) -> Iterator[RuleChange]:
    yield from both.differ(
        Aspect.LABEL, old.title, new.title, same=_titled_alike(old, new)
    )
    yield from both.differ(Aspect.CITES, old.cites, new.cites)
    yield from both.differ(Aspect.QUOTE, old.quote, new.quote)
    yield from both.differ(
        Aspect.EVIDENCE,
        old.evidence,
        new.evidence,
        same=set(old.evidence) == set(new.evidence),
    )
    yield from both.differ(Aspect.REMEDY, old.remedy, new.remedy)


def _titled_alike(old: Criterion, new: Criterion) -> bool:
    """Tell whether the titles are equal, or are nothing but the ids."""
    have_none = all({each.title.vi, each.title.en} == {each.id} for each in (old, new))
    return have_none or old.title == new.title


def _verdicts(before: Pack, after: Pack, matched: Matched) -> Iterator[RuleChange]:
    pairs = matched_rules(before, after)
    for old, new in pairs:
        names = of_each((old, new), lambda each: each.verdict)
        places = of_each((old, new), lambda each: each.place)
        both = Both(Matter.VERDICT, names, places)
        if old is None or new is None:
            yield from both.differ(Aspect.WHOLE, old, new)
        else:
            yield from _rule(both, old, new, matched)
    lists = [[each.verdict for each in pack.verdicts] for pack in (before, after)]
    in_both = [(old, new) for old, new in pairs if old is not None and new is not None]
    order = [before.verdicts.index(old) for old, _ in in_both]
    both = Both(Matter.VERDICT, (None, None), (before.place, after.place))
    is_same = order == sorted(order) and len(in_both) == len(lists[0]) == len(lists[1])
    yield from both.differ(Aspect.ORDER, tuple(lists[0]), tuple(lists[1]), same=is_same)


def _rule(
    both: Both,
    old: VerdictRule,
    new: VerdictRule,
    matched: Matched,
) -> Iterator[RuleChange]:
    yield from both.differ(Aspect.ID, old.verdict, new.verdict)
    found = matched_checks(*([*_checks(each.when)] for each in (old, new)))
    checks = Checks(found, matched)
    meanings = checks.meanings(old.when, new.when)
    yield from both.differ(
        Aspect.WHEN, old.when, new.when, same=meanings[0] == meanings[1]
    )
    yield from checks.changes((old.verdict, new.verdict), ())
    yield from both.differ(Aspect.PASSES, old.passes, new.passes)
    yield from both.differ(Aspect.LABEL, old.label, new.label)


def _checks(formula: Formula) -> Iterator[Check]:
    return (leaf for leaf in leaves(formula) if isinstance(leaf, Check))
