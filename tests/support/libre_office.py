"""Workbooks opened and saved by LibreOffice, as a team without Excel does."""

import subprocess
from pathlib import Path

from tests.support.system import needed

LONGEST = 120
"""Seconds; the first start of a profile takes most of them."""


def saved_as(suffix: str, book: Path, folder: Path, profile: Path) -> Path:
    """Return a copy that LibreOffice saved in another format, or in the same one.

    Args:
        suffix: Of the format: `xlsx` or `ods`.
        book: The workbook to open.
        folder: Where the copy goes.
        profile: Where LibreOffice keeps its settings, which are nobody's own.
    """
    command = [
        needed("soffice"),
        f"-env:UserInstallation={profile.absolute().as_uri()}",
    ]
    command += [
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(folder),
        str(book),
    ]
    done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
    copy = folder / f"{book.stem}.{suffix}"
    assert copy.exists(), done.stderr.decode()
    return copy
