"""Each fault that is planted is found, where it stands, and nothing else is."""

from pathlib import Path

import pytest

from engine.desk.finding import Finding, Severity
from tests.support.desk import (
    CLEAN,
    PACK,
    Tables,
    brief,
    found_in,
    with_lines,
)

HEAD = CLEAN["localities"][0]

Expected = list[tuple[str, str | None, list[str]]]

FAULTS: dict[str, tuple[Tables, Expected]] = {
    "a part beyond its whole": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,40,41,,")
        | with_lines("households", l2="X2,yes,,1"),
        [("part-beyond-whole", "X1", ["localities.csv:3:10", "localities.csv:3:9"])],
    ),
    "a typed number against the rows": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,41,,,"),
        [
            (
                "typed-against-register",
                "X1",
                ["localities.csv:3:9", "households.csv:2:1"],
            )
        ],
    ),
    "a typed number against an inspection that found none": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,,,2,"),
        [
            (
                "typed-against-register",
                "X1",
                ["localities.csv:3:11", "inspections.csv:2:2"],
            )
        ],
    ),
    "a typed number against the rows below": (
        with_lines("localities", l2="X,Xã Thử,commune,,,,,,71,,,"),
        [
            (
                "typed-against-children",
                "X",
                ["localities.csv:2:9", "households.csv:2:1", "households.csv:3:1"],
            )
        ],
    ),
    "a typed number against those typed below": (
        with_lines("localities", l2="X,Xã Thử,commune,,,1,,,,,,"),
        [
            (
                "typed-against-children",
                "X",
                ["localities.csv:2:6", "localities.csv:3:6", "localities.csv:4:6"],
            )
        ],
    ),
    "a typed number against its rows and those below": (
        with_lines("localities", l2="X,Xã Thử,commune,,,,,,74,,,")
        | {"households": [*CLEAN["households"], "X,yes,,5"]},
        [
            (
                "typed-against-both",
                "X",
                [
                    "localities.csv:2:9",
                    "households.csv:4:1",
                    "households.csv:2:1",
                    "households.csv:3:1",
                ],
            )
        ],
    ),
    "rows against two typed numbers": (
        with_lines("localities", l4="X2,Thôn Hai,hamlet,X,yes,0,1,1,,,1,1")
        | {"people": ["locality,standing,filed", "X2,addict,no", "X2,,yes"]},
        [
            (
                "exceptions-contradict",
                "X2",
                ["localities.csv:4:11", "localities.csv:4:12"],
            ),
            ("row-in-doubt", "X2", ["people.csv:3:1"]),
        ],
    ),
    "a register that nobody gave": (
        {"households": None},
        [("register-absent", None, [])],
    ),
    "a register that one locality lacks": (
        {"households": CLEAN["households"][:2]},
        [("register-missing", "X2", [])],
    ),
    "a number that one locality lacks": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,,0,0,,,,"),
        [("number-missing", "X1", ["localities.csv:3:6"])],
    ),
    "a part whose whole alone was typed in": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,40,,,")
        | with_lines("households", l2="X2,yes,,1"),
        [("number-missing", "X1", ["localities.csv:3:10"])],
    ),
    "a number that nobody gave": (
        {
            "localities": [
                "id,name,level,parent,board",
                "X,Xã Thử,commune,,",
                "X1,Thôn Một,hamlet,X,yes",
                "X2,Thôn Hai,hamlet,X,yes",
            ]
        },
        [("number-absent", None, ["localities.csv"])],
    ),
    "a cell that is blank": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,,0,0,0,,,,"),
        [("cell-missing", "X1", ["localities.csv:3:5"])],
    ),
    "a name that is blank": (
        with_lines("localities", l3="X1,,hamlet,X,yes,0,0,0,,,,"),
        [("name-missing", "X1", ["localities.csv:3:2"])],
    ),
    "names for nobody": (
        with_lines(
            "localities",
            l2="X,,commune,,,,,,,,,",
            l3="X1,,hamlet,X,yes,0,0,0,,,,",
            l4="X2,,hamlet,X,yes,0,1,1,,,,",
        ),
        [
            ("name-missing", at, [f"localities.csv:{line}:2"])
            for line, at in enumerate(("X", "X1", "X2"), 2)
        ],
    ),
    "a field that nobody filled in": (
        with_lines(
            "localities",
            l3="X1,Thôn Một,hamlet,X,,0,0,0,,,,",
            l4="X2,Thôn Hai,hamlet,X,,0,1,1,,,,",
        ),
        [("column-absent", None, ["localities.csv"])],
    ),
    "a column of a register that nobody filled in": (
        {"people": ["locality,standing", "X2,addict"]},
        [
            ("column-blank", None, ["people.csv"]),
            ("row-in-doubt", "X2", ["people.csv:2:1"]),
        ],
    ),
    "a row with a blank value": (
        {"people": [*CLEAN["people"], "X2,addict,,"]},
        [("row-in-doubt", "X2", ["people.csv:3:1"])],
    ),
    "an inspection 31 days old": (
        {"inspections": ["locality,register,on", "X1,people,2024-05-30"]},
        [("inspection-stale", "X1", ["inspections.csv:2:3"])],
    ),
    "inspections of a register without its table": (
        {
            "people": None,
            "inspections": [
                "locality,register,on",
                "X1,people,2024-06-10",
                "X2,people,2024-06-10",
            ],
        },
        [("register-only-inspected", None, ["inspections.csv:2:2"])],
    ),
    "an inspection without a day": (
        {"inspections": ["locality,register", "X1,people"]},
        [("inspection-undated", "X1", ["inspections.csv:2"])],
    ),
    "a day before 1945": (
        with_lines("households", l2="X1,yes,1944-12-31,40"),
        [("date-too-old", "X1", ["households.csv:2:3"])],
    ),
    "a day after the one asked about": (
        with_lines("households", l2="X1,yes,2024-07-01,40"),
        [("date-in-future", "X1", ["households.csv:2:3"])],
    ),
    "a day before the one it follows": (
        {
            "households": [
                "locality,signed,asked,visited,n",
                "X1,yes,2024-06-01,2024-05-31,40",
                "X2,yes,2024-06-01,2024-06-01,30",
            ]
        },
        [
            (
                "date-out-of-order",
                "X1",
                ["households.csv:2:4", "households.csv:2:3"],
            )
        ],
    ),
    "an inspection after the day asked about": (
        {"inspections": ["locality,register,on", "X1,people,2024-07-01"]},
        [("date-in-future", "X1", ["inspections.csv:2:3"])],
    ),
    "dealers and no offenders": (
        with_lines("localities", l4="X2,Thôn Hai,hamlet,X,yes,0,1,0,,,,"),
        [("suspicious-silence", "X2", ["localities.csv:4:7", "localities.csv:4:8"])],
    ),
    "a hamlet without households": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,0,,,")
        | with_lines("households", l2="X2,yes,,1"),
        [("suspicious-silence", "X1", ["localities.csv:3:9"])],
    ),
    "a hamlet without a commune": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,,yes,0,0,0,,,,"),
        [("parent-missing", "X1", ["localities.csv:3:4"])],
    ),
    "a hamlet below a hamlet": (
        with_lines("localities", l3="X1,Thôn Một,hamlet,X2,yes,0,0,0,,,,"),
        [("parent-not-higher", "X1", ["localities.csv:3:4"])],
    ),
    "a commune below a hamlet": (
        {"localities": [*CLEAN["localities"], "Y,Xã Khác,commune,X1,,0,0,0,9,9,0,0"]},
        [
            ("parent-missing", "X", ["localities.csv:2:4"]),
            ("parent-not-higher", "Y", ["localities.csv:5:4"]),
        ],
    ),
    "levels that nobody knows": (
        with_lines(
            "localities",
            l3="X1,Thôn Một,Thôn,X,yes,0,0,0,,,,",
            l4="X2,Thôn Hai,nhóm,X,yes,0,1,1,,,,",
        ),
        [
            ("level-unknown", None, ["localities.csv:3:3"]),
            ("level-unknown", None, ["localities.csv:4:3"]),
        ],
    ),
}

