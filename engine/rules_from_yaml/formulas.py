"""Formulas (LANGUAGE §6): checks, criteria and the words that join them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Final

from engine.errors import N_
from engine.pack import (
    All,
    Always,
    Any_,
    Ask,
    AtLeast,
    Check,
    CriterionRef,
    Formula,
    Negation,
)
from engine.rules_from_yaml.asks import BOUNDS, AskReader
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.kinds import ID, Reader
from engine.truth import Truth
from engine.vocabulary import Vocabulary
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence, Unread

ALWAYS: Final = "always"
CRITERIA: Final = "criteria"
_OF_MANY: Final = ("every", "share", "falls")
"""The checks whose population may be empty."""
_IF_EMPTY: Final = {
    "met": Truth.TRUE,
    "not_met": Truth.FALSE,
    "unknown": Truth.UNKNOWN,
}


def letters(position: int) -> str:
    """Return a to z for 0 to 25, then aa, ab and so on.

    >>> letters(0), letters(25), letters(26), letters(52)
    ('a', 'z', 'aa', 'ba')
    """
    more, last = divmod(position, len(ascii_lowercase))
    return (letters(more - 1) if more else "") + ascii_lowercase[last]


@dataclass(slots=True)
class Owner:
    """A criterion or a step of the verdicts: whose formulas are being read."""

    stem: str
    """What the ids of its unnamed checks begin with."""
    criterion: str | None = None
    """Its own id where it is a criterion."""
    position: int = 0
    """How many checks have been read."""
    refers_to: dict[str, None] = field(default_factory=dict)
    """The criteria that its formulas name."""


class FormulaReader:
    """Reads the formulas of one pack, and gives every check an id of its own."""

    def __init__(
        self, vocabulary: Vocabulary, criteria: Iterable[str], reader: Reader
    ) -> None:
        self._asks = AskReader(vocabulary, reader)
        self._heads = self._asks.heads
        self.every_criterion = tuple(CriterionRef(each) for each in criteria)
        self._criteria = {each.id: each for each in self.every_criterion}
        self._reader = reader
        self._taken: dict[str, Node] = {}

    def formula(self, node: Node, owner: Owner) -> Formula | None:
        """Read a formula, or record why it is none."""
        match node:
            case Mapping():
                return self._composed(node, owner)
            case Sequence():
                self._reader.problems.error(
                    "pack-not-a-formula",
                    node.place,
                    N_("a list does not say whether all or any of its parts count"),
                    N_("put it under 'all:' or 'any:'"),
                )
                return None
            case Scalar():
                return self._named(node, owner)

    def _named(self, node: Scalar, owner: Owner) -> Formula | None:
        name = node.raw
        if node.value is Unread.VALUE:
            return None
        if name == ALWAYS:
            return Always()
        if name in self._criteria:
            owner.refers_to[name] = None
            return self._criteria[name]
        self._reader.unknown(
            "pack-unknown-criterion",
            node.place,
            N_("there is no criterion '{name}'"),
            (*filter(ID.fullmatch, self._criteria), ALWAYS),
            name=name or "~",
        )
        return None

    def _composed(self, node: Mapping, owner: Owner) -> Formula | None:
        fields = Fields(self._reader, node)
        for key in node.keys:
            if key in {"all", "any", "not"}:
                read = self._joined(key, fields, owner)
                fields.end()
                return read
            if key in self._heads:
                ask = self._heads[key](fields)
                return self._check(ask, fields, owner, may_be_empty=key in _OF_MANY)
        if node.keys.keys().isdisjoint({*BOUNDS, "of"}):
            self._report_no_formula(node)
            return None
        match node.values.get("of"):
            case Sequence() | Scalar(raw="criteria") as parts:
                read = self._at_least(parts, fields, owner)
                fields.end()
                return read
            case _:
                ask = self._asks.amount(fields)
                return self._check(ask, fields, owner, may_be_empty=False)

    def _joined(self, word: str, fields: Fields, owner: Owner) -> Formula | None:
        if (node := fields.needed(word)) is None:
            return None
        match word:
            case "all":
                return All(self._parts(node, owner))
            case "any":
                return Any_(self._parts(node, owner))
            case _:
                part = self.formula(node, owner)
                return None if part is None else Negation(part)

    def _at_least(self, parts: Node, fields: Fields, owner: Owner) -> Formula | None:
        fields.node("of")
        node = fields.needed("at_least")
        number = None if node is None else self._reader.whole_number(node)
        read = self._parts(parts, owner)
        return None if number is None else AtLeast(number, read)

    def _parts(self, node: Node, owner: Owner) -> tuple[Formula, ...]:
        match node:
            case Scalar(raw="criteria") if owner.criterion is None:
                return self.every_criterion
            case Scalar(raw="criteria"):
                self._reader.problems.error(
                    "pack-circle",
                    node.place,
                    N_("'criteria' means every criterion, and so also '{id}' itself"),
                    N_("list the criteria that '{id}' rests on"),
                    id=owner.criterion,
                )
                return ()
            case _:
                read = (
                    self.formula(part, owner) for part in self._reader.items(node) or ()
                )
                return tuple(part for part in read if part is not None)

    def _report_no_formula(self, node: Mapping) -> None:
        known = (*self._heads, *BOUNDS, "all", "any", "not")
        what = N_("this mapping is no formula")
        beside = {"id", "is", "from", "if_empty", "by_at_least"}
        first = next((key for key in node.keys if key not in beside), None)
        where = node if first is None else node.keys[first]
        self._reader.unknown(
            "pack-not-a-formula", where.place, what, known, name=first or ""
        )

    def _check(
        self, ask: Ask | None, fields: Fields, owner: Owner, *, may_be_empty: bool
    ) -> Check | None:
        if_empty = self._if_empty(fields, may_be_empty=may_be_empty)
        id_node = fields.node("id")
        fields.end()
        check = fields.mapping
        if id_node is None:
            name: str | None = self._free_id(owner)
            node: Node = check
        else:
            name, node = self._reader.name(id_node), id_node
        owner.position += 1
        if name is None:
            return None
        self._take(name, node, owner)
        return None if ask is None else Check(name, ask, if_empty, check.place)

    def _if_empty(self, fields: Fields, *, may_be_empty: bool) -> Truth:
        if not may_be_empty and "if_empty" not in fields.mapping.keys:
            return Truth.TRUE
        node = fields.node("if_empty")
        if node is None or (word := self._reader.raw(node)) is None:
            return Truth.TRUE
        if not may_be_empty:
            self._reader.problems.error(
                "pack-wrong-if-empty",
                fields.mapping.keys["if_empty"].place,
                N_("this check has no population that could be empty"),
                N_("remove 'if_empty'; it belongs to 'every', 'share' and 'falls'"),
            )
        elif word not in _IF_EMPTY:
            self._reader.unknown(
                "pack-wrong-if-empty",
                node.place,
                N_("'{name}' is not an answer for an empty population"),
                _IF_EMPTY,
                name=word,
            )
        return _IF_EMPTY.get(word, Truth.TRUE)

    def _free_id(self, owner: Owner) -> str:
        """Return an id for the check at the owner's position."""
        if owner.criterion is None:
            # An earlier step with the same verdict may have checks too.
            while owner.stem + letters(owner.position) in self._taken:
                owner.position += 1
        return owner.stem + letters(owner.position)

    def _take(self, name: str, node: Node, owner: Owner) -> None:
        if name in self._criteria and name != owner.criterion:
            self._reader.problems.error(
                "pack-duplicate-id",
                node.place,
                N_(
                    "'{name}' is the id of a criterion and cannot be that of this check"
                ),
                N_("give this check another id"),
                name=name,
            )
        if name not in self._taken:
            self._taken[name] = node
            return
        self._reader.problems.error(
            "pack-duplicate-id",
            node.place,
            N_("the check at {first} is already called '{name}'"),
            N_("give this check another id"),
            first=self._taken[name].place,
            name=name,
        )
