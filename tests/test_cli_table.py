"""The terminal shows the answer in aligned columns, and nothing from data steers it."""

import csv
import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.csv_from_assessment import csv_from_assessment
from cli.plain import brief, cells, fitted, plain, wrapped
from cli.table_from_assessment import table_from_assessment
from cli.tables import WIDTH, Column, table_lines
from engine.assess import assess
from engine.facts_from_files import facts_from_files
from engine.library import Library
from tests.support.commands import FACTS, IN_FORCE, ROOT, RULES, facts_with, run

HOSTILE = [
    "\x1b[31mRED\x1b[0m",
    "\x1b]0;title\x07",
    "\u202egnirts\u202c",
    "\u2066isolated\u2069",
    "a\u0000b\x7f\x9b31m",
    "line\u2028break\nfeed",
    "a" * 10_000,
    "e" + "\u0301" * 10_000,
    "村" * 10_000,
]
DAY = date(2024, 6, 30)


@given(st.text(max_size=80))
def test_no_text_from_data_can_steer_a_terminal(text: str) -> None:
    assert plain(text).isprintable()
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bản Hai", "Bản Hai"),
        ("Bản\x1b[31m Hai", "Bản Hai"),
        ("\x1b]0;title\x07Bản", "Bản"),
        ("Bản\tHai\n", "Bản Hai "),
        ("\u202eiaH nảB", "iaH nảB"),
    ],
)
def test_what_a_person_may_read_is_kept(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(max_size=300), st.integers(min_value=4, max_value=60))
def test_a_fitted_text_never_takes_more_than_its_column(text: str, width: int) -> None:
    shown = fitted(text, width)
    assert cells(shown) <= width
    assert shown in (plain(text), shown.rstrip("…") + "…") or len(text) > 4 * width


@given(st.text(max_size=400), st.integers(min_value=12, max_value=60))
def test_wrapping_loses_no_word_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = list(wrapped(text, width, "- ", "  "))
    assert all(cells(line) <= width for line in lines)
    kept = "".join(line[2:] for line in lines).replace(" ", "")
    assert kept == "".join(plain(text).split())


def test_a_composed_and_a_decomposed_name_take_the_same_room() -> None:
    name = "Tổ dân phố số 10, phường Đoàn Kết"
    assert cells(unicodedata.normalize("NFD", name)) == cells(name) == len(name)


def test_columns_stay_aligned_under_wide_and_combining_letters() -> None:
    names = ["Bản", unicodedata.normalize("NFD", "Bản"), "村村", "a"]
    lines = list(
        table_lines([Column("x"), Column("y")], [(each, "|") for each in names])
    )
    places = {cells(line[: line.index("|")]) for line in lines[1:]}
    assert places == {len("村村") * 2 + 2}


def test_a_column_gives_way_only_as_far_as_the_width_asks_for() -> None:
    def shown(name: int, rest: int) -> str:
        columns = [Column("Name", 30, narrowest=16), Column("x", 200)]
        lines = list(table_lines(columns, [("a" * name, "b" * rest)]))
        return lines[1].split()[0]

    assert shown(30, WIDTH - 32) == "a" * 30
    assert shown(30, WIDTH - 31) == "a" * 28 + "…"
    assert shown(30, WIDTH - 18) == "a" * 15 + "…"
    # The table is too wide even so: then nothing is gained by cutting names.
    assert shown(30, WIDTH - 17) == "a" * 30


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert list(wrapped("ab " + "c" * 25, 12, "- ", "  ")) == [
        "- ab",
        "  cccccccccc",
        "  cccccccccc",
        "  ccccc",
    ]


def test_a_long_text_is_cut_in_messages() -> None:
    assert len(brief("a" * 10_000)) < 200


def table(folder: Path, *names: str) -> list[str]:
    """Return the lines of the answer about hamlets of these names."""
    rows = "".join(f'X{at},"{name}",hamlet,,có,\n' for at, name in enumerate(names))
    facts_with(
        folder,
        localities="id,name,level,parent,board,plots\n" + rows,
        households="locality,signed\n",
    )
    library = Library(RULES)
    facts = facts_from_files(folder, library.vocabulary)
    pack = library.find("demo/plan")
    return list(table_from_assessment(assess(pack, facts, DAY), pack))


def test_ordinary_names_stand_as_they_are(tmp_path: Path) -> None:
    lines = table(tmp_path / "f", "Thôn Một", "Thôn Hai")
    assert any(line.split()[:3] == ["X0", "Thôn", "Một"] for line in lines)
    assert all(cells(line) <= WIDTH for line in lines)


def test_hostile_names_are_shown_harmless_and_in_their_column() -> None:
    columns = [Column("Locality", 30), Column("Verdict")]
    lines = list(table_lines(columns, [(name, "yes") for name in HOSTILE]))
    assert all(line.isprintable() for line in lines)
    assert len({cells(line[: line.rindex("yes")]) for line in lines[1:]}) == 1
    assert all(cells(line) <= 30 + 2 + len("Verdict") for line in lines)


@pytest.mark.parametrize("name", ["a" * 10_000, "ổ" * 10_000])
def test_a_name_of_ten_thousand_letters_stays_in_its_place(
    tmp_path: Path, name: str
) -> None:
    facts = facts_with(
        tmp_path / "f",
        localities=f"id,name,level,parent,board,plots\nX1,{name},hamlet,,có,\n",
        households="locality,signed\n",
    )
    said = run("assess", facts, "--rules", RULES, *IN_FORCE)
    assert said.code in {4, 5}
    assert all(cells(line) <= WIDTH for line in said.out.splitlines())
    assert len(said.err) < 1_000


def test_colour_only_repeats_what_the_symbols_say() -> None:
    library = Library(RULES)
    pack = library.find("demo/plan")
    answer = assess(pack, facts_from_files(FACTS, library.vocabulary), DAY)
    painted = "".join(table_from_assessment(answer, pack, coloured=True))
    assert "\x1b[31m✗" in painted
    bare = "".join(table_from_assessment(answer, pack))
    assert "".join(map(_bare, painted.splitlines(keepends=True))) == bare


def _bare(line: str) -> str:
    return plain(line.rstrip("\n")) + "\n"


def test_nothing_is_coloured_for_a_pipe() -> None:
    assert "\x1b" not in run("assess", FACTS, "--rules", RULES, *IN_FORCE).out


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "＝"])
def test_no_spreadsheet_takes_a_name_for_a_formula(tmp_path: Path, start: str) -> None:
    name = f'{start}HYPERLINK(""http://x"")'
    facts_with(
        tmp_path / "f",
        localities=f'id,name,level,parent,board,plots\nX1,"{name}",hamlet,,có,\n',
        households="locality,signed\n",
    )
    library = Library(RULES)
    pack = library.find("demo/plan")
    facts = facts_from_files(tmp_path / "f", library.vocabulary)
    text = "".join(csv_from_assessment(assess(pack, facts, DAY), pack))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Locality"].startswith("'")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_criterion_without_a_title_is_named_once() -> None:
    pack = ROOT / "tests/packs/qd-28"
    shown = run("assess", pack / "facts", "--rules", pack, "--as-of", "2025-12-14")
    lines = [line.strip() for line in shown.out.splitlines()]
    assert "I.dd" in lines
    assert "I.dd I.dd" not in lines
