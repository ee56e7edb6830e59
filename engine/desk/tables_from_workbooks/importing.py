"""From workbooks as they are kept to clean tables: the whole way on one screen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from engine.desk.localities_from_file import Locality
from engine.desk.tables_from_workbooks.changes import Log
from engine.desk.tables_from_workbooks.choosing import headed_in
from engine.desk.tables_from_workbooks.decisions import NO_DECISIONS, Decisions
from engine.desk.tables_from_workbooks.extract import Extract
from engine.desk.tables_from_workbooks.extract_from_headed import extract_from
from engine.desk.tables_from_workbooks.places import Placing
from engine.desk.tables_from_workbooks.sheets import Sheet, sheets_in
from engine.desk.tables_from_workbooks.spellings import Spellings, spellings_of
from engine.desk.tables_from_workbooks.territory import Territory
from engine.desk.tables_from_workbooks.totals import check_totals
from engine.errors import N_, Diagnostic, EngineError, FactsError
from engine.facts_from_files.columns import Shape, shapes_of
from engine.facts_from_files.findings import Findings
from engine.source import Place
from engine.vocabulary import LOCALITIES, Vocabulary

Progress = Callable[[str, float], None]
_FIRST: Final = ("id", "name", "level", "parent", "locality")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the workbooks."""

    localities: tuple[Locality, ...] = ()
    """A list: names in the sheets are looked up in it."""
    commune: str | None = None
    """The id of the commune that all the sheets are about."""
    decisions: Decisions = NO_DECISIONS


@dataclass(frozen=True, slots=True)
class CleanTable:
    """A table as it is written, and where each of its cells was read."""

    name: str
    columns: Mapping[str, Sequence[str]]
    extracts: tuple[Extract, ...]
    added: int = 0
    """Rows in front that stand in no sheet."""

    def place(self, row: int, column: int) -> Place:
        """Return where a cell of the table was read, both counted from 0."""
        name = list(self.columns)[column]
        at = row - self.added
        for extract in self.extracts:
            if 0 <= at < len(extract.rows):
                heading = extract.headed.taken.get(name)
                position = 0 if heading is None else heading.position
                return extract.headed.sheet.place(extract.rows[at], position)
            at -= len(extract.rows)
        return Place(f"{self.name}.csv", row + 2)


@dataclass(frozen=True, slots=True)
class Imported:
    """The clean tables, what was done to make them, and what stands in their way."""

    tables: tuple[CleanTable, ...]
    log: Log
    problems: tuple[Diagnostic, ...]
    undecided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Headings that mean nothing known, each with the columns they are most like."""


def tables_from_workbooks(
    files: Sequence[Path],
    vocabulary: Vocabulary,
    hints: Hints,
    findings: Findings,
    progress: Progress | None = None,
) -> Imported:
    """Read workbooks and CSV files as they are kept.

    Nothing is raised over what they hold: all of it stands in `problems`, and then the
    tables are not to be used.
    """
    work = _Work(vocabulary, hints, findings)
    for at, file in enumerate(files):
        if progress is not None:
            progress("importing", at / len(files))
        for sheet in sheets_in(file, findings):
            work.take(sheet)
    if files and not work.has_tables and not findings:
        _report_no_table(files[0], findings)
    work.settle()
    return Imported(
        tuple(work.tables()), work.log, _told(findings), dict(work.undecided)
    )


class _Work:
    """The sheets as they come in, and what they add up to."""

    def __init__(
        self, vocabulary: Vocabulary, hints: Hints, findings: Findings
    ) -> None:
        self.log = Log()
        self.undecided: dict[str, tuple[str, ...]] = {}
        self._vocabulary = vocabulary
        self._decisions = hints.decisions
        self._findings = findings
        self._shapes: Mapping[str, Shape] = shapes_of(vocabulary)
        self._spellings: Mapping[str, Spellings] = spellings_of(vocabulary)
        self._extracts: list[Extract] = []
        self._is_known = bool(hints.localities)
        self._placing = Placing(
            vocabulary,
            Territory(hints.localities),
            hints.commune,
            self.log,
            findings,
            self._is_known,
        )

    @property
    def has_tables(self) -> bool:
        """Whether any sheet held a table."""
        return bool(self._extracts)

    def take(self, sheet: Sheet) -> None:
        """Read a sheet, if it holds a table."""
        headed = headed_in(
            sheet,
            self._spellings,
            self._decisions,
            self.undecided,
            self.log,
            self._findings,
        )
        if headed is not None:
            shape = self._shapes[headed.table]
            extract = extract_from(
                headed, shape, self._vocabulary, self.log, self._findings
            )
            check_totals(extract, self._findings)
            self._extracts.append(extract)

    def settle(self) -> None:
        """Find out which localities the rows are about, those of localities first."""
        for extract in self._of(LOCALITIES):
            self._placing.settle(extract)
        for extract in self._extracts:
            if extract.shape.name != LOCALITIES:
                self._placing.locate(extract)

    def tables(self) -> Iterator[CleanTable]:
        """Yield the tables, each with the rows of all its sheets."""
        added = self._added()
        for name, shape in self._shapes.items():
            extracts = self._of(name)
            if not extracts and not (name == LOCALITIES and added):
                continue
            present = {column for each in extracts for column in each.columns}
            if name == LOCALITIES:
                present |= {"id", "name", "level", "parent"}
            columns = {
                column: [
                    *(
                        _of_locality(each, column)
                        for each in added
                        if name == LOCALITIES
                    ),
                    *_joined(extracts, column),
                ]
                for column in shape.columns
                if column in present
            }
            yield CleanTable(
                name, columns, tuple(extracts), len(added) if name == LOCALITIES else 0
            )

    def _of(self, table: str) -> list[Extract]:
        return [each for each in self._extracts if each.shape.name == table]

    def _added(self) -> list[Locality]:
        """Return what the sheets' localities belong to, each with all its known parts.

        A known part without a row would otherwise vanish, and not be unknown; what it
        belongs to would then be judged by the others alone. The parts of such a part are
        left out: a list may be that of a whole country.
        """
        known, found = self._placing.known, self._placing.found
        wanted: dict[str, Locality] = {}
        for parent in dict.fromkeys(each.parent for each in found if each.parent):
            for above in reversed(list(known.above(parent))):
                wanted.setdefault(above.id, above)
        if self._is_known:
            parts = [each for above in wanted for each in known.children(above)]
            wanted |= {each.id: each for each in (parts if len(found) else known)}
        added = [each for each in wanted.values() if each.id not in found]
        for each in added:
            self.log.note("", "locality-added", "id", "", each.id)
        return added


def _report_no_table(file: Path, findings: Findings) -> None:
    findings.error(
        "import-no-table",
        Place(str(file)),
        N_("no table stands here: the file is blank, or holds nothing but notes"),
        N_("write headings and rows into it, or name another file"),
    )


def _joined(extracts: Iterable[Extract], column: str) -> Iterator[str]:
    return chain.from_iterable(
        extract.columns.get(column) or repeat("", len(extract.rows))
        for extract in extracts
    )


def _of_locality(each: Locality, column: str) -> str:
    match column:
        case "id" | "name" | "level" | "parent":
            found: str = getattr(each, column)
            return found
        case _:
            return ""


def _told(findings: Findings) -> tuple[Diagnostic, ...]:
    try:
        findings.raise_if_any()
    except FactsError as error:
        return error.diagnostics
    except EngineError:
        raise
    return ()
