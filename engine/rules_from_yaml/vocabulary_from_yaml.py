"""A vocabulary file (LANGUAGE §3) becomes the noun `Vocabulary`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.errors import N_, Problems, RulesError
from engine.rules_from_yaml.counts import counts_from_yaml
from engine.rules_from_yaml.expectations import expectations_from_yaml
from engine.rules_from_yaml.fields import Fields, entries, fields_or_none, words_from
from engine.rules_from_yaml.kinds import Reader
from engine.vocabulary import (
    BUILT_IN,
    INSPECTIONS,
    LOCALITIES,
    AsOf,
    Field,
    FieldType,
    Register,
    Text,
    Vocabulary,
)
from engine.yaml_source import FOR_RULES, nodes, read_text
from engine.yaml_source.nodes import Node, Scalar

VERSION: Final = 1
_RESERVED: Final = ("locality", "n", "row", "all", "any", "not")
"""Columns of every register, and the words of a condition."""


def vocabulary_from_yaml(data: bytes, file: str) -> Vocabulary:
    """Read a vocabulary.

    Raises:
        RulesError: Everything that is wrong with it.
    """
    problems = Problems()
    root = read_text(data, file, FOR_RULES, problems)
    reader = Reader(problems)
    mapping = None if root is None else reader.mapping(root)
    if mapping is None:
        raise problems.as_error(RulesError)
    vocabulary = _vocabulary(Fields(reader, mapping), reader, data)
    problems.raise_as(RulesError)
    return vocabulary


def _vocabulary(fields: Fields, reader: Reader, data: bytes) -> Vocabulary:
    _check_version(fields, reader)
    registers = _registers(fields.node("registers"), reader)
    counts = counts_from_yaml(fields.node("counts"), registers, reader)
    vocabulary = Vocabulary(
        registers=MappingProxyType(registers),
        counts=counts,
        evidence=_labels(fields.node("evidence"), reader),
        levels=_labels(fields.node("levels"), reader),
        source=data,
        expectations=expectations_from_yaml(fields.node("expect"), counts, reader),
    )
    fields.end()
    return vocabulary


def _check_version(fields: Fields, reader: Reader) -> None:
    node = fields.needed("vocabulary")
    if node is None or (version := reader.whole_number(node)) in {None, VERSION}:
        return
    reader.problems.error(
        "vocabulary-version",
        node.place,
        N_("this vocabulary is of version {version}, which is not known here"),
        N_("write 'vocabulary: {known}'"),
        version=version,
        known=VERSION,
    )


def _registers(node: Node | None, reader: Reader) -> dict[str, Register]:
    # `localities` is built in and stands even where the file does not name it.
    registers = {LOCALITIES: _register(LOCALITIES, None, reader)}
    for name, key, body in entries(node, reader):
        if name == INSPECTIONS:
            reader.problems.error(
                "vocabulary-reserved-name",
                key.place,
                N_("'{name}' is a table of its own and cannot be a register"),
                N_("choose another name"),
                name=name,
            )
        fields = fields_or_none(body, reader)
        registers[name] = _register(name, fields, reader)
    return registers


def _register(name: str, fields: Fields | None, reader: Reader) -> Register:
    if fields is None:
        return Register(name, Text(name, name), personal=False, fields={})
    label = fields.words("label") or Text(name, name)
    personal = fields.yes_no("personal", default=False)
    reserved = (*_RESERVED, *(BUILT_IN if name == LOCALITIES else ()))
    own = _fields(fields.node("fields"), reserved, reader)
    fields.end()
    return Register(name, label, personal, MappingProxyType(own))


def _fields(
    node: Node | None, reserved: tuple[str, ...], reader: Reader
) -> dict[str, Field]:
    keys: dict[str, Scalar] = {}
    found: dict[str, Field] = {}
    for name, key, body in entries(node, reader):
        if name in reserved:
            reader.problems.error(
                "vocabulary-reserved-name",
                key.place,
                N_("'{name}' has a meaning of its own and cannot be a field"),
                N_("choose another name"),
                name=name,
            )
            continue
        if (field := _field(name, key, body, reader)) is None:
            reader.told.add(name)
            continue
        keys[name], found[name] = key, field
        if field.type is FieldType.DATE and name == AsOf.DAY.value:
            reader.problems.error(
                "vocabulary-reserved-name",
                key.place,
                N_(
                    "'{name}' among dates means the day for which the question is asked"
                ),
                N_("choose another name"),
                name=name,
            )
    _check_columns(found, keys, reader)
    _check_order(found, keys, reader)
    return found


def _check_order(
    found: Mapping[str, Field], keys: Mapping[str, Scalar], reader: Reader
) -> None:
    """Report a `not_before` that names no other date field of the register."""
    days = [each.id for each in found.values() if each.type is FieldType.DATE]
    for field in found.values():
        others = [each for each in days if each != field.id]
        if field.not_before not in {None, *others, *reader.told}:
            reader.unknown(
                "vocabulary-unknown-date",
                keys[field.id].place,
                N_("{name} is no other date field of these rows"),
                others,
                name=repr(field.not_before),
            )


def _check_columns(
    found: Mapping[str, Field], keys: Mapping[str, Scalar], reader: Reader
) -> None:
    for field in found.values():
        for column in field.columns[1:]:
            if column in found:
                reader.problems.error(
                    "vocabulary-reserved-name",
                    keys[column].place,
                    N_("'{column}' already belongs to the assessed field '{field}'"),
                    N_("choose another name"),
                    column=column,
                    field=field.id,
                )


def _field(name: str, key: Scalar, node: Node, reader: Reader) -> Field | None:
    if not isinstance(node, nodes.Mapping):
        kind = _type(node, reader)
        if kind is FieldType.CHOICE:
            _report_no_choices(node, name, reader)
        return None if kind is None else Field(name, kind, Text(name, name))
    fields = Fields(reader, node)
    type_node = fields.needed("type")
    kind = None if type_node is None else _type(type_node, reader)
    label = fields.words("label") or Text(name, name)
    is_choice = kind in {FieldType.CHOICE, None}
    of_node = fields.node("of") if is_choice else None
    labels_node = fields.node("labels") if is_choice else None
    synonyms = fields.texts("synonyms")
    not_before = fields.text("not_before") if kind is FieldType.DATE else None
    fields.end()
    if kind is FieldType.CHOICE and of_node is None and "of" not in node.values:
        _report_no_choices(key, name, reader)
    if kind is None:
        return None
    of = () if of_node is None else tuple(text for text, _ in reader.texts(of_node))
    labels = _labels_of_choices(labels_node, of, reader)
    return Field(name, kind, label, of, labels, synonyms, not_before)


def _labels_of_choices(
    node: Node | None, of: tuple[str, ...], reader: Reader
) -> Mapping[str, Text]:
    labels: dict[str, Text] = {}
    if node is None or (mapping := reader.mapping(node)) is None:
        return labels
    for choice, body in mapping.values.items():
        if choice not in of:
            reader.unknown(
                "vocabulary-unknown-choice",
                mapping.keys[choice].place,
                N_("'{name}' is none of the choices"),
                of,
                name=choice,
            )
        elif (said := words_from(body, reader)) is not None:
            labels[choice] = said
    return MappingProxyType(labels)


def _report_no_choices(node: Node, name: str, reader: Reader) -> None:
    reader.problems.error(
        "vocabulary-no-choices",
        node.place,
        N_("the field '{name}' is a choice, but of what?"),
        N_("write {{type: choice, of: [first, second]}}"),
        name=name,
    )


def _type(node: Node, reader: Reader) -> FieldType | None:
    if (name := reader.raw(node)) is None:
        return None
    if name in _TYPES:
        return FieldType(name)
    reader.unknown(
        "vocabulary-unknown-type",
        node.place,
        N_("'{name}' is not a type of fields"),
        _TYPES,
        name=name,
    )
    return None


_TYPES: Final = tuple(kind.value for kind in FieldType)


def _labels(node: Node | None, reader: Reader) -> Mapping[str, Text]:
    """Read words by id; they may stand under `label` or directly."""
    labels = {}
    for name, _, body in entries(node, reader):
        match body:
            case Scalar(value=None):
                said = None
            case nodes.Mapping(values={"label": _}):
                fields = Fields(reader, body)
                said = fields.words("label")
                fields.end()
            case _:
                said = words_from(body, reader)
        labels[name] = said or Text(name, name)
    return MappingProxyType(labels)
