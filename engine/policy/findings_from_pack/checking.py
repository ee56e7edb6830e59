"""Rules checked: what the loader refuses, what lint warns of, what is ignored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import N_, Diagnostic, Problems, RulesError
from engine.library import Library, cases_beside, papers_beside
from engine.pack import Pack
from engine.policy.findings_from_pack.counts import findings_about_counts
from engine.policy.findings_from_pack.criteria import (
    findings_about_cases,
    findings_about_criteria,
)
from engine.policy.findings_from_pack.documents import findings_about_documents
from engine.policy.findings_from_pack.ignores import Ignore, Ignored, ignores_in, sifted
from engine.policy.findings_from_pack.noted import noted
from engine.policy.findings_from_pack.periods import findings_about_periods
from engine.policy.findings_from_pack.quotes import findings_about_quotes
from engine.policy.findings_from_pack.targets import findings_about_targets
from engine.policy.findings_from_pack.verdicts import findings_about_verdicts
from engine.policy.worked_cases_from_yaml import worked_cases_from_yaml
from engine.review.dossier.procedure_from_yaml import procedure_from_yaml
from engine.rules_file import (
    PAPERS,
    TESTS,
    Kind,
    RulesFile,
    file_at,
    files_in,
    pack_beside,
    surely,
)
from engine.rules_from_yaml import vocabulary_from_yaml
from engine.rules_from_yaml.pack_from_yaml import pack_from_tree
from engine.source import Place

_ALONE: Final = frozenset(
    {
        "criterion-without-case",
        "criterion-without-clause",
        "criterion-without-quote",
        "criterion-without-remedy",
        "pack-without-cases",
        "quote-every",
        "quote-none",
        "quote-number",
        "quote-operator",
        "target-arithmetic",
        "verdict-after-always",
        "verdict-unreachable",
    }
)
"""What can be seen in a pack by itself."""
_TOGETHER: Final = frozenset(
    {
        "cases-without-pack",
        "count-always-none",
        "count-unknowable",
        "count-unused",
        "count-without-words",
        "document-two-dates",
        "file-not-read",
        "force-gap",
        "force-overlap",
    }
)
"""What can be seen only where all the rules of a folder are looked at."""
CODES: Final = _ALONE | _TOGETHER
"""What lint warns of, and an ignore may name."""
_OF_VOCABULARY: Final = frozenset(
    {
        "pack-not-within",
        "pack-unknown-count",
        "pack-unknown-evidence",
        "pack-unknown-field",
        "pack-wrong-field-type",
    }
)
"""What nobody can say of a pack without its vocabulary."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in rules, in order of place."""

    packs: int
    """How many were looked at, those that are not valid included."""
    findings: tuple[Diagnostic, ...]
    ignored: tuple[Ignored, ...]

    @property
    def errors(self) -> int:
        """How many findings keep the rules from being used."""
        return sum(each.severity == "error" for each in self.findings)


def check_rules(library: Library, asked: Sequence[str | Path] = ()) -> Checked:
    """Check a whole folder of rules, or the packs that are asked for.

    Args:
        library: The folder.
        asked: Ids of packs in it, or files, which may lie elsewhere: a pack, the cases
            beside one, or a vocabulary, which stands for everything in its folder.

    Raises:
        QuestionError: The folder has no pack of such an id.
    """
    checking = _Checking()
    if not asked:
        checking.folder(library)
    for each in asked:
        match each:
            case Path(name="vocabulary.yaml"):
                checking.folder(Library(each.parent))
            case Path():
                checking.file(library, pack_beside(each))
            case str():
                checking.named(library, each)
    return checking.checked()


