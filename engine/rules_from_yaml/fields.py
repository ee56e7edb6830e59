"""Mappings read field by field: what is missing, misspelt or left over is an error."""

from collections.abc import Iterator

from engine.errors import N_
from engine.rules_from_yaml.kinds import Reader, shown
from engine.vocabulary import Text
from engine.yaml_source.nodes import Mapping, Node, Scalar


class Fields:
    """The fields of one mapping, taken one by one; `end` reports what is left over."""

    def __init__(self, reader: Reader, mapping: Mapping) -> None:
        self._reader = reader
        self.mapping = mapping
        self._asked: dict[str, None] = {}

    def node(self, key: str) -> Node | None:
        """Take a value of any kind. A key without a value is an error, not a blank."""
        self._asked[key] = None
        node = self.mapping.values.get(key)
        if not isinstance(node, Scalar) or node.value is not None:
            return node
        self._reader.problems.error(
            "rules-missing-value",
            node.place,
            N_("'{key}' stands here without a value"),
            N_("write its value, or remove the key"),
            key=key,
        )
        return None

    def needed(self, key: str) -> Node | None:
        """Take a value that must be there."""
        if key not in self.mapping.values:
            self._reader.problems.error(
                "rules-missing-key",
                self.mapping.place,
                N_("'{key}' is missing here"),
                N_("add '{key}:' with its value"),
                key=key,
            )
        return self.node(key)

    def text(self, key: str) -> str | None:
        """Take a text."""
        return None if (node := self.node(key)) is None else self._reader.text(node)

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of different texts; where the key is missing, none."""
        if (node := self.node(key)) is None:
            return ()
        return tuple(text for text, _ in self._reader.texts(node))

    def words(self, key: str) -> Text | None:
        """Take words in one language or both."""
        return (
            None if (node := self.node(key)) is None else words_from(node, self._reader)
        )

    def yes_no(self, key: str, *, default: bool) -> bool:
        """Take yes or no."""
        if (node := self.node(key)) is None:
            return default
        said = self._reader.yes_no(node)
        return default if said is None else said

    def end(self) -> None:
        """Report every key that was not asked for."""
        absent = [key for key in self._asked if key not in self.mapping.keys]
        for key, node in self.mapping.keys.items():
            if key not in self._asked:
                self._reader.unknown(
                    "rules-unknown-key",
                    node.place,
                    N_("the key '{name}' has no meaning here"),
                    absent,
                    name=key,
                )


def fields_or_none(node: Node, reader: Reader) -> Fields | None:
    """Begin to take the fields of a mapping; of an empty value there are none."""
    if isinstance(node, Scalar) and node.value is None:
        return None
    mapping = reader.mapping(node)
    return None if mapping is None else Fields(reader, mapping)


def entries(node: Node | None, reader: Reader) -> Iterator[tuple[str, Scalar, Node]]:
    """Yield id, key and value of a mapping whose keys are ids; of nothing, none."""
    if node is None or (mapping := reader.mapping(node)) is None:
        return
    for key, value in mapping.values.items():
        if reader.name(mapping.keys[key]) is not None:
            yield key, mapping.keys[key], value


def words_from(node: Node, reader: Reader) -> Text | None:
    """Read words in one language or both; one stands in for the other."""
    if not isinstance(node, Mapping):
        plain = reader.text(node)
        return None if plain is None else Text(plain, plain)
    if (rest := _cut_off(node)) is not None:
        reader.problems.error(
            "rules-comma-in-text",
            rest.place,
            N_("within {{ }} a comma ends a text, here before '{rest}'"),
            N_("put the whole text into quotes"),
            rest=shown(rest),
        )
        return None
    fields = Fields(reader, node)
    vi, en = fields.text("vi"), fields.text("en")
    fields.end()
    if node.keys.keys().isdisjoint({"vi", "en"}):
        reader.problems.error(
            "rules-missing-key",
            node.place,
            N_("neither 'vi' nor 'en' stands here"),
            N_("write {{vi: …, en: …}}; one of the two is enough"),
        )
    if vi is None and en is None:
        return None
    return Text(vi or en or "", en or vi or "")


def _cut_off(node: Mapping) -> Scalar | None:
    """Return the first key that is the rest of a text: `{vi: red, green}`."""
    for key, value in list(node.values.items())[1:]:
        blank = isinstance(value, Scalar) and value.raw is None
        if blank and key not in {"vi", "en"}:
            return node.keys[key]
    return None
