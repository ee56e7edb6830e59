"""`diaban progress`: how far localities have come towards their targets, and by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.level import level_option, refuse_unknown_level
from cli.options import (
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

if TYPE_CHECKING:
    from cli.courses_written import Told
    from engine.judged import Judged
    from engine.pack import Pack
    from engine.review.course import Courses


@dataclass(frozen=True, slots=True)
class Review:
    """Facts, and the day for which they are asked."""

    facts: Path
    day: date


def _reviews(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Review, ...]:
    """Read each `FACTS@DATE`; a folder's own name may hold an `@`."""
    kind = click.Path(exists=True, path_type=Path)
    found = []
    for value in values:
        name, _at, written = value.rpartition("@")
        try:
            day = date.fromisoformat(written)
        except ValueError:
            day = None
        if not name or day is None or day.isoformat() != written:
            wrong = _("{value!r} is not FACTS@YYYY-MM-DD, such as facts@2024-06-30.")
            raise click.BadParameter(wrong.format(value=value), context, parameter)
        facts: Path = kind.convert(name, parameter, context)
        found.append(Review(facts, day))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose progress is asked for, by which rules, and what of it is shown."""

    reviews: tuple[Review, ...]
    pack: str
    rules: Path | None
    outside_force: bool
    level: str | None
    criteria: tuple[str, ...]
    only_missing: bool


_ASKED: Final = (
    click.argument(
        "reviews",
        nargs=-1,
        required=True,
        callback=_reviews,
        metavar=N_("FACTS@DATE..."),
    ),
    click.option(
        "--pack",
        required=True,
        metavar=N_("ID|FILE"),
        help=N_("The rule pack that sets the targets."),
    ),
    rules_option,
    outside_force_option,
    level_option,
    click.option(
        "--criterion",
        "criteria",
        multiple=True,
        metavar="ID",
        help=N_("Show only the targets of this criterion; may be given several times."),
    ),
    click.option(
        "--only-missing",
        is_flag=True,
        help=N_("Show only targets that are not reached at the last review."),
    ),
)


@click.command(
    "progress",
    help=N_(
        "Show how far localities have come towards the targets of a rule pack, over "
        "one or several reviews: FACTS, each with the DATE it is asked for.\n\n"
        "A target is a number to be reached: a count that is to be at least so many "
        "(also by a column of the facts), a share, or all of something. Through the last "
        "two reviews with exact numbers a straight line is drawn to the day of the "
        "target. Ends with 0 if every target is reached at the last review, with 1 if "
        "one is not, with 4 if that is not known."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban progress examples/quang-ninh@2023-07-07 --pack quang-ninh/172-2023",
            "",
            N_("Two reviews of the districts, with a forecast:"),
            "  diaban progress reviews/2023@2023-12-31 reviews/2024@2024-06-30 \\",
            "    --pack quang-ninh/172-2023 --level district --criterion QN-3.2024",
        )
    ),
)
@taken_as("asked", Asked, _ASKED)
@format_option("table", "csv", "json")
@output_option
@language_option
def command(asked: Asked, form: str, output: Path | None) -> ExitCode:
    """Write the courses of the targets; the exit code tells whether all are reached."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import pack_named
    from cli.courses_written import Told
    from engine.review.courses_from_judged import courses_from_judged

    for review in asked.reviews:
        refuse_unwritable(output, review.facts)
    reviews = _in_order(asked.reviews)
    pack = pack_named(library_in(asked.rules), asked.pack)
    _refuse_unknown(asked, pack)
    with Progress() as progress:
        judged = _judged(asked, reviews, pack, progress)
        courses = courses_from_judged(judged)
        shown = _shown(courses, asked)
        progress("writing", 1.0)
        told = Told(judged, shown)
        deliver(_written(told, form), output, mark=form == "csv")
    return _code(shown)


def _in_order(reviews: Sequence[Review]) -> list[Review]:
    """Return the reviews by their days, of which no two may be one."""
    ordered = sorted(reviews, key=lambda each: each.day)
    for first, second in pairwise(ordered):
        if first.day == second.day:
            wrong = _("two reviews are for {day}; give each its own day.")
            said = wrong.format(day=first.day.isoformat())
            raise click.BadParameter(said, param_hint=f"'{_('FACTS@DATE...')}'")
    return ordered


def _refuse_unknown(asked: Asked, pack: "Pack") -> None:
    if asked.level is not None:
        refuse_unknown_level(asked.level, pack)
    known = {each.id for each in pack.criteria}
    for name in asked.criteria:
        if name not in known:
            wrong = _("{pack} has no criterion {name!r}; it has: {criteria}.").format(
                pack=pack.id, name=name, criteria=", ".join(sorted(known))
            )
            raise click.BadParameter(wrong, param_hint="'--criterion'")


def _judged(
    asked: Asked, reviews: Sequence[Review], pack: "Pack", progress: Progress
) -> "list[Judged]":
    from engine.assess import judge_localities
    from engine.facts_from_files import facts_from_files

    judged = []
    for at, review in enumerate(reviews):
        progress("reading", at / len(reviews))
        facts = facts_from_files(review.facts, pack.vocabulary)
        judged.append(
            judge_localities(pack, facts, review.day, outside_force=asked.outside_force)
        )
    return judged


def _shown(courses: "Courses", asked: Asked) -> "Courses":
    return courses.narrowed(
        lambda each: (
            asked.level in {None, each.level}
            and (not asked.criteria or each.criterion in asked.criteria)
            and not (asked.only_missing and each.is_reached)
        )
    )


def _code(courses: "Courses") -> ExitCode:
    from engine.truth import Truth

    truths = {each.last.truth for each in courses.courses}
    if Truth.FALSE in truths:
        return ExitCode.NOT_PASSED
    return ExitCode.UNDETERMINED if Truth.UNKNOWN in truths else ExitCode.DONE


def _written(told: "Told", form: str) -> Iterator[str]:
    from cli import courses_written as written

    match form:
        case "csv":
            return written.courses_as_csv(told)
        case "json":
            return written.courses_as_json(told)
        case _:
            return written.courses_as_text(told)
