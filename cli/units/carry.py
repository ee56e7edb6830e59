"""`diaban units carry`: facts of old units, told by the units that came after them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.exit_code import ExitCode
from cli.folders import is_taken, whole_folder
from cli.language import _
from cli.options import (
    day_option,
    facts_argument,
    language_option,
    rules_option,
    taken_as,
)
from cli.output import deliver
from cli.plain import plain, wrapped
from cli.progress import Progress
from cli.rules import library_in
from cli.tables import WIDTH
from cli.units.table import successors_option
from engine.errors import N_

if TYPE_CHECKING:
    from engine.facts import Facts
    from engine.pack import Pack
    from engine.units.carried import Carried, How, Origin


_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts are carried, to which day, by which table."""

    facts: Path
    output: Path
    to: date | None
    successors: Path | None
    pack: str | None
    as_of: date | None
    rules: Path | None


_ASKED: Final = (
    facts_argument,
    click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path),
        metavar=N_("FOLDER"),
        help=N_("Write the carried facts into this new folder, whole or not at all."),
    ),
    day_option(
        "--to",
        N_(
            "The first day of the new units, as YYYY-MM-DD; by default the last day on "
            "which the table changes something."
        ),
    ),
    successors_option,
    click.option(
        "--pack",
        metavar=N_("ID|FILE"),
        help=N_("Tell what the old units' verdicts were, by this rule pack."),
    ),
    day_option(
        "--as-of",
        N_("The day for those verdicts; by default the last one of the old units."),
    ),
    rules_option,
)


@click.command(
    "carry",
    help=N_(
        "Tell FACTS of old units by the units that came after them, in a new folder.\n\n"
        "A new unit stands above the old ones it was made of, so its counts are their "
        "sums. The old ones keep their rows under an id that holds their last day, and "
        "are judged no longer. Where a part is missing or a unit was split, numbers stay "
        "open and the new unit, and those above it, are not judged either. No verdict "
        "and no recognition is carried over. Where everything came from stands in "
        "carried.tsv."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban units carry examples/lai-chau --to 2025-07-01 -o carried \\",
            "    --pack lai-chau/city-2024",
            "",
            N_("By a table of your own:"),
            "  diaban units carry facts --successors successors.csv -o carried",
        )
    ),
)
@taken_as("asked", Asked, _ASKED)
@language_option
def command(asked: Asked) -> ExitCode:
    """Write the carried facts, and tell which unit came from which."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import pack_named
    from cli.units.table import successions_at
    from engine.facts_from_files import facts_from_files
    from engine.units.carried_folder import write_folder
    from engine.units.carried_from_facts import carried_from_facts

    _refuse_taken(asked.output)
    library = library_in(asked.rules)
    pack = None if asked.pack is None else pack_named(library, asked.pack)
    vocabulary = library.vocabulary if pack is None else pack.vocabulary
    successions = successions_at(asked.successors)
    day = asked.to or max(successions.days, default=date.min)
    with Progress() as progress:
        progress("reading", 0.0)
        facts = facts_from_files(asked.facts, vocabulary)
        carried = carried_from_facts(facts, successions, day)
        verdicts = (
            {}
            if pack is None
            else _verdicts(pack, facts, asked.as_of or day - timedelta(days=1))
        )
        with whole_folder(asked.output) as folder:
            write_folder(carried, folder, vocabulary, verdicts)
    deliver(_told(carried, verdicts), None)
    return ExitCode.DONE


def _refuse_taken(folder: Path) -> None:
    if is_taken(folder):
        wrong = _("{folder} exists and is not an empty folder; name a new one.")
    elif not folder.absolute().parent.is_dir():
        wrong = _("the folder of {folder} does not exist; create it first.")
    else:
        return
    said = wrong.format(folder=plain(str(folder)))
    raise click.BadParameter(said, param_hint="'-o'")


def _verdicts(pack: "Pack", facts: "Facts", day: date) -> Mapping[str, str]:
    """Return the verdicts on the old units in words, by their codes."""
    from cli.words.wording import Wording
    from engine.assess import judge_localities
    from engine.assessment_from_judged import assessment_from_judged

    wording = Wording(pack)
    judged = assessment_from_judged(judge_localities(pack, facts, day))
    return {each.id: wording.verdict(each.verdict) for each in judged.localities}


def _told(carried: "Carried", verdicts: Mapping[str, str]) -> Iterator[str]:
    for line in _lines(carried, verdicts):
        indent = line[: len(line) - len(line.lstrip())]
        yield from (f"{each}\n" for each in wrapped(line, WIDTH, indent, f"{indent}  "))


def _lines(carried: "Carried", verdicts: Mapping[str, str]) -> Iterator[str]:
    yield _("From {day} on:").format(day=carried.since)
    for unit in carried.units:
        name = f"{unit.code} {unit.name}"
        if unit.is_whole:
            yield name
        else:
            yield _("{unit}: not judged, since not all that is in it is known").format(
                unit=name
            )
        for origin in unit.origins:
            yield f"  {_origin(origin, verdicts)}"
    for origin in carried.ended:
        yield _origin(origin, verdicts)
    if carried.partial_above:
        yield _("Not judged either, since such a unit lies in it: {units}").format(
            units=_named(carried.partial_above)
        )
    if carried.kept:
        yield _("Kept as they are, since the table does not name them: {units}").format(
            units=_named(carried.kept)
        )
    yield _(
        "No verdict and no recognition was carried over: the new units have to be judged "
        "anew."
    )


def _origin(origin: "Origin", verdicts: Mapping[str, str]) -> str:
    words = f"{origin.old_code} {origin.old_name}: {_how(origin.how)}"
    verdict = verdicts.get(origin.old_code)
    if verdict is None:
        return words
    return words + _("; its verdict was: {verdict}").format(verdict=verdict)


def _how(how: "How") -> str:
    match how.value:
        case "whole":
            return _("all of it, now under its last day as id")
        case "part":
            return _("a part of it, of which no number is known")
        case "missing":
            return _("all of it, but these facts do not hold it")
        case _:
            return _("nothing came after it")


def _named(units: Sequence[tuple[str, str]]) -> str:
    shown = ", ".join(f"{code} {name}" for code, name in units[:_SHOWN])
    return shown if len(units) <= _SHOWN else f"{shown}, … ({len(units)})"
