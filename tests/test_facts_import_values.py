"""A value written in any accepted form is read as the same value; a doubtful one, never."""

from datetime import date, datetime, time, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.desk.tables_from_workbooks.readings import Change, Fault, Reading
from engine.desk.tables_from_workbooks.values import reader_of
from engine.facts_from_files.columns import Column
from engine.facts_from_files.workbook_cells import Cell
from engine.vocabulary import FieldType

COUNT = reader_of(Column("c", FieldType.COUNT), frozenset({"nguoi"}))
NUMBER = reader_of(Column("c", FieldType.NUMBER))
DAY = reader_of(Column("c", FieldType.DATE))
YES_NO = reader_of(Column("c", FieldType.YES_NO))
CHOICE = reader_of(Column("c", FieldType.CHOICE, ("post_rehab", "user")))
TEXT = reader_of(Column("c", FieldType.TEXT))
ALL = (COUNT, NUMBER, DAY, YES_NO, CHOICE, TEXT)
EXCEL_BEGAN = date(1899, 12, 30)

edges = st.sampled_from(["", " ", "  ", "\u00a0", "\u200b", "\n"])
counts = st.integers(0, 10**12)


def dotted(number: int, mark: str = ".") -> str:
    return f"{number:,}".replace(",", mark)


@given(counts, edges, edges)
def test_a_count_is_the_same_in_every_accepted_form(
    number: int, before: str, after: str
) -> None:
    forms: list[Cell] = [
        number, float(number), str(number), f"0{number}" if number else "0",
        dotted(number), dotted(number, " "), dotted(number, "\u00a0"), f"{number},0",
        f"{number} người", f"'{number}",
    ]  # fmt: skip
    for form in forms:
        written = f"{before}{form}{after}" if isinstance(form, str) else form
        assert COUNT(written).value == str(number), written


@pytest.mark.parametrize(
    "cell", ["Không", "không", "KHÔNG", "Không có", "0", 0], ids=repr
)
def test_none_is_zero(cell: Cell) -> None:
    assert COUNT(cell).value == "0"
    if isinstance(cell, str):
        assert COUNT(normalize("NFD", cell)).value == "0"


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "—", "--", "...", "…", "\u00a0"])
def test_a_blank_and_a_dash_are_not_known_in_every_column(cell: str) -> None:
    for read in ALL[:-1]:
        assert read(cell).value == ""
        assert read(cell).fault is None


@pytest.mark.parametrize("cell", ["Chưa rõ", "không rõ", "Chưa có số liệu"])
def test_what_is_said_to_be_unknown_is_recorded_as_such(cell: str) -> None:
    assert COUNT(cell) == Reading("", Change.SAID_UNKNOWN)


@given(st.integers(1, 999), st.integers(0, 999))
def test_three_digits_behind_a_comma_are_never_a_count(whole: int, rest: int) -> None:
    assert COUNT(f"{whole},{rest:03}").fault is Fault.NOT_A_COUNT


@given(st.integers(1, 999), st.integers(0, 99))
def test_dots_that_part_no_groups_of_three_are_never_a_count(
    whole: int, rest: int
) -> None:
    assert COUNT(f"{whole}.{rest:02}").fault is Fault.NOT_A_COUNT


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_number_is_the_same_in_every_accepted_form(whole: int, cents: int) -> None:
    exact = float(f"{whole}.{cents:02}")
    forms: list[Cell] = [exact, f"{whole}.{cents:02}", f"{whole},{cents:02}"]
    if whole >= 1000:
        forms.append(f"{dotted(whole)},{cents:02}")
    for form in forms:
        assert float(NUMBER(form).value) == exact, form


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_thousands_or_decimals_is_an_error_in_a_column_of_numbers(
    whole: int, rest: int, mark: str
) -> None:
    assert NUMBER(f"{whole}{mark}{rest:03}").fault is Fault.AMBIGUOUS_NUMBER


days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(days, edges)
def test_a_day_is_the_same_in_every_accepted_form(day: date, edge: str) -> None:
    serial = (day - EXCEL_BEGAN).days
    forms: list[Cell] = [
        day, datetime.combine(day, time()), serial, float(serial),
        day.isoformat(), day.strftime("%d/%m/%Y"), day.strftime("%d-%m-%Y"),
        day.strftime("%d.%m.%Y"), f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}", str(serial),
    ]  # fmt: skip
    for form in forms:
        written = f"{edge}{form}{edge}" if isinstance(form, str) else form
        assert DAY(written).value == day.isoformat(), written


@given(days)
def test_a_year_of_two_digits_is_ambiguous(day: date) -> None:
    for form in ("%d/%m/%y", "%d-%m-%y"):
        assert DAY(day.strftime(form)).fault is Fault.AMBIGUOUS_YEAR


@pytest.mark.parametrize(
    "cell",
    ["31/02/2024", "03/14/2024", 2024, "2024", 45365.5, "3/2024", True],
    ids=repr,
)
def test_what_is_no_day_is_an_error(cell: Cell) -> None:
    assert DAY(cell).fault is Fault.NOT_A_DAY


def test_a_day_with_a_time_is_no_day() -> None:
    assert (
        DAY(datetime.combine(date(2024, 3, 14), time(8, 30))).fault is Fault.NOT_A_DAY
    )


@given(
    st.sampled_from(["có", "Có", "CÓ", "x", "X", "yes", "true", "1", "✓", "co"]), edges
)
def test_yes_is_yes_in_every_accepted_form(word: str, edge: str) -> None:
    for form in (word, normalize("NFD", word)):
        assert YES_NO(f"{edge}{form}{edge}").value == "yes"
    for cell in (True, 1, 1.0):
        assert YES_NO(cell).value == "yes"


@given(st.sampled_from(["không", "Không", "KHÔNG", "no", "false", "0", "khong"]))
def test_no_is_no_in_every_accepted_form(word: str) -> None:
    for form in (word, normalize("NFD", word)):
        assert YES_NO(form).value == "no"
    for cell in (False, 0, 0.0):
        assert YES_NO(cell).value == "no"


def test_a_choice_is_found_however_it_is_spelt() -> None:
    for word in ("post_rehab", "Post rehab", "POST-REHAB"):
        assert CHOICE(word).value == "post_rehab"
    assert CHOICE("rehab").fault is Fault.NOT_A_CHOICE


@given(
    st.one_of(
        st.text(), st.floats(allow_nan=False), st.integers(), st.booleans(),
        st.dates(), st.datetimes(), st.times(), st.timedeltas(timedelta(0)),
    )
)  # fmt: skip
def test_every_cell_is_read_or_told_and_never_raises(cell: Cell) -> None:
    for read in ALL:
        reading = read(cell)
        assert not (reading.value and reading.fault)


@given(st.text())
def test_what_was_read_is_read_again_as_the_same(cell: str) -> None:
    """So that a clean table may be imported once more."""
    for read in ALL:
        first = read(cell)
        if first.value and first.fault is None:
            assert read(first.value).value == first.value
