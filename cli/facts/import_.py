"""`diaban facts import`: workbooks as inspection teams keep them, made clean tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.complaint import told
from cli.exit_code import ExitCode
from cli.folders import is_taken, whole_folder
from cli.language import _, ngettext
from cli.options import language_option, rules_option
from cli.output import deliver, told_unwritten
from cli.plain import plain
from cli.progress import Progress
from cli.rules import library_in
from engine.errors import N_, Diagnostic, FactsError

if TYPE_CHECKING:
    from engine.desk.tables_from_workbooks.importing import Hints, Imported
    from engine.facts_from_files.findings import Findings
    from engine.vocabulary import Vocabulary


@click.command(
    "import",
    help=N_(
        "Turn workbooks as inspection teams keep them into clean tables.\n\n"
        "Each WORKBOOK is an .xlsx or .csv file, such as one a commune with a row a "
        "hamlet. Titles, merged headings and totals are understood, numbers and days in "
        "any common form are read, and whatever is done to a value is recorded in "
        "import-log.tsv. A blank stays not known; so does “-”; “Không” in a column of "
        "numbers is 0. If anything cannot be read, all of it is told, cell by cell, and "
        "no folder is written."
    ),
    epilog="\n".join(
        (
            N_("Example, one workbook a commune; undecided headings go to map.yaml:"),
            "  diaban facts import communes/*.xlsx -o facts --map map.yaml \\",
            "    --localities examples/lai-chau",
            "",
            N_("The workbook handed back with its bad cells coloured:"),
            "  diaban facts import 03388.xlsx -o facts --errors 03388-errors.xlsx",
        )
    ),
)
@click.argument(
    "workbooks",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("WORKBOOK..."),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar=N_("FOLDER"),
    help=N_("Write the tables into this new folder, whole or not at all."),
)
@click.option(
    "--pack",
    metavar=N_("ID|FILE"),
    help=N_("The rule pack whose vocabulary names the columns."),
)
@rules_option
@click.option(
    "--map",
    "decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_(
        "What unknown headings mean, a line each; headings still to be decided are added "
        "to it, with proposals."
    ),
)
@click.option(
    "--localities",
    type=click.Path(exists=True, path_type=Path),
    metavar=N_("FILE"),
    help=N_(
        "The localities that there are, in which names are looked up: a CSV file with "
        "id, name, level and parent, or facts of any form."
    ),
)
@click.option(
    "--commune",
    metavar=N_("ID"),
    help=N_("The commune that the workbooks are about."),
)
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_(
        "Where something cannot be read, write a copy of the workbook with the bad cells "
        "coloured and commented; of several workbooks, a copy each."
    ),
)
@language_option
def command(**options: Any) -> ExitCode:
    """Write the clean tables, or tell everything that stands in their way."""
    # Imported here, so that help and completion wait for no data frames.
    from engine.desk.tables_from_workbooks import tables_from_workbooks
    from engine.facts_from_files.findings import Findings

    asked = _Asked(**options)
    _refuse_taken(asked)
    vocabulary = _vocabulary(asked.pack, asked.rules)
    findings = Findings()
    hints = _hints(asked, vocabulary, findings)
    is_map_sound = not findings
    with Progress() as progress:
        imported = tables_from_workbooks(
            asked.workbooks, vocabulary, hints, findings, progress
        )
        if asked.decisions is not None and is_map_sound:
            _keep_undecided(asked.decisions, imported, hints)
        problems = imported.problems or _written(imported, asked.output, vocabulary)
    if problems and asked.errors is not None:
        _hand_back(asked.workbooks, problems, asked.errors)
    if problems:
        raise FactsError(problems)
    _tell(imported, asked)
    return ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for."""

    workbooks: tuple[Path, ...]
    output: Path
    pack: str | None
    rules: Path | None
    decisions: Path | None
    localities: Path | None
    commune: str | None
    errors: Path | None


def _hints(asked: _Asked, vocabulary: "Vocabulary", findings: "Findings") -> "Hints":
    from engine.desk.localities_from_file import localities_from_file
    from engine.desk.tables_from_workbooks.decisions import (
        NO_DECISIONS,
        decisions_from_file,
    )
    from engine.desk.tables_from_workbooks.importing import Hints

    file, known = asked.decisions, asked.localities
    return Hints(
        localities_from_file(known, vocabulary) if known is not None else (),
        asked.commune,
        decisions_from_file(file, findings) if file is not None else NO_DECISIONS,
    )


