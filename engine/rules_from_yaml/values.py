"""Values that a field of a register can have, as a condition names them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from engine.errors import N_
from engine.rules_from_yaml.kinds import Reader, shown
from engine.vocabulary import MOST_DIGITS, Field, FieldType, Value
from engine.yaml_source.nodes import Node, Scalar, Unread


def value_from_yaml(node: Node, field: Field, reader: Reader) -> Value | None:
    """Read a value that `field` can have, or record why it is none."""
    match node:
        case Scalar(value=Unread.VALUE):
            return None
        case Scalar(value=value, raw=str() as raw) if value is not Unread.VALUE:
            match field.type:
                case FieldType.TEXT:
                    return raw
                case FieldType.CHOICE:
                    return _choice(node, raw, field, reader)
                case _ if value is not None and _fits(value, field.type):
                    return value
                case _:
                    pass
        case _:
            pass
    what, cure = _EXPECTED[field.type]
    reader.problems.error(
        "vocabulary-wrong-value",
        node.place,
        what,
        cure,
        field=field.id,
        found=shown(node),
    )
    return None


def _fits(value: Value, kind: FieldType) -> bool:
    match value:
        case bool():
            return kind in {FieldType.YES_NO, FieldType.ASSESSED}
        case date():
            return kind is FieldType.DATE
        case int():
            return kind in {FieldType.COUNT, FieldType.NUMBER}
        case Decimal():
            return kind is FieldType.NUMBER and is_exact(value)
        case str():
            return False


def is_exact(number: int | Decimal) -> bool:
    """Tell whether columns of numbers keep a number apart from its neighbours."""
    return isinstance(number, int) or len(number.as_tuple().digits) <= MOST_DIGITS


def _choice(node: Node, raw: str, field: Field, reader: Reader) -> str | None:
    if raw in field.of:
        return raw
    reader.unknown(
        "vocabulary-unknown-choice",
        node.place,
        N_("'{name}' is not a choice of this field"),
        field.of,
        name=raw,
    )
    return None


_EXPECTED: Final[Mapping[FieldType, tuple[str, str]]] = {
    FieldType.YES_NO: (
        N_("the field '{field}' is yes or no, not {found}"),
        N_("write yes or no, without quotes"),
    ),
    FieldType.ASSESSED: (
        N_("the field '{field}' is judged with yes or no, not {found}"),
        N_("write yes or no, without quotes"),
    ),
    FieldType.CHOICE: (
        N_("the field '{field}' has one choice at a time, not {found}"),
        N_("write one of its choices, or a list of choices"),
    ),
    FieldType.DATE: (
        N_("the field '{field}' is a date, not {found}"),
        N_(
            "write a date as YYYY-MM-DD, without quotes, or a comparison such as {{before: as_of}}"
        ),
    ),
    FieldType.COUNT: (
        N_("the field '{field}' is a whole number, not {found}"),
        N_("write a number, without quotes, or a comparison such as {{at_least: 3}}"),
    ),
    FieldType.NUMBER: (
        N_("the field '{field}' is a number, not {found}"),
        N_(
            "write a number of at most 15 digits, without quotes, or a comparison such as {{at_least: 0.5}}"
        ),
    ),
    FieldType.TEXT: (
        N_("the field '{field}' is a text, not {found}"),
        N_("write the text that it equals, or a list of texts"),
    ),
}
