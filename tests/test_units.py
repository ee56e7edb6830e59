"""Units that ended and those that came after: found by any name, never carried silently."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assess import judge_localities
from engine.assessment_from_judged import assessment_from_judged
from engine.facts_from_files import facts_from_files
from engine.units.carried_folder import write_folder
from engine.units.carried_from_facts import carried_from_facts
from engine.units.succession import Unit
from engine.units.successions_from_csv import COLUMNS, successions_from_csv
from tests.support.commands import ROOT, Said, run
from tests.support.engine_runner import read_pack

LAI_CHAU = ROOT / "examples" / "lai-chau"
SHIPPED = ROOT / "rules" / "units" / "successors.csv"
REFORM = date(2025, 7, 1)
FIRST, LAST = "2025-07-01", "2025-06-30"

# The places here are made up; letters stand for codes.


def line(old: str, new: str = "", share: str = "whole", **cells: str) -> str:
    """Return a line of a table: `old` and `new` are codes, named after themselves."""
    row = {
        "old_code": old,
        "old_name": f"xã {old}",
        "until": LAST,
        "new_code": new,
        "new_name": f"xã {new} mới" if new else "",
        "from": FIRST if new else "",
        "share": share if new else "",
        "source": "Nghị quyết thử",
    } | cells
    return ",".join(row[name] for name in COLUMNS)


def table(folder: Path, *lines: str, name: str = "successors.csv") -> Path:
    file = folder / name
    text = "\n".join((",".join(COLUMNS), *lines, ""))
    file.write_text(text, encoding="utf-8")
    return file


# Finding.


def test_a_code_means_another_unit_after_the_reform() -> None:
    """DOMAIN §5, case 12."""
    before = run("units", "find", "03388", "--as-of", LAST)
    after = run("units", "find", "03388", "--as-of", FIRST)
    assert before.out.startswith("03388 phường Quyết Tiến · until 2025-06-30\n")
    assert after.out.startswith("03388 phường Đoàn Kết · since 2025-07-01\n")
    assert (before.code, after.code) == (0, 0)


@pytest.mark.parametrize(
    "words", ["xã Hoà Bình", "Hòa Bình", "HOÀ  BÌNH", "hoa binh", "binh", "b'"]
)
def test_a_name_is_found_however_its_tone_is_placed(words: str) -> None:
    unit = Unit("b'", "xã Hòa Bình", None, None)
    assert unit.is_called(words)


@pytest.mark.parametrize("words", ["Hoa Bình", "Hỏa Bình", "hòa bìn", "xã", "b", ""])
def test_another_name_is_not(words: str) -> None:
    unit = Unit("b'", "phường Hòa Bình", None, None)
    assert not unit.is_called(words)


def test_old_and_new_names_are_found_with_what_came_of_them() -> None:
    said = run("units", "find", "san thang", "tân phong", "nowhere", "--format", "json")
    found = json.loads(said.out)["found"]
    (san_thang,) = found["san thang"]
    assert san_thang["until"] == LAST
    assert [each["code"] for each in san_thang["went_into"]] == ["03408"]
    assert [each["code"] for each in found["tân phong"]] == ["03387", "03408"]
    new = found["tân phong"][1]
    assert {each["code"] for each in new["made_of"]} == {
        "03387", "03408", "03409", "03415", "03418"
    }  # fmt: skip
    assert found["nowhere"] == []
    assert said.code == 1


def test_the_shipped_table_holds_every_commune_of_the_example() -> None:
    rows = successions_from_csv(SHIPPED).rows
    ended = {row.old_code: row.old_name for row in rows}
    with (LAI_CHAU / "localities.csv").open(encoding="utf-8") as file:
        for each in csv.DictReader(file):
            if each["level"] in {"commune", "district"}:
                assert ended[each["id"]] == each["name"]
    assert all(row.source and row.since == REFORM for row in rows)


def test_a_unit_of_several_reforms_has_both_days(tmp_path: Path) -> None:
    later = line("b", "c", until="2026-12-31", **{"from": "2027-01-01"}).replace(
        "xã b,", "xã b mới,"
    )
    found = successions_from_csv(table(tmp_path, line("a", "b"), later))
    assert [(unit.code, unit.since, unit.until) for unit in found.units] == [
        ("a", None, date(2025, 6, 30)),
        ("b", REFORM, date(2026, 12, 31)),
        ("c", date(2027, 1, 1), None),
    ]


def test_letters_in_pieces_are_the_same_letters(tmp_path: Path) -> None:
    """A table typed on a Mac has NFD; facts are read as NFC."""
    apart = normalize("NFD", line("a", "b", new_name="xã Hòa Bình"))
    assert apart != line("a", "b", new_name="xã Hòa Bình")
    (found,) = successions_from_csv(table(tmp_path, apart)).rows
    assert found.new_name == "xã Hòa Bình"


@pytest.mark.parametrize(
    ("lines", "code", "at"),
    [
        (["a,b"], "units-cells", 2),
        ([line("a", "b", "some")], "units-share", 2),
        ([line("a", "b", until="30/6/2025")], "units-day", 2),
        ([line("a", "b", until=FIRST)], "units-days", 2),
        ([line("a", "b", source="")], "units-cell", 2),
        ([line("a", share="", **{"from": FIRST})], "units-cell", 2),
        ([line("a", "c"), line("b", "c", new_name="xã c")], "units-two-names", 3),
        ([line("a", "b"), line("a", "c")], "units-shares", 3),
        ([line("a", "b", "part")], "units-shares", 2),
        ([line("a", "b", "part"), line("a", "c")], "units-shares", 3),
        ([line("a", "b", "part"), line("a", "b", "part")], "units-shares", 3),
        ([line("a", "b"), line("a")], "units-shares", 3),
        (
            [
                line("a", "b", "part"),
                line("a", "c", "part", **{"from": "2025-08-01"}),
            ],
            "units-shares",
            3,
        ),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_line(
    tmp_path: Path, lines: list[str], code: str, at: int
) -> None:
    file = table(tmp_path, *lines)
    said = run("units", "find", "a", "--successors", file)
    assert (said.code, said.out) == (5, "")
    assert f"{file}:{at}: error[{code}]" in said.err


def test_a_table_has_its_columns_and_no_others(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("old_code,new_code\n", encoding="utf-8")
    assert "units-columns" in run("units", "find", "a", "--successors", file).err
    for damaged in (b"\xff\xfe", b'"a', b'"a"b,c', b"\0"):
        file.write_bytes(damaged)
        said = run("units", "find", "a", "--successors", file)
        assert said.code == 5
        assert "error[units-" in said.err


# Carrying.

VOCABULARY = """
vocabulary: 1
registers:
  localities: {fields: {board: yes_no}}
  points: {fields: {active: yes_no}}
