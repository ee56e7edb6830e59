"""What a criterion lacks for a reviewer: its words, its clause, a remedy, a case."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.errors import N_, Diagnostic
from engine.pack import Criterion, Pack, leaves
from engine.policy.findings_from_pack.noted import noted
from engine.policy.worked_case import ClaimKind, WorkedCase


def findings_about_criteria(pack: Pack) -> Iterator[Diagnostic]:
    """Yield which criteria lack their words, their clause or a remedy."""
    missed = _missed(pack)
    for each in pack.criteria:
        if each.checks:  # one that only joins others has their words
            yield from _about_words(each)
        if each.checks and each.id in missed and each.remedy is None:
            yield noted(
                "criterion-without-remedy",
                each.place,
                N_("{criterion} does not say what to do where it is not met"),
                N_("add 'remedy:'"),
                criterion=each.id,
            )


def _missed(pack: Pack) -> set[str]:
    """Return the criteria that a verdict which passes rests on, through others too."""
    by_id = {each.id: each for each in pack.criteria}
    conditions = (rule.when for rule in pack.verdicts if rule.passes)
    waiting = [each.id for when in conditions for each in leaves(when)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in found:
            found.add(name)
            waiting += by_id[name].refers_to
    return found


def findings_about_cases(
    pack: Pack, cases: Sequence[WorkedCase] | None
) -> Iterator[Diagnostic]:
    """Yield which criteria no case is about; of no cases at all (None) tell once."""
    if cases is None:
        yield noted(
            "pack-without-cases",
            pack.place,
            N_("no worked cases lie beside this pack, so nobody has seen it judge"),
            N_("write some into {file}, beside it"),
            file=Path(pack.place.file).with_suffix(".tests.yaml").name,
        )
        return
    claims = {(each.kind, each.subject) for case in cases for each in case.claims}
    for each in pack.criteria:
        own = {(ClaimKind.CHECKS, check.id) for check in each.checks}
        if claims.isdisjoint({(ClaimKind.CRITERIA, each.id), *own}):
            yield noted(
                "criterion-without-case",
                each.place,
                N_("no worked case expects anything of {criterion}"),
                N_("write one with 'criteria: {{{criterion}: …}}' in its 'expect'"),
                criterion=each.id,
            )


def _about_words(criterion: Criterion) -> Iterator[Diagnostic]:
    if not (criterion.quote or "").strip():
        yield noted(
            "criterion-without-quote",
            criterion.place,
            N_("{criterion} does not show the words that it rests on"),
            N_("add 'quote:' with the document's own words"),
            criterion=criterion.id,
        )
    if criterion.cites is None or not criterion.cites.clause.strip():
        yield noted(
            "criterion-without-clause",
            criterion.place,
            N_("{criterion} does not say which clause it rests on"),
            N_("add 'cites: {{document: …, clause: …}}'"),
            criterion=criterion.id,
        )
