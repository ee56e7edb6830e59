"""Which localities there are: the known ones, those of the sheets, and their communes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from engine.desk.localities_from_file import Locality
from engine.desk.tables_from_workbooks.folding import folded, named
from engine.desk.tables_from_workbooks.headings import Headed

HAMLET: Final = "hamlet"
COMMUNE: Final = "commune"
_SHORTEST_CUT: Final = 4
"""Digits; a shorter number may be a hamlet's name."""
_CODE: Final = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_KIND: Final = re.compile(r"^(?:xa|phuong|thi tran|dac khu) (?=\S+ \S)")
"""Before a name of two words; one alone may be anything."""
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
        """Return the communes that a sheet's file, name and title agree on.

        Where they agree on none, all that are named.
        """
        communes = {
            each.id: named(each.name)
            for each in self
            if self._is_right_above_leaves(each.id)
        }
        # Files and sheets are called Đoàn Kết for short; in a title that may be anything.
        short = {each: _KIND.sub("", name) for each, name in communes.items()}
        file, sheet, title = _texts_about(headed)
        all_said = [
            {each for text in texts for each in _communes_in(text, communes, names)}
            for texts, names in ((file, short), (sheet, short), (title, communes))
        ]
        said = [each for each in all_said if each]
        agreed = (set.intersection(*said) or set.union(*said)) if said else set()
        return [each for each in communes if each in agreed]

    def _is_right_above_leaves(self, locality: str) -> bool:
        below = self._children.get(locality, [])
        return bool(below) and not any(self._children.get(each) for each in below)


def _communes_in(
    text: str, communes: Mapping[str, str], short: Mapping[str, str]
) -> set[str]:
    """Return the communes that a text names, by their codes or else by their names."""
    words = re.split(r"[^0-9A-Za-z]+", text)
    if by_code := communes.keys() & words:
        return by_code
    said = f" {named(text)} "
    found = {
        each: f" {name} "
        for names in (short, communes)
        for each, name in names.items()
        if f" {name} " in said
    }
    # "phường Đông Phong" also says "phường Đông"; the longer name is meant.
    return {
        each
        for each, name in found.items()
        if not any(name in other for other in found.values() if other != name)
    }


def commune_of_code(headed: Headed) -> Locality | None:
    """Return the commune whose code stands in the sheet's name, or else in the file's."""
    (file,), (sheet,), _ = _texts_about(headed)
    for text in (sheet, file):
        codes = set(_CODE.findall(text))
        if len(codes) == 1:
            code = codes.pop()
            return Locality(code, name_in_title(headed) or code, COMMUNE, "")
    return None


def name_in_title(headed: Headed) -> str | None:
    """Return a commune's name, such as `xã Mường So`, if title or sheet say one."""
    _, sheet, title = _texts_about(headed)
    for text in (*title, *sheet):
        if found := _COMMUNE.search(text):
            kind, name = found.groups()
            name = name.strip(" .")
            return f"{kind.lower()} {name.title() if name.isupper() else name}"
    return None


def _texts_about(headed: Headed) -> tuple[list[str], list[str], list[str]]:
    """Return the name of the file, the name of the sheet, and what stands above."""
    sheet = headed.sheet
    title = [
        sheet.text(row, column)
        for row in range(headed.top)
        for column in range(sheet.width)
        if sheet.rows[row][column] != ""
    ]
    names = [Path(sheet.file).stem, sheet.name or ""]
    file, name = ([each.replace("_", " ")] for each in names)
    return file, name, title


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
