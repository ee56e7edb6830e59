"""What a process says with its exit code: one meaning each, for every command."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes that ARCHITECTURE.md and `diaban --help` list."""

    DONE = 0
    """Done, and everything judged passes."""
    NOT_PASSED = 1
    """Some locality does not pass."""
    USAGE = 2
    """The question is wrong: an option, an argument, a day outside the pack's."""
    RULES = 3
    """The vocabulary or a pack is not valid."""
    UNDETERMINED = 4
    """None fails, but some verdict is undetermined, or nothing was judged."""
    FACTS = 5
    """The facts cannot be read or are not valid."""
    UNVERIFIED = 6
    """A digest, a signature or a chain of records does not verify."""
    NOT_WRITTEN = 7
    """The result could not be rendered or written."""
    INTERNAL = 70
    """An error of the program itself."""
    INTERRUPTED = 130
    """Somebody pressed Ctrl-C."""
    PIPE_CLOSED = 141
    """Whoever read the output stopped reading."""
