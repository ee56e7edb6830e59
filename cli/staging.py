"""Several files that come into a folder all together, or none of them."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from cli.output import told_unwritten


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
        found = sorted(self.folder.iterdir())
        targets = [(self._output / each.name).resolve() for each in found]
        for target in targets:  # before the first is moved: all of them or none
            with told_unwritten(target):
                _refuse_in_the_way(target)
        for each, target in zip(found, targets, strict=True):
            with told_unwritten(target):
                with suppress(FileNotFoundError):
                    each.chmod(target.stat().st_mode & 0o777)
                each.replace(target)


def _refuse_in_the_way(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