counts:
  points: {in: points}
  pledges: {}
  hamlets: {in: localities, where: {level: hamlet}}
  hamlets_with_board: {within: hamlets, where: {board: yes}}
"""
PACK = """
pack: demo/units
levels: [hamlet, commune, province]
criteria:
  - {id: P, requires: {none: points}}
  - {id: G, requires: {at_least: 10, of: pledges}}
  - {id: H, requires: {every: hamlets, is: hamlets_with_board}}
"""
RULES = read_pack(VOCABULARY, PACK)
LOCALITIES = """\
id,name,level,parent,board,pledges
T,tỉnh T,province,,,
d,huyện d,district,T,,
a,xã a,commune,d,,6
a-1,thôn a,hamlet,a,yes,
b,xã b,commune,d,,7
b-1,thôn b,hamlet,b,no,
"""
POINTS = "locality,active\na-1,yes\nb,no\nb-1,no\nd,yes\n"
ENDED = line("d", old_name="huyện d")
MERGED = (ENDED, line("a", "n"), line("b", "n"))


def facts(folder: Path, localities: str = LOCALITIES, points: str = POINTS) -> Path:
    folder.mkdir()
    (folder / "localities.csv").write_text(localities, encoding="utf-8")
    (folder / "points.csv").write_text(points, encoding="utf-8")
    return folder


def carried(folder: Path, *lines: str, **texts: str) -> Path:
    """Carry the facts by a table of these lines; return the folder."""
    folder.mkdir(exist_ok=True)
    old = facts_from_files(facts(folder / "old", **texts), RULES.vocabulary)
    found = carried_from_facts(old, successions_from_csv(table(folder, *lines)), REFORM)
    new = folder / "new"
    new.mkdir()
    write_folder(found, new, RULES.vocabulary)
    return new


def judged(folder: Path) -> Mapping[str, Any]:
    """Return the judged localities by id: verdict, and what is known of counts."""
    read = facts_from_files(folder, RULES.vocabulary)
    found = judge_localities(RULES, read, REFORM)
    return {
        each.id: (
            each.verdict,
            {
                name: (value.lo, value.hi)
                for criterion in each.criteria
                for check in criterion.checks
                for name, value in check.counts.items()
            },
        )
        for each in assessment_from_judged(found).localities
    }


def levels(folder: Path) -> dict[str, tuple[str, str]]:
    with (folder / "localities.csv").open(encoding="utf-8") as file:
        return {
            row["id"]: (row["level"], row["parent"]) for row in csv.DictReader(file)
        }


def test_a_merged_unit_counts_what_its_whole_parts_count(tmp_path: Path) -> None:
    new = carried(tmp_path, *MERGED)
    found = judged(new)
    assert found["n"][1]["pledges"] == (13, 13)
    assert found["n"][1]["points"] == (3, 3)
    assert found["n"][1]["hamlets"] == (2, 2)
    assert levels(new) == {
        "T": ("province", ""),
        "n": ("commune", "T"),
        "a@2025-06-30": ("former_commune", "n"),
        "a-1": ("hamlet", "a@2025-06-30"),
        "b@2025-06-30": ("former_commune", "n"),
        "b-1": ("hamlet", "b@2025-06-30"),
    }


def test_old_units_are_judged_no_longer(tmp_path: Path) -> None:
    """Neither a nor b has ten pledges; together they have, and fail for b's board."""
    assert judged(facts(tmp_path / "before")).keys() == {"T", "a", "a-1", "b", "b-1"}
    assert judged(carried(tmp_path / "x", *MERGED)).keys() == {"T", "n", "a-1", "b-1"}


