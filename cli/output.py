"""Where a result goes: the standard output, or a file that is whole or not there."""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeGuard

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.plain import plain
from cli.said_by_system import reason_of

Write = Callable[[bytes], object]
_HELD: Final = 2**25
_READ_IN_FOLDERS: Final = {
    **dict.fromkeys((".csv", ".parquet"), "*"),
    **dict.fromkeys((".yaml", ".yml", ".pdf", ".docx", ".j2"), "**/*"),
}
"""Tables lie right in a folder of facts, rules and papers anywhere below theirs.

Answers of other kinds may lie beside what is read, and are written anew there.
"""


class NotWrittenError(click.ClickException):
    """The result could not be written."""

    exit_code = ExitCode.NOT_WRITTEN


def deliver(
    pieces: Iterable[str | bytes], file: Path | None, *, mark: bool = False
) -> None:
    """Write the pieces, text as UTF-8, to `file`, or to the standard output.

    `mark` puts a byte order mark in front of a file, for spreadsheet programs.
    """
    with (
        told_unwritten(file),
        _standard_output() if file is None else _whole(file) as write,
    ):
        if mark and file is not None:
            write(b"\xef\xbb\xbf")
        for piece in pieces:
            # Only a file's name may hold what is no text.
            write(piece.encode(errors="replace") if isinstance(piece, str) else piece)


def refuse_unwritable(
    file: Path | None, facts: Path | None, hint: str = "'-o'", ending: str = ""
) -> None:
    """Complain at once about a file that cannot be the answer's, before the work.

    An `ending` is what its name must have, if it has one at all.
    """
    if file is None:
        return
    with told_unwritten(file):
        wrong = _wrong_with(file, facts, ending)
    if wrong:
        words = wrong.format(file=plain(str(file)), ending=ending)
        raise click.BadParameter(words, param_hint=hint)


def _wrong_with(file: Path, facts: Path | None, ending: str) -> str | None:
    if file.is_dir():
        return _("{file} is a folder; name a file in it.")
    if not file.parent.is_dir():
        return _("the folder of {file} does not exist; create it first.")
    if facts is not None and _is_part_of(facts, file):
        return _("{file} holds facts and would be lost; name another file.")
    if any(_is_part_of(each, file) for each in _read_by_this_command()):
        return _("{file} is read here and would be lost; name another file.")
    if ending and file.suffix.lower() not in {"", ending}:
        return _("{file} would not be what its name says: end its name with {ending}.")
    return None


def _read_by_this_command() -> Iterator[Path]:
    """Yield the files and folders that the command line asks to be read.

    A path that has to exist is read; a pack is named by its id or by its file, and is
    read with what lies beside it.
    """
    from engine.library import files_read_with

    context = click.get_current_context(silent=True)
    for parameter in context.command.params if context else ():
        given = context.params.get(parameter.name) if context else None
        is_path = isinstance(parameter.type, click.Path) and parameter.type.exists
        for each in given if isinstance(given, tuple) else (given,):
            if is_path and isinstance(each, Path):
                yield each
            elif parameter.type is click.STRING and _is_rules(each):
                yield from files_read_with(Path(each))


def _is_rules(given: object) -> TypeGuard[str]:
    return isinstance(given, str) and Path(given).suffix in {".yaml", ".yml"}


def _is_part_of(source: Path, file: Path) -> bool:
    """Tell whether writing to `file` would change what is read from `source`."""
    if not file.exists():
        return False
    if not source.is_dir():
        return source.exists() and file.samefile(source)
    reached = _READ_IN_FOLDERS.get(file.suffix.lower())
    found = source.glob(reached) if reached else ()
    return any(file.samefile(each) for each in found if each.is_file())


@contextmanager
def told_unwritten(file: Path | None) -> Iterator[None]:
    """Say that `file`, or the standard output, could not be written, where it is so."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        wrong = _("{file} cannot be written: {reason}").format(
            file=plain(str(file)) if file else _("the standard output"),
            reason=reason_of(error),
        )
        raise NotWrittenError(wrong) from error


@contextmanager
def _standard_output() -> Iterator[Write]:
    """Hold the result back until it is whole, unless it is too large to hold."""
    if sys.stdout is None:  # closed by whoever started the program
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    stream = sys.stdout.buffer
    held = bytearray()

    def write(piece: bytes) -> None:
        held.extend(piece)
        if len(held) > _HELD:
            stream.write(held)
            held.clear()

    yield write
    stream.write(held)
    stream.flush()


@contextmanager
def _whole(file: Path) -> Iterator[Write]:
    """Write to a temporary file beside `file`, then give it that name.

    A device or a pipe has no name to give: it is written to directly.
    """
    target = file.resolve()
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with target.open("wb") as stream:
            yield stream.write
        return
    draft = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        with draft.open("xb") as stream:
            if target.exists():
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            yield stream.write
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):
        _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """Make the new name outlast a loss of power, where the system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
