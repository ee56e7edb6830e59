"""A folder that is written whole, or is not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cli.language import _
from cli.output import NotWrittenError, told_unwritten
from cli.plain import plain
from cli.said_by_system import reason_of


def is_taken(folder: Path) -> bool:
    """Tell whether something stands in the place of a new folder.

    Raises:
        NotWrittenError: the system does not tell, as it cannot be written.
    """
    with told_unwritten(folder):
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a temporary folder beside `folder`, which gets its name once it is whole.

    Raises:
        NotWrittenError: it cannot be written.
    """
    target = folder.resolve()
    draft = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.tmp")
    try:
        draft.mkdir()
        yield draft
        with suppress(FileNotFoundError):
            target.rmdir()
        draft.rename(target)
    except OSError as error:
        wrong = _("{file} cannot be written: {reason}").format(
            file=plain(str(folder)), reason=reason_of(error)
        )
        raise NotWrittenError(wrong) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
