"""The one door to PyYAML: strict scalars, unique keys, and the place of every node."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol
from unicodedata import normalize

import yaml  # noqa: TID251  (this module is the door)

from engine.errors import Problems
from engine.source import Place
from engine.yaml_source.complaints import Complaints
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence, Unread, typed


class _Mark(Protocol):
    """Of PyYAML's marks, its C library's and its own: both count from 0."""

    line: int
    column: int


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = b"\xef\xbb\xbf"
# All but what YAML 1.1 calls printable.
_CONTROL: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# Line ends to YAML 1.1, but not to an editor, which would count other lines.
_SEPARATOR: Final = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a text may be; a larger one is an error, not a long wait."""

    size: int
    """In bytes."""
    depth: int
    """Of lists and mappings within each other."""
    nodes: int
    """Lists, mappings, keys and values."""


FOR_RULES: Final = Limits(size=2**20, depth=32, nodes=50_000)


def read_text(
    data: bytes,
    file: str,
    limits: Limits,
    problems: Problems,
    *,
    personal: bool = False,
) -> Node | None:
    """Read one YAML document; what is wrong with it goes to `problems`.

    A tree can come back beside problems, so that a reader of its meaning can go on and
    report all at once; none comes back where there is nothing sound to go on with.

    Args:
        data: The bytes of the document: UTF-8, with or without a byte order mark.
        file: The name that places bear.
        limits: How large the document may be.
        problems: Takes the errors.
        personal: Whether messages must leave out the values that stand in the text.
    """
    complaints = Complaints(file, problems, personal)
    if len(data) > limits.size:
        complaints.too_large(limits.size)
        return None
    text = _decoded(data, complaints)
    return None if text is None else _Reader(file, limits, complaints).read(text)


