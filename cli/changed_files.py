"""Whether files have changed, seen by looking again and again."""

from collections.abc import Collection, Iterator
from pathlib import Path
from time import sleep
from typing import Final

_PAUSE: Final = 0.1
"""Seconds between two looks: shared drives tell no system of a change."""

Files = Collection[tuple[str, int, int]]
"""The names, times and sizes of files, as they were seen."""


def files_at(path: Path) -> Files:
    """Return the files of a folder, or the one file, as they are now."""
    found = []
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        try:
            state = file.stat()
        except OSError:  # a file that is being replaced
            continue
        found.append((file.name, state.st_mtime_ns, state.st_size))
    return found


def changes(path: Path, known: Files) -> Iterator[None]:
    """Yield whenever files at `path` have changed, and are no longer being written."""
    seen = known
    while True:
        before, seen = seen, files_at(path)
        if seen == before != known:
            known = seen
            yield
        sleep(_PAUSE)
