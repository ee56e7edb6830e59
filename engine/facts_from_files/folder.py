"""A folder of CSV and Parquet files, a file a table."""

from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final
from unicodedata import normalize

from engine.errors import N_, nearest
from engine.facts_from_files.csv_table import raw_from_csv
from engine.facts_from_files.findings import listed, shown
from engine.facts_from_files.gathering import Gathering
from engine.facts_from_files.parquet_table import (
    is_long,
    parquet_damage_reported,
    raw_from_parquet,
    raw_scanned_from_parquet,
)
from engine.source import Place

_CSV: Final = ".csv"
_PARQUET: Final = ".parquet"
_HIDDEN: Final = (".", "~")


def gather_folder(folder: Path, into: Gathering) -> str:
    """Read the tables in a folder; return the digest of their files and names."""
    total = sha256()
    for name, path in sorted(_table_files(folder).items()):
        try:
            digest = _gather(path, into)
        except OSError:
            into.report_not_readable(path)
        else:
            # A name in another encoding than the system's is kept as it stands.
            total.update(f"{name}\0{digest}\n".encode(errors="surrogateescape"))
    return total.hexdigest()


def _table_files(folder: Path) -> dict[str, Path]:
    return {
        normalize("NFC", path.name): path
        for path in folder.iterdir()
        if path.suffix.lower() in {_CSV, _PARQUET}
        and not path.name.startswith(_HIDDEN)
        and path.is_file()
    }


def _gather(path: Path, into: Gathering) -> str:
    """Read the table in one file; return the digest of the file."""
    if path.stem not in into.shapes:
        _report_unknown(path, into)
        return ""
    into.seen.add(path.stem)
    file, shape = str(path), into.shapes[path.stem]
    if path.suffix.lower() == _CSV:
        data = path.read_bytes()
        raw = raw_from_csv(data, file, shape, into.findings)
        if raw is not None:
            into.add(raw)
        return sha256(data).hexdigest()
    with parquet_damage_reported(file, into.findings):
        if not is_long(path):
            data = path.read_bytes()
            into.add(raw_from_parquet([data], file, shape.name))
            return sha256(data).hexdigest()
        into.add(raw_scanned_from_parquet(path, file, shape.name))
    with path.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _report_unknown(path: Path, into: Gathering) -> None:
    near = nearest(path.stem, into.shapes)
    into.findings.error(
        "facts-unknown-table",
        Place(str(path)),
        N_("'{table}' is no table of the vocabulary"),
        N_("did you mean '{near}'?")
        if near
        else N_("move the file elsewhere, or name it as one of these: {tables}"),
        table=shown(path.stem),
        near=near,
        tables=listed(into.shapes),
    )
