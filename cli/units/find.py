"""`diaban units find`: units by code or name, old and new, with the days they hold."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import day_option, format_option, language_option, output_option
from cli.output import deliver, refuse_unwritable
from cli.plain import plain, wrapped
from cli.tables import WIDTH
from cli.units.table import successors_option
from engine.errors import N_
from engine.version import VERSION

if TYPE_CHECKING:
    from engine.units.succession import Succession, Successions, Unit


@click.command(
    "find",
    help=N_(
        "Find units by their codes or names, old and new: since when and until when each "
        "holds, what it was made of and what came after it.\n\n"
        "Case does not count, nor where a tone sits (hòa, hoà); words without diacritics "
        "find names with them. Ends with 0 if something is found for every word or name, "
        "with 1 if not."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban units find 03388 'doan ket'",
            "",
            N_("What a code meant on a day:"),
            "  diaban units find 03388 --as-of 2025-06-30",
        )
    ),
)
@click.argument("words", nargs=-1, required=True, metavar=N_("CODE|NAME..."))
@day_option("--as-of", N_("Find only units that there were on this day."))
@successors_option
@format_option("table", "json")
@output_option
@language_option
def command(
    words: tuple[str, ...],
    as_of: date | None,
    successors: Path | None,
    form: str,
    output: Path | None,
) -> ExitCode:
    """Write what is found, and tell by the exit code whether everything was."""
    from cli.units.table import successions_at

    refuse_unwritable(output, None)
    table = successions_at(successors)
    found = {
        each: [
            unit for unit in table.found(each) if as_of is None or unit.holds_on(as_of)
        ]
        for each in words
    }
    written = _json if form == "json" else _text
    deliver(written(table, found), output)
    return ExitCode.DONE if all(found.values()) else ExitCode.NOT_PASSED


def _text(table: "Successions", found: "Mapping[str, Iterable[Unit]]") -> Iterator[str]:
    for words, units in found.items():
        if not units:
            yield _("{words}: no unit of the table").format(words=plain(words)) + "\n"
        for unit in units:
            head = f"{unit.code}  {unit.name} · {_days(unit)}"
            yield from (f"{line}\n" for line in wrapped(head, WIDTH, "", "  "))
            for said in _said(table, unit):
                yield from (f"{line}\n" for line in wrapped(said, WIDTH, "  ", "    "))


def _days(unit: "Unit") -> str:
    match unit.since, unit.until:
        case None, None:
            return _("at any time")
        case None, until:
            return _("until {until}").format(until=until)
        case since, None:
            return _("since {since}").format(since=since)
        case since, until:
            return _("from {since} to {until}").format(since=since, until=until)


def _said(table: "Successions", unit: "Unit") -> Iterator[str]:
    """Yield what a unit was made of, and what came after it, with the sources."""
    before, after = [*table.before(unit)], [*table.after(unit)]
    if before:
        made_of = ", ".join(_of(each, each.old_code, each.old_name) for each in before)
        yield _("made of: {units}").format(units=made_of)
    if after and after[0].new_code is None:
        yield _("nothing came after it")
    elif after:
        went = ", ".join(
            _of(each, each.new_code or "", each.new_name) for each in after
        )
        yield _("went into: {units}").format(units=went)
    for source in dict.fromkeys(each.source for each in (*before, *after)):
        yield f"({source})"


def _of(row: "Succession", code: str, name: str) -> str:
    return (
        f"{code} {name}"
        if row.is_whole
        else _("a part: {unit}").format(unit=f"{code} {name}")
    )


def _json(table: "Successions", found: "Mapping[str, Iterable[Unit]]") -> Iterator[str]:
    document = {
        "diaban": VERSION,
        "found": {
            words: [
                {
                    "code": unit.code,
                    "name": unit.name,
                    "since": unit.since and unit.since.isoformat(),
                    "until": unit.until and unit.until.isoformat(),
                    "made_of": [
                        _row(each, each.old_code, each.old_name)
                        for each in table.before(unit)
                    ],
                    "went_into": [
                        _row(each, each.new_code, each.new_name)
                        for each in table.after(unit)
                    ],
                }
                for unit in units
            ]
            for words, units in found.items()
        },
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _row(row: "Succession", code: str | None, name: str) -> dict[str, object]:
    share = "whole" if row.is_whole else "part"
    return {
        "code": code,
        "name": name or None,
        "share": share if code else None,
        "source": row.source,
    }