SEVERITIES = {
    "level-unknown": Severity.WARNING,
    "parent-missing": Severity.WARNING,
    "parent-not-higher": Severity.WARNING,
    "part-beyond-whole": Severity.ERROR,
    "typed-against-register": Severity.ERROR,
    "typed-against-children": Severity.ERROR,
    "typed-against-both": Severity.ERROR,
    "exceptions-contradict": Severity.ERROR,
    "date-too-old": Severity.ERROR,
    "date-in-future": Severity.WARNING,
    "date-out-of-order": Severity.ERROR,
    "register-absent": Severity.WARNING,
    "register-missing": Severity.WARNING,
    "number-absent": Severity.WARNING,
    "number-missing": Severity.WARNING,
    "column-absent": Severity.WARNING,
    "column-blank": Severity.WARNING,
    "cell-missing": Severity.WARNING,
    "name-missing": Severity.WARNING,
    "inspection-stale": Severity.WARNING,
    "register-only-inspected": Severity.WARNING,
    "suspicious-silence": Severity.WARNING,
    "inspection-undated": Severity.NOTE,
    "row-in-doubt": Severity.NOTE,
}
"""All kinds but those about the official list, which have tests of their own."""

INNOCENT: dict[str, Tables] = {
    "the clean tables": {},
    "a part as large as its whole": with_lines(
        "localities", l3="X1,Thôn Một,hamlet,X,yes,0,0,0,40,40,,"
    ),
    "a typed number that the rows below add up to": with_lines(
        "localities", l2="X,Xã Thử,commune,,,0,1,1,70,70,1,1"
    ),
    "a register that was inspected": {
        "households": CLEAN["households"][:2],
        "localities": [
            *CLEAN["localities"][:3],
            "X2,Thôn Hai,hamlet,X,yes,0,1,1,30,30,,",
        ],
    },
    "a register that was inspected and found empty": {
        "people": CLEAN["people"][:1],
        "inspections": [*CLEAN["inspections"], "X2,people,2024-06-10"],
    },
    "a blank that no check asks for": with_lines(
        "localities", l3="X1,Thôn Một,hamlet,X,yes,0,,,,,,"
    ),
    "an inspection exactly 30 days old": {
        "inspections": ["locality,register,on", "X1,people,2024-05-31"]
    },
    "an old inspection with a later one": {
        "inspections": [
            "locality,register,on",
            "X1,people,2024-06-10",
            "X1,people,2024-01-10",
        ]
    },
    "an old inspection of a register that no check needs": {
        "inspections": [*CLEAN["inspections"], "X1,localities,2020-01-01"]
    },
    "the first and the last day that can be": with_lines(
        "households", l2="X1,yes,1945-01-01,40", l3="X2,yes,2024-06-30,30"
    ),
    "a day of which nobody knows the one it follows": {
        "households": [
            "locality,signed,asked,visited,n",
            "X1,yes,,2024-05-31,40",
            "X2,yes,2024-06-02,,30",
        ]
    },
    "dealers, and perhaps offenders": with_lines(
        "localities", l4="X2,Thôn Hai,hamlet,X,yes,0,1,,,,,"
    ),
    "a commune of its own without households": {
        "localities": [*CLEAN["localities"], "Y,Xã Khác,commune,,yes,0,0,0,0,0,0,0"]
    },
}


