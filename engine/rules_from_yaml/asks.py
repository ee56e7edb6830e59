"""What a single check asks: of counts, of a field, of the day (LANGUAGE §5)."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, TypeVar

from engine.errors import N_
from engine.pack import Amount, Ask, Asked, Every, Falls, Holds, NoneOf, Share
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.kinds import ID, Reader, shown
from engine.vocabulary import (
    LOCALITIES,
    OF_DATES,
    FieldType,
    Operator,
    Vocabulary,
)
from engine.yaml_source.nodes import Node, Scalar, Unread

_Bound = TypeVar("_Bound")
_PERCENT: Final = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,9}))?%")
_LARGEST_BOUND: Final = 10**18
"""Sums of the largest counts stay below it, and it fits the columns' integers."""

BOUNDS: Final = tuple(operator.value for operator in Operator)
"""The keys of an amount, which has no head of its own."""


class AskReader:
    """Reads the fields of a check as what it asks.

    Each method takes the fields of one kind of check, `id` and `if_empty` excepted, and
    returns `None` after recording why it is none.
    """

    def __init__(self, vocabulary: Vocabulary, reader: Reader) -> None:
        self._vocabulary = vocabulary
        self._fields = vocabulary.registers[LOCALITIES].fields
        self._reader = reader
        self._problems = reader.problems

    @property
    def heads(self) -> Mapping[str, Callable[[Fields], Ask | None]]:
        """The reader for each key that makes a mapping a check."""
        return {
            "none": self._none,
            "every": self._every,
            "share": self._share,
            "falls": self._falls,
            "holds": self._holds,
            "as_of": self._as_of,
        }

    def amount(self, fields: Fields) -> Ask | None:
        """Read `at_least: n, of: X` and its like."""
        count = self._count(fields, "of")
        bounds: tuple[tuple[Operator, int | str], ...]
        bounds = self._bounds(fields, self._number)
        return None if count is None or not bounds else Amount(count, bounds)

    def _none(self, fields: Fields) -> Ask | None:
        count = self._count(fields, "none")
        return None if count is None else NoneOf(count)

    def _every(self, fields: Fields) -> Ask | None:
        whole, part = self._count(fields, "every"), self._count(fields, "is")
        if whole is None or part is None:
            return None
        if not self._vocabulary.is_within(part, whole):
            self._problems.error(
                "pack-not-within",
                fields.mapping.values["is"].place,
                N_("the vocabulary does not say that '{part}' lies within '{whole}'"),
                N_(
                    "name a count that has 'within: {whole}', directly or through others"
                ),
                part=part,
                whole=whole,
            )
        return Every(whole, part)

    def _share(self, fields: Fields) -> Ask | None:
        part, whole = self._count(fields, "share"), self._count(fields, "of")
        bounds = self._bounds(fields, self._percent)
        if part is None or whole is None or not bounds:
            return None
        return Share(part, whole, bounds)

    def _falls(self, fields: Fields) -> Ask | None:
        now, before = self._count(fields, "falls"), self._count(fields, "from")
        node = fields.needed("by_at_least")
        by = None if node is None else self._percent(node)
        if now is None or before is None or by is None:
            return None
        return Falls(now, before, by)

    def _holds(self, fields: Fields) -> Ask | None:
        if (node := fields.needed("holds")) is None:
            return None
        kinds = (FieldType.YES_NO, FieldType.ASSESSED)
        name = self._field(node, kinds)
        return None if name is None else Holds(name)

    def _as_of(self, fields: Fields) -> Ask | None:
        node = fields.needed("as_of")
        if node is None or (mapping := self._reader.mapping(node)) is None:
            return None
        of_day = Fields(self._reader, mapping)
        read = []
        for word, operator in OF_DATES.items():
            if (bound := of_day.node(word)) is None:
                continue
            if (day := self._reader.day(bound)) is not None:
                read.append((operator, day))
        of_day.end()
        if mapping.keys.keys().isdisjoint(OF_DATES):
            self._report_no_bound(mapping, tuple(OF_DATES))
        return Asked(tuple(read)) if read else None

    def _count(self, fields: Fields, key: str) -> str | None:
        node = fields.needed(key)
        if node is None or (name := self._reader.name(node)) is None:
            return None
        if name in self._vocabulary.counts:
            return name
        self._reader.unknown(
            "pack-unknown-count",
            node.place,
            N_("the vocabulary has no count '{name}'"),
            self._vocabulary.counts,
            name=name,
        )
        return None

    def _bounds(
        self, fields: Fields, read: Callable[[Node], _Bound | None]
    ) -> tuple[tuple[Operator, _Bound], ...]:
        found = []
        # All are asked for, so that none of them counts as left over.
        for operator in Operator:
            if (node := fields.node(operator.value)) is None:
                continue
            if (bound := read(node)) is not None:
                found.append((operator, bound))
        if fields.mapping.keys.keys().isdisjoint(BOUNDS):
            self._report_no_bound(fields.mapping, BOUNDS)
        return tuple(found)

    def _report_no_bound(self, node: Node, known: tuple[str, ...]) -> None:
        self._problems.error(
            "pack-no-bound",
            node.place,
            N_("this check compares with nothing"),
            N_("add one of: {known}"),
            known=", ".join(known),
        )

    def _number(self, node: Node) -> int | str | None:
        match node:
            case Scalar(value=str() as name) if ID.fullmatch(name):
                return self._field(node, (FieldType.COUNT,))
            case _:
                number = self._reader.whole_number(node)
        if number is None or number <= _LARGEST_BOUND:
            return number
        self._problems.error(
            "pack-number-too-large",
            node.place,
            N_("no count can reach {number}"),
            N_("write a number up to {largest}"),
            number=shown(node),
            largest=_LARGEST_BOUND,
        )
        return None

    def _percent(self, node: Node) -> Fraction | None:
        match node:
            case Scalar(value=str() as text) if found := _PERCENT.fullmatch(text):
                share = Fraction(f"{found[1]}.{found[2] or 0}") / 100
                if share <= 1:
                    return share
            case Scalar(value=Unread.VALUE):
                return None
            case _:
                pass
        self._problems.error(
            "pack-wrong-percent",
            node.place,
            N_("{found} is not a share from 0% to 100%"),
            N_(
                "write a number with at most nine decimals and a per cent sign, such as 50% or 0.1%"
            ),
            found=shown(node),
        )
        return None

    def _field(self, node: Node, kinds: tuple[FieldType, ...]) -> str | None:
        """Read the name of a field of localities that is of one of `kinds`."""
        if (name := self._reader.name(node)) is None:
            return None
        field = self._fields.get(name)
        if field is None:
            fitting = (each.id for each in self._fields.values() if each.type in kinds)
            self._reader.unknown(
                "pack-unknown-field",
                node.place,
                N_("localities have no such field as '{name}'"),
                fitting,
                name=name,
            )
        elif field.type in kinds:
            return name
        else:
            self._problems.error(
                "pack-wrong-field-type",
                node.place,
                N_("the field '{name}' is of the type {type}, which does not fit here"),
                N_("name a field of localities of the type {expected}"),
                name=name,
                type=field.type.value,
                expected=" / ".join(kinds),
            )
        return None
