"""Which criterion, and which check, of one pack is which of the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.pack import Check, Criterion, CriterionRef, Pack, VerdictRule
from engine.policy.rule_changes_from_packs.meaning import (
    Meaning,
    meaning_of_ask,
    meaning_of_check,
    meaning_of_formula,
)

_T = TypeVar("_T")
_R = TypeVar("_R")
Pair = tuple[_T | None, _T | None]
"""One thing in the first pack and in the second; None where it is in one only."""


def of_each(pair: Pair[_T], part: Callable[[_T], _R]) -> Pair[_R]:
    """Return a part of the one thing and of the other, where they are."""
    old, new = pair
    return (None if old is None else part(old), None if new is None else part(new))


@dataclass(frozen=True, slots=True)
class Matched:
    """Two packs, and their criteria side by side."""

    before: Pack
    after: Pack
    criteria: tuple[Pair[Criterion], ...]
    names: Mapping[str, str]
    """By the id of a criterion in the first pack, its id in the second."""

    @property
    def ids(self) -> tuple[Pair[str], ...]:
        """The ids of the criteria side by side."""
        return tuple(of_each(pair, lambda each: each.id) for pair in self.criteria)

    def apply_alike(self, old: Criterion, new: Criterion) -> bool:
        """Tell whether criteria apply to the same levels, or each to its pack's."""
        levels, packs = (set(old.levels), set(new.levels)), (self.before, self.after)
        are_default = levels == tuple(set(pack.levels) for pack in packs)
        return are_default or levels[0] == levels[1]


def matched_criteria(before: Pack, after: Pack) -> Matched:
    """Match by id, then by equal content; in the second pack's order, the lost last."""
    names = {
        each.id: each.id
        for each in before.criteria
        if any(each.id == other.id for other in after.criteria)
    }
    free = [each for each in after.criteria if each.id not in names]
    for old in before.criteria_by_need():
        if old.id in names:
            continue
        meaning = _content(old, before, names)
        same = [each for each in free if _content(each, after, {}) == meaning]
        if same:
            # Of several that say the same, the one with the same words.
            new = next((each for each in same if each.quote == old.quote), same[0])
            names[old.id] = new.id
            free.remove(new)
    olds = {names[each.id]: each for each in before.criteria if each.id in names}
    pairs = [(olds.get(each.id), each) for each in after.criteria]
    lost = [(each, None) for each in before.criteria if each.id not in names]
    return Matched(before, after, (*pairs, *lost), names)


def _content(criterion: Criterion, pack: Pack, names: Mapping[str, str]) -> Meaning:
    def leaf(part: Check | CriterionRef) -> Meaning:
        if isinstance(part, CriterionRef):
            return ("criterion", names.get(part.id, part.id))
        return ("check", meaning_of_check(part))

    formulas = (criterion.requires, criterion.when)
    return (
        frozenset(criterion.levels),
        *(each and meaning_of_formula(each, leaf, ids_of(pack)) for each in formulas),
    )


def ids_of(pack: Pack) -> frozenset[str]:
    """Return the ids of the criteria."""
    return frozenset(each.id for each in pack.criteria)


def matched_checks(
    before: Sequence[Check], after: Sequence[Check]
) -> tuple[Pair[Check], ...]:
    """Match the checks of one criterion: the same, the renamed, then the changed."""
    ways: tuple[Callable[[Check, Check], bool], ...] = (
        lambda old, new: (
            (old.id, meaning_of_check(old)) == (new.id, meaning_of_check(new))
        ),
        lambda old, new: meaning_of_check(old) == meaning_of_check(new),
        lambda old, new: (
            old.id == new.id
            and meaning_of_ask(old.ask)[0] == meaning_of_ask(new.ask)[0]
        ),
        lambda old, new: old.id == new.id,
    )
    return _matched(before, after, ways)


def matched_rules(before: Pack, after: Pack) -> tuple[Pair[VerdictRule], ...]:
    """Match the steps of two decision lists: by their verdicts in turn, then by label."""
    ways: tuple[Callable[[VerdictRule, VerdictRule], bool], ...] = (
        lambda old, new: old.verdict == new.verdict,
        lambda old, new: old.label == new.label and old.passes == new.passes,
    )
    return _matched(before.verdicts, after.verdicts, ways)


def _matched(
    before: Sequence[_T], after: Sequence[_T], ways: Iterable[Callable[[_T, _T], bool]]
) -> tuple[Pair[_T], ...]:
    left, found = list(before), dict[int, _T]()
    for is_same in ways:
        for at, new in enumerate(after):
            if at in found:
                continue
            old = next((each for each in left if is_same(each, new)), None)
            if old is not None:
                found[at] = old
                left.remove(old)
    pairs = [(found.get(at), new) for at, new in enumerate(after)]
    return (*pairs, *((each, None) for each in left))
