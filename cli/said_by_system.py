"""Why the system could not do what was asked of a file, in the language that is spoken."""

from typing import Final

from cli.language import _
from engine.errors import N_

WORDS: Final = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("File exists"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File too large"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("File name too long"),
)
"""The frequent ones, so that the catalogues hold them; others are said as they are."""


def reason_of(error: OSError) -> str:
    """Return why, in as many words as the system has."""
    return _(error.strerror) if error.strerror else type(error).__name__
