"""What can be wrong with a YAML text, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import N_, Problems
from engine.source import Place
from engine.yaml_source.nodes import LONGEST_NUMBER, Scalar

_INDENT = N_("give all keys of one mapping, and all items of one list, one indentation")
_CLOSE = N_("put commas between the parts and close it")

_SYNTAX: Final[Mapping[str, tuple[str, str]]] = {
    "mapping values are not allowed in this context": (
        N_("a colon and a space do not belong here"),
        N_(
            "quote a text that holds ': ', and give the keys of one mapping one indentation"
        ),
    ),
    "did not find expected ',' or ']'": (
        N_("the list that opens with '[' in line {opened} is not closed by here"),
        _CLOSE,
    ),
    "did not find expected ',' or '}'": (
        N_("the mapping that opens with '{{' in line {opened} is not closed by here"),
        _CLOSE,
    ),
    "found unexpected end of stream": (
        N_("the quoted text that begins in line {opened} does not end"),
        N_("close it with the quote that opened it"),
    ),
    "found unknown escape character": (
        N_("a backslash stands before a letter that has no meaning after it"),
        N_("write the backslash twice, or use single quotes"),
    ),
    "found character that cannot start any token": (
        N_("a value cannot begin with this character"),
        N_("put the text into quotes; indent with spaces, never with tabs"),
    ),
    "did not find expected key": (N_("a key was expected here"), _INDENT),
    "did not find expected '-' indicator": (
        N_("an item of the list, beginning with '- ', was expected here"),
        _INDENT,
    ),
    "could not find expected ':'": (
        N_("a colon was expected after the key in line {opened}"),
        N_("write a key as 'key: value'"),
    ),
}
"""By the words of libyaml; `opened` is the line where the unfinished part begins."""

_OTHER_SYNTAX: Final = (
    N_("this is not YAML: {complaint}"),
    N_("correct the text here or just before"),
)
_STANDARD_TAG: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Complaints:
    """Puts what is wrong with one text into `problems`.

    Where `personal` is set, no value that stands in the text is named.
    """

    file: str
    problems: Problems
    personal: bool = False

    def _named(self, text: str) -> str:
        return "…" if self.personal else text

    def too_large(self, limit: int) -> None:
        """The file has more bytes than the limit."""
        self.problems.error(
            "yaml-too-large",
            Place(self.file),
            N_("this file has more than {limit} bytes"),
            N_("split it into smaller files"),
            limit=limit,
        )

    def too_deep(self, place: Place, limit: int) -> None:
        """Lists and mappings stand too deep within each other."""
        self.problems.error(
            "yaml-too-deep",
            place,
            N_("lists and mappings stand more than {limit} deep in each other"),
            N_("write it flatter"),
            limit=limit,
        )

    def too_many_nodes(self, place: Place, limit: int) -> None:
        """The text holds more parts than the limit."""
        self.problems.error(
            "yaml-too-many-nodes",
            place,
            N_("this file holds more than {limit} keys, values and lists"),
            N_("split it into smaller files"),
            limit=limit,
        )

    def empty(self) -> None:
        """The text holds nothing."""
        self.problems.error(
            "yaml-empty",
            Place(self.file, 1, 1),
            N_("this file is empty"),
            N_("fill it, or remove it"),
        )

    def several_documents(self, place: Place) -> None:
        """A second document begins."""
        self.problems.error(
            "yaml-several-documents",
            place,
            N_("a second document begins here"),
            N_("keep one document in a file"),
        )

    def not_utf8(self, place: Place, byte: int) -> None:
        """The bytes are not UTF-8."""
        self.problems.error(
            "yaml-not-utf8",
            place,
            N_("this file is not text in UTF-8: the byte {byte} does not belong here"),
            N_("save the file in the encoding UTF-8"),
            byte=f"0x{byte:02X}",
        )

    def control_character(self, place: Place, character: str) -> None:
        """A character that no text should hold."""
        self.problems.error(
            "yaml-control-character",
            place,
            N_("the control character {character} stands here"),
            N_("remove it"),
            character=f"U+{ord(character):04X}",
        )

    def separator(self, place: Place, character: str) -> None:
        """A line ends where no editor shows an end."""
        self.problems.error(
            "yaml-line-separator",
            place,
            N_("{character} stands here: it ends a line, and nobody sees it"),
            N_("put a space or a line break in its place; it often comes by pasting"),
            character=f"U+{ord(character):04X}",
        )

    def syntax(self, place: Place, complaint: str, opened: int | None = None) -> None:
        """The parser does not understand the text."""
        what, cure = _SYNTAX.get(complaint, _OTHER_SYNTAX)
        self.problems.error(
            "yaml-syntax", place, what, cure, complaint=complaint, opened=opened
        )

    def duplicate_key(self, key: Scalar, first: Scalar) -> None:
        """Two keys of one mapping are equal."""
        self.problems.error(
            "yaml-duplicate-key",
            key.place,
            N_("the key '{key}' already stands at {first}"),
            N_("keep one of the two"),
            key=key.raw,
            first=first.place,
        )

    def key_not_text(self, place: Place) -> None:
        """A list or mapping is used as a key."""
        self.problems.error(
            "yaml-key-not-text",
            place,
            N_("a list or a mapping stands where a key is expected"),
            N_("write the key as a plain word"),
        )

    def alias(self, place: Place, name: str) -> None:
        """A value is a reference to another."""
        self.problems.error(
            "yaml-alias",
            place,
            N_("the alias *{name} refers to another place"),
            N_("write out what it stands for"),
            name=self._named(name),
        )

    def anchor(self, place: Place, name: str) -> None:
        """A value has a name for references."""
        self.problems.error(
            "yaml-anchor",
            place,
            N_("the anchor &{name} stands before this value"),
            N_("remove it, and write out the value wherever it is needed"),
            name=self._named(name),
        )

    def tag(self, place: Place, tag: str) -> None:
        """A value says its own type."""
        self.problems.error(
            "yaml-tag",
            place,
            N_("the tag {tag} stands before this value"),
            N_("remove it; to have a text, put the value into quotes"),
            tag=self._named(tag.replace(_STANDARD_TAG, "!!")),
        )

    def impossible_date(self, place: Place, text: str) -> None:
        """A plain scalar has the form of a date but is none."""
        self.problems.error(
            "yaml-impossible-date",
            place,
            N_("'{date}' is not a day of the calendar"),
            N_("write an existing day as YYYY-MM-DD; put it into quotes if it is text"),
            date=self._named(text),
        )

    def number_too_long(self, place: Place, digits: int) -> None:
        """A number that nobody can mean."""
        self.problems.error(
            "yaml-number-too-long",
            place,
            N_("this number has {digits} digits"),
            N_("write a number of at most {limit} digits"),
            digits=digits,
            limit=LONGEST_NUMBER,
        )
