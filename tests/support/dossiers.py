"""Dossiers made by the command, and what their papers say."""

from csv import DictWriter
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document

from engine.review.dossier.verification import Verified, verified
from tests.support.commands import ROOT, Said, run

EXAMPLE = ROOT / "examples" / "lai-chau"
PACK = ("--pack", "lai-chau/city-2024")
DAY = ("--as-of", "2024-03-31")
WARD = "03389"


def make(output: Path, *more: object, facts: Path = EXAMPLE, of: str = WARD) -> Said:
    """Make a dossier by the command."""
    question = (facts, *PACK, *DAY, "--locality", of)
    return run("dossier", *question, "-o", output, *more)


@cache
def dossier(*more: str, of: str = WARD) -> Verified:
    """Return a dossier of the example, verified."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "d.zip"
        said = make(file, *more, of=of)
        assert said.code == 0, said.err
        return verified(file.read_bytes(), "d.zip")


def few(folder: Path, *names: str) -> Path:
    """Write facts of a ward whose hamlets pass, fail and lack data, numbers typed in."""
    ward, *hamlets = (*names, *_NAMES[len(names) :])
    zeros = dict.fromkeys(_ZEROS, "0") | {"models_effective": "1"}
    given = {"hotline_board": "yes", "households": "40", "households_pledged": "40"}
    one = zeros | given
    rows = [
        {"id": WARD, "name": ward, "level": "commune"},
        {"id": "H1", "name": hamlets[0], "level": "hamlet", "parent": WARD} | one,
        {"id": "H2", "name": hamlets[1], "level": "hamlet", "parent": WARD}
        | one
        | {"households_pledged": "39"},
        {"id": "H3", "name": hamlets[2], "level": "hamlet", "parent": WARD}
        | one
        | {"cultivation_past_year": ""},
    ]
    folder.mkdir(exist_ok=True)
    with (folder / "localities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = DictWriter(file, ["id", "name", "level", "parent", *one])
        writer.writeheader()
        writer.writerows(rows)
    return folder


_NAMES = ("phường Thử", "Bản Một", "Bản Hai", "Bản Ba")
_ZEROS = (
    "hot_spots", "retail_dealers", "use_points", "offenders_past_year",
    "crime_groups_past_year", "crime_networks_past_year", "addicts", "post_rehab",
    "users_present", "cultivation_past_year",
)  # fmt: skip


def lines(paper: bytes) -> list[str]:
    """Return the paragraphs of a Word document, then the rows of its tables."""
    document = Document(BytesIO(paper))
    rows = [
        " | ".join(cell.text.replace("\n", " / ") for cell in row.cells)
        for table in document.tables
        for row in table.rows
    ]
    return [each.text for each in document.paragraphs if each.text] + rows


def text_of(dossier: Verified, name: str) -> str:
    """Return what the one paper with this in its name says."""
    [found] = [each for each in dossier.parts if name in each and ".docx" in each]
    return "\n".join(lines(dossier.parts[found]))


def texts_of(dossier: Verified) -> dict[str, str]:
    """Return what every paper says."""
    return {
        name: "\n".join(lines(part))
        for name, part in dossier.parts.items()
        if name.endswith(".docx")
    }