def long_texts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the texts that go on over several lines, of a document that can be read.

    Yields:
        The first and the last line, counted from 0, and whether it is a block (`|`, `>`);
        blank lines behind a block count as its own.
    """
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.ScalarEvent):
            first, _ = _line_and_column(event.start_mark)
            line, column = _line_and_column(event.end_mark)
            last = line if column > 1 else line - 1
            if last > first:
                yield first - 1, last - 1, event.style in {"|", ">"}


def _decoded(data: bytes, complaints: Complaints) -> str | None:
    data = data.removeprefix(_MARK)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = _place_after(before, complaints.file)
        complaints.not_utf8(place, data[error.start])
        return None
    if found := _CONTROL.search(text):
        place = _place_after(text[: found.start()], complaints.file)
        complaints.control_character(place, found[0])
        return None
    if found := _SEPARATOR.search(text):
        place = _place_after(text[: found.start()], complaints.file)
        complaints.separator(place, found[0])
        return None
    return text


def _place_after(text: str, file: str) -> Place:
    return Place(file, text.count("\n") + 1, len(text) - text.rfind("\n"))


class _Open:
    """A list or mapping whose end is not read yet."""

    __slots__ = ("column", "items", "key", "keys", "line", "values")

    def __init__(self, line: int, column: int, *, is_mapping: bool) -> None:
        self.line, self.column = line, column
        self.items: list[Node] | None = None if is_mapping else []
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None  # the one whose value comes next

    @property
    def expects_key(self) -> bool:
        return self.items is None and self.key is None


class _Stop(Exception):  # noqa: N818  (the error itself is already recorded)
    """There is nothing sound to go on with."""


class _Reader:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, file: str, limits: Limits, complaints: Complaints) -> None:
        self._file = file
        self._limits = limits
        self._complaints = complaints
        self._nodes = 0
        self._stack: list[_Open] = []
        self._root: Node | None = None

    def read(self, text: str) -> Node | None:
        """Return the tree of the text's only document."""
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._report_syntax(error)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The latter two for "\UFFFFFFFF", where PyYAML has no C library.
            self._complaints.syntax(Place(self._file), str(error))
        except _Stop:
            pass
        else:
            return self._root_unless_empty()
        return None

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event))
            case yaml.MappingStartEvent():
                self._open(event, is_mapping=True)
            case yaml.SequenceStartEvent():
                self._open(event, is_mapping=False)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()
            case yaml.AliasEvent():
                self._add(self._alias(event))
            case yaml.DocumentStartEvent() if self._root is not None:
                self._complaints.several_documents(Place(self._file, *_at(event)))
                raise _Stop

    def _root_unless_empty(self) -> Node | None:
        match self._root:
            case None | Scalar(value=None):
                self._complaints.empty()
                return None
            case _:
                return self._root

    def _open(self, event: yaml.CollectionStartEvent, *, is_mapping: bool) -> None:
        line, column = self._begin(event)
        self._check_properties(event)
        self._stack.append(_Open(line, column, is_mapping=is_mapping))
        if len(self._stack) > self._limits.depth:
            place = Place(self._file, line, column)
            self._complaints.too_deep(place, self._limits.depth)
            raise _Stop

    def _close(self) -> None:
        done = self._stack.pop()
        if done.items is None:
            keys, values = done.keys, done.values
            self._add(Mapping(self._file, done.line, done.column, values, keys))
        else:
            items = tuple(done.items)
            self._add(Sequence(self._file, done.line, done.column, items))

    def _add(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if parent.items is not None:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node)
        else:
            self._add_entry(parent, parent.key, node)
            parent.key = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._complaints.key_not_text(node.place)
        return Scalar(
            node.file, node.line, node.column, Unread.VALUE, None, plain=False
        )

    def _add_entry(self, parent: _Open, key: Scalar, value: Node) -> None:
        if key.raw is None:
            return
        first = parent.keys.setdefault(key.raw, key)
        if first is key:
            parent.values[key.raw] = value
        else:
            self._complaints.duplicate_key(key, first)

    def _begin(self, event: yaml.NodeEvent) -> tuple[int, int]:
        """Count a node and return its line and column; stop at too many."""
        self._nodes += 1
        at = _at(event)
        if self._nodes > self._limits.nodes:
            place = Place(self._file, *at)
            self._complaints.too_many_nodes(place, self._limits.nodes)
            raise _Stop
        return at

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        line, column = self._begin(event)
        self._check_properties(event)
        text: str = event.value
        if not text.isascii():
            text = normalize("NFC", text)
        if event.style == '"' and (found := _CONTROL.search(text)):
            self._complaints.control_character(
                Place(self._file, line, column), found[0]
            )
        plain = not event.style
        if plain and not (self._stack and self._stack[-1].expects_key):
            return self._plain(line, column, text)
        return Scalar(self._file, line, column, text, text, plain)

    def _plain(self, line: int, column: int, text: str) -> Scalar:
        try:
            value = typed(text)
        except ValueError:
            self._complaints.impossible_date(Place(self._file, line, column), text)
        except OverflowError:
            self._complaints.number_too_long(Place(self._file, line, column), len(text))
        else:
            raw = None if value is None else text
            return Scalar(self._file, line, column, value, raw, plain=True)
        return Scalar(self._file, line, column, Unread.VALUE, text, plain=True)

    def _alias(self, event: yaml.AliasEvent) -> Scalar:
        line, column = self._begin(event)
        self._complaints.alias(Place(self._file, line, column), event.anchor or "")
        return Scalar(self._file, line, column, Unread.VALUE, None, plain=True)

    def _check_properties(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent
    ) -> None:
        if event.anchor is not None:
            self._complaints.anchor(Place(self._file, *_at(event)), event.anchor)
        if event.tag is not None:
            self._complaints.tag(Place(self._file, *_at(event)), event.tag)

    def _report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        at = _line_and_column(error.problem_mark)
        opened, _ = at
        if error.context_mark is not None:
            opened, _ = _line_and_column(error.context_mark)
        self._complaints.syntax(Place(self._file, *at), error.problem or "", opened)


def _at(event: yaml.Event) -> tuple[int, int]:
    return _line_and_column(event.start_mark)


def _line_and_column(mark: _Mark | None) -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
