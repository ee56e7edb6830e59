"""What a vocabulary expects to go together: where there are dealers, offenders too."""

from collections.abc import Collection
from typing import Final

from engine.errors import N_
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.kinds import Reader
from engine.vocabulary import Expectation, Text
from engine.yaml_source.nodes import Node, Sequence

_UNSAID: Final = Text("", "")


def expectations_from_yaml(
    node: Node | None, counts: Collection[str], reader: Reader
) -> tuple[Expectation, ...]:
    """Read the expectations over `counts`; what is wrong goes to the problems."""
    items = () if node is None else reader.filled(node)
    read = (_expectation(item, counts, reader) for item in items)
    return tuple(each for each in read if each is not None)


def _expectation(
    node: Node, counts: Collection[str], reader: Reader
) -> Expectation | None:
    if (mapping := reader.mapping(node)) is None:
        return None
    fields = Fields(reader, mapping)
    expected = Expectation(
        levels=_names(fields.node("levels"), reader),
        if_any=_counts(fields.node("if_any"), counts, reader),
        then_any=_counts(fields.needed("then_any"), counts, reader),
        say=_words(fields),
        place=mapping.place,
    )
    fields.end()
    return expected


def _words(fields: Fields) -> Text:
    fields.needed("say")
    return fields.words("say") or _UNSAID


def _names(node: Node | None, reader: Reader) -> tuple[str, ...]:
    return () if node is None else tuple(name for name, _ in reader.names(node))


def _counts(
    node: Node | None, counts: Collection[str], reader: Reader
) -> tuple[str, ...]:
    """Read the name of one count, or of several."""
    match node:
        case None:
            return ()
        case Sequence():
            named = reader.names(node)
        case _:
            name = reader.name(node)
            named = [] if name is None else [(name, node)]
    for name, at in named:
        if name not in counts:
            reader.unknown(
                "vocabulary-unknown-count",
                at.place,
                N_("there is no count '{name}'"),
                counts,
                name=name,
            )
    return tuple(name for name, _ in named)
