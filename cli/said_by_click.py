"""click's own words that people see, named here so that the catalogues hold them.

The program never imports this module: Babel reads it, and a test compares it with click.
"""

from typing import Final

from cli.language import ngettext
from engine.errors import N_

WORDS: Final = (
    N_("Usage:"),
    N_("[OPTIONS]"),
    N_("[COMMAND] [ARGS]..."),
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Show this message and exit."),
    N_("env var: {var}"),
    N_("default: {default}"),
    N_("required"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
)


def plurals(number: int) -> tuple[str, ...]:
    """Return the words that depend on a number."""
    return (
        ngettext(
            "Got unexpected extra argument ({args})",
            "Got unexpected extra arguments ({args})",
            number,
        ),
        ngettext(
            "Did you mean {possibility}?",
            "(Did you mean one of: {possibilities}?)",
            number,
        ),
        ngettext(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            number,
        ),
        ngettext(
            "{value!r} is not {choice}.",
            "{value!r} is not one of {choices}.",
            number,
        ),
    )
