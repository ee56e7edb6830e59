"""Times the reading of workbooks and registers beside calamine's and Polars' own.

    python -m benchmarks.read_workbook [NUMBER OF ROWS]

100,000 rows of 30 cells as a strict table, and as a team keeps it; then ten times as many
rows of persons from Parquet. Medians of several rounds in one process; the ratios that
were aimed at stand beside those that were found.

Bare decoding believes what stands in a file. Reading facts means to look at each cell
and to take a digest, so the persons are also read beside a query, written by hand, that
does just that for this one table.
"""

import gc
import os
import platform
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from hashlib import file_digest
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl
import python_calamine as calamine  # noqa: TID251  (it is what we are measured by)
import xlsxwriter  # noqa: TID251  (makes what is read)

from engine.desk.tables_from_workbooks import tables_from_workbooks
from engine.desk.tables_from_workbooks.folder import write_folder
from engine.desk.tables_from_workbooks.importing import Hints
from engine.facts_from_files import facts_from_files
from engine.facts_from_files.findings import Findings
from engine.library import Library
from engine.vocabulary import Vocabulary

ROUNDS: Final = 3
COLUMNS: Final = 27
"""Of counts; beside id, name and level they make thirty."""
STRICT, MESSY, PARQUET = 1.3, 3.0, 1.3


def main() -> None:
    """Make the files, time each way of reading them, print the ratios."""
    gc.disable()  # as in a command; theirs gains by it too
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    vocabulary = Library(Path(__file__).parents[1] / "rules").vocabulary
    versions = f"Python {platform.python_version()}, Polars {pl.__version__}"
    print(f"{number:,} rows of 30 cells; {versions}, {os.cpu_count()} cores")
    with TemporaryDirectory() as name:
        folder = Path(name)
        strict, messy = folder / "strict.xlsx", folder / "messy.xlsx"
        write_strict(strict, number, vocabulary)
        write_messy(messy, number, vocabulary)
        people = write_people(folder / "people", 10 * number)
        compare(
            "strict workbook",
            lambda: by_calamine(strict),
            lambda: facts_from_files(strict, vocabulary),
            STRICT,
        )
        compare(
            "messy workbook, to a folder",
            lambda: by_calamine(messy),
            lambda: by_import(messy, vocabulary),
            MESSY,
        )
        compare(
            f"{10 * number:,} persons, Parquet",
            lambda: by_polars(people),
            lambda: facts_from_files(people, vocabulary),
            PARQUET,
        )
        compare(
            "the same, cells checked by hand",
            lambda: by_checking(people),
            lambda: facts_from_files(people, vocabulary),
            PARQUET,
        )


def compare(
    what: str, theirs: Callable[[], object], ours: Callable[[], object], aim: float
) -> None:
    """Time both in turn and print the ratio."""
    pairs = [(seconds(theirs), seconds(ours)) for _ in range(ROUNDS)]
    base, own = (median(column) for column in zip(*pairs, strict=True))
    print(f"{what:32}{base:7.2f} s{own:7.2f} s{own / base:6.2f} times (aim {aim})")


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def by_calamine(file: Path) -> object:
    """Read the first sheet as calamine does."""
    book = calamine.CalamineWorkbook.from_path(str(file))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def by_import(file: Path, vocabulary: Vocabulary) -> None:
    """Import a workbook, to the last byte of the folder."""
    imported = tables_from_workbooks([file], vocabulary, Hints(), Findings())
    if imported.problems:
        sys.exit(str(imported.problems[0]))
    with TemporaryDirectory() as folder:
        write_folder(imported, Path(folder), vocabulary)


def by_polars(folder: Path) -> object:
    """Read every table of a folder with Polars alone, its digest left out."""
    return [pl.read_parquet(each) for each in sorted(folder.glob("*.parquet"))]


