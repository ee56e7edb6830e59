"""The counts of a vocabulary: rows of a register, parts of other counts, or typed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.circles import circles
from engine.errors import N_
from engine.rules_from_yaml.conditions import condition_from_yaml
from engine.rules_from_yaml.fields import entries, fields_or_none
from engine.rules_from_yaml.kinds import Reader, chain
from engine.vocabulary import (
    BUILT_IN,
    LOCALITIES,
    AllOf,
    Condition,
    Count,
    Field,
    FieldType,
    Register,
    Text,
)
from engine.yaml_source.nodes import Node, Scalar

_RESERVED: Final = ("criteria", "locality", "n", "row")
_EVERY_ROW: Final = AllOf(())


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is written, not yet looked up; none where it could not be read."""

    id: str | None
    node: Node


@dataclass(frozen=True, slots=True)
class _Draft:
    """A count as it is written."""

    id: str
    key: Scalar
    label: Text
    unit: Text | None = None
    register: _Name | None = None
    within: _Name | None = None
    where: Node | None = None
    synonyms: tuple[str, ...] = ()
    personal: bool = False

    @property
    def whole(self) -> str | None:
        return None if self.within is None else self.within.id


def counts_from_yaml(
    node: Node | None, registers: Mapping[str, Register], reader: Reader
) -> Mapping[str, Count]:
    """Read the counts over `registers`; what is wrong goes to the reader's problems."""
    drafts = {
        name: _draft(name, key, body, reader)
        for name, key, body in entries(node, reader)
    }
    _check_reserved(drafts, registers[LOCALITIES], reader)
    _check_references(drafts, registers, reader)
    _check_circles(drafts, reader)
    outermost = _outermost(drafts)
    counts = {
        draft.id: _count(draft, outermost[draft.id], registers, reader)
        for draft in drafts.values()
    }
    return MappingProxyType(counts)


def _draft(name: str, key: Scalar, node: Node, reader: Reader) -> _Draft:
    text = Text(name, name)
    fields = fields_or_none(node, reader)
    if fields is None:
        return _Draft(name, key, text)
    register, within = fields.node("in"), fields.node("within")
    draft = _Draft(
        name,
        key,
        label=fields.words("label") or text,
        unit=fields.words("unit"),
        register=None if register is None else _Name(reader.name(register), register),
        within=None if within is None else _Name(reader.name(within), within),
        where=fields.node("where"),
        synonyms=fields.texts("synonyms"),
        personal=fields.yes_no("personal", default=False),
    )
    fields.end()
    if register is not None and within is not None:
        reader.problems.error(
            "vocabulary-in-and-within",
            within.place,
            N_("'{name}' is drawn from a register and from another count at once"),
            N_("keep 'in' or 'within'; what is within a count is in its register"),
            name=name,
        )
    return draft


def _check_reserved(
    drafts: Mapping[str, _Draft], localities: Register, reader: Reader
) -> None:
    columns = {each for field in localities.fields.values() for each in field.columns}
    for name in drafts.keys() & {*_RESERVED, *BUILT_IN, *columns}:
        reader.problems.error(
            "vocabulary-reserved-name",
            drafts[name].key.place,
            N_("'{name}' has another meaning for localities and cannot be a count"),
            N_("choose another name"),
            name=name,
        )


def _check_references(
    drafts: Mapping[str, _Draft], registers: Mapping[str, Register], reader: Reader
) -> None:
    for draft in drafts.values():
        match draft.register:
            case _Name(id=str() as name, node=node) if name not in registers:
                reader.unknown(
                    "vocabulary-unknown-register",
                    node.place,
                    N_("there is no register '{name}'"),
                    registers,
                    name=name,
                )
            case _:
                pass
        match draft.within:
            case _Name(id=str() as name, node=node) if name not in drafts:
                reader.unknown(
                    "vocabulary-unknown-count",
                    node.place,
                    N_("there is no count '{name}'"),
                    drafts,
                    name=name,
                )
            case _:
                pass


def _check_circles(drafts: Mapping[str, _Draft], reader: Reader) -> None:
    leads_to = {name: [draft.whole or ""] for name, draft in drafts.items()}
    for circle in circles(leads_to):
        reader.problems.error(
            "vocabulary-circle",
            drafts[circle[0]].key.place,
            N_("these counts lie within each other in a circle: {circle}"),
            N_("let one of them be 'in' a register, or only typed in"),
            circle=chain((*circle, circle[0])),
        )


def _outermost(drafts: Mapping[str, _Draft]) -> Mapping[str, _Draft]:
    """Return the last whole of every count, as far as the wholes can be followed."""
    found: dict[str, _Draft] = {}
    for start in drafts.values():
        path: dict[str, None] = {}
        at: _Draft | None = start
        last = start
        while at is not None and at.id not in found and at.id not in path:
            path[at.id] = None
            last = at
            at = drafts.get(at.whole or "")
        end = last if at is None else found.get(at.id, last)
        found.update(dict.fromkeys(path, end))
    return found


def _count(
    draft: _Draft, outermost: _Draft, registers: Mapping[str, Register], reader: Reader
) -> Count:
    register = outermost.register
    where = None
    if draft.where is not None:
        where = _where(draft.where, draft.id, outermost, registers, reader)
    return Count(
        id=draft.id,
        label=draft.label,
        unit=draft.unit,
        register=None if register is None else register.id,
        within=draft.whole,
        where=_EVERY_ROW if where is None else where,
        place=draft.key.place,
        synonyms=draft.synonyms,
        personal=draft.personal,
    )


def _where(
    node: Node,
    name: str,
    outermost: _Draft,
    registers: Mapping[str, Register],
    reader: Reader,
) -> Condition | None:
    if outermost.register is None:
        if outermost.within is None:
            reader.problems.error(
                "vocabulary-where-without-rows",
                node.place,
                N_(
                    "'{name}' is only typed in: it has no rows that 'where' could narrow"
                ),
                N_("add 'in' with a register, or remove 'where'"),
                name=name,
            )
        return None
    register = registers.get(outermost.register.id or "")
    if register is None:
        return None
    fields = dict(register.fields)
    if register.id == LOCALITIES:
        fields |= {
            name: Field(name, FieldType.TEXT, Text(name, name)) for name in BUILT_IN
        }
    return condition_from_yaml(node, fields, reader)
