"""Which localities there are: the known ones, those of the sheets, and their communes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from engine.localities_from_file import Locality
from engine.tables_from_workbooks.folding import folded, named
from engine.tables_from_workbooks.headings import Headed

HAMLET: Final = "hamlet"
COMMUNE: Final = "commune"
_SHORTEST_CUT: Final = 4
"""Digits; a shorter number may be a hamlet's name."""
_CODE: Final = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_COMMUNE: Final = re.compile(
    r"\b(xã|phường|thị trấn|đặc khu)\s+([^,;:()–\-\n]{1,60})", re.IGNORECASE
)


class Territory:
    """Localities by id, and by their names within what they belong to."""

    def __init__(self, localities: Iterable[Locality] = ()) -> None:
        self._by_id: dict[str, Locality] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._unnamed: list[Locality] = []
        self._without_zeros: dict[str, list[str]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)
        for each in localities:
            self.add(each)

    def __contains__(self, locality: str) -> bool:
        return locality in self._by_id

    def __getitem__(self, locality: str) -> Locality:
        return self._by_id[locality]

    def get(self, locality: str) -> Locality | None:
        """Return a locality by its id, if it is known."""
        return self._by_id.get(locality)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Locality]:
        yield from self._by_id.values()

    def add(self, each: Locality) -> None:
        """Add a locality, unless its id is taken."""
        if each.id in self._by_id:
            return
        self._by_id[each.id] = each
        self._unnamed.append(each)
        self._without_zeros[each.id.lstrip("0")].append(each.id)
        self._children[each.parent].append(each.id)

    def children(self, locality: str) -> tuple[Locality, ...]:
        """Return those that belong directly to a locality."""
        return tuple(self._by_id[each] for each in self._children.get(locality, ()))

    def with_code(self, code: str) -> str | None:
        """Return the id that a code means, also where a program cut off its zeros."""
        if code in self._by_id:
            return code
        is_code = code.isdecimal() and len(code) >= _SHORTEST_CUT
        found = self._without_zeros.get(code.lstrip("0"), []) if is_code else []
        return found[0] if len(found) == 1 else None

    def called(self, name: str, parent: str | None) -> list[str]:
        """Return the ids of those so called, within `parent` if one is given."""
        # Folding names takes time, and where all have codes nobody asks.
        for each in self._unnamed:
            self._by_name[named(each.name)].append(each.id)
        self._unnamed.clear()
        found = self._by_name.get(named(name), [])
        return [
            locality
            for locality in found
            if parent in {None, "", locality, self._by_id[locality].parent}
        ]

    def above(self, locality: str) -> Iterator[Locality]:
        """Yield a locality and those it belongs to, outwards."""
        seen: set[str] = set()
        while locality in self._by_id and locality not in seen:
            seen.add(locality)
            yield self._by_id[locality]
            locality = self._by_id[locality].parent

    def communes_said(self, headed: Headed) -> list[str]:
        """Return the communes that a sheet's file name, name or title names."""
        texts = _texts_about(headed)
        parents = [each for each in self if self._is_right_above_leaves(each.id)]
        by_code = [
            each.id
            for each in parents
            if any(each.id in re.split(r"[^0-9A-Za-z]+", text) for text in texts)
        ]
        words = [f" {named(text)} " for text in texts]
        by_name = {
            each.id: named(each.name)
            for each in parents
            if any(f" {named(each.name)} " in text for text in words)
        }
        # "phường Đông Phong" also says "phường Đông"; the longer name is meant.
        longest = [
            each
            for each, name in by_name.items()
            if not any(
                f" {name} " in f" {other} "
                for other in by_name.values()
                if other != name
            )
        ]
        return by_code or longest

    def _is_right_above_leaves(self, locality: str) -> bool:
        below = self._children.get(locality, [])
        return bool(below) and not any(self._children.get(each) for each in below)


def commune_of_file(headed: Headed) -> Locality | None:
    """Return the commune whose code stands in a file's name, by the name in its title."""
    codes = set(_CODE.findall(Path(headed.sheet.file).stem))
    if len(codes) != 1:
        return None
    code = codes.pop()
    return Locality(code, name_in_title(headed) or code, COMMUNE, "")


def name_in_title(headed: Headed) -> str | None:
    """Return a commune's name, such as `xã Mường So`, if the title says one."""
    for text in _texts_about(headed)[2:]:
        if found := _COMMUNE.search(text):
            kind, name = found.groups()
            name = name.strip(" .")
            return f"{kind.lower()} {name.title() if name.isupper() else name}"
    return None


def _texts_about(headed: Headed) -> list[str]:
    sheet = headed.sheet
    title = [
        sheet.text(row, column)
        for row in range(headed.top)
        for column in range(sheet.width)
        if sheet.rows[row][column] != ""
    ]
    return [Path(sheet.file).stem.replace("_", " "), sheet.name or "", *title]


def level_called(text: str, levels: Mapping[str, Iterable[str]]) -> str | None:
    """Return the level that a word means: its id, its label, or a part of the label."""
    wanted = folded(text)
    for level, labels in levels.items():
        words = {folded(level)}
        for label in labels:
            words |= {folded(label), *map(folded, label.split(","))}
        if wanted in words:
            return level
    return None
