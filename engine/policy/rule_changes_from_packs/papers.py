"""What differs in what a pack says of itself, and in the documents that it rests on."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from engine.pack import Pack, Reading
from engine.policy.rule_change import Aspect, Matter, RuleChange, Value
from engine.policy.rule_changes_from_packs.formulas import Both
from engine.policy.rule_changes_from_packs.matching import Matched, of_each

_Phrases = dict[tuple[str | None, str], list[Reading]]
"""Readings by criterion and phrase."""


def head_changes(before: Pack, after: Pack) -> Iterator[RuleChange]:
    """Yield the differences in id, title, issuer, days in force and levels."""
    places = (before.place, after.place)
    both = Both(Matter.PACK, (before.id, after.id), places)
    yield from both.differ(Aspect.ID, before.id, after.id)
    yield from both.differ(Aspect.IN_FORCE, before.in_force, after.in_force)
    levels = before.levels, after.levels
    is_same = set(before.levels) == set(after.levels)
    yield from both.differ(Aspect.LEVELS, *levels, same=is_same)
    # Without words of its own a pack is called by its id, which is told already.
    for aspect, old, new in (
        (Aspect.LABEL, before.title, after.title),
        (Aspect.ISSUER, before.issuer, after.issuer),
    ):
        is_only_id = (old.vi, new.vi) == (before.id, after.id)
        yield from both.differ(aspect, old, new, same=old == new or is_only_id)
    yield from both.differ(Aspect.STALE_AFTER, before.stale_after, after.stale_after)


def paper_changes(before: Pack, after: Pack, matched: Matched) -> Iterator[RuleChange]:
    """Yield the differences in documents, readings, and words of levels and evidence."""
    yield from _by_id(Matter.DOCUMENT, before.documents, after.documents)
    yield from _readings(before, after, matched)
    old, new = before.vocabulary, after.vocabulary
    levels = {*before.levels} & {*after.levels}
    yield from _labels(Matter.LEVEL, old.levels, new.levels, levels)
    evidence = [
        {name for each in pack.criteria for name in each.evidence}
        for pack in (before, after)
    ]
    named = evidence[0] & evidence[1]
    yield from _labels(Matter.EVIDENCE, old.evidence, new.evidence, named)


def _by_id(
    matter: Matter, before: Mapping[str, Value], after: Mapping[str, Value]
) -> Iterator[RuleChange]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        names = name if name in before else None, name if name in after else None
        both = Both(matter, names)
        aspect = Aspect.LABEL if old and new else Aspect.WHOLE
        yield from both.differ(aspect, old, new)


def _labels(
    matter: Matter,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    names: set[str],
) -> Iterator[RuleChange]:
    for name in sorted(names):
        both = Both(matter, (name, name))
        yield from both.differ(Aspect.LABEL, before.get(name), after.get(name))


def _readings(before: Pack, after: Pack, matched: Matched) -> Iterator[RuleChange]:
    """Match readings by criterion and phrase; several of one phrase in turn."""
    olds: _Phrases = {}
    news: _Phrases = {}
    for found, pack in ((olds, before), (news, after)):
        for each in pack.readings:
            criterion = each.criterion
            if pack is before and criterion is not None:
                criterion = matched.names.get(criterion, criterion)
            found.setdefault((criterion, each.phrase), []).append(each)
    for key in dict.fromkeys((*news, *olds)):
        criteria = () if key[0] is None else (key[0],)
        for old, new in zip_longest(olds.get(key, ()), news.get(key, ())):
            yield from _reading(old, new, criteria)


def _reading(
    old: Reading | None, new: Reading | None, criteria: tuple[str, ...]
) -> Iterator[RuleChange]:
    names = of_each((old, new), lambda each: each.phrase)
    both = Both(Matter.READING, names, criteria=criteria)
    if old is None or new is None:
        yield from both.differ(Aspect.WHOLE, old, new)
    else:
        yield from both.differ(Aspect.LABEL, old.reading, new.reading)
