"""A YAML text laid out anew in the order of its keys that is wanted, its meaning untouched."""

from collections.abc import Callable

from engine.errors import N_, EngineError, Problems, RulesError
from engine.source import Place
from engine.yaml_source.layout import composed, laid_out
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from engine.yaml_source.reading import FOR_RULES, read_text

Arrange = Callable[[Node], Node]
"""Returns the tree with the keys of its mappings in the order that is wanted."""


class FormattingError(EngineError):
    """Laid out anew, a text would not mean what it means."""


def formatted(data: bytes, file: str, arrange: Arrange) -> bytes:
    """Return a text with its keys in order, two spaces a level, one LF at its end.

    Of blank lines one is left in a row, no line ends in spaces, letters are composed (NFC).

    Raises:
        RulesError: It is not YAML, or uses what rules may not.
        FormattingError: It would mean something else, or change again the next time.
    """
    meant = _read(data, file)
    text = composed(data)
    laid = laid_out(text, arrange(_read(text.encode(), file)))
    try:
        again = _read(laid.encode(), file)
    except RulesError as error:
        raise _refusal(file) from error
    if not same(meant, again) or laid_out(laid, arrange(again)) != laid:
        raise _refusal(file)
    return laid.encode()


def same(one: Node, other: Node) -> bool:
    """Tell whether two trees are equal but for places and the order of keys."""
    match one, other:
        case Scalar(), Scalar():
            return _content(one) == _content(other)
        case Sequence(), Sequence():
            return len(one.items) == len(other.items) and all(
                map(same, one.items, other.items)
            )
        case Mapping(), Mapping():
            return one.values.keys() == other.values.keys() and all(
                same(value, other.values[key]) for key, value in one.values.items()
            )
        case _:
            return False


def _content(scalar: Scalar) -> tuple[object, ...]:
    # The type too: to Python, True and 1 are equal.
    return scalar.value, type(scalar.value), scalar.raw, scalar.plain


def _read(data: bytes, file: str) -> Node:
    problems = Problems()
    tree = read_text(data, file, FOR_RULES, problems)
    if tree is None or problems:
        raise problems.as_error(RulesError)
    return tree


def _refusal(file: str) -> EngineError:
    problems = Problems()
    problems.error(
        "format-unsafe",
        Place(file),
        N_("this file is left as it is: laid out anew, it would mean something else"),
        N_("end it with a line break, write its long texts plainly, and try again"),
    )
    return problems.as_error(FormattingError)