def _tell(imported: "Imported", asked: _Asked) -> None:
    """Say on the standard error what was written where."""
    from engine.desk.tables_from_workbooks.changes import HIDDEN_ROW, HIDDEN_SHEET
    from engine.desk.tables_from_workbooks.folder import LOG

    rows = sum(len(each.rows) for table in imported.tables for each in table.extracts)
    files = ngettext("{number} file", "{number} files", len(asked.workbooks))
    words = ngettext(
        "{number} row of {files} in {folder}; what was done to it stands in {log}.",
        "{number} rows of {files} in {folder}; what was done to them stands in {log}.",
        rows,
    )
    said = words.format(
        number=rows,
        files=files.format(number=len(asked.workbooks)),
        folder=plain(str(asked.output)),
        log=LOG,
    )
    click.echo(said, err=True)
    if hidden := imported.log.noted(HIDDEN_SHEET, HIDDEN_ROW):
        words = ngettext(
            "{number} hidden sheet or row was read too; {log} says which.",
            "{number} hidden sheets or rows were read too; {log} says which.",
            hidden,
        )
        click.echo(words.format(number=hidden, log=LOG), err=True)


def _refuse_taken(asked: _Asked) -> None:
    """Complain at once about what would overwrite something, before the work."""
    output, errors = asked.output, asked.errors
    if is_taken(output):
        wrong = _("{folder} exists and is not an empty folder; name a new one.")
        raise _wrong("-o", wrong, folder=output)
    for option, file in (("-o", output), ("--errors", errors)):
        if file is not None and not file.absolute().parent.is_dir():
            wrong = _("the folder of {file} does not exist; create it first.")
            raise _wrong(option, wrong, file=file)
    if errors is None:
        return
    if errors.suffix.lower() != ".xlsx":
        wrong = _("{file} is to be a workbook: end its name with .xlsx.")
        raise _wrong("--errors", wrong, file=errors)
    for copy in _copies(errors, asked.workbooks).values():
        with told_unwritten(copy):
            is_one = copy.exists() and any(map(copy.samefile, asked.workbooks))
        if is_one:
            wrong = _(
                "{file} is one of the workbooks and would be lost; name another file."
            )
            raise _wrong("--errors", wrong, file=copy)


def _wrong(option: str, words: str, **files: Path) -> click.BadParameter:
    shown = {name: plain(str(file)) for name, file in files.items()}
    return click.BadParameter(words.format(**shown), param_hint=f"'{option}'")


def _vocabulary(pack: str | None, rules: Path | None) -> "Vocabulary":
    from cli.case import pack_named

    library = library_in(rules)
    return library.vocabulary if pack is None else pack_named(library, pack).vocabulary


def _keep_undecided(file: Path, imported: "Imported", hints: "Hints") -> None:
    from engine.desk.tables_from_workbooks.decisions import with_undecided

    undecided = {
        heading: proposals
        for heading, proposals in imported.undecided.items()
        if not hints.decisions.lists(heading)
    }
    if undecided:
        before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        deliver([with_undecided(before, undecided, hints.decisions)], file)


def _written(
    imported: "Imported", folder: Path, vocabulary: "Vocabulary"
) -> tuple[Diagnostic, ...]:
    """Write the folder; return what the reader of facts says against it."""
    from engine.desk.tables_from_workbooks.folder import write_folder

    try:
        with whole_folder(folder) as draft:
            write_folder(imported, draft, vocabulary)
    except FactsError as error:
        return error.diagnostics
    return ()


def _hand_back(
    workbooks: Sequence[Path], problems: Sequence[Diagnostic], errors: Path
) -> None:
    from engine.desk.tables_from_workbooks.marked_workbook import (
        NotMarkedError,
        marked_workbook,
    )

    for workbook, copy in _copies(errors, workbooks).items():
        try:
            marked = marked_workbook(workbook, problems, told)
        except NotMarkedError:
            _warn(_("{file} is too damaged for a marked copy."), workbook)
            continue
        if marked is None:
            continue
        deliver([marked.data], copy)
        if marked.lacks_pictures:
            _warn(_("{file} lacks the pictures and charts of the workbook."), copy)


def _warn(words: str, file: Path) -> None:
    click.echo(words.format(file=plain(str(file))), err=True)


def _copies(errors: Path, workbooks: Sequence[Path]) -> dict[Path, Path]:
    """Return where the marked copy of each workbook goes."""
    if len(workbooks) == 1:
        return {workbooks[0]: errors}
    copies: dict[Path, Path] = {}
    for at, each in enumerate(workbooks, 1):
        name = f"{errors.stem}-{each.stem}{errors.suffix}"
        if errors.with_name(name) in copies.values():
            name = f"{errors.stem}-{each.stem}-{at}{errors.suffix}"
        copies[each] = errors.with_name(name)
    return copies
