"""The quote's words against the checks: trên is not at_least, 100% is every."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from engine.errors import N_, Diagnostic
from engine.pack import Criterion, Every, Holds, Pack
from engine.policy.bounds import Bound, Sort
from engine.policy.findings_from_pack.demands import Demand, checks_of, demands_of
from engine.policy.findings_from_pack.noted import noted
from engine.policy.findings_from_pack.phrases import Phrase, Words, phrases_of
from engine.source import Place
from engine.vocabulary import Operator

_ALL: Final = Bound(Operator.AT_LEAST, Fraction(1), Sort.PERCENT)
_NOBODY: Final = (
    Bound(Operator.AT_MOST, Fraction(0), Sort.NUMBER),
    Bound(Operator.AT_MOST, Fraction(0), Sort.PERCENT),
)


def findings_about_quotes(pack: Pack) -> Iterator[Diagnostic]:
    """Yield where a criterion's checks do not ask what its quote says."""
    for criterion in pack.criteria:
        if criterion.quote is None:
            continue
        phrases = phrases_of(criterion.quote)
        demands = demands_of(criterion, pack)
        for phrase in phrases:
            if isinstance(phrase.asks, Bound):
                yield from _about_bound(phrase, phrase.asks, demands, criterion)
        yield from _about_words(phrases, demands, criterion, pack)


def _about_bound(
    phrase: Phrase, wanted: Bound, demands: tuple[Demand, ...], criterion: Criterion
) -> Iterator[Diagnostic]:
    if any(wanted.meets(each.bound) for each in demands):
        return
    near = next((each for each in demands if wanted.is_about(each.bound)), None)
    if near is not None:
        yield noted(
            "quote-operator",
            near.check.place,
            N_("{check} asks for '{asked}', but the quote says “{words}”"),
            N_("write '{wanted}', or say in an ignore why the words mean otherwise"),
            check=near.check.id,
            asked=str(near.bound),
            words=phrase.words,
            wanted=str(wanted),
        )
    elif phrase.is_firm:
        yield noted(
            "quote-number",
            criterion.place,
            N_("the quote of {criterion} says “{words}”, but no check asks for it"),
            N_("add a check with '{wanted}', or say in an ignore where it is asked"),
            criterion=criterion.id,
            words=phrase.words,
            wanted=str(wanted),
        )


def _about_words(
    phrases: tuple[Phrase, ...],
    demands: tuple[Demand, ...],
    criterion: Criterion,
    pack: Pack,
) -> Iterator[Diagnostic]:
    checks = checks_of(criterion, pack)
    judged = {check.id for check, _ in checks if isinstance(check.ask, Holds)}
    everyone = {each.check.id for each in demands if _ALL.meets(each.bound)} | judged
    said = [each.words for each in phrases if each.asks is Words.EVERY]
    if len(said) > len(everyone):
        yield noted(
            "quote-every",
            _place(criterion),
            N_(
                "the quote of {criterion} says 100% ({said}×), but {asked} of its checks "
                "ask for every one"
            ),
            N_("ask for each with 'every: …, is: …'"),
            criterion=criterion.id,
            said=len(said),
            asked=len(everyone),
        )
    nobody = {
        each.check.id
        for each in demands
        if any(zero.meets(each.bound) for zero in _NOBODY)
    }
    # “không có …, trừ …” is asked as: every one is among the exceptions.
    spared = {check.id for check, _ in checks if isinstance(check.ask, Every)}
    none = next((each.words for each in phrases if each.asks is Words.NONE), None)
    if none is not None and not nobody | spared | judged:
        yield noted(
            "quote-none",
            _place(criterion),
            N_("the quote of {criterion} says “{words}”, but no check asks for none"),
            N_("ask with 'none: …'"),
            criterion=criterion.id,
            words=none,
        )


def _place(criterion: Criterion) -> Place:
    """Return where the only check stands, if there is but one, else the criterion."""
    checks = criterion.checks
    return checks[0].place if len(checks) == 1 else criterion.place
