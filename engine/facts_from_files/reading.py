"""Where facts may lie, and the way from there to tables that fit together."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from engine.errors import N_
from engine.facts import Facts
from engine.facts_from_files.columns import shapes_of
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.folder import gather_folder
from engine.facts_from_files.gathering import Gathering
from engine.facts_from_files.links import check_links
from engine.source import Place
from engine.vocabulary import INSPECTIONS, LOCALITIES, Vocabulary
from engine.yaml_source.nodes import Node

_LARGEST: Final = {".xlsx": 2**28, ".json": 2**26, ".yaml": 2**24, ".yml": 2**24}
"""How many bytes a file that holds all tables may have, by the end of its name."""


def facts_from_files(path: Path, vocabulary: Vocabulary) -> Facts:
    """Read facts from a folder of CSV or Parquet files, a workbook or a document.

    Raises:
        FactsError: with everything that is wrong, each with its place.
    """
    gathering = Gathering(shapes_of(vocabulary), Findings())
    try:
        fingerprint = _gather(path, gathering)
    except OSError:
        fingerprint = ""
        gathering.report_not_readable(path)
    return _linked(gathering, Place(str(path)), vocabulary, fingerprint)


def facts_from_document(root: Node, vocabulary: Vocabulary, fingerprint: str) -> Facts:
    """Take facts from a YAML document that is read already, as strictly as from a file.

    Raises:
        FactsError: with everything that is wrong, each with its place.
    """
    from engine.facts_from_files.yaml_document import raws_from_node

    gathering = Gathering(shapes_of(vocabulary), Findings())
    for raw in raws_from_node(root, gathering.shapes, gathering.findings):
        gathering.add(raw)
    return _linked(gathering, root.place, vocabulary, fingerprint)


def _linked(
    gathering: Gathering, place: Place, vocabulary: Vocabulary, fingerprint: str
) -> Facts:
    """Return the tables as facts if they fit together, or raise what is wrong."""
    _refuse_no_localities(place, gathering)
    if LOCALITIES in gathering.tables:
        check_links(gathering.tables, vocabulary, gathering.findings)
    gathering.findings.raise_if_any()
    tables = gathering.tables
    localities = tables.pop(LOCALITIES)
    inspections = tables.pop(INSPECTIONS, None)
    return Facts(localities, tables, inspections, fingerprint)


def _gather(path: Path, into: Gathering) -> str:
    """Take in all tables; return the fingerprint of where they lie."""
    if path.is_dir():
        return gather_folder(path, into)
    if not path.is_file():  # a device has no end, and a pipe may have no beginning
        into.report_not_readable(path)
        return ""
    size = path.stat().st_size
    kind = path.suffix.lower()
    if kind not in _LARGEST:
        _report_unknown_kind(path, into.findings)
        return ""
    if size > _LARGEST[kind]:
        _report_too_large(path, _LARGEST[kind], into.findings)
        return ""
    data = path.read_bytes()
    _gather_from(kind, data, str(path), into)
    return sha256(data).hexdigest()


def _gather_from(kind: str, data: bytes, file: str, into: Gathering) -> None:
    # Each way in needs packages that the others do not, and they take time to load.
    match kind:
        case ".xlsx":
            from engine.facts_from_files.workbook import raws_from_workbook as read
        case ".json":
            from engine.facts_from_files.json_document import raws_from_json as read
        case _:
            from engine.facts_from_files.yaml_document import raws_from_yaml as read
    for raw in read(data, file, into.shapes, into.findings):
        into.add(raw)


def _refuse_no_localities(place: Place, into: Gathering) -> None:
    if LOCALITIES in into.seen or (into.findings and not into.seen):
        return
    into.findings.error(
        "facts-no-localities",
        place,
        N_("there is no table 'localities'"),
        N_(
            "add it, with a row for each locality (columns id, name, level, parent); "
            "if the tables are sheets of a workbook, name the workbook itself"
        ),
    )


def _report_unknown_kind(path: Path, findings: Findings) -> None:
    findings.error(
        "facts-unknown-kind",
        Place(str(path)),
        N_("facts are not read from a file of this kind"),
        N_(
            "give a folder of .csv or .parquet files, an .xlsx workbook (save .xls, "
            ".xlsm and .ods as .xlsx), or a .yaml or .json document"
        ),
    )


def _report_too_large(path: Path, limit: int, findings: Findings) -> None:
    findings.error(
        "facts-too-large",
        Place(str(path)),
        N_("this file has more than {limit} bytes"),
        N_("save its tables as CSV or Parquet files in a folder"),
        limit=limit,
    )
