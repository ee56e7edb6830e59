"""What each count, and each field of a register, is needed for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.measures import Measures, measures_from_pack
from engine.pack import Amount, Check, Criterion, Holds, Pack, counts_named
from engine.vocabulary import (
    BUILT_IN,
    LOCALITIES,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Lasting,
    Not,
    OneOf,
    Vocabulary,
)

FieldKey = tuple[str, str]
"""A register and a field of it."""


@dataclass(frozen=True, slots=True)
class Uses:
    """For whom each thing is needed; what only a verdict needs has no criterion."""

    measures: Measures
    counts: Mapping[str, tuple[Criterion, ...]]
    fields: Mapping[FieldKey, tuple[Criterion, ...]]

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers that are counted, in the vocabulary's order."""
        counted = {count.register for count in self.measures.counts}
        known = self.measures.vocabulary.registers
        return tuple(name for name in known if name in counted - {LOCALITIES})

    def of_criterion(self, criterion: Criterion, uses: Iterable[str]) -> list[str]:
        """Return those of `uses`, counts or localities' fields, that it needs."""
        return [
            name
            for name in uses
            if criterion
            in (self.counts.get(name) or self.fields.get((LOCALITIES, name), ()))
        ]


def uses_in(pack: Pack) -> Uses:
    """Return what a pack needs, and which criteria need it."""
    counts: dict[str, list[Criterion]] = defaultdict(list)
    fields: dict[FieldKey, list[Criterion]] = defaultdict(list)
    served: list[tuple[Check, list[Criterion]]] = [
        (check, [criterion])
        for criterion in pack.criteria
        for check in criterion.checks
    ]
    served += [(check, []) for check in pack.verdict_checks]
    for check, criteria in served:
        for count in _with_wholes(check, pack.vocabulary):
            _add(counts[count], criteria)
        for field in _fields_of(check, pack.vocabulary):
            _add(fields[field], criteria)
    return Uses(
        measures_from_pack(pack),
        {name: tuple(found) for name, found in counts.items()},
        {name: tuple(found) for name, found in fields.items()},
    )


def _add(found: list[Criterion], criteria: Iterable[Criterion]) -> None:
    found.extend(each for each in criteria if each not in found)


def _with_wholes(check: Check, vocabulary: Vocabulary) -> Iterable[str]:
    for name in counts_named(check.ask):
        for count in vocabulary.wholes(name):
            yield count.id


def _fields_of(check: Check, vocabulary: Vocabulary) -> Iterable[FieldKey]:
    match check.ask:
        case Holds(field):
            yield LOCALITIES, field
        case Amount(_, bounds):
            yield from (
                (LOCALITIES, bound) for _, bound in bounds if isinstance(bound, str)
            )
        case _:
            pass
    for name in counts_named(check.ask):
        register = vocabulary.counts[name].register
        for field in _fields_in(vocabulary.rows_of(name)):
            if register and not (register == LOCALITIES and field in BUILT_IN):
                yield register, field


def _fields_in(condition: Condition) -> Iterator[str]:
    """Yield the fields of a condition, those too that it compares with."""
    match condition:
        case OneOf(field, _):
            yield field
        case Compared(field, _, bound) | Lasting(field, _, _, bound):
            yield field
            if isinstance(bound, str):
                yield bound
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _fields_in(part)
        case Not(part):
            yield from _fields_in(part)