def by_checking(folder: Path) -> None:
    """Check every cell of this one table, and take the digests, with Polars alone."""
    people = pl.scan_parquet(folder / "people.parquet")
    localities = pl.scan_parquet(folder / "localities.parquet")
    wrong = [
        *(~pl.col(name).is_in(words) for name, words in CHOICES.items()),
        *(pl.col(name).str.contains(AMISS) for name in TEXTS),
        ~pl.col("substitution_since").is_between(date(1, 1, 1), date(9999, 12, 31)),
        pl.col("other_drugs").is_null() & pl.col("complies").is_null(),
    ]
    sums = [each.sum().alias(str(at)) for at, each in enumerate(wrong)]
    strangers = people.join(localities, left_on="locality", right_on="id", how="anti")
    found, lost = pl.collect_all(
        [people.select(sums), strangers.select(pl.len())], engine="streaming"
    )
    for file in sorted(folder.glob("*.parquet")):
        with file.open("rb") as opened:
            file_digest(opened, "sha256")
    if any(found.row(0)) or lost.item():
        sys.exit("the table is wrong")


CHOICES: Final = {
    "standing": ["addict", "user", "post_rehab"],
    "presence": ["present", "away"],
    "management_file": ["opened", "not_opened"],
}
TEXTS: Final = ("locality", "complies_by", "complies_reason")
AMISS: Final = r"^\s|\s$|[\x00-\x1f\x7f-\x9f\u{300}-\u{36f}]"
"""White space around a text, control signs, letters in pieces."""


def counts_of(vocabulary: Vocabulary) -> list[str]:
    """Return as many counts as the workbooks have columns."""
    return [name for name in vocabulary.counts if name != "hamlets"][:COLUMNS]


def write_strict(file: Path, number: int, vocabulary: Vocabulary) -> None:
    """Write a sheet `localities` of typed cells."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("localities")
        sheet.write_row(0, 0, ["id", "name", "level", *counts_of(vocabulary)])
        for row in range(number):
            cells = [chance.randint(0, 500) for _ in range(COLUMNS)]
            sheet.write_row(row + 1, 0, [f"{row:06}", f"Thôn {row}", "hamlet", *cells])


def write_messy(file: Path, number: int, vocabulary: Vocabulary) -> None:
    """Write a sheet under a title, a third of its numbers as text of all kinds."""
    chance = random.Random(2)
    labels = [vocabulary.counts[name].label.vi for name in counts_of(vocabulary)]
    words = ["Không", "-", "1.234", "", " 12 ", "085", "7"]
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Biểu 01")
        sheet.write(0, 0, "BIỂU TỔNG HỢP")
        board = "Có bảng niêm yết đường dây nóng"
        sheet.write_row(2, 0, ["Mã", "Tên thôn, bản", board, *labels])
        for row in range(number):
            cells = [
                chance.choice(words) if at % 3 == 0 else chance.randint(0, 500)
                for at in range(COLUMNS)
            ]
            head = [f"{row:06}", f"Thôn {row}", chance.choice(["x", "Có", "không", ""])]
            sheet.write_row(row + 3, 0, [*head, *cells])


def write_people(folder: Path, number: int) -> Path:
    """Write a register of persons and the localities it names."""
    folder.mkdir()
    hamlets = [f"{at:06}" for at in range(1000)]
    pl.DataFrame({"id": hamlets, "level": ["hamlet"] * 1000}).write_parquet(
        folder / "localities.parquet"
    )
    row = pl.int_range(number, eager=True)
    pl.DataFrame(
        {
            "locality": (row % 1000).cast(pl.String).str.zfill(6),
            "standing": (row % 3).replace_strict(
                {0: "addict", 1: "user", 2: "post_rehab"}
            ),
            "presence": (row % 2).replace_strict({0: "present", 1: "away"}),
            "management_file": (row % 4 > 0).replace_strict(
                {True: "opened", False: "not_opened"}, return_dtype=pl.String
            ),
            "substitution_since": (row % 1500 + 18_262).cast(pl.Int32).cast(pl.Date),
            "other_drugs": row % 5 == 0,
            "complies": row % 7 > 0,
            "complies_by": "Trung tâm Y tế số " + (row % 97).cast(pl.String),
            "complies_reason": "Không vi phạm, lần kiểm tra " + row.cast(pl.String),
        }
    ).write_parquet(folder / "people.parquet")
    return folder


if __name__ == "__main__":
    main()
