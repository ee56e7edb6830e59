"""The options that several commands share, each defined once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from cli.language import LANGUAGES, VARIABLE, _
from engine.errors import N_

_R = TypeVar("_R")
_Command = TypeVar("_Command", bound=Callable[..., Any] | click.Command)


def today() -> str:
    """Return the day of the computer's clock, as it is written."""
    now = date.today()  # noqa: DTZ011, TID251  (the one place that reads the clock)
    return now.isoformat()


def _day(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> date | None:
    """Read a day that is written as `YYYY-MM-DD` and in no other way."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        wrong = _("{value!r} is not a day written as YYYY-MM-DD, such as 2024-03-31.")
        raise click.BadParameter(wrong.format(value=value), context, parameter)
    return day


class _Language(click.Option):
    """The language; where the environment names it, that is what a complaint names."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what to correct."""
        given = ctx and self.name and ctx.get_parameter_source(self.name)
        if given is click.core.ParameterSource.ENVIRONMENT:
            return f"'{VARIABLE}'"
        return super().get_error_hint(ctx)


language_option: Final = click.option(
    "--lang",
    cls=_Language,
    type=click.Choice(LANGUAGES),
    envvar=VARIABLE,
    expose_value=False,
    help=N_(
        "The language of the answer; by default that of DIABAN_LANG, else of the "
        "locale, else English."
    ),
)

rules_option: Final = click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar=N_("FOLDER"),
    help=N_(
        "The folder of the vocabulary and the rule packs; by default diaban's own."
    ),
)

output_option: Final = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("Write the answer to this file, whole or not at all."),
)


def format_option(*forms: str) -> Callable[[_Command], _Command]:
    """Return the option for how an answer is written; the first form is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=N_("How the answer is written: to be read, or for another program."),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which facts, by which rules, for which day."""

    facts: Path
    pack: str | None
    rules: Path | None
    as_of: date
    outside_force: bool


facts_argument: Final = click.argument(
    "facts", type=click.Path(exists=True, path_type=Path), metavar=N_("FACTS")
)

pack_option: Final = click.option(
    "--pack",
    metavar=N_("ID|FILE"),
    help=N_(
        "The rule pack to judge by; by default the one that is in force for the "
        "levels of the facts."
    ),
)


def day_option(
    name: str, words: str, default: Callable[[], str] | None = None
) -> Callable[[_Command], _Command]:
    """Return an option for a day."""
    return click.option(
        name, default=default, callback=_day, metavar=N_("DATE"), help=words
    )


def _days(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[date, ...]:
    """Read several days; without one, today."""
    read = (_day(context, parameter, each) for each in values or (today(),))
    return tuple(filter(None, read))


def days_option(name: str, words: str) -> Callable[[_Command], _Command]:
    """Return an option for days that may be given several times."""
    return click.option(
        name, multiple=True, callback=_days, metavar=N_("DATE"), help=words
    )


as_of_option: Final = day_option(
    "--as-of",
    N_("The day to judge for, as YYYY-MM-DD; by default today."),
    today,
)

outside_force_option: Final = click.option(
    "--outside-force",
    is_flag=True,
    help=N_("Judge even for a day on which the pack is not in force."),
)

_QUESTION: Final = (
    pack_option,
    rules_option,
    as_of_option,
    outside_force_option,
)


def taken_as(
    name: str, kind: type[Any], options: Iterable[Callable[..., Any]]
) -> Callable[[Callable[..., _R]], Callable[..., _R]]:
    """Take options from the command line as one dataclass, the argument `name`."""

    def taking(command: Callable[..., _R]) -> Callable[..., _R]:
        @wraps(command)
        def taken(**given: Any) -> _R:
            parts = {each.name: given.pop(each.name) for each in fields(kind)}
            return command(**{name: kind(**parts)}, **given)

        asked: Callable[..., _R] = taken
        for option in reversed([*options]):
            asked = option(asked)
        return asked

    return taking


def asks_of(
    facts: Callable[..., Any],
) -> Callable[[Callable[..., _R]], Callable[..., _R]]:
    """Take what makes up a question, as one `Question`; `facts` is its argument."""
    return taken_as("question", Question, (facts, *_QUESTION))


asks: Final = asks_of(facts_argument)
"""Takes what makes up a question, its facts being files on this machine."""
