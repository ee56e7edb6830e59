"""Whatever bytes lie in the files: facts or a FactsError, soon and in little memory."""

import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import FactsError
from engine.facts_from_files import csv_table, workbook
from engine.facts_from_files.columns import shapes_of
from engine.facts_from_files.csv_text import csv_text
from engine.facts_from_files.findings import Findings
from tests.support.facts_files import (
    KNOWN,
    edit_part,
    faults,
    read,
    rows_of,
    write,
    write_files,
    write_workbook,
)

FACTS = {
    "localities": [
        {"id": "A", "level": "x", "events": 3, "board": True},
        {"id": "B", "level": "x", "parent": "A", "name": "Bản Hai", "area": 0.5},
    ],
    "households": [{"locality": "A", "note": "a, b", "members": 4, "pledged": False}],
}
SUFFIXES = ["csv", "parquet", "xlsx", "json", "yaml"]


def _put(folder: Path, suffix: str, data: bytes) -> Path:
    """Put bytes where facts of that kind lie."""
    if suffix not in {"csv", "parquet"}:
        (folder / f"facts.{suffix}").write_bytes(data)
        return folder / f"facts.{suffix}"
    write_files(folder, {"localities.csv": "id,level\nA,x\nB,x\n"})
    write_files(folder, {f"households.{suffix}": data})
    return folder


def _sound(suffix: str) -> bytes:
    """Return a sound file of that kind."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), FACTS, suffix)
        return (path / f"households.{suffix}" if path.is_dir() else path).read_bytes()


SOUND = {suffix: _sound(suffix) for suffix in SUFFIXES}


def _facts_or_error(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read(_put(Path(folder), suffix, data))
        except FactsError:
            return
        for table in (found.localities, *found.registers.values()):
            rows_of(table)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=300))
@example(data=b"")
@example(data=b"\xff\xfe")
@example(data=b"PK\x03\x04")
@example(data=b"PAR1PAR1")
def test_any_bytes_are_facts_or_an_error(suffix: str, data: bytes) -> None:
    _facts_or_error(suffix, data)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
def test_a_damaged_file_is_facts_or_an_error(suffix: str, data: st.DataObject) -> None:
    sound = SOUND[suffix]
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(len(sound), start + 40)))
    put_in = data.draw(st.binary(max_size=20))
    _facts_or_error(suffix, sound[:start] + put_in + sound[end:])


@pytest.mark.parametrize("suffix", ["csv", "json", "yaml"])
@given(data=st.data())
def test_a_mistyped_text_is_facts_or_an_error(suffix: str, data: st.DataObject) -> None:
    text = SOUND[suffix].decode()
    at = data.draw(st.integers(0, len(text)))
    sign = data.draw(
        st.sampled_from([*'",;:{}[]()\n\r\t -~&*!#|>?%@`1eE.xạ\u2028\x00\\'])
    )
    _facts_or_error(suffix, (text[:at] + sign + text[at:]).encode())


# --- Two ways of reading a CSV file are one --------------------------------------

CSV_LETTERS = 'aB1ạ ,;\t"\n\r'


@given(st.text(CSV_LETTERS, max_size=40), st.sampled_from([",", ";", "\t"]))
@example('"a\nb",\n\n"c ""d""",\n', ",")
@example('\n\n\n""\n', ";")
def test_reading_quickly_is_reading_by_hand(body: str, delimiter: str) -> None:
    data = f"locality{delimiter}note\n{body}".encode()
    shape = shapes_of(KNOWN)["households"]
    text = csv_text(data, "households.csv", shape.columns.keys(), Findings())
    assert text is not None
    quick = csv_table._quickly(text, "households")
    if quick is None:
        return
    findings = Findings()
    slow = csv_table._by_hand(text, "households", findings)
    assert slow is not None
    assert not findings
    lines = [
        [
            (str(raw.place(row, 0)), *((cell or "").strip() for cell in cells))
            for row, *cells in raw.cells.lazy().collect().iter_rows()
            if any((cell or "").strip() for cell in cells)
        ]
        for raw in (quick, slow)
    ]
    assert lines[0] == lines[1]


def test_an_orderly_file_is_read_quickly() -> None:
    shape = shapes_of(KNOWN)["households"]
    body = b'locality,note\nA,"a, ""b""\nc"\r\n\r\nB,d\n'
    text = csv_text(body, "households.csv", shape.columns.keys(), Findings())
    assert text is not None
    assert csv_table._quickly(text, "households") is not None


