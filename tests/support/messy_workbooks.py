"""Workbooks as inspection teams keep them: titles, merged headings, totals, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xlsxwriter  # noqa: TID251  (tests write what the engine reads)

from engine.desk.localities_from_file import Locality
from engine.desk.tables_from_workbooks import tables_from_workbooks
from engine.desk.tables_from_workbooks.importing import CleanTable, Hints, Imported
from engine.errors import Diagnostic
from engine.facts_from_files.findings import Findings
from engine.library import Library

ROOT = Path(__file__).parents[2]
VOCABULARY = Library(ROOT / "rules").vocabulary
TITLE = (
    "UBND PHƯỜNG ĐOÀN KẾT",
    "BIỂU TỔNG HỢP KẾT QUẢ XÂY DỰNG ĐỊA BÀN KHÔNG CÓ MA TÚY",
)
COLUMNS: tuple[tuple[str, str], ...] = (
    ("", "STT"),
    ("", "Tên tổ dân phố, bản"),
    ("Tiêu chí 1", "Tụ điểm, điểm phức tạp về ma tuý"),
    ("Tiêu chí 1", "Đối tượng bán lẻ trái phép chất ma tuý"),
    ("Tiêu chí 1", "Điểm tổ chức, sử dụng trái phép chất ma túy"),
    ("Tiêu chí 3", "Người nghiện ma tuý (người)"),
    ("Tiêu chí 3", "NGƯỜI NGHIỆN CÓ HỒ SƠ QUẢN LÝ"),
    ("Tiêu chí 6", "Số hộ gia đình"),
    ("Tiêu chí 6", "Hộ đã ký cam kết"),
    ("Tiêu chí 6", "Có bảng niêm yết đường dây nóng"),
)
"""Group and heading; those without a group are merged over both rows."""
FIRST_ROW = 7
"""Of data, as a spreadsheet program counts: two title rows, a blank one, two rows of
headings, one of column numbers."""


@dataclass(frozen=True)
class Book:
    """A commune's workbook: its rows of data, and what stands around them."""

    rows: Sequence[Sequence[Any]]
    columns: Sequence[tuple[str, str]] = COLUMNS
    total: Sequence[Any] | None = None
    title: Sequence[str] = TITLE
    sheet: str = "Biểu 01"

    def write(self, file: Path) -> Path:
        """Write the workbook."""
        with xlsxwriter.Workbook(
            str(file), {"default_date_format": "dd/mm/yyyy"}
        ) as book:
            sheet = book.add_worksheet(self.sheet)
            for at, text in enumerate(self.title):
                sheet.merge_range(at, 0, at, len(self.columns) - 1, text)
            self._write_headings(sheet)
            for at, row in enumerate(self.rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(FIRST_ROW - 1 + at, column, cell)
            self._write_end(sheet, FIRST_ROW - 1 + len(self.rows))
        return file

    def _write_end(self, sheet: Any, end: int) -> None:
        if self.total is not None:
            sheet.merge_range(end, 0, end, 1, "Tổng cộng")
            for column, cell in enumerate(self.total, 2):
                if cell is not None:
                    sheet.write(end, column, cell)
        sheet.write(end + 2, 6, "Đoàn Kết, ngày 14 tháng 12 năm 2024")
        sheet.write(end + 3, 1, "NGƯỜI LẬP BIỂU")
        sheet.write(end + 3, 6, "CHỦ TỊCH")
        sheet.write(end + 6, 1, "Lò Văn Dẫn")

    def _write_headings(self, sheet: Any) -> None:
        at = 0
        while at < len(self.columns):
            group = self.columns[at][0]
            width = next(
                (n for n, each in enumerate(self.columns[at:]) if each[0] != group),
                len(self.columns) - at,
            )
            if not group:
                for column in range(at, at + width):
                    sheet.merge_range(3, column, 4, column, self.columns[column][1])
            else:
                if width > 1:
                    sheet.merge_range(3, at, 3, at + width - 1, group)
                else:
                    sheet.write(3, at, group)
                for column in range(at, at + width):
                    sheet.write(4, column, self.columns[column][1])
            at += width
        for column in range(len(self.columns)):
            sheet.write(5, column, f"({column + 1})")

    def with_cell(self, row: int, column: int, cell: Any) -> "Book":
        """Return the book with a cell of its data changed, both counted from 0."""
        rows = [list(each) for each in self.rows]
        rows[row][column] = cell
        return replace(self, rows=rows)


def known() -> tuple[Locality, ...]:
    """Return the list of the commune's fifteen hamlets."""
    names = [f"Tổ dân phố số {at}" for at in range(1, 16)]
    return (
        Locality("03389", "phường Đoàn Kết", "commune", ""),
        *(
            Locality(f"03389-{at:02}", name, "hamlet", "03389")
            for at, name in enumerate(names, 1)
        ),
    )


def sound() -> Book:
    """Return a workbook about these hamlets in which nothing is wrong."""
    rows = [
        [at, f"TDP số {at}", 0, 0, 0, 2, 2, 100 + at, 100 + at, "x"]
        for at in range(1, 16)
    ]
    return Book(rows, total=[0, 0, 0, 30, 30, 1620, 1620])


def imported(*files: Path, **hints: Any) -> Imported:
    return tables_from_workbooks(files, VOCABULARY, Hints(**hints), Findings())


def table(result: Imported, name: str = "localities") -> CleanTable:
    return next(each for each in result.tables if each.name == name)


def rows_of(result: Imported, name: str = "localities") -> list[dict[str, str]]:
    """Return the clean rows of a table, blank cells left out."""
    columns = table(result, name).columns
    rows = zip(*columns.values(), strict=True)
    return [
        {key: cell for key, cell in zip(columns, row, strict=True) if cell}
        for row in rows
    ]


def faults(problems: Sequence[Diagnostic]) -> list[str]:
    """Return the cell and the code of each problem: `C7 import-not-a-count`."""
    return [f"{each.place.cell or each.place.sheet} {each.code}" for each in problems]