@dataclass(slots=True)
class _Checking:
    """Gathers findings; what is asked for twice is told once."""

    _found: dict[str, Diagnostic] = field(default_factory=dict)
    """By what they say, places included."""
    _sound: dict[Path, frozenset[str]] = field(default_factory=dict)
    """The files that could be read, each with the codes that were looked for in it."""
    _packs: set[str] = field(default_factory=set)

    def folder(self, library: Library) -> None:
        unread = Problems()
        files = [*files_in(library.folder, unread)]
        self._tell(unread)
        for file in files:
            if file.kind is not Kind.OTHER:
                self._tell(file.problems)
        try:
            packs = (each for each in files if each.kind is Kind.PACK)
            listing = library.listing_of(packs, unread)
        except RulesError as error:
            self._add(error.diagnostics)
            self._without_vocabulary(files)
            return
        self._add(listing.problems)
        self._packs |= {each.place.file for each in listing.problems}
        for pack in listing.packs:
            self._pack(pack)
        self._add(_orphans(files))
        self._strays(library.folder, files)
        self._add(findings_about_periods(listing.packs))
        self._add(findings_about_documents(listing.packs))
        for pack in listing.packs:
            self._look(Path(pack.place.file), CODES)
        if not listing.problems:  # else a count may be used where nobody can read it
            self._add(findings_about_counts(library.vocabulary, listing.packs))
            self._look(library.folder / "vocabulary.yaml", CODES)

    def named(self, library: Library, name: str) -> None:
        try:
            self._pack(library.find(name))
        except RulesError as error:
            self._refused(error)

    def file(self, library: Library, path: Path) -> None:
        try:
            self._pack(library.pack_at(path))
        except RulesError as error:
            self._refused(error)

    def checked(self) -> Checked:
        ignores: list[Ignore] = []
        looked: dict[str, frozenset[str]] = {}
        for path, codes in self._sound.items():
            looked[str(path)] = codes
            ignores += ignores_in(path.read_bytes(), str(path))
        # Of what was not looked for, nobody can say that it is not there.
        asked = [
            each
            for each in ignores
            if each.code not in CODES or each.code in looked[each.place.file]
        ]
        rest = sifted([*self._found.values()], asked, CODES)
        findings = sorted(rest.findings, key=_by_place)
        return Checked(len(self._packs), tuple(findings), rest.ignored)

    def _pack(self, pack: Pack) -> None:
        self._packs.add(pack.place.file)
        self._look(Path(pack.place.file), _ALONE)
        self._add(findings_about_quotes(pack))
        self._add(findings_about_targets(pack))
        self._add(findings_about_verdicts(pack))
        self._add(findings_about_criteria(pack))
        self._cases(pack)
        self._papers(pack)

    def _cases(self, pack: Pack) -> None:
        try:
            file = cases_beside(pack)
            cases = None
            if file is not None:
                cases = worked_cases_from_yaml(file[1], file[0], pack)
                self._look(Path(file[0]), frozenset())
        except RulesError as error:
            self._add(error.diagnostics)
        else:
            self._add(findings_about_cases(pack, cases))

    def _papers(self, pack: Pack) -> None:
        try:
            if (file := papers_beside(pack)) is not None:
                procedure_from_yaml(file[1], file[0], pack)
                self._look(Path(file[0]), frozenset())
        except RulesError as error:
            self._add(error.diagnostics)

    def _refused(self, error: RulesError) -> None:
        refused = {each.place.file for each in error.diagnostics}
        self._packs |= refused
        self._add(error.diagnostics)
        for pack in refused:
            for ending in (TESTS, PAPERS):
                beside = Path(pack).with_suffix(ending)
                if surely(beside.is_file):
                    self._tell(file_at(beside).problems)

    def _without_vocabulary(self, files: Iterable[RulesFile]) -> None:
        """Tell of the packs what can be told without what they count."""
        nothing = vocabulary_from_yaml(b"vocabulary: 1", "")
        for file in files:
            if file.kind is not Kind.PACK:
                continue
            self._packs.add(str(file.path))
            try:
                pack_from_tree(file.root, file.data, Problems(), nothing)
            except RulesError as error:
                found = error.diagnostics
                self._add(each for each in found if each.code not in _OF_VOCABULARY)

    def _strays(self, folder: Path, files: Iterable[RulesFile]) -> None:
        """Warn of files that are nothing known; a name that begins with a dot is foreign."""
        for file in files:
            names = file.path.relative_to(folder).parts
            if file.kind is Kind.OTHER and not any(
                name.startswith(".") for name in names
            ):
                self._add([_not_read(file)])
                if file.root is not None:
                    self._look(file.path, CODES)

    def _tell(self, problems: Problems) -> None:
        self._add(problems.as_error(RulesError).diagnostics)

    def _look(self, path: Path, codes: frozenset[str]) -> None:
        self._sound[path] = self._sound.get(path, frozenset()) | codes

    def _add(self, found: Iterable[Diagnostic]) -> None:
        for each in found:
            self._found.setdefault(str(each), each)


def _orphans(files: Iterable[RulesFile]) -> Iterator[Diagnostic]:
    for file in files:
        if file.kind is Kind.CASES and not pack_beside(file.path).is_file():
            yield noted(
                "cases-without-pack",
                Place(str(file.path)),
                N_("these cases lie beside no pack, so that nobody runs them"),
                N_(
                    "give the file the name of its pack: NAME.tests.yaml beside NAME.yaml"
                ),
            )


def _not_read(file: RulesFile) -> Diagnostic:
    return noted(
        "file-not-read",
        file.place,
        N_("nobody reads this file: it is no pack, no vocabulary, no cases, no papers"),
        N_(
            "begin a pack with 'pack:', name cases NAME.tests.yaml; keep what is not "
            "rules elsewhere"
        ),
    )


def _by_place(one: Diagnostic) -> tuple[str, int, int, str]:
    place = one.place
    return place.file, place.line or 0, place.column or 0, one.code
