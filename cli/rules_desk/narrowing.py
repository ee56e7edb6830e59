"""The smallest parts in which two conditions or two checks differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from cli.language import _
from cli.words.conditions import Conditions
from cli.words.demands import Demands
from cli.words.wording import Wording
from engine.pack import Amount, Ask, Asked, NoneOf, Share
from engine.policy.rule_changes_from_packs import meaning_of_condition
from engine.vocabulary import AllOf, Compared, Condition, Lasting, OneOf


@dataclass(frozen=True, slots=True)
class Apart:
    """What is said of a subject before and after; without one, of the whole."""

    subject: str
    before: str
    after: str


def conditions_apart(
    before: Condition, after: Condition, words: tuple[Conditions, Conditions]
) -> Apart:
    """Say in what two conditions differ; what both demand is left out."""
    olds, news = [*_parts(before)], [*_parts(after)]
    common = {meaning_of_condition(each) for each in olds}
    common &= {meaning_of_condition(each) for each in news}
    old, new = (
        _together([each for each in parts if meaning_of_condition(each) not in common])
        for parts in (olds, news)
    )
    kinds = OneOf | Compared | Lasting
    if isinstance(old, kinds) and isinstance(new, kinds):
        subject = words[1].subject(new)
        if words[0].subject(old) == subject:
            return Apart(subject, words[0].predicate(old), words[1].predicate(new))
    return Apart("", words[0].of(old), words[1].of(new))


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield condition


def _together(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def asks_apart(before: Ask, after: Ask, words: tuple[Wording, Wording]) -> Apart:
    """Say in what two checks differ; of the same subject only its limits."""
    demands = tuple(map(Demands, words))
    match before, after:
        case (NoneOf(old) | Amount(old, _), NoneOf(new) | Amount(new, _)) if old == new:
            subject = f"“{words[1].count(new)}”"
        case Share(part, whole, _), Share(now, of, _) if (part, whole) == (now, of):
            subject = _("share of “{part}” in “{whole}”").format(
                part=words[1].count(now), whole=words[1].count(of)
            )
        case Asked(), Asked():
            subject = _("the day that is asked for")
        case _:
            return Apart("", demands[0].of(before), demands[1].of(after))
    return Apart(subject, _limits(before, demands[0]), _limits(after, demands[1]))


def _limits(ask: Ask, demands: Demands) -> str:
    match ask:
        case Amount(_, bounds) | Share(_, _, bounds) | Asked(bounds):
            return demands.bounds(bounds)
        case _:
            return _("none")
