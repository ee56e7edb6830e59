"""What is wrong with the facts: all of it, but not ten thousand lines about one file."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import islice
from typing import Final

from engine.errors import N_, Diagnostic, FactsError, Problems
from engine.source import Place

TOLD_PER_FILE: Final = 200
_KEPT_PER_FILE: Final = 10 * TOLD_PER_FILE
_LONGEST_SHOWN: Final = 40
_MOST_LISTED: Final = 20
_CELL = re.compile(r"([A-Z]+)([0-9]+)")


class Findings:
    """Collects problems; of each file the first two hundred are told, the rest counted."""

    def __init__(self) -> None:
        self._found: dict[str, list[Diagnostic]] = defaultdict(list)
        self._uncounted: Counter[str] = Counter()
        self._closed: set[Place] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def error(
        self, code: str, place: Place, what: str, cure: str, **values: object
    ) -> None:
        """Record an error; `what` and `cure` are templates over `values`."""
        if place in self._closed:
            return
        found = self._found[place.file]
        if len(found) < _KEPT_PER_FILE:
            found.append(Diagnostic(code, place, what, cure, values))
        else:
            self.also(place.file, 1)

    def adopt(self, problems: Problems) -> None:
        """Take over what another reader found; nothing more is said at its places."""
        try:
            problems.raise_as(FactsError)
        except FactsError as error:
            for found in error.diagnostics:
                self._found[found.place.file].append(found)
                self.close(found.place)

    def close(self, place: Place) -> None:
        """Let nothing more be said of a place: what follows from a cause is no news."""
        self._closed.add(place)

    def also(self, file: str, number: int) -> None:
        """Record that there are `number` more errors of a kind told often enough."""
        self._uncounted[file] += number

    def raise_if_any(self) -> None:
        """Raise everything found, or return."""
        problems = Problems()
        for file, found in self._found.items():
            found.sort(key=_by_place)
            problems.extend(found[:TOLD_PER_FILE])
            untold = len(found[TOLD_PER_FILE:]) + self._uncounted[file]
            if untold:
                _report_untold(problems, found[:TOLD_PER_FILE][-1].place, untold)
        problems.raise_as(FactsError)


def _report_untold(problems: Problems, last: Place, number: int) -> None:
    problems.error(
        "facts-more",
        last,
        N_("{number} more problems of this file are not shown"),
        N_("cure those above first; one cause often has many effects"),
        number=number,
    )


def _by_place(one: Diagnostic) -> tuple[str, int, int]:
    place = one.place
    if place.cell is not None and (found := _CELL.fullmatch(place.cell)):
        return place.sheet or "", int(found[2]), column_number(found[1])
    return place.sheet or "", place.line or 0, place.column or 0


def column_number(letters: str) -> int:
    """Return the number, from 1, of a column that a spreadsheet program calls `AB`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return what a spreadsheet program calls the column of this number, from 1."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def shown(text: str) -> str:
    """Return a text as messages show it: short, in one line, without control codes."""
    plain = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in text[: _LONGEST_SHOWN + 1]
    )
    return plain if len(plain) <= _LONGEST_SHOWN else plain[: _LONGEST_SHOWN - 1] + "…"


def listed(names: Collection[str]) -> str:
    """Return names as messages list them, the first twenty."""
    first = [shown(name) for name in islice(names, _MOST_LISTED)]
    return ", ".join(first + ["…"] * (len(names) > _MOST_LISTED))
