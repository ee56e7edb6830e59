"""Whatever stands in a workbook: clean tables or a list of errors, never a traceback."""

import tempfile
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.support.commands import run
from tests.support.messy_workbooks import COLUMNS, Book

BOOK = Book(
    [
        [1, "TDP số 1", 0, "Không", "-", 3, 3, "1.120", 1120, "x"],
        [2, "Bản Hai", 0, 0, 0, "", "", 98, " 97 ", "Có"],
    ],
    total=[0, 0, 0, 3, 3, 1218, 1217],
)


def parts_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(book: Book) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return book.write(Path(folder) / "03389.xlsx").read_bytes()


PARTS = parts_of(written(BOOK))
READ = [
    name
    for name in PARTS
    if name.endswith(
        ("workbook.xml", "sheet1.xml", "Strings.xml", "styles.xml", ".rels")
    )
]


def told(book: bytes) -> tuple[int, str]:
    """Return what an import of a workbook says, the marked copy asked for too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "03389.xlsx").write_bytes(book)
        marked = ("--errors", folder / "marked.xlsx")
        said = run(
            "facts", "import", folder / "03389.xlsx", *marked, "-o", folder / "o"
        )
        assert (folder / "o" / "localities.csv").exists() == (said.code == 0)
        return said.code, said.err


@given(st.data())
def test_a_workbook_with_a_mistaken_part_never_gives_a_traceback(
    data: st.DataObject,
) -> None:
    """Its archive is whole, so that the readers of its XML get to see the mistake."""
    parts = dict(PARTS)
    for name in data.draw(st.lists(st.sampled_from(READ), min_size=1, max_size=2)):
        part = parts[name]
        at = data.draw(st.integers(0, len(part)))
        to = data.draw(st.integers(at, min(len(part), at + 30)))
        put_in = data.draw(PUT_IN)
        parts[name] = part[:at] + put_in + part[to:]
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    code, said = told(file.getvalue())
    assert code in {0, 5}, said
    assert "internal error" not in said


PUT_IN = st.binary(max_size=8) | st.sampled_from(
    [
        b' t="e"', b' t="b"', b' t="d"', b' t="inlineStr"', b' t="s"', b"<f>1</f>",
        b"<v>1e999</v>", b"<v>-1</v>", b"<v>nan</v>", b' r="A1"', b' r="ZZZ9999999"',
        b' s="99"', b"<row>", b"</row>", b"</c>", b"&#0;", b"&x;", b"<!--", b"999999999",
        b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="B2:A1"/>', b"\xff",
    ]
)  # fmt: skip


WORDS = st.sampled_from(
    [
        "", " ", "-", "…", "#N/A", "=A1", "Không", "có", "x", "Tổng cộng", "STT", "(1)",
        "1.234", "1,5", "31/02/2024", "14/03/24", "TDP số 1", "Bản Hai", "Thôn", "Mã",
        "03389", "addicts", "[addicts]", "[", "người lập biểu", "a\nb", "\u200b", "1e999",
        "Người nghiện ma túy", "Số hộ", "UBND xã Mường So", "localities", "Cấp", "Thuộc",
    ]
)  # fmt: skip
CELLS = st.one_of(
    WORDS,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(-5, 50) | st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(9999, 12, 31)),
    st.none(),
)


@given(
    st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=1, max_size=4),
    st.lists(st.tuples(st.just(""), WORDS.filter(str.strip)), min_size=1, max_size=2),
    st.integers(0, len(COLUMNS)),
)
def test_no_cell_and_no_heading_gives_a_traceback(
    rows: list[list[object]], headings: list[tuple[str, str]], at: int
) -> None:
    columns = [*COLUMNS[:at], *headings, *COLUMNS[at + len(headings) :]]
    code, said = told(written(Book(rows, columns[: len(COLUMNS)])))
    assert code in {0, 5}, said
    assert "internal error" not in said
