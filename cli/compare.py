"""`diaban compare`: the same facts under several packs, versions or days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import (
    days_option,
    facts_argument,
    format_option,
    language_option,
    output_option,
    outside_force_option,
    rules_option,
    taken_as,
)
from cli.output import deliver, refuse_unwritable
from cli.progress import Progress
from cli.rules import library_in
from engine.errors import N_
from engine.pack import Pack

if TYPE_CHECKING:
    from engine.judged import Judged
    from engine.policy.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Judgements:
    """How often the same facts are judged: by which packs, for which days."""

    facts: Path
    packs: tuple[str, ...]
    as_of: tuple[date, ...]
    rules: Path | None
    outside_force: bool


_JUDGEMENTS = (
    facts_argument,
    click.option(
        "--pack",
        "packs",
        multiple=True,
        required=True,
        metavar=N_("ID|FILE"),
        help=N_("A rule pack to judge by; once for each."),
    ),
    days_option(
        "--as-of",
        N_(
            "A day to judge for, as YYYY-MM-DD; by default today. One day is for every "
            "pack, several are for one pack, or for each pack its own, in turn."
        ),
    ),
    rules_option,
    outside_force_option,
)


@click.command(
    "compare",
    help=N_(
        "Judge FACTS by several rule packs, versions of one or days, and show side by "
        "side who passes where.\n\n"
        "Where one does not let pass, the criteria that stand in the way are named. "
        "What one pack's vocabulary does not know but another's does is left aside. "
        "Ends with 0 if all agree on who passes, with 1 if they do not."
    ),
    epilog="\n".join(
        (
            N_("Example, the same rules on two days:"),
            "  diaban compare examples/lai-chau --pack lai-chau/city-2024 \\",
            "    --as-of 2024-03-31 --as-of 2024-12-31 --only-different",
            "",
            N_("Two packs, each for a day on which it is in force:"),
            "  diaban compare facts --pack lai-chau/city-2024 --pack my-rules/new.yaml \\",
            "    --as-of 2025-11-30 --as-of 2025-12-14 --format csv -o side-by-side.csv",
        )
    ),
)
@taken_as("asked", Judgements, _JUDGEMENTS)
@click.option(
    "--only-different",
    is_flag=True,
    help=N_("List only the localities on which the judgements disagree."),
)
@format_option("table", "json", "csv")
@output_option
@language_option
def command(
    asked: Judgements, *, only_different: bool, form: str, output: Path | None
) -> ExitCode:
    """Judge, write who passes where, and tell by the exit code whether all agree."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import pack_named
    from engine.policy.comparison_from_judged import comparison_from_judged

    refuse_unwritable(output, asked.facts)
    library = library_in(asked.rules)
    packs = [pack_named(library, name) for name in asked.packs]
    sides = _sides(packs, asked.as_of)
    with Progress() as progress:
        judgements = _judged(asked, sides, progress)
        comparison = comparison_from_judged(judgements)
        progress("writing", 1.0)
        written = _written(comparison, form, only_different=only_different)
        deliver(written, output, mark=form == "csv")
    return ExitCode.DONE if comparison.agrees else ExitCode.NOT_PASSED


def _sides(
    packs: Sequence[Pack], days: Sequence[date]
) -> tuple[tuple[Pack, date], ...]:
    """Return what each judgement is by and for."""
    if len(packs) == 1:
        packs = [*packs] * len(days)
    elif len(days) == 1:
        days = [*days] * len(packs)
    if len(packs) != len(days):
        wrong = _("{days} days for {packs} packs: name one day, or one for each pack.")
        said = wrong.format(days=len(days), packs=len(packs))
        raise click.BadParameter(said, param_hint="'--as-of'")
    if len(packs) == 1:
        wrong = _("one pack on one day is nothing to compare; name another of either.")
        raise click.BadParameter(wrong, param_hint="'--pack'")
    return tuple(zip(packs, days, strict=True))


def _judged(
    asked: Judgements, sides: Sequence[tuple[Pack, date]], progress: Progress
) -> "list[Judged]":
    from engine.assess import judge_localities
    from engine.policy.facts_for_packs import facts_for_packs

    progress("reading", 0.0)
    read = facts_for_packs(asked.facts, [pack for pack, _day in sides])
    return [
        judge_localities(
            pack, facts, day, outside_force=asked.outside_force, progress=progress
        )
        for (pack, day), facts in zip(sides, read, strict=True)
    ]


def _written(
    comparison: "Comparison", form: str, *, only_different: bool
) -> Iterator[str]:
    from cli import comparison_written as written

    shown = comparison.only_different() if only_different else comparison
    match form:
        case "json":
            return written.comparison_as_json(comparison, shown.localities)
        case "csv":
            return written.comparison_as_csv(comparison, shown.localities)
        case _:
            return written.comparison_as_text(comparison, shown.localities)