def test_a_file_that_polars_cuts_otherwise_is_read_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shape = shapes_of(KNOWN)["households"]
    frame = pl.DataFrame({"cell 0": ["locality", "A"]}, schema={"cell 0": pl.String})
    monkeypatch.setattr(pl, "read_csv", lambda *_, **__: frame)
    body = b"locality\nA\n\nB\n"
    raw = csv_table.raw_from_csv(body, "households.csv", shape, Findings())
    assert raw is not None
    assert raw.cells.lazy().collect()["cell 0"].to_list() == ["A", "", "B"]


class PanicException(BaseException):
    """What a reader in Rust raises when it panics."""


def test_a_panic_over_a_workbook_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_: object) -> None:
        raise PanicException

    path = write_workbook(tmp_path / "facts.xlsx", {"localities": [["id", "level"]]})
    monkeypatch.setattr(workbook, "BytesIO", panic)
    assert faults(path) == ["facts.xlsx facts-not-a-workbook"]


def test_a_panic_over_a_csv_file_leaves_it_to_be_read_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_: object, **__: object) -> None:
        raise pl.exceptions.PanicException

    monkeypatch.setattr(pl, "read_csv", panic)
    write_files(tmp_path, {"localities.csv": "id,level\nA,x\n"})
    assert len(rows_of(read(tmp_path).localities)) == 1


