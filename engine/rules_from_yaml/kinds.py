"""Values of one kind each, read from nodes; what is of another kind is an error."""

import re
from collections.abc import Callable, Iterable
from collections.abc import Sequence as AnySequence
from datetime import date
from decimal import Decimal
from typing import Final

from engine.errors import N_, Problems, nearest
from engine.source import Place
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence, Unread

ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SHOWN: Final = 60
_LISTED: Final = 16
_LOOKALIKES: Final = str.maketrans("авеһіјкморѕтхус", "abehijkmopstxyc")
"""Cyrillic letters that a screen shows as Latin ones."""
_MOST_COMPARED: Final = 10_000
"""Names that misspelt ones are compared with; a file full of nonsense ends soon."""


def shown(node: Node) -> str:
    """Return a node as a message quotes it: short, on one line."""
    match node:
        case Mapping():
            return "{…}"
        case Sequence():
            return "[…]"
        case Scalar(raw=raw, plain=plain):
            if raw is None:
                return "~"
            return short(raw) if plain else f'"{short(raw)}"'


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def chain(names: AnySequence[str]) -> str:
    """Return names that lead to each other as a message shows them, the middle cut."""
    if len(names) > _LISTED:
        names = (*names[: _LISTED - 2], "…", names[-1])
    return " → ".join(short(name) for name in names)


class Reader:
    """Reads nodes as values of one kind; says of others what was expected.

    Every method returns `None` where the node is of another kind, after recording why.
    """

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.told: set[str] = set()
        """Names that are unknown only because what they name could not be read."""
        self._compared = 0

    def text(self, node: Node) -> str | None:
        """Read words; a number or a date is taken as it is written."""
        match node:
            case Scalar(value=str() | int() | Decimal() | date() as value, raw=raw) if (
                not isinstance(value, bool)
            ):
                return raw
            case _:
                what = N_("a text was expected here, not {found}")
                self._wrong(node, what, N_("write a text, in quotes if need be"))
                return None

    def raw(self, node: Node) -> str | None:
        """Read a single value as it is written, whatever its type."""
        match node:
            case Scalar(value=value, raw=str() as raw) if value is not Unread.VALUE:
                return raw
            case _:
                what = N_("a single value was expected here, not {found}")
                self._wrong(node, what, N_("write one word, number or date"))
                return None

    def name(self, node: Node) -> str | None:
        """Read an id, or a reference to one."""
        match node:
            case Scalar(value=value, raw=str() as raw) if (
                value is not Unread.VALUE and ID.fullmatch(raw)
            ):
                return raw
            case _:
                what = N_("a name was expected here, not {found}")
                cure = N_(
                    "a letter, then letters, digits, '_', '-' and '.' make a name"
                )
                self._wrong(node, what, cure)
                return None

    def yes_no(self, node: Node) -> bool | None:
        """Read yes or no."""
        match node:
            case Scalar(value=bool() as value):
                return value
            case _:
                what = N_("yes or no was expected here, not {found}")
                self._wrong(node, what, N_("write yes or no, without quotes"))
                return None

    def day(self, node: Node) -> date | None:
        """Read a date."""
        match node:
            case Scalar(value=date() as value):
                return value
            case _:
                what = N_("a date was expected here, not {found}")
                cure = N_("write a day as YYYY-MM-DD, without quotes")
                self._wrong(node, what, cure)
                return None

    def whole_number(self, node: Node) -> int | None:
        """Read a whole number that is not negative."""
        match node:
            case Scalar(value=int() as value) if not isinstance(value, bool) and (
                value >= 0
            ):
                return value
            case _:
                what = N_("a whole number from 0 was expected here, not {found}")
                self._wrong(node, what, N_("write it in digits, without quotes"))
                return None

    def items(self, node: Node) -> tuple[Node, ...] | None:
        """Read a list."""
        match node:
            case Sequence(items=items):
                return items
            case _:
                what = N_("a list was expected here, not {found}")
                self._wrong(node, what, N_("write it as [a, b], or one '- ' a line"))
                return None

    def names(self, node: Node) -> list[tuple[str, Node]]:
        """Read a list of different ids, at least one, each with its node."""
        return self._different(node, self.name)

    def texts(self, node: Node) -> list[tuple[str, Node]]:
        """Read a list of different values as they are written, at least one."""
        return self._different(node, self.raw)

    def _different(
        self, node: Node, read: Callable[[Node], str | None]
    ) -> list[tuple[str, Node]]:
        found: dict[str, Node] = {}
        for item in self.filled(node):
            if (name := read(item)) is None:
                continue
            if name not in found:
                found[name] = item
                continue
            self.problems.error(
                "rules-repeated-item",
                item.place,
                N_("{name} already stands in this list"),
                N_("name it once"),
                name=shown(item),
            )
        return list(found.items())

    def filled(self, node: Node) -> tuple[Node, ...]:
        """Read a list that is not empty; of anything else return nothing."""
        items = self.items(node)
        if items == ():
            self.problems.error(
                "rules-empty-list",
                node.place,
                N_("this list is empty"),
                N_("put at least one thing into it"),
            )
        return items or ()

    def mapping(self, node: Node) -> Mapping | None:
        """Read a mapping."""
        match node:
            case Mapping():
                return node
            case _:
                what = N_("a mapping was expected here, not {found}")
                cure = N_("write 'key: value' on lines of their own, or {{key: value}}")
                self._wrong(node, what, cure)
                return None

    def unknown(
        self, code: str, place: Place, what: str, known: Iterable[str], name: str
    ) -> None:
        """Record an unknown name; the cure is the nearest known one, or all of them.

        `what` is a template over `{name}`.
        """
        if name in self.told:
            return
        known = tuple(known)
        best = None
        if len(name) <= _SHOWN and self._compared < _MOST_COMPARED:
            self._compared += len(known)
            best = nearest(name, known)
        if (latin := name.translate(_LOOKALIKES)) != name and latin in known:
            best = latin
            cure = N_("type '{nearest}' anew: some of these letters are Cyrillic")
        elif best is not None:
            cure = N_("did you mean '{nearest}'?")
        elif known:
            cure = N_("write one of: {known}")
        else:
            cure = N_("remove it; there is nothing to write in its place")
        listed = ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else "")
        self.problems.error(
            code,
            place,
            what,
            cure,
            name=short(name),
            nearest=best,
            known=listed,
        )

    def _wrong(self, node: Node, what: str, cure: str) -> None:
        if isinstance(node, Scalar) and node.value is Unread.VALUE:
            return
        self.problems.error(
            "rules-wrong-kind", node.place, what, cure, found=shown(node)
        )