def test_a_recognition_is_not_carried_over(tmp_path: Path) -> None:
    """The old a passes; the new a, with b in it, is judged by itself and does not."""
    texts = {
        "localities": LOCALITIES.replace(",,6\n", ",,10\n"),
        "points": "locality,active\nb-1,yes\n",
    }
    inspected = "locality,register,on,by\na-1,points,2025-06-01,x\n"
    before = facts(tmp_path / "before", **texts)
    (before / "inspections.csv").write_text(inspected, encoding="utf-8")
    assert judged(before)["a"][0] == "eligible"
    after = carried(tmp_path / "x", ENDED, line("a", "a"), line("b", "a"), **texts)
    assert judged(after)["a"][0] == "not_eligible"


def test_rows_of_an_ended_unit_belong_to_the_one_above(tmp_path: Path) -> None:
    before = judged(facts(tmp_path / "before"))
    after = judged(carried(tmp_path / "x", *MERGED))
    assert before["T"][1]["points"] == after["T"][1]["points"] == (4, 4)


def test_an_ended_unit_that_stood_topmost_stays_to_be_looked_at(tmp_path: Path) -> None:
    localities = "\n".join(
        each.replace("district,T", "district,")
        for each in LOCALITIES.splitlines()
        if not each.startswith("T,")
    )
    new = carried(tmp_path, *MERGED, localities=localities)
    assert levels(new)["d@2025-06-30"] == ("former_district", "")
    assert levels(new)["n"] == ("commune", "")


@pytest.mark.parametrize("other", ["z", "y"])
def test_where_a_part_is_missing_nothing_is_judged(tmp_path: Path, other: str) -> None:
    """Not the new unit, not the province: both would rest on what nobody knows."""
    new = carried(tmp_path, *MERGED, line(other, "n"))
    assert levels(new)["n"] == ("partial_commune", "T")
    assert levels(new)["T"] == ("partial_province", "")
    assert levels(new)[f"{other}@2025-06-30"] == ("former_commune", "n")
    assert judged(new).keys() == {"a-1", "b-1"}


