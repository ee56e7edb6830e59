"""From a CSV file to a table of successors: strict, every mistake with its place."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from unicodedata import normalize

from engine.errors import N_, FactsError, Problems
from engine.source import Place
from engine.units.succession import Succession, Successions

COLUMNS: Final = (
    "old_code",
    "old_name",
    "until",
    "new_code",
    "new_name",
    "from",
    "share",
    "source",
)
_SHARES: Final = ("whole", "part")


def successions_from_csv(file: Path) -> Successions:
    """Read a table of successors.

    Raises:
        FactsError: with everything that is wrong, each with its place.
    """
    problems = Problems()
    rows = _rows(file, problems)
    found = [
        each
        for line, row in rows
        if (each := _succession(file, line, row, problems)) is not None
    ]
    problems.raise_as(FactsError)
    _check_names(found, problems)
    _check_shares(found, problems)
    problems.raise_as(FactsError)
    return Successions(tuple(found))


def _rows(file: Path, problems: Problems) -> list[tuple[int, dict[str, str]]]:
    """Return the lines by their numbers, each as its cells by their columns."""
    found: list[tuple[int, dict[str, str]]] = []
    try:
        text = normalize("NFC", file.read_bytes().decode("utf-8-sig"))
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        heading = next(lines, [])
        if sorted(heading) == sorted(COLUMNS):
            for cells in lines:
                if len(cells) == len(heading):
                    row = dict(zip(heading, map(str.strip, cells), strict=True))
                    found.append((lines.line_num, row))
                elif cells:
                    _refuse_line(Place(str(file), lines.line_num), len(cells), problems)
            return found
    except (OSError, UnicodeDecodeError, csv.Error):
        problems.error(
            "units-unreadable",
            Place(str(file)),
            N_("this table of successors cannot be read"),
            N_("name a CSV file in UTF-8 that may be read"),
        )
        return found
    problems.error(
        "units-columns",
        Place(str(file), 1),
        N_("the columns of a table of successors are: {columns}"),
        N_("name each of them once in the first line, and no others"),
        columns=", ".join(COLUMNS),
    )
    return found


def _refuse_line(place: Place, number: int, problems: Problems) -> None:
    problems.error(
        "units-cells",
        place,
        N_("this line has {number} cells and not {wanted}"),
        N_("write a cell for each column; put text with commas in quotes"),
        number=number,
        wanted=len(COLUMNS),
    )


def _succession(
    file: Path, line: int, row: Mapping[str, str], problems: Problems
) -> Succession | None:
    """Return what a line says; what is wrong with it is reported, each thing."""
    place = Place(str(file), line)
    _check_cells(row, place, problems)
    until = _day(row["until"], "until", place, problems)
    if row["new_code"]:
        since = _day(row["from"], "from", place, problems)
    else:
        since = until and until + timedelta(days=1)
    if until is None or since is None:
        return None
    if until >= since:
        problems.error(
            "units-days",
            place,
            N_("the new unit begins on {since}, before the old one has ended"),
            N_("let 'from' be a later day than 'until'"),
            since=since,
        )
    return Succession(
        old_code=row["old_code"],
        old_name=row["old_name"],
        until=until,
        new_code=row["new_code"] or None,
        new_name=row["new_name"],
        since=since,
        is_whole=row["share"] == "whole",
        source=row["source"],
        place=place,
    )


def _check_cells(row: Mapping[str, str], place: Place, problems: Problems) -> None:
    """Report cells that are blank where they are needed, or filled where nothing is."""
    needed = {"old_code", "old_name", "source"}
    blank = {"new_name", "from", "share"}
    if row["new_code"]:
        needed, blank = needed | {"new_name"}, set()
        if row["share"] not in _SHARES:
            problems.error(
                "units-share",
                place,
                N_("'share' says whether the whole unit went there"),
                N_("write whole or part"),
            )
    for name in COLUMNS:
        if (name in needed and not row[name]) or (name in blank and row[name]):
            problems.error(
                "units-cell",
                place,
                N_("'{column}' is blank where it is needed, or filled where it is not"),
                N_(
                    "a unit that nothing came after has only its own columns and a source"
                ),
                column=name,
            )


def _day(text: str, column: str, place: Place, problems: Problems) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is not None and day.isoformat() == text and day < date.max:
        return day
    problems.error(
        "units-day",
        place,
        N_("'{column}' is not a day"),
        N_("write it as YYYY-MM-DD"),
        column=column,
    )
    return None


def _check_names(rows: Iterable[Succession], problems: Problems) -> None:
    """Report a unit, which is a code and a day, that has two names."""
    names: dict[tuple[str, str | None, date], str] = {}
    for row in rows:
        for side, unit, day, name in (
            ("old", row.old_code, row.until, row.old_name),
            ("new", row.new_code, row.since, row.new_name),
        ):
            if names.setdefault((side, unit, day), name) != name and unit:
                problems.error(
                    "units-two-names",
                    row.place,
                    N_("the unit {unit} has another name in an earlier line"),
                    N_("write its name alike in every line"),
                    unit=unit,
                )


def _check_shares(rows: Iterable[Succession], problems: Problems) -> None:
    """Report a whole that goes to several places, and a part without the others."""
    by_unit: dict[tuple[str, date], list[Succession]] = defaultdict(list)
    for row in rows:
        by_unit[row.old_code, row.until].append(row)
    for (unit, _until), parts in by_unit.items():
        wrong = _wrong_with(parts)
        if wrong is not None:
            what, cure = wrong
            problems.error("units-shares", parts[-1].place, what, cure, unit=unit)


def _wrong_with(parts: Sequence[Succession]) -> tuple[str, str] | None:
    """Return what is wrong with the lines of one old unit, and the cure."""
    targets = [each.new_code for each in parts]
    if len({*targets}) < len(targets):
        return (
            N_("the unit {unit} goes to the same unit twice"),
            N_("leave one of the lines out"),
        )
    if targets == [None]:
        return None
    if None in targets:
        return (
            N_("the unit {unit} both ends without a successor and has one"),
            N_("leave one of the lines out"),
        )
    if len({each.since for each in parts}) > 1:
        return (
            N_("the parts of the unit {unit} begin on several days"),
            N_("give them one day; a later change is another line, of the new unit"),
        )
    if {each.is_whole for each in parts} != {len(parts) == 1}:
        return (
            N_("a whole unit goes to one unit, and one in parts to several: {unit}"),
            N_("write whole in its only line, or part in each of several"),
        )
    return None
