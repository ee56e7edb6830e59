"""Counts that nobody uses, or that can never be known for anything."""

from collections.abc import Iterator, Mapping, Sequence

from engine.errors import N_, Diagnostic
from engine.pack import Pack, counts_named
from engine.policy.findings_from_pack.noted import noted
from engine.vocabulary import (
    LOCALITIES,
    AllOf,
    Condition,
    Count,
    OneOf,
    Value,
    Vocabulary,
)


def findings_about_counts(
    vocabulary: Vocabulary, packs: Sequence[Pack]
) -> Iterator[Diagnostic]:
    """Yield what is amiss with counts; `packs` are all that use the vocabulary."""
    used = _used(vocabulary, packs)
    verdicts = {name for pack in packs for name in pack.verdict_names}
    levels = {level for pack in packs for level in pack.levels} | {*vocabulary.levels}
    for count in vocabulary.counts.values():
        if count.id not in used:
            yield noted(
                "count-unused",
                count.place,
                N_("no pack asks for the count '{count}'"),
                N_("remove it, or ask for it in a check"),
                count=count.id,
            )
        if count.register is None and not _is_explained(count):
            yield noted(
                "count-without-words",
                count.place,
                N_(
                    "'{count}' is only typed in, and nothing tells the person who types "
                    "what to count"
                ),
                N_("add 'label: {{vi: …, en: …}}', or draw it from a register ('in')"),
                count=count.id,
            )
        yield from _about_rows(count, vocabulary, verdicts, levels)


def _used(vocabulary: Vocabulary, packs: Sequence[Pack]) -> set[str]:
    named = [
        name
        for pack in packs
        for check in pack.checks
        for name in counts_named(check.ask)
    ]
    for expected in vocabulary.expectations:
        named += [*expected.if_any, *expected.then_any]
    return {whole.id for name in named for whole in vocabulary.wholes(name)}


def _is_explained(count: Count) -> bool:
    return count.label.vi != count.id or count.label.en != count.id


def _about_rows(
    count: Count, vocabulary: Vocabulary, verdicts: set[str], levels: set[str]
) -> Iterator[Diagnostic]:
    equal = _equal(vocabulary.rows_of(count.id))
    own = {each.field for each in _parts(count.where)}
    for field, values in equal.items():
        if field not in own:
            continue  # told of the count that says so
        if not values:
            yield noted(
                "count-always-none",
                count.place,
                N_(
                    "nothing can ever be counted as '{count}': its conditions on "
                    "'{field}' exclude each other"
                ),
                N_("let the conditions of the count and of its wholes have a value"),
                count=count.id,
                field=field,
            )
        elif count.register == LOCALITIES:
            known = {"verdict": verdicts, "level": levels}.get(field)
            if known is not None and values.isdisjoint(known):
                yield noted(
                    "count-unknowable",
                    count.place,
                    N_(
                        "nobody can know '{count}': no pack here has the {field} '{value}'"
                    ),
                    N_("write one that a pack has: {known}"),
                    count=count.id,
                    field=field,
                    value=" / ".join(sorted(map(str, values))),
                    known=", ".join(sorted(known)),
                )


def _equal(condition: Condition) -> Mapping[str, set[Value]]:
    """Return, for each field that must have one of some values, those values."""
    found: dict[str, set[Value]] = {}
    for part in _parts(condition):
        values = set(part.values)
        found[part.field] = found.get(part.field, values) & values
    return found


def _parts(condition: Condition) -> Iterator[OneOf]:
    """Yield the equalities that must all hold."""
    match condition:
        case OneOf():
            yield condition
        case AllOf(parts):
            for part in parts:
                yield from _parts(part)
        case _:
            return
