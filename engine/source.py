"""Where things stand: a place in a file, a clause of a document."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: `file:line:col`, `file!sheet!cell` or the file alone."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @classmethod
    def in_sheet(cls, file: str, sheet: str, cell: str) -> Self:
        """Name a cell of a workbook, as a spreadsheet program names it (`B7`)."""
        return cls(file, sheet=sheet, cell=cell)

    def __str__(self) -> str:
        parts: tuple[str | int | None, ...] = (self.file, self.line, self.column)
        mark = ":"
        if self.sheet is not None:
            parts, mark = (self.file, self.sheet, self.cell), "!"
        return mark.join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause (`II.3`) of a document that a pack lists under `documents`."""

    document: str
    clause: str

    def __str__(self) -> str:
        return f"{self.document} {self.clause}".strip()
