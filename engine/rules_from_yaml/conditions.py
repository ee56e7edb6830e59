"""Conditions over the fields of a register's row, as `where` spells them (LANGUAGE §3)."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from engine.errors import N_
from engine.rules_from_yaml.durations import duration_from_yaml
from engine.rules_from_yaml.kinds import Reader, shown
from engine.rules_from_yaml.values import is_exact, value_from_yaml
from engine.vocabulary import (
    OF_DATES,
    AllOf,
    AnyOf,
    AsOf,
    Compared,
    Condition,
    Field,
    FieldType,
    Lasting,
    Not,
    OneOf,
    Operator,
)
from engine.yaml_source import nodes
from engine.yaml_source.nodes import Node, Scalar, Sequence, Unread

_OF_NUMBERS: Final = tuple(operator.value for operator in Operator)
_OF_DATES: Final = (*OF_DATES, *_OF_NUMBERS)
_CONNECTIVES: Final = ("all", "any", "not")


def condition_from_yaml(
    node: Node, fields: Mapping[str, Field], reader: Reader
) -> Condition | None:
    """Read a condition over `fields`, or record why it is none."""
    return _Conditions(fields, reader).condition(node)


class _Conditions:
    def __init__(self, fields: Mapping[str, Field], reader: Reader) -> None:
        self._fields = fields
        self._reader = reader
        self._problems = reader.problems

    def condition(self, node: Node) -> Condition | None:
        """Read a mapping of which every key must hold."""
        if (mapping := self._reader.mapping(node)) is None:
            return None
        read = [
            self._entry(key, mapping.keys[key], value)
            for key, value in mapping.values.items()
        ]
        return _together([each for each in read if each is not None])

    def _entry(self, key: str, key_node: Scalar, node: Node) -> Condition | None:
        match key:
            case "all":
                return AllOf(self._parts(node))
            case "any":
                return AnyOf(self._parts(node))
            case "not":
                part = self.condition(node)
                return None if part is None else Not(part)
            case _:
                pass
        if (field := self._fields.get(key)) is None:
            self._reader.unknown(
                "vocabulary-unknown-field",
                key_node.place,
                N_("the rows counted here have no field '{name}'"),
                (*self._fields, *_CONNECTIVES),
                name=key,
            )
            return None
        return self._on_field(field, node)

    def _parts(self, node: Node) -> tuple[Condition, ...]:
        read = (self.condition(item) for item in self._reader.items(node) or ())
        return tuple(part for part in read if part is not None)

    def _on_field(self, field: Field, node: Node) -> Condition | None:
        match node:
            case nodes.Mapping():
                return self._comparisons(field, node)
            case Sequence():
                items = self._reader.filled(node)
                read = (value_from_yaml(item, field, self._reader) for item in items)
                return OneOf(field.id, tuple(each for each in read if each is not None))
            case Scalar():
                value = value_from_yaml(node, field, self._reader)
                return None if value is None else OneOf(field.id, (value,))

    def _comparisons(self, field: Field, node: nodes.Mapping) -> Condition | None:
        match field.type:
            case FieldType.COUNT | FieldType.NUMBER:
                return self._read_each(node, self._against_number, field, _OF_NUMBERS)
            case FieldType.DATE:
                return self._read_each(node, self._against_date, field, _OF_DATES)
            case (
                FieldType.YES_NO
                | FieldType.ASSESSED
                | FieldType.CHOICE
                | FieldType.TEXT
            ):
                self._problems.error(
                    "vocabulary-wrong-comparison",
                    node.place,
                    N_(
                        "the field '{field}' is of the type {type}: it has no more or less"
                    ),
                    N_("write the value that it equals, or a list of values"),
                    field=field.id,
                    type=field.type.value,
                )
                return None

    def _read_each(
        self,
        node: nodes.Mapping,
        read: Callable[[Field, str, nodes.Mapping], Condition | None],
        field: Field,
        known: tuple[str, ...],
    ) -> Condition | None:
        if not node.values:
            self._problems.error(
                "vocabulary-wrong-comparison",
                node.place,
                N_("there is no comparison here"),
                N_("write one of: {known}"),
                known=", ".join(known),
            )
        parts = []
        for key, key_node in node.keys.items():
            if key in known:
                parts.append(read(field, key, node))
                continue
            self._reader.unknown(
                "vocabulary-wrong-comparison",
                key_node.place,
                N_("'{name}' does not compare a field of this type"),
                known,
                name=key,
            )
        return _together([part for part in parts if part is not None])

    def _against_number(
        self, field: Field, key: str, node: nodes.Mapping
    ) -> Condition | None:
        bound = node.values[key]
        match bound:
            case Scalar(value=int() | Decimal() as number) if not isinstance(
                number, bool
            ) and is_exact(number):
                return Compared(field.id, Operator(key), number)
            case Scalar(value=Unread.VALUE):
                pass
            case _:
                self._problems.error(
                    "vocabulary-wrong-value",
                    bound.place,
                    N_("'{field}' is compared with a number, not with {found}"),
                    N_(
                        "write a number of at most 15 digits, such as 3 or 0.5, without quotes"
                    ),
                    field=field.id,
                    found=shown(bound),
                )
        return None

    def _against_date(
        self, field: Field, key: str, node: nodes.Mapping
    ) -> Condition | None:
        if key in _OF_NUMBERS:
            return self._lasting(field, key, node)
        bound = node.values[key]
        day = self._day(bound)
        if day is None and not _is_unread(bound):
            self._reader.unknown(
                "vocabulary-unknown-date",
                bound.place,
                N_("{name} is neither a day nor a date field of these rows"),
                ("as_of", *self._date_fields()),
                name=shown(bound),
            )
        is_end = key == "before" and any(word in node.values for word in _OF_NUMBERS)
        if day is None or is_end:
            return None
        return Compared(field.id, OF_DATES[key], day)

    def _lasting(self, field: Field, key: str, node: nodes.Mapping) -> Condition | None:
        duration = duration_from_yaml(
            node.values[key], "vocabulary-wrong-duration", self._reader
        )
        if "before" not in node.values:
            self._problems.error(
                "vocabulary-duration-without-end",
                node.keys[key].place,
                N_("a length of time needs the day at which it ends"),
                N_("add 'before: as_of', or before a date or a date field"),
            )
            return None
        until = self._day(node.values["before"])
        if duration is None or until is None:
            return None
        return Lasting(field.id, Operator(key), duration, until)

    def _day(self, node: Node) -> date | str | AsOf | None:
        match node:
            case Scalar(value=date() as day):
                return day
            case Scalar(value="as_of"):
                return AsOf.DAY
            case Scalar(value=str() as name) if name in self._date_fields():
                return name
            case _:
                return None

    def _date_fields(self) -> tuple[str, ...]:
        fields = self._fields.values()
        return tuple(each.id for each in fields if each.type is FieldType.DATE)


def _is_unread(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is Unread.VALUE


def _together(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