SPLIT = (ENDED, line("a", "n"), line("b", "n", "part"), line("b", "m", "part"))


def test_of_a_split_unit_no_new_one_gets_a_number(tmp_path: Path) -> None:
    new = carried(tmp_path, *SPLIT)
    found = levels(new)
    assert found["n"][0] == found["m"][0] == "partial_commune"
    assert found["b@2025-06-30"] == ("former_commune", "T"), "its facts stay its own"
    assert found["b-1"] == ("hamlet", "b@2025-06-30")
    assert found["b@2025-06-30.n"] == ("former_commune", "n")
    assert found["b@2025-06-30.m"] == ("former_commune", "m")
    assert judged(new).keys() == {"a-1", "b-1"}


def test_numbers_of_a_split_or_missing_unit_are_open_upwards(tmp_path: Path) -> None:
    """Seen by rules that would judge such a unit after all."""
    new = carried(tmp_path, *SPLIT, line("z", "n"))
    text = (new / "localities.csv").read_text(encoding="utf-8")
    (new / "localities.csv").write_text(text.replace("partial_", ""), encoding="utf-8")
    found = judged(new)
    assert found["n"][1]["pledges"] == (6, None)
    assert found["m"][1]["pledges"] == (0, None)
    assert found["T"][1]["points"] == (4, None)


def test_a_unit_that_stays_what_it_is_is_left_alone(tmp_path: Path) -> None:
    same = line("b", "b", new_name="xã b")
    new = carried(tmp_path, ENDED, line("a", "n"), same)
    assert levels(new)["b"] == ("commune", "T")
    assert levels(new)["n"] == ("commune", "T")


numbers = st.lists(st.none() | st.integers(0, 10**6), min_size=2, max_size=4)


@given(numbers, numbers)
@settings(max_examples=25, deadline=None)
def test_the_sum_is_exact_only_where_every_part_is(
    tmp_path_factory: pytest.TempPathFactory,
    pledges: list[int | None],
    others: list[int | None],
) -> None:
    folder = tmp_path_factory.mktemp("units")
    rows = ["id,name,level,parent,pledges", "T,T,province,,"]
    lines = []
    for code, typed in (("n", pledges), ("m", others)):
        for at, each in enumerate(typed):
            old = f"{code}{at}"
            rows.append(f"{old},xã {old},commune,T,{'' if each is None else each}")
            lines.append(line(old, code))
    new = carried(
        folder, *lines, localities="\n".join(rows), points="locality,active\n"
    )
    found = judged(new)
    for code, typed in (("n", pledges), ("m", others)):
        known = [each for each in typed if each is not None]
        most = sum(known) if len(known) == len(typed) else None
        assert found[code][1]["pledges"] == (sum(known), most)


PLACES = ("T", "d", "a", "b", "a-1", "b-1")


