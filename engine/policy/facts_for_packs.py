"""The same facts for several packs, of which each may have a vocabulary of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.pack import Pack
from engine.vocabulary import LOCALITIES, Field, FieldType, Register, Vocabulary


def facts_for_packs(path: Path, packs: Sequence[Pack]) -> tuple[Facts, ...]:
    """Read facts for each pack, once for all that read them alike.

    A pack reads what its vocabulary knows as strictly as ever. What it does not know
    but another pack does is no mistake: it is left aside.

    Raises:
        FactsError: with everything that is wrong, each with its place.
    """
    read: list[tuple[Vocabulary, Facts]] = []
    found = []
    for pack in packs:
        others = [each.vocabulary for each in packs]
        vocabulary = _joined(pack.vocabulary, others)
        facts = next(
            (known for other, known in read if _alike(other, vocabulary)), None
        )
        if facts is None:
            facts = facts_from_files(path, vocabulary)
            read.append((vocabulary, facts))
        found.append(facts)
    return tuple(found)


def _joined(own: Vocabulary, others: Sequence[Vocabulary]) -> Vocabulary:
    """Return a vocabulary with what it lacks of others; its own words come first."""
    registers, counts = dict(own.registers), dict(own.counts)
    columns = {*own.registers[LOCALITIES].fields, *own.counts}
    for other in others:
        for name, count in other.counts.items():
            if name not in columns:
                counts.setdefault(name, count)
        for name, register in other.registers.items():
            taken = columns if name == LOCALITIES else ()
            known = registers.get(name)
            registers[name] = (
                register if known is None else _with(known, register, taken)
            )
    return replace(own, registers=registers, counts=counts)


def _with(own: Register, other: Register, taken: "set[str] | tuple[()]") -> Register:
    fields = dict(own.fields)
    for name, field in other.fields.items():
        if name in fields:
            fields[name] = _widened(fields[name], field)
        elif name not in taken:
            fields[name] = field
    return replace(own, fields=fields, personal=own.personal or other.personal)


def _widened(own: Field, other: Field) -> Field:
    """Return a field that may hold what either says; of another type only its own."""
    if own.type is not FieldType.CHOICE or other.type is not FieldType.CHOICE:
        return own
    return replace(own, of=tuple(dict.fromkeys((*own.of, *other.of))))


def _alike(one: Vocabulary, other: Vocabulary) -> bool:
    """Tell whether facts are read the same by both."""
    return one.counts.keys() == other.counts.keys() and _shape(one) == _shape(other)


def _shape(vocabulary: Vocabulary) -> Mapping[str, object]:
    return {
        name: (
            register.personal,
            {each.id: (each.type, {*each.of}) for each in register.fields.values()},
        )
        for name, register in vocabulary.registers.items()
    }
