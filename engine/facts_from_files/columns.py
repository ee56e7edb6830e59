"""Which tables there may be, and which columns each of them may have (LANGUAGE §4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.vocabulary import INSPECTIONS, LOCALITIES, Field, FieldType, Vocabulary


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have, and how its cells are read."""

    name: str
    type: FieldType
    of: tuple[str, ...] = ()
    """What a choice may be."""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table may look like."""

    name: str
    columns: Mapping[str, Column]
    personal: bool
    """Whether no message may show a value of this table."""


_ID = Column("id", FieldType.TEXT, required=True)
_LEVEL = Column("level", FieldType.TEXT, required=True)
_NAME = Column("name", FieldType.TEXT)
_PARENT = Column("parent", FieldType.TEXT)
_LOCALITY = Column("locality", FieldType.TEXT, required=True)
_N = Column("n", FieldType.COUNT)
_OF_INSPECTIONS = (
    _LOCALITY,
    Column("register", FieldType.TEXT, required=True),
    Column("on", FieldType.DATE),
    Column("by", FieldType.TEXT),
    Column("document", FieldType.TEXT),
)


def shapes_of(vocabulary: Vocabulary) -> Mapping[str, Shape]:
    """Return the shape of every table that facts in this vocabulary may have."""
    shapes = {
        register.id: _shape(
            register.id,
            *_built_in(register.id, vocabulary),
            *(column for field in register.fields.values() for column in _of(field)),
            personal=register.personal,
        )
        for register in vocabulary.registers.values()
    }
    return {**shapes, INSPECTIONS: _shape(INSPECTIONS, *_OF_INSPECTIONS)}


def _shape(name: str, *columns: Column, personal: bool = False) -> Shape:
    return Shape(name, {column.name: column for column in columns}, personal)


def _built_in(table: str, vocabulary: Vocabulary) -> tuple[Column, ...]:
    if table != LOCALITIES:
        return (_LOCALITY, _N)
    typed = (Column(count, FieldType.COUNT) for count in vocabulary.counts)
    return (_ID, _LEVEL, _NAME, _PARENT, *typed)


def _of(field: Field) -> tuple[Column, ...]:
    first, *others = field.columns
    read_as = FieldType.YES_NO if field.type is FieldType.ASSESSED else field.type
    return (
        Column(first, read_as, field.of),
        *(Column(other, FieldType.TEXT) for other in others),
    )
