"""Office documents are zip files: packed so that the same contents give the same bytes."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST: Final = "[Content_Types].xml"
_NEVER: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6


def repacked(document: bytes) -> bytes:
    """Return a document whose parts stand in a fixed order and bear no time."""
    packed = BytesIO()
    with ZipFile(BytesIO(document)) as given, ZipFile(packed, "w") as made:
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            part = ZipInfo(name, _NEVER)
            part.create_system = 3  # as on Unix, wherever it is made
            made.writestr(part, given.read(name), ZIP_DEFLATED, _LEVEL)
    return packed.getvalue()