@given(st.lists(st.sampled_from(PLACES), max_size=8))
@settings(max_examples=25, deadline=None)
def test_nothing_is_lost_or_counted_twice(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    """Wherever rows lie, the province and the hamlets know what they knew."""
    folder = tmp_path_factory.mktemp("units")
    points = "\n".join(("locality,active", *(f"{place},yes" for place in rows)))
    before = judged(facts(folder / "before", points=points))
    after = judged(carried(folder / "after", *MERGED, points=points))
    for place in ("T", "a-1", "b-1"):
        assert after[place][1]["points"] == before[place][1]["points"]
    least = sum(before[place][1]["points"][0] for place in "ab")
    assert after["n"][1]["points"][0] == least


# The command.


def carry(old: Path, new: Path, *more: object) -> Said:
    return run("units", "carry", old, "-o", new, *more)


def test_the_command_says_which_unit_came_from_which(tmp_path: Path) -> None:
    pack = ("--pack", "lai-chau/city-2024", "--as-of", "2024-03-31")
    said = carry(LAI_CHAU, tmp_path / "new", "--to", FIRST, *pack)
    assert said.code == 0
    assert "03388 phường Đoàn Kết: not judged" in said.out
    assert (
        "  03388 phường Quyết Tiến: all of it, now under its last day as id; its verdict "
        "was: Undetermined" in said.out
    )
    assert (
        "03391 xã Lản Nhì Thàng: all of it, but these facts do not hold it" in said.out
    )
    assert "105 thành phố Lai Châu: nothing came after it" in said.out
    assert "No verdict and no recognition was carried over" in said.out
    log = (tmp_path / "new" / "carried.tsv").read_text(encoding="utf-8-sig")
    told = {row["id"]: row for row in csv.DictReader(log.splitlines(), delimiter="\t")}
    assert told["03388@2025-06-30"]["new_name"] == "phường Đoàn Kết"
    assert told["03388@2025-06-30"]["old_verdict"] == "Undetermined"
    assert "1670/NQ-UBTVQH15" in told["03388@2025-06-30"]["source"]


def test_hamlets_are_what_they_were(tmp_path: Path) -> None:
    """The example's 72 hamlets keep their rows, so judged anew they come out alike."""
    carry(LAI_CHAU, tmp_path / "new", "--to", FIRST)
    before, after = (
        {each["id"]: each["verdict"] for each in json.loads(said.out)["localities"]}
        for said in (
            run("assess", path, *ASKED) for path in (LAI_CHAU, tmp_path / "new")
        )
    )
    assert len(after) == 72
    assert after.items() <= before.items()


ASKED = (
    "--pack", "lai-chau/city-2024", "--as-of", "2024-03-31", "--format", "json"
)  # fmt: skip


def test_the_same_facts_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        carry(LAI_CHAU, tmp_path / name)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_facts_that_were_carried_are_not_carried_again(tmp_path: Path) -> None:
    """03388 is phường Đoàn Kết by then, and no longer the old unit of that code."""
    carry(LAI_CHAU, tmp_path / "new")
    again = carry(tmp_path / "new", tmp_path / "again")
    assert again.code == 5
    assert "units-other-name" in again.err
    assert not (tmp_path / "again").exists()


def rename(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("lines", "change", "code"),
    [
        (MERGED, ("xã a", "xã Khác"), "units-other-name"),
        (MERGED, ("b-1,thôn b", "n,xã n mới"), "units-new-already"),
        (MERGED, ("xã b,commune", "xã b,hamlet"), "units-mixed"),
        (MERGED[1:], ("xã b,commune,d", "xã b,commune,T"), "units-mixed"),
    ],
)
def test_facts_that_are_not_of_the_old_units_are_refused(
    tmp_path: Path, lines: tuple[str, ...], change: tuple[str, str], code: str
) -> None:
    changed = rename(LOCALITIES, *change)
    old = facts(tmp_path / "old", changed, "locality,active\n")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    own = ("--rules", tmp_path / "rules", "--successors", table(tmp_path, *lines))
    said = carry(old, tmp_path / "new", *own)
    assert (said.code, said.out) == (5, "")
    assert f"error[{code}]" in said.err
    assert not (tmp_path / "new").exists()


def test_a_name_may_stand_without_its_kind() -> None:
    unit = Unit("1", "phường Hòa Bình", None, None)
    assert unit.goes_by("Hoà Bình")
    assert unit.goes_by("Phường Hoà Bình")
    assert not unit.goes_by("phường Bình Hòa")
    assert not unit.goes_by("xã Hòa Bình")


def test_a_day_without_a_change_and_facts_without_a_unit_are_told(
    tmp_path: Path,
) -> None:
    said = carry(LAI_CHAU, tmp_path / "new", "--to", "2025-07-02")
    assert said.code == 2
    assert "2025-07-01" in said.err
    elsewhere = carry(ROOT / "examples" / "quang-ninh", tmp_path / "new")
    assert elsewhere.code == 2
    assert "units-none-touched" in elsewhere.err


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("x", encoding="utf-8")
    assert carry(LAI_CHAU, tmp_path).code == 2
    assert carry(LAI_CHAU, tmp_path / "no" / "where").code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["kept.txt"]