def test_an_interruption_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    path = write_workbook(tmp_path / "facts.xlsx", {"localities": [["id", "level"]]})
    monkeypatch.setattr(workbook, "BytesIO", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read(path)


# --- Bombs -----------------------------------------------------------------------


def _archive(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = _archive({"xl/workbook.xml": b"<a/>", "xl/media/image1.png": bytes(2**27)})
    assert faults(_put(tmp_path, "xlsx", bomb)) == ["facts.xlsx facts-too-large"]


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": [["id", "level"]]})
    edit_part(path, "xl/styles.xml", "</styleSheet>", " " * 10**6 + "</styleSheet>")
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/styles.xml").file_size
    data = path.read_bytes()
    lie = data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert data != lie
    assert faults(_put(tmp_path, "xlsx", lie)) == ["facts.xlsx facts-not-a-workbook"]


@pytest.mark.parametrize("corner", ["XFD1048576", "XFD99999", "AZ1048576"])
def test_cells_in_opposite_corners_are_refused(tmp_path: Path, corner: str) -> None:
    rows = [["id", "level", "events"], ["A", "x", 12345]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    far = f'<c r="{corner}"><v>1</v></c>'
    edit_part(path, "xl/worksheets/sheet1.xml", '<c r="C2"><v>12345</v></c>', far)
    assert faults(path) == ["facts.xlsx facts-too-large"]


@pytest.mark.parametrize("corner", ["ZZZZZZ3", "zzzzz999", "AAAAAAA1"])
def test_a_cell_in_a_column_that_no_sheet_has_is_too_far(
    tmp_path: Path, corner: str
) -> None:
    rows = [["id", "level", "events"], ["A", "x", 12345]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    far = f'<c r="{corner}"><v>1</v></c>'
    edit_part(path, "xl/worksheets/sheet1.xml", '<c r="C2"><v>12345</v></c>', far)
    assert faults(path) == ["facts.xlsx facts-too-large"]


def test_a_workbook_with_two_sheets_of_one_name_is_damaged(tmp_path: Path) -> None:
    sheets = {"localities": [["id", "level"], ["A", "x"]], "Other": [["id"]]}
    path = write_workbook(tmp_path / "facts.xlsx", sheets)
    edit_part(path, "xl/workbook.xml", 'name="Other"', 'name="localities"')
    assert faults(path) == ["facts.xlsx facts-not-a-workbook"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", "</workbook>", ""),
        ("xl/workbook.xml", "</workbook>", " " * 2**25 + "</workbook>"),
        ("xl/worksheets/sheet1.xml", "</sheetData>", ""),
        ("xl/worksheets/sheet1.xml", 'r="C2"', 'r="2C" t="e"'),
        ("xl/worksheets/sheet1.xml", 't="s"><v>0</v>', 't="s"><v>999</v>'),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/x.xml"),
        ("[Content_Types].xml", "</Types>", "<a>"),
    ],
)
def test_a_workbook_with_a_damaged_part_is_refused(
    tmp_path: Path, part: str, old: str, new: str
) -> None:
    rows = [["id", "level", "events"], ["A", "x", 12345]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    edit_part(path, part, old, new)
    assert all(" facts-" in each for each in faults(path))


@pytest.mark.parametrize(
    ("part", "root", "inside"),
    [
        ("xl/workbook.xml", "<workbook ", "<sheets>"),
        ("xl/worksheets/sheet1.xml", "<worksheet ", "<sheetData>"),
    ],
)
def test_an_entity_that_grows_ten_billionfold_fills_no_memory(
    tmp_path: Path, part: str, root: str, inside: str
) -> None:
    rows = [["id", "level", "events"], ["A", "x", None]]
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": rows})
    # A cell that is looked into again: a formula that was never calculated.
    unknown = '<c r="C2"><f>1/0</f></c></row></sheetData>'
    edit_part(path, "xl/worksheets/sheet1.xml", "</row></sheetData>", unknown)
    growing = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "{"x" * 100}">{growing}]>'
    edit_part(path, part, root, bomb + root)
    edit_part(path, part, inside, f"<b>&e10;</b>{inside}")
    assert faults(path) == ["facts.xlsx facts-not-a-workbook"]


def test_a_part_twice_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "facts.xlsx", {"localities": [["id", "level"]]})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Dup"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert faults(path) == ["facts.xlsx facts-not-a-workbook"]


def test_a_locked_workbook_is_refused(tmp_path: Path) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000)
    assert faults(_put(tmp_path, "xlsx", ole)) == ["facts.xlsx facts-not-a-workbook"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_depth_bomb_in_json_is_refused(tmp_path: Path, opening: str) -> None:
    bomb = '{"localities": [{"id": ' + opening * 200_000
    assert faults(_put(tmp_path, "json", bomb.encode())) == [
        "facts.json facts-too-deep"
    ]


def test_a_depth_bomb_in_yaml_is_refused(tmp_path: Path) -> None:
    bomb = b"localities: " + b"[" * 200_000
    assert faults(_put(tmp_path, "yaml", bomb)) == ["facts.yaml:1:28 yaml-too-deep"]


@pytest.mark.parametrize(
    ("suffix", "size"), [("json", 2**26), ("yaml", 2**24), ("xlsx", 2**28)]
)
def test_a_file_that_is_too_large_is_not_even_read(
    tmp_path: Path, suffix: str, size: int
) -> None:
    path = tmp_path / f"facts.{suffix}"
    with path.open("wb") as file:
        file.truncate(size + 1)
    assert faults(path) == [f"facts.{suffix} facts-too-large"]


@pytest.mark.parametrize("suffix", ["json", "yaml", "xlsx"])
def test_a_device_or_a_pipe_is_no_file_of_facts(tmp_path: Path, suffix: str) -> None:
    """The one would fill the memory, the other wait for ever."""
    device, pipe = tmp_path / f"device.{suffix}", tmp_path / f"pipe.{suffix}"
    device.symlink_to(os.devnull)
    os.mkfifo(pipe)
    assert faults(device) == [f"device.{suffix} facts-not-readable"]
    assert faults(pipe) == [f"pipe.{suffix} facts-not-readable"]


def test_a_million_faults_take_no_million_messages(tmp_path: Path) -> None:
    rows = b"[" + b"5," * 10**5 + b"5]"
    found = faults(_put(tmp_path, "json", b'{"localities": ' + rows + b"}"))
    assert len(found) == 201


def test_a_register_of_a_million_rows_is_read_in_parts(tmp_path: Path) -> None:
    """Sums over what is read are right; how much memory it takes is benchmarked."""
    write_files(tmp_path, {"localities.csv": "id,level\nL0,x\nL1,x\nL2,x\n"})
    number = pl.int_range(10**6, eager=True)
    columns = {"locality": "L" + (number % 3).cast(pl.String), "members": number % 7}
    pl.DataFrame(columns).write_parquet(tmp_path / "households.parquet")
    table = read(tmp_path).registers["households"]
    total = table.frame.to_native().select(pl.col("members").sum()).collect().item()
    assert total == sum(each % 7 for each in range(10**6))
