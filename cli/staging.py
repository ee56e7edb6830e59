"""Several files that come into a folder all together, or none of them."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from cli.output import told_unwritten

_TERMINATED: Final = 143


class Staging:
    """A hidden folder beside the files to come; they move out once all are whole.

    Whoever stops the work, or whatever fails, leaves the files of before.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self.folder = output / f".diaban-{os.urandom(4).hex()}.tmp"

    def __enter__(self) -> Self:
        with told_unwritten(self._output):
            self.folder.mkdir()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._move_out()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _move_out(self) -> None:
        for each in sorted(self.folder.iterdir()):
            target = (self._output / each.name).resolve()
            with told_unwritten(target):
                with suppress(FileNotFoundError):
                    each.chmod(target.stat().st_mode & 0o777)
                each.replace(target)


@contextmanager
def stoppable() -> Iterator[None]:
    """Meanwhile, let a signal to end the process (`kill`) clear away what is unfinished."""
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_signal: int, _frame: object) -> NoReturn:
    sys.exit(_TERMINATED)
