"""The file of a dossier: a zip that can be written in one way only.

Whoever reads it writes the same parts again and compares: so no byte of it, in a header
or between the parts, can change unseen. Nothing is compressed, for two versions of a
compressor may write the same part differently, and no small file can become a large one.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from struct import Struct
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from engine.errors import N_, Problems
from engine.source import Place

LARGEST: Final = 2**30
"""How many bytes a dossier may have."""
MOST_PARTS: Final = 2**16 - 1
"""As many as a zip names without an extension: twelve files for 5,000 localities."""
ASK_SENDER: Final = N_("ask whoever sent it for the file as it was made")
_LONGEST_NAME: Final = 200
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16
_HEADER: Final = Struct("<4s5H3L2H")
_PART: Final = b"PK\x03\x04"
_DIRECTORY: Final = b"PK\x01\x02"


def zip_from_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return the file that holds these parts; the same parts give the same bytes."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as container:
        for name in sorted(parts):
            entry = ZipInfo(name, _TIME)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            container.writestr(entry, parts[name])
    return file.getvalue()


def is_safe(name: str) -> bool:
    """Tell whether a part may have this name: relative, plain letters, no way up."""
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def parts_from_zip(data: bytes, place: Place, problems: Problems) -> dict[str, bytes]:
    """Return the parts by their names; what is wrong with the file goes to `problems`."""
    parts: dict[str, bytes] = {}
    if len(data) > LARGEST:
        report_too_large(place, problems)
        return parts
    at = 0
    while data[at : at + 4] == _PART and len(parts) < MOST_PARTS:
        name, part, at = _part(data, at)
        if not is_safe(name):
            _report_unsafe(place, problems)
            return parts
        if name in parts:
            problems.error(
                "dossier-part-twice",
                place,
                N_("two parts have the name {name}"),
                ASK_SENDER,
                name=name,
            )
            return parts
        parts[name] = part
    if data[at : at + 4] == _PART:
        report_too_many(place, problems)
    elif not parts or data[at : at + 4] != _DIRECTORY:
        _report_broken(place, problems)
    elif (made := zip_from_parts(parts)) != data:
        _report_otherwise(place, problems, made, data)
    return parts


def _part(data: bytes, at: int) -> tuple[str, bytes, int]:
    """Return a part's name, its bytes, and where the next one begins.

    Only what is needed is looked at: the rest is compared when all are written again.
    """
    header = data[at : at + _HEADER.size].ljust(_HEADER.size, b"\0")
    *_unused, size, name_length, extra_length = _HEADER.unpack(header)
    begin = at + _HEADER.size
    name = data[begin : begin + name_length].decode("latin-1")
    begin += name_length + extra_length
    return name, data[begin : begin + size], begin + size


def report_too_large(place: Place, problems: Problems) -> None:
    """Record that a dossier is larger than one may be."""
    problems.error(
        "dossier-too-large",
        place,
        N_("a dossier may have at most {limit} bytes"),
        N_("enclose less evidence, or facts of fewer localities"),
        limit=LARGEST,
    )


def report_too_many(place: Place, problems: Problems) -> None:
    """Record that a dossier has more parts than one may have."""
    problems.error(
        "dossier-too-large",
        place,
        N_("a dossier may have at most {limit} parts"),
        N_("enclose less evidence: put several papers into one file"),
        limit=MOST_PARTS,
    )


def _report_unsafe(place: Place, problems: Problems) -> None:
    problems.error(
        "dossier-unsafe-name",
        place,
        N_("a part has a name that leads elsewhere, or holds other than plain letters"),
        N_("do not unpack this file; ask whoever sent it where it comes from"),
    )


def _report_broken(place: Place, problems: Problems) -> None:
    problems.error(
        "dossier-broken",
        place,
        N_("this is not a whole dossier"),
        ASK_SENDER,
    )


def _report_otherwise(
    place: Place, problems: Problems, made: bytes, found: bytes
) -> None:
    pairs = enumerate(zip(made, found, strict=False))
    shorter = min(len(made), len(found))
    problems.error(
        "dossier-changed",
        place,
        N_("this file was changed or packed anew: it differs from byte {at} on"),
        ASK_SENDER,
        at=next((at for at, (one, other) in pairs if one != other), shorter),
    )
