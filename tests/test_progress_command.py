"""How far targets are reached over several reviews, and what two of them foretell."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.courses_written import gauge
from engine.interval import Interval
from engine.review.course import Course, Forecast, Point
from engine.review.due import Due, DueKind
from engine.truth import Truth
from tests.support.commands import ROOT, Said, run

EXAMPLE = ROOT / "examples" / "quang-ninh"
PACK = ("--pack", "quang-ninh/172-2023")
TARGET = ("--criterion", "QN-3.2024")
FIRST, SECOND = "2023-07-07", "2024-06-30"
HA_LONG = "193"


def review(folder: Path, **numbers: str) -> Path:
    """Write the example again with other numbers of drug-free communes, by code.

    The province's own number is left to the districts.
    """
    text = (EXAMPLE / "localities.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        if row["level"] == "province":
            row["plan_communes_drug_free"] = ""
        row["plan_communes_drug_free"] = numbers.get(
            f"u{row['id']}", row["plan_communes_drug_free"]
        )
    folder.mkdir()
    with (folder / "localities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return folder


def courses(said: Said) -> dict[str, dict[str, Any]]:
    assert said.err == ""
    return {each["id"]: each for each in json.loads(said.out)["courses"]}


def asked(*reviews: str, more: tuple[str, ...] = TARGET) -> Said:
    return run("progress", *reviews, *PACK, *more, "--format", "json")


def test_the_published_table_is_the_first_review() -> None:
    """DOMAIN §1.2: Hạ Long has 2 and needs 8 more by 2024; the province 31."""
    told = courses(asked(f"{EXAMPLE}@{FIRST}"))
    assert told[HA_LONG]["points"] == [
        {
            "as_of": FIRST,
            "value": [2, 2],
            "target": 10,
            "truth": "false",
            "short": 8,
        }
    ]
    assert told["22"]["points"][0]["short"] == 76 - 45
    assert told["207"]["points"][0]["truth"] == "true"
    assert {each["due"] for each in told.values()} == {"2024-12-31"}


def test_one_review_foretells_nothing() -> None:
    told = courses(asked(f"{EXAMPLE}@{FIRST}"))
    assert {each["forecast"] for each in told.values()} == {None}


def test_two_reviews_foretell_a_straight_line(tmp_path: Path) -> None:
    """Four in 359 days are two and a little more in the 184 days that are left."""
    later = review(tmp_path / "later", u193="6")
    told = courses(asked(f"{EXAMPLE}@{FIRST}", f"{later}@{SECOND}"))
    assert told[HA_LONG]["forecast"] == {
        "day": "2024-12-31",
        "since": FIRST,
        "value": 8,
        "short": 2,
    }
    assert [point["short"] for point in told[HA_LONG]["points"]] == [8, 4]


def test_the_order_of_the_reviews_does_not_matter(tmp_path: Path) -> None:
    later = review(tmp_path / "later", u193="6")
    pair = (f"{EXAMPLE}@{FIRST}", f"{later}@{SECOND}")
    assert asked(*pair) == asked(*reversed(pair))


def test_of_three_reviews_the_last_two_count(tmp_path: Path) -> None:
    second = review(tmp_path / "second", u193="6")
    third = review(tmp_path / "third", u193="6")
    told = courses(
        asked(f"{EXAMPLE}@{FIRST}", f"{second}@{SECOND}", f"{third}@2024-09-30")
    )
    assert told[HA_LONG]["forecast"]["value"] == 6
    assert told[HA_LONG]["forecast"]["since"] == SECOND


def test_a_number_that_is_not_known_foretells_nothing(tmp_path: Path) -> None:
    later = review(tmp_path / "later", u193="")
    told = courses(asked(f"{EXAMPLE}@{FIRST}", f"{later}@{SECOND}"))
    assert told[HA_LONG]["forecast"] is None
    assert told[HA_LONG]["points"][-1]["short"] is None
    assert told["22"]["forecast"] is None, "the sum of the districts is not known"


def test_once_a_target_is_due_nothing_is_foretold(tmp_path: Path) -> None:
    later = review(tmp_path / "later", u193="6")
    told = courses(asked(f"{EXAMPLE}@{FIRST}", f"{later}@2024-12-31"))
    assert {each["forecast"] for each in told.values()} == {None}


def test_there_are_never_more_than_there_can_be(tmp_path: Path) -> None:
    """Cô Tô has three communes, however steep the line."""
    earlier = review(tmp_path / "earlier", u207="1")
    later = review(tmp_path / "later", u207="3")
    told = courses(asked(f"{earlier}@{FIRST}", f"{later}@2023-12-31"))
    assert told["207"]["forecast"]["value"] == 3


def test_each_form_tells_the_same(tmp_path: Path) -> None:
    later = review(tmp_path / "later", u193="6")
    line = ("progress", f"{EXAMPLE}@{FIRST}", f"{later}@{SECOND}", *PACK, *TARGET)
    table = run(*line, "--level", "district")
    row = next(each for each in table.out.splitlines() if f"  {HA_LONG}  " in each)
    assert row.split()[5:8] == ["2", "6", "10"]
    assert row.split()[8:] == ["███████░░░░░", "✗", "4", "8", "2"]
    assert "asked from 2024-12-31 on" in table.out
    assert "66.1% of the time gone by 2024-06-30" in table.out
    (told,) = [
        each
        for each in csv.DictReader(io.StringIO(run(*line, "--format", "csv").out))
        if each["Id"] == HA_LONG
    ]
    assert (told[FIRST], told[SECOND], told["Forecast"]) == ("2", "6", "8")


def test_the_exit_code_tells_whether_all_is_reached(tmp_path: Path) -> None:
    districts = ("--level", "district", "--criterion", "QN-3a")
    assert run("progress", f"{EXAMPLE}@{FIRST}", *PACK).code == 1
    kept = run("progress", f"{EXAMPLE}@{FIRST}", *PACK, *districts)
    assert kept.code == 0
    unknown = review(tmp_path / "unknown", u193="")
    doubtful = run("progress", f"{unknown}@{FIRST}", *PACK, *districts)
    assert doubtful.code == 4


def test_only_what_is_missing_is_listed_when_asked() -> None:
    told = courses(asked(f"{EXAMPLE}@{FIRST}", more=(*TARGET, "--only-missing")))
    assert HA_LONG in told
    assert "207" not in told


def test_what_speaks_against_a_locality_is_no_target() -> None:
    """Điều 4 counts addicts from a share upwards: that is no number to be reached."""
    facts = f"{ROOT / 'examples' / 'national'}@2025-12-14"
    said = run("progress", facts, "--pack", "national/qd-28-2025", "--format", "json")
    told = {each["criterion"] for each in json.loads(said.out)["courses"]}
    assert told == {"F1"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((str(EXAMPLE),), "is not FACTS@YYYY-MM-DD"),
        ((f"{EXAMPLE}@2024-6-30",), "is not FACTS@YYYY-MM-DD"),
        ((f"@{FIRST}",), "is not FACTS@YYYY-MM-DD"),
        ((f"nowhere@{FIRST}",), "does not exist"),
        ((f"{EXAMPLE}@{FIRST}", f"{EXAMPLE}@{FIRST}"), "each its own day"),
        ((f"{EXAMPLE}@2030-01-01",), "in force"),
        ((f"{EXAMPLE}@{FIRST}", "--criterion", "QN-9"), "has no criterion 'QN-9'"),
        ((f"{EXAMPLE}@{FIRST}", "--level", "hamlet"), "'hamlet'"),
        ((), "Missing argument"),
    ],
)
def test_a_wrong_question_is_told(arguments: tuple[str, ...], words: str) -> None:
    said = run("progress", *arguments, *PACK)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_a_folder_may_have_a_name_like_a_review(tmp_path: Path) -> None:
    odd = review(tmp_path / "a@b")
    assert run("progress", f"{odd}@{FIRST}", *PACK).code == 1


# The forecast alone.


def point(day: str, value: int, target: int | None = 100) -> Point:
    known = Interval(value, value)
    return Point(date.fromisoformat(day), known, target, None, Truth.FALSE)


def course(*points: Point, due: date | None = date(2024, 12, 31)) -> Course:
    known = None if due is None else Due(due, DueKind.BY, ("district",))
    return Course("u", "U", "district", "C", "C.a", known, points)


@given(
    first=st.integers(0, 200),
    second=st.integers(0, 200),
    ahead=st.integers(1, 400),
    target=st.integers(0, 300),
)
def test_a_forecast_lies_on_the_line_and_is_never_rosier(
    first: int, second: int, ahead: int, target: int
) -> None:
    """Told in whole units, cut down: as much is short as the line leaves, or more."""
    due = date.fromordinal(date(2024, 1, 11).toordinal() + ahead)
    points = point("2024-01-01", first, target), point("2024-01-11", second, target)
    found = course(*points, due=due).forecast
    assert isinstance(found, Forecast)
    line = second + (second - first) * ahead / 10
    assert found.value <= max(line, 0) + 1e-9
    assert found.value > line - 1 or found.value == 0
    assert found.short == max(0, target - found.value)


def test_an_unknown_number_between_two_is_passed_over_but_never_the_last() -> None:
    unknown = Point(date(2024, 3, 1), Interval(0, None), 100, None, Truth.UNKNOWN)
    first, last = point("2024-01-01", 1), point("2024-05-01", 2)
    between = course(first, unknown, last).forecast
    assert between is not None
    assert between.since == date(2024, 1, 1)
    assert course(first, last, unknown).forecast is None


def test_without_a_day_or_a_target_nothing_is_foretold() -> None:
    first, last = point("2024-01-01", 1), point("2024-05-01", 2)
    assert course(first, last, due=None).forecast is None
    assert course(first, point("2024-05-01", 2, None)).forecast is None


@given(value=st.integers(0, 50), target=st.integers(1, 50))
def test_a_chart_is_full_only_where_the_target_is_reached(
    value: int, target: int
) -> None:
    drawn = gauge(point("2024-01-01", value, target))
    assert len(drawn) == 12
    assert (drawn == "█" * 12) == (value >= target)
    assert (drawn[0] in "█▏") == (value > 0)
