"""A file in a folder of rules: what it is, by its name, its keys and what lies beside it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from engine.errors import N_, Problems, RulesError
from engine.rules_from_yaml.kinds import Reader
from engine.source import Place
from engine.yaml_source import FOR_RULES, read_text
from engine.yaml_source.nodes import Mapping, Node

VOCABULARY: Final = "vocabulary.yaml"
TESTS: Final = ".tests.yaml"
PAPERS: Final = ".papers.yaml"
_ENDING: Final = ".yaml"
_ENDINGS: Final = (_ENDING, ".yml")
_OF_PACKS: Final = frozenset({"pack", "criteria", "in_force", "verdicts"})
"""What no other file says; so one that misspells `pack` is known for a pack."""


class Kind(Enum):
    """What is read as what."""

    VOCABULARY = "vocabulary"
    PACK = "pack"
    CASES = "cases"
    PAPERS = "papers"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RulesFile:
    """The text of a file, which may be no YAML."""

    path: Path
    data: bytes
    root: Node | None
    problems: Problems
    """Those of reading the text."""

    @property
    def declares(self) -> str | None:
        """The id of its pack, blank where it is none; None where nobody can tell."""
        match self.root:
            case Mapping(values={"pack": node}):
                return Reader(Problems()).raw(node) or ""
            case _:
                return None

    @property
    def place(self) -> Place:
        """Where its pack's id stands, else where it begins."""
        match self.root:
            case Mapping(values={"pack": node}):
                return node.place
            case None:
                return Place(str(self.path), 1, 1)
            case root:
                return root.place

    @property
    def kind(self) -> Kind:
        """What it is, or would be if its name ended in '.yaml'."""
        if (kind := _kind_by_name(self.path)) is not None:
            return kind
        has_cases = surely(self.path.with_suffix(TESTS).is_file)
        has_papers = surely(self.path.with_suffix(PAPERS).is_file)
        if has_cases or has_papers or self._may_be_pack():
            return Kind.PACK
        return Kind.OTHER

    def _may_be_pack(self) -> bool:
        match self.root:
            case None:
                return self.path.suffix == _ENDING
            case Mapping(values=values):
                return not values.keys().isdisjoint(_OF_PACKS)
            case _:
                return False


def _kind_by_name(path: Path) -> Kind | None:
    name = path.with_suffix(_ENDING).name
    if name == VOCABULARY:
        return Kind.VOCABULARY
    if name.endswith(TESTS):
        return Kind.CASES
    return Kind.PAPERS if name.endswith(PAPERS) else None


def pack_beside(file: Path) -> Path:
    """Return the pack's file that one of cases or papers lies beside, else the file."""
    for ending in (TESTS, PAPERS):
        if file.name.endswith(ending):
            return file.with_name(file.name.removesuffix(ending) + _ENDING)
    return file


def surely(look: Callable[[], bool]) -> bool:
    """Ask the system about a path; a name of which it knows nothing is not there.

    Of one that is longer than its own can be, it refuses to tell.
    """
    try:
        return look()
    except OSError:
        return False


def file_at(path: Path) -> RulesFile:
    """Read a file.

    Raises:
        RulesError: There is none, or it cannot be read.
    """
    data, problems = bytes_of(path), Problems()
    return RulesFile(
        path, data, read_text(data, str(path), FOR_RULES, problems), problems
    )


def files_in(
    folder: Path, problems: Problems, without: Collection[Kind] = ()
) -> Iterator[RulesFile]:
    """Yield the YAML files of a folder in the order of their names.

    What cannot be read goes to `problems`, and so do rules that nobody reads, as their
    file's name does not end in '.yaml'. Kinds that the name tells can be left out.
    """
    for path in sorted(folder.rglob("*.*")):
        if path.suffix.lower() not in _ENDINGS or not path.is_file():
            continue
        is_read = path.suffix == _ENDING
        if is_read and _kind_by_name(path) in without:
            continue
        try:
            file = file_at(path)
        except RulesError as error:
            problems.extend(error.diagnostics)
            continue
        if is_read or file.kind is Kind.OTHER:
            yield file
        else:
            problems.error(
                "rules-wrong-ending",
                Place(str(path), 1, 1),
                N_(
                    "nobody reads these rules: the name of their file ends in '{ending}'"
                ),
                N_("let it end in '.yaml'"),
                ending=path.suffix,
            )


def bytes_of(path: Path) -> bytes:
    """Return what stands in a file, or of one that is too large a little too much.

    Raises:
        RulesError: There is none, or it cannot be read.
    """
    problems = Problems()
    try:
        if path.is_file():
            with path.open("rb") as file:
                # One more than is allowed tells that there is more.
                return file.read(FOR_RULES.size + 1)
    except OSError as error:
        problems.error(
            "rules-unreadable",
            Place(str(path)),
            N_("this file cannot be read: {reason}"),
            N_("make it readable"),
            reason=error.strerror,
        )
    else:
        problems.error(
            "rules-no-file",
            Place(str(path)),
            N_("there is no such file"),
            N_("name an existing file"),
        )
    raise problems.as_error(RulesError)
