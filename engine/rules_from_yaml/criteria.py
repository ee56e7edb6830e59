"""The criteria of a pack: what each requires, where it applies, what it rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from engine.circles import circles
from engine.errors import N_
from engine.pack import All, Criterion, Document
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.formulas import ALWAYS, CRITERIA, FormulaReader, Owner
from engine.rules_from_yaml.kinds import Reader, chain
from engine.source import Citation, Place
from engine.vocabulary import Text
from engine.yaml_source.nodes import Node

_MOST_CIRCLES: Final = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A criterion of which only the id is read."""

    id: str
    """Unique; where the file's is missing or taken, one that nobody can write."""
    fields: Fields

    @property
    def place(self) -> Place:
        """Where the criterion begins."""
        return self.fields.mapping.place


@dataclass(frozen=True, slots=True)
class Given:
    """What the criteria of a pack may name."""

    levels: tuple[str, ...]
    documents: Mapping[str, Document]
    evidence: Collection[str]


def criteria_begun(node: Node | None, reader: Reader) -> tuple[Draft, ...]:
    """Read the ids of the criteria: formulas may name one that stands further down."""
    drafts: dict[str, Draft] = {}
    for item in () if node is None else reader.filled(node):
        if (mapping := reader.mapping(item)) is None:
            continue
        fields = Fields(reader, mapping)
        name = _id(fields.needed("id"), drafts, reader)
        if name is None:
            name = f"#{len(drafts)}"
        drafts[name] = Draft(name, fields)
    return tuple(drafts.values())


def _id(node: Node | None, drafts: Mapping[str, Draft], reader: Reader) -> str | None:
    if node is None or (name := reader.name(node)) is None:
        return None
    if name in {ALWAYS, CRITERIA}:
        reader.problems.error(
            "pack-reserved-name",
            node.place,
            N_("'{name}' has a meaning of its own and cannot be a criterion"),
            N_("choose another id"),
            name=name,
        )
        return None
    if name in drafts:
        reader.problems.error(
            "pack-duplicate-id",
            node.place,
            N_("the criterion at {first} is already called '{name}'"),
            N_("give this criterion another id"),
            first=drafts[name].place,
            name=name,
        )
        return None
    return name


def criteria_from_yaml(
    drafts: Sequence[Draft], given: Given, formulas: FormulaReader, reader: Reader
) -> tuple[Criterion, ...]:
    """Read the rest of the criteria; what is wrong goes to the reader's problems."""
    leads_to: dict[str, tuple[str, ...]] = {}
    criteria: list[Criterion] = []
    for draft in drafts:
        owner = Owner(stem=draft.id, criterion=draft.id)
        criteria.append(_criterion(draft, owner, given, formulas, reader))
        leads_to[draft.id] = tuple(owner.refers_to)
    places = {draft.id: draft.place for draft in drafts}
    for circle in islice(circles(leads_to), _MOST_CIRCLES):
        reader.problems.error(
            "pack-circle",
            places[circle[0]],
            N_("these criteria rest on each other in a circle: {circle}"),
            N_("let one of them rest on checks alone"),
            circle=chain((*circle, circle[0])),
        )
    return tuple(criteria)


def _criterion(
    draft: Draft,
    owner: Owner,
    given: Given,
    formulas: FormulaReader,
    reader: Reader,
) -> Criterion:
    fields = draft.fields
    requires_node, when_node = fields.needed("requires"), fields.node("when")
    # In this order, which is that of the letters in the ids of checks.
    requires = None if requires_node is None else formulas.formula(requires_node, owner)
    when = None if when_node is None else formulas.formula(when_node, owner)
    criterion = Criterion(
        id=draft.id,
        levels=_levels(fields.node("levels"), given, reader),
        when=when,
        requires=All(()) if requires is None else requires,
        cites=_cites(fields.node("cites"), given, reader),
        quote=fields.text("quote"),
        title=fields.words("title") or Text(draft.id, draft.id),
        evidence=_evidence(fields.node("evidence"), given, reader),
        remedy=fields.words("remedy"),
        place=draft.place,
    )
    fields.end()
    return criterion


def _levels(node: Node | None, given: Given, reader: Reader) -> tuple[str, ...]:
    if node is None:
        return given.levels
    named = reader.names(node)
    for name, item in named:
        if given.levels and name not in given.levels:
            reader.unknown(
                "pack-unknown-level",
                item.place,
                N_("'{name}' is not among the levels of this pack"),
                given.levels,
                name=name,
            )
    return tuple(name for name, _ in named)


def _cites(node: Node | None, given: Given, reader: Reader) -> Citation | None:
    if node is None or (mapping := reader.mapping(node)) is None:
        return None
    fields = Fields(reader, mapping)
    document_node = fields.needed("document")
    clause = fields.text("clause") or ""
    fields.end()
    if document_node is None or (name := reader.name(document_node)) is None:
        return None
    if name not in given.documents:
        reader.unknown(
            "pack-unknown-document",
            document_node.place,
            N_("'{name}' is not among the 'documents' of this pack"),
            given.documents,
            name=name,
        )
    return Citation(name, clause)


def _evidence(node: Node | None, given: Given, reader: Reader) -> tuple[str, ...]:
    named = [] if node is None else reader.names(node)
    for name, item in named:
        if name not in given.evidence:
            reader.unknown(
                "pack-unknown-evidence",
                item.place,
                N_("the vocabulary has no evidence '{name}'"),
                given.evidence,
                name=name,
            )
    return tuple(name for name, _ in named)
