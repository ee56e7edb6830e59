"""The text of a CSV file: its headings, its delimiter, and where each record begins."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from engine.errors import N_
from engine.facts_from_files.findings import Findings
from engine.facts_from_files.raw_table import column_name
from engine.source import Place

_MARK: Final = b"\xef\xbb\xbf"  # of UTF-8, as spreadsheet programs put it first
_DELIMITERS: Final = (",", ";", "\t")
_HEADINGS: Final = re.compile(rb'(?:[^"\r\n]++|"[^"]*+")*+')


class Disorder(Exception):  # noqa: N818  (found and reported in this package)
    """A record of a CSV file cannot be told from the next."""

    def __init__(self, line: int, cause: csv.Error) -> None:
        super().__init__(line)
        self.line = line
        self.is_too_long = "limit" in str(cause)


@dataclass(frozen=True, slots=True)
class CsvText:
    """The bytes of a CSV file from its headings on, which are in the first record."""

    data: bytes
    file: str
    first_line: int
    delimiter: str
    headings: tuple[str, ...]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record, the headings too, with the line where it begins.

        Raises:
            Disorder: the quotation marks do not match, or a cell is too long.
            UnicodeDecodeError: the text is not UTF-8.
        """
        lines = io.StringIO(self.data.decode(), newline="")
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        line = self.first_line
        try:
            for record in reader:
                yield line, record
                line = self.first_line + reader.line_num
        except csv.Error as error:
            raise Disorder(line, error) from error


def csv_text(
    data: bytes, file: str, known: Collection[str], findings: Findings
) -> CsvText | None:
    """Return the text from its headings on, split where most of them are known."""
    data = data.removeprefix(_MARK)
    if b"\0" in data:  # UTF-16, or no text at all
        _report_encoding(findings, Place(file))
        return None
    blank = len(data) - len(data.lstrip(b"\r\n"))
    first_line = 1 + data[:blank].count(b"\n")
    data = data[blank:]
    if not data:
        _report_empty(findings, file)
        return None
    head = _HEADINGS.match(data)
    try:
        record = head[0].decode() if head else ""
        choices = [(each, _split(record, each)) for each in _DELIMITERS]
    except UnicodeDecodeError as error:
        report_not_utf8(findings, error, file, first_line)
        return None
    except csv.Error as error:
        report_disorder(findings, Disorder(first_line, error), file)
        return None
    delimiter, headings = max(
        choices, key=lambda choice: (len(set(choice[1]) & set(known)), len(choice[1]))
    )
    return CsvText(data, file, first_line, delimiter, headings)


def _split(record: str, delimiter: str) -> tuple[str, ...]:
    reader = csv.reader(io.StringIO(record, newline=""), delimiter=delimiter)
    return tuple(column_name(heading) for heading in next(reader, [""]))


def report_disorder(findings: Findings, disorder: Disorder, file: str) -> None:
    """Say where the quotation marks do not match, or which cell is too long."""
    place = Place(file, disorder.line)
    if disorder.is_too_long:
        findings.error(
            "facts-cell-too-long",
            place,
            N_("a cell of the row that begins here has more than 131072 characters"),
            N_("shorten it; if a quotation mark was left open, close it"),
        )
        return
    findings.error(
        "facts-quotation-marks",
        place,
        N_("the quotation marks in the row that begins here do not match"),
        N_(
            "close the mark that was opened, and double each mark within a quoted "
            'cell ("thôn ""Bản"" 5")'
        ),
    )


def report_not_utf8(
    findings: Findings, error: UnicodeDecodeError, file: str, first_line: int
) -> None:
    """Say where the first byte stands that is not UTF-8."""
    before = error.object[: error.start]
    _report_encoding(findings, Place(file, first_line + before.count(b"\n")))


def _report_encoding(findings: Findings, place: Place) -> None:
    findings.error(
        "facts-not-utf8",
        place,
        N_("this file is not text in UTF-8"),
        N_(
            "save it anew as 'CSV UTF-8' (in the spreadsheet program's list of formats)"
        ),
    )


def _report_empty(findings: Findings, file: str) -> None:
    findings.error(
        "facts-empty-file",
        Place(file),
        N_("this file is empty"),
        N_("write the headings into its first row, or remove the file"),
    )
