"""A folder of rules: its vocabulary and its packs."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from engine.errors import N_, Diagnostic, Problems, QuestionError, RulesError
from engine.pack import Pack
from engine.rules_file import (
    PAPERS,
    TESTS,
    VOCABULARY,
    Kind,
    RulesFile,
    bytes_of,
    file_at,
    files_in,
    surely,
)
from engine.rules_from_yaml import vocabulary_from_yaml
from engine.rules_from_yaml.kinds import Reader
from engine.rules_from_yaml.pack_from_yaml import PACK_ID, pack_from_tree
from engine.source import Place
from engine.vocabulary import Vocabulary

_BESIDE: Final = (Kind.VOCABULARY, Kind.CASES, Kind.PAPERS)
_FOLDERS_SEARCHED: Final = 4
"""For the vocabulary of a single pack: the pack's folder and three above it."""
_LONGEST_ID: Final = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """The valid packs of a library by their ids, and what is wrong with the others."""

    packs: tuple[Pack, ...]
    problems: tuple[Diagnostic, ...]


class Library:
    """A folder that holds `vocabulary.yaml` and packs, side by side or further down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the packs of the folder may count.

        Raises:
            RulesError: It is missing or not valid.
        """
        path = self.folder / VOCABULARY
        if path.is_file():
            return vocabulary_from_yaml(bytes_of(path), str(path))
        problems = Problems()
        problems.error(
            "vocabulary-missing",
            Place(str(path)),
            N_("these rules have no vocabulary: there is no such file"),
            N_("add it, or name the folder that holds vocabulary.yaml and the packs"),
        )
        raise problems.as_error(RulesError)

    @cached_property
    def listing(self) -> Listing:
        """Every pack of the folder; one that is not valid does not hide the others.

        Raises:
            RulesError: The vocabulary is missing or not valid.
        """
        problems = Problems()
        return self.listing_of(self._files(problems), problems)

    def listing_of(self, files: Iterable[RulesFile], problems: Problems) -> Listing:
        """Return the packs in files of the folder that were read, as `listing` does.

        Raises:
            RulesError: The vocabulary is missing or not valid.
        """
        vocabulary = self.vocabulary
        packs: dict[str, Pack] = {}
        for file in files:
            try:
                pack = _pack_in(file, vocabulary)
            except RulesError as error:
                problems.extend(error.diagnostics)
                continue
            first = packs.setdefault(pack.id, pack)
            if first is not pack:
                _report_twice(pack.id, Path(first.place.file), file, problems)
        found = tuple(packs[name] for name in sorted(packs))
        return Listing(found, problems.as_error(RulesError).diagnostics)

    def in_force(self, day: date, levels: Collection[str]) -> tuple[Pack, ...]:
        """Return the valid packs that are in force on `day` and judge one of `levels`."""
        return tuple(
            pack
            for pack in self.listing.packs
            if day in pack.in_force and not set(pack.levels).isdisjoint(levels)
        )

    def find(self, name: str) -> Pack:
        """Return the pack with this id.

        Raises:
            RulesError: It is not valid, or two files declare it.
            QuestionError: There is none.
        """
        # Only a valid id is joined to the folder: a path never comes from data.
        if PACK_ID.fullmatch(name) and len(name) <= _LONGEST_ID:
            path = self.folder / f"{name}.yaml"
            own = file_at(path) if surely(path.is_file) else None
            if own and own.kind is Kind.PACK and own.declares in {name, None}:
                return self._pack(own)
        problems = Problems()
        files = [file for file in self._files(Problems()) if file.declares is not None]
        match [file for file in files if file.declares == name]:
            case [file]:
                return self._pack(file)
            case [first, second, *_]:
                _report_twice(name, first.path, second, problems)
                raise problems.as_error(RulesError)
            case _:
                Reader(problems).unknown(
                    "unknown-pack",
                    Place(str(self.folder)),
                    N_("there is no pack '{name}' in this folder"),
                    sorted(file.declares or "" for file in files),
                    name=name,
                )
                raise problems.as_error(QuestionError)

    def pack_at(self, path: Path) -> Pack:
        """Return the pack in a file, which may lie outside the library.

        Its vocabulary is the nearest one in its folder or above, else the library's.

        Raises:
            RulesError: It cannot be read, or it or its vocabulary is not valid.
        """
        file = file_at(path)
        above = (*path.parents, *path.absolute().parents[len(path.parents) :])
        for folder in above[:_FOLDERS_SEARCHED]:
            if (folder / VOCABULARY).is_file():
                is_own = folder.absolute() == self.folder.absolute()
                library = self if is_own else Library(folder)
                return library._pack(file)  # noqa: SLF001  (of the same class)
        return self._pack(file)

    def _pack(self, file: RulesFile) -> Pack:
        try:
            vocabulary = self.vocabulary
        except RulesError as error:
            # The pack's meaning cannot be read without it, but its YAML was.
            file.problems.extend(error.diagnostics)
            raise file.problems.as_error(RulesError) from error
        return _pack_in(file, vocabulary)

    def _files(self, problems: Problems) -> Iterator[RulesFile]:
        for file in files_in(self.folder, problems, _BESIDE):
            if file.kind is Kind.PACK:
                yield file


def files_read_with(path: Path) -> Iterator[Path]:
    """Yield the file of a pack, and those that are read with it where they exist."""
    yield path
    yield from (path.with_suffix(ending) for ending in (TESTS, PAPERS))
    above = path.absolute().parents[:_FOLDERS_SEARCHED]
    yield from (folder / VOCABULARY for folder in above)


def cases_beside(pack: Pack) -> tuple[str, bytes] | None:
    """Return the name and the text of the file of cases beside a pack, if it has one.

    Raises:
        RulesError: It cannot be read.
    """
    return _beside(pack, TESTS)


def papers_beside(pack: Pack) -> tuple[str, bytes] | None:
    """Return the name and the text of the file that says which papers a dossier holds.

    Raises:
        RulesError: It cannot be read.
    """
    return _beside(pack, PAPERS)


def _beside(pack: Pack, ending: str) -> tuple[str, bytes] | None:
    path = Path(pack.place.file).with_suffix(ending)
    return (str(path), bytes_of(path)) if surely(path.is_file) else None


def _pack_in(file: RulesFile, vocabulary: Vocabulary) -> Pack:
    return pack_from_tree(file.root, file.data, file.problems, vocabulary)


def _report_twice(
    name: str, first: Path, second: RulesFile, problems: Problems
) -> None:
    problems.error(
        "pack-id-twice",
        second.place,
        N_("the id '{name}' already belongs to the pack in {first}"),
        N_("give one of the two another id"),
        name=name,
        first=first,
    )