@pytest.mark.parametrize(("changes", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found_in_its_place_and_nothing_else(
    tmp_path: Path, changes: Tables, expected: Expected
) -> None:
    found = found_in(tmp_path / "f", changes)
    assert [brief(each, tmp_path / "f") for each in found] == expected
    assert {each.code: each.severity for each in found} == {
        code: SEVERITIES[code] for code, _, _ in expected
    }


def test_every_kind_of_finding_is_planted() -> None:
    planted = {code for _, expected in FAULTS.values() for code, _, _ in expected}
    assert planted == SEVERITIES.keys()


@pytest.mark.parametrize("changes", INNOCENT.values(), ids=INNOCENT)
def test_what_is_in_order_is_left_alone(tmp_path: Path, changes: Tables) -> None:
    assert found_in(tmp_path / "f", changes) == ()


def only(found: tuple[Finding, ...]) -> Finding:
    assert len(found) == 1
    return found[0]


def test_the_worst_comes_first_and_then_the_order_of_the_localities(
    tmp_path: Path,
) -> None:
    changes = {
        "localities": [
            HEAD,
            "X,Xã Thử,commune,,,,,,,,,",
            "X1,Thôn Một,hamlet,X,yes,,0,0,,,,",
            "X2,Thôn Hai,hamlet,X,yes,,1,1,31,,,",
        ],
        "people": [*CLEAN["people"], "X2,addict,,"],
    }
    found = found_in(tmp_path / "f", changes)
    assert [(each.severity, each.code, each.locality) for each in found] == [
        (Severity.ERROR, "typed-against-register", "X2"),
        (Severity.WARNING, "number-absent", None),
        (Severity.NOTE, "row-in-doubt", "X2"),
    ]


def test_the_children_that_make_up_a_sum_are_named(tmp_path: Path) -> None:
    changes = with_lines("localities", l2="X,Xã Thử,commune,,,,,,71,,,")
    found = only(found_in(tmp_path / "f", changes))
    assert found.values["parts"] == ("X1 40", "X2 30")
    assert found.concerns == ("households",)


def test_silence_is_told_where_it_begins_and_not_in_every_sum_above(
    tmp_path: Path,
) -> None:
    """The commune has dealers and no offenders too, but only because its hamlet has."""
    changes = with_lines("localities", l4="X2,Thôn Hai,hamlet,X,yes,0,1,0,,,,")
    assert only(found_in(tmp_path / "f", changes)).locality == "X2"


def test_silence_that_shows_only_in_a_sum_is_told_there(tmp_path: Path) -> None:
    changes = with_lines(
        "localities",
        l2="X,Xã Thử,commune,,,,,0,,,,",
        l4="X2,Thôn Hai,hamlet,X,yes,0,1,,,,,",
    )
    found = only(found_in(tmp_path / "f", changes))
    assert (found.code, found.locality) == ("suspicious-silence", "X")


MANY = [
    HEAD,
    "X,Xã Thử,commune,,,,,,,,,",
    *(f"X{n},Thôn {n},hamlet,X,yes,0,0,0,,,0,0" for n in range(1, 10)),
]


def test_many_of_one_commune_are_told_once(tmp_path: Path) -> None:
    households = ["locality,signed", "X1,yes", "X2,yes"]
    found = found_in(
        tmp_path / "f",
        {"localities": MANY, "households": households, "people": None}
        | {"inspections": None},
    )
    one = only(found)
    assert (one.code, one.locality) == ("register-missing", "X")
    assert (one.values["number"], one.values["all"]) == (7, 9)


def test_five_of_one_commune_are_told_one_by_one(tmp_path: Path) -> None:
    households = ["locality,signed", *(f"X{n},yes" for n in range(1, 5))]
    found = found_in(
        tmp_path / "f",
        {"localities": MANY, "households": households, "people": None}
        | {"inspections": None},
    )
    assert [each.locality for each in found] == ["X5", "X6", "X7", "X8", "X9"]


def test_of_many_wrong_days_in_a_column_the_rest_is_counted(tmp_path: Path) -> None:
    rows = [f"X1,yes,1900-01-0{1 + n % 9},1" for n in range(25)]
    households = [CLEAN["households"][0], *rows, CLEAN["households"][2]]
    found = found_in(tmp_path / "f", {"households": households})
    assert len(found) == 21
    rest = next(each for each in found if each.locality is None)
    assert rest.values["number"] == 5
    assert len(rest.places) == 5


def test_no_value_of_a_personal_register_is_told(tmp_path: Path) -> None:
    """A day in a health record may name a person in a small hamlet: only its place is."""
    changes = {"people": ["locality,standing,filed,since", "X2,addict,yes,1944-02-03"]}
    found = only(found_in(tmp_path / "f", changes))
    assert brief(found, tmp_path / "f")[2] == ["people.csv:2:4"]
    told = f"{found.what}{found.values}"
    assert "1944-02-03" not in told
    assert "1944, 2, 3" not in told


def test_a_day_in_an_open_table_is_told(tmp_path: Path) -> None:
    changes = with_lines("households", l2="X1,yes,1944-12-31,40")
    assert "day" in only(found_in(tmp_path / "f", changes)).values


def test_without_a_limit_no_inspection_is_old(tmp_path: Path) -> None:
    old = {"inspections": ["locality,register,on", "X1,people,1999-01-01"]}
    unlimited = PACK.replace("stale_after: 30 days\n", "")
    assert found_in(tmp_path / "f", old, unlimited) == ()


ONLY_COMMUNES = PACK.replace("levels: [hamlet, commune]", "levels: [commune]").replace(
    "  - {id: C4, levels: [hamlet], requires: {holds: board}}\n", ""
)
BLANK_BELOW = "X1,Thôn Một,hamlet,X,yes,,0,0,,,,"


def test_a_level_that_is_not_judged_is_asked_for_what_its_parent_needs(
    tmp_path: Path,
) -> None:
    """Hamlets make up the commune's sums even where only communes are judged."""
    changes = with_lines("localities", l3=BLANK_BELOW)
    found = only(found_in(tmp_path / "f", changes, ONLY_COMMUNES))
    assert (found.code, found.locality) == ("number-missing", "X1")


def test_what_a_sum_above_makes_up_for_is_not_asked_for(tmp_path: Path) -> None:
    typed_above = "X,Xã Thử,commune,,,0,,,,,,"
    changes = with_lines("localities", l2=typed_above, l3=BLANK_BELOW)
    assert found_in(tmp_path / "f", changes, ONLY_COMMUNES) == ()
