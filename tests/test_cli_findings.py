"""What is short, not known or contradictory is said in words for every kind of check."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest

from cli.language import speaking
from cli.words.demands import Demands
from cli.words.findings import Findings
from cli.words.public_wording import PublicWording
from cli.words.wording import Wording, interval, number, percent, period
from engine.assessment import CheckResult
from engine.interval import Interval
from engine.pack import Every, Pack, Period
from engine.truth import Truth
from engine.vocabulary import Operator
from tests.support.commands import IN_FORCE, RULES, facts_with, run
from tests.support.engine_runner import read_pack

HEAD = "id,level,board,model_kept,model_kept_by,model_kept_reason,target"
COUNTS = ("plots", "addicts", "addicts_before", "households", "households_signed")


def findings(
    folder: Path, own: str, counts: str, language: str = "en"
) -> dict[str, str]:
    """Return what a ward with these cells is told, by check."""
    text = f"{HEAD},{','.join(COUNTS)}\nW,ward,{own},{counts}\n"
    facts = facts_with(folder, localities=text, households="locality\n")
    asked = ("assess", facts, "--rules", RULES, "--pack", "demo/kinds", *IN_FORCE)
    said = run(*asked, "--format", "csv", "--lang", language)
    (row,) = csv.reader(io.StringIO(said.out.partition("\n")[2]))
    told = "; ".join(row[-3:]).split("; ")
    return dict(each.split(": ", 1) for each in told if ": " in each)


SHORT = {
    "nonea": "3 people where there may be none: addicts",
    "everya": "6 households short: households that have signed (4 of 10)",
    "leasta": "1 short: plots of drug plants (there are 1",
    "mosta": "2 people too many: addicts (there are 3",
    "betweena": "2 away from what is needed: plots of drug plants (there are 1",
    "targeta": "4 short: plots of drug plants (there are 1",
    "sharea": "2 households short: households that have signed (4 of 10",
    "fallsa": "1 fewer are still needed: addicts (3 before, 3 now",
    "holdsa": "not so: Hot-line board",
    "judgeda": "not so: An effective model",
    "mixeda": "not so: Hot-line board",
    "daya": "the day that is asked for is not after 2024-12-31, on or before 2025-06-30",
    "refers": "because of the criteria that it refers to",
}


@pytest.mark.parametrize("check", SHORT)
def test_what_is_short_is_said_of(check: str, tmp_path: Path) -> None:
    own = "no,no,Công an,Chưa họp,5"
    assert findings(tmp_path / "f", own, "1,3,3,10,4")[check].startswith(SHORT[check])


def kinds() -> Pack:
    texts = (RULES / each for each in ("vocabulary.yaml", "demo/kinds.yaml"))
    return read_pack(*(each.read_text(encoding="utf-8") for each in texts))


AT_LEAST: dict[str, tuple[dict[str, tuple[int, int | None]], str]] = {
    "nonea": ({"addicts": (3, 4)}, "at least 3 people where there may be none"),
    "everya": ({"households": (6, 9), "households_signed": (0, 3)}, "at least 6 house"),
    "leasta": ({"plots": (0, 1)}, "at least 1 short"),
    "mosta": ({"addicts": (3, None)}, "at least 2 people too many"),
    "betweena": ({"plots": (6, None)}, "at least 2 away from what is needed"),
    "sharea": (
        {"households": (10, 11), "households_signed": (4, 4)},
        "at least 2 households short",
    ),
    "fallsa": (
        {"addicts": (3, 4), "addicts_before": (3, 3)},
        "at least 1 fewer are still needed",
    ),
}


@pytest.mark.parametrize("check", AT_LEAST)
def test_what_is_short_of_a_number_known_in_part_is_only_the_least(check: str) -> None:
    pack = kinds()
    (asked,) = (each for each in pack.checks if each.id == check)
    ends, said = AT_LEAST[check]
    counts = {name: Interval(*each) for name, each in ends.items()}
    exceptions = Interval(6, 9) if isinstance(asked.ask, Every) else None
    short = int(said.split()[2])
    found = CheckResult(check, Truth.FALSE, False, counts, exceptions, short)
    assert Findings(Wording(pack)).short(asked, found).startswith(said)


def test_a_public_copy_says_of_people_known_in_part_only_that_there_are_some() -> None:
    wording = PublicWording(kinds())
    said = [wording.at_least(number, "addicts") for number in (1, 4, 5, 17)]
    assert said == ["at least 1", "at least 1", "5 or more", "5 or more"]
    assert wording.at_least(4, "plots") == "at least 4"


def test_a_finding_beside_a_number_known_in_part_says_at_least() -> None:
    asked = ("examples/lai-chau", "--pack", "lai-chau/city-2024", "--locality", "105")
    told = run("explain", *asked, "--as-of", "2024-03-31", "--lang", "vi").out
    assert "còn ít nhất 4 điểm, yêu cầu không có: tụ điểm" in told
    # Five of six or seven: the rows tell that it is exactly two who lack a file.
    assert "thiếu 2 người: người sau cai có hồ sơ quản lý (5 trên từ 6 đến 7)" in told


UNKNOWN = {
    "nonea": "not known: addicts",
    "everya": "not known: households",
    "leasta": "not known: plots of drug plants",
    "fallsa": "not known: addicts",
    "holdsa": "not known: Hot-line board",
    "judgeda": "not yet judged by a named person who gives a reason: An effective model",
    "refers": "because of the criteria that it refers to",
}


@pytest.mark.parametrize("check", UNKNOWN)
def test_what_is_not_known_is_said_of(check: str, tmp_path: Path) -> None:
    told = findings(tmp_path / "f", ",yes,,,", ",,,,")
    assert told[check].startswith(UNKNOWN[check])


def test_at_least_and_at_most_one_number_is_exactly_that() -> None:
    demands = Demands(Wording(kinds()))
    both = ((Operator.AT_LEAST, 13), (Operator.AT_MOST, 13))
    assert demands.bounds(both) == "exactly 13"
    assert demands.bounds(((Operator.AT_LEAST, 3), both[1])) == "at least 3, at most 13"
    with speaking("vi"):
        assert demands.bounds(both) == "đúng 13"


def test_of_a_criterion_only_what_is_wanting_is_told(tmp_path: Path) -> None:
    told = findings(tmp_path / "f", "no,,,,", "1,3,3,10,4")
    assert "mixeda" in told
    assert "mixedb" not in told


def test_a_missing_target_is_named(tmp_path: Path) -> None:
    told = findings(tmp_path / "f", "yes,,,,", "9,,,,")
    assert told["targeta"] == "not known: Target"


def test_a_number_known_in_part_shows_what_is_known(tmp_path: Path) -> None:
    told = findings(tmp_path / "f", "yes,,,,", ",,,10,")
    assert told["everya"] == "not known: households that have signed (0 to 10)"


def test_an_empty_population_is_said_to_be_one(tmp_path: Path) -> None:
    told = findings(tmp_path / "f", "yes,,,,", "9,0,0,0,0")
    assert told["emptya"].startswith(
        "there are none to look at, which counts as not met"
    )
    assert told["opena"].startswith("there are none to look at, which leaves it open")
    assert told["nobodya"].endswith("which counts as not met: households")
    assert "everya" not in told


def test_numbers_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    told = findings(tmp_path / "f", "yes,,,,", ",,,3,5")
    assert told["everya"].startswith("the numbers contradict each other")
    assert told["a part is larger than its whole"].startswith("households that have")
    asked = ("assess", tmp_path / "f", "--rules", RULES, "--pack", "demo/kinds")
    assert "! a part is larger than its whole" in run(*asked, *IN_FORCE).out


def test_the_words_exist_in_vietnamese(tmp_path: Path) -> None:
    told = findings(tmp_path / "f", "no,,,,", "1,3,3,10,4", "vi")
    assert told["nonea"] == "còn 3 người, yêu cầu không có: người nghiện"
    assert told["everya"] == "thiếu 6 hộ: hộ đã ký cam kết (4 trên 10)"
    assert told["judgeda"].startswith("chưa có người đánh giá kèm lý do")


def test_numbers_are_written_as_the_language_does() -> None:
    assert (number(1234567), percent(Fraction(1, 200))) == ("1,234,567", "0.5%")
    assert interval(Interval(1, None)) == "1 or more"
    assert interval(Interval(1, 2)) == "1 to 2"
    with speaking("vi"):
        assert (number(1234567), percent(Fraction(1, 200))) == ("1.234.567", "0,5%")
        assert interval(Interval(1, None)) == "từ 1 trở lên"


@pytest.mark.parametrize(
    ("share", "written"),
    [(Fraction(1), "100%"), (Fraction(0), "0%"), (Fraction(1, 10**11), "0.000000001%")],
)
def test_a_share_is_written_exactly(share: Fraction, written: str) -> None:
    assert percent(share) == written


def test_every_kind_of_period_is_said() -> None:
    from datetime import date

    first, last = date(2024, 1, 1), date(2024, 12, 31)
    said = [period(Period(*ends)) for ends in ((None, None), (first, None))]
    said += [period(Period(*ends)) for ends in ((None, last), (first, last))]
    assert said == [
        "in force without limit",
        "in force from 2024-01-01",
        "in force until 2024-12-31",
        "in force from 2024-01-01 to 2024-12-31",
    ]
