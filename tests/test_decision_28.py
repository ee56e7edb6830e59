"""A pack and a vocabulary that the engine was not made for judge as they are written."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.assess import assess
from engine.assessment import LocalityResult
from engine.facts_from_files import facts_from_files
from tests.support.bundled import FOLDERS, QD_28, pack_of

FACTS = FOLDERS[QD_28] / "facts"


def judged(facts: Path) -> dict[str, LocalityResult]:
    pack = pack_of(QD_28)
    known = facts_from_files(facts, pack.vocabulary)
    return {
        each.id: each for each in assess(pack, known, date(2025, 12, 14)).localities
    }


def test_communes_fall_into_classes_and_what_is_open_says_what_is_possible() -> None:
    possible = {each: one.possible for each, one in judged(FACTS).items()}
    assert possible == {
        "tinh-mau": ("key_province", "unclassified"),
        "xa-1": ("type_1",),
        "xa-2": ("type_2",),
        "xa-3": ("type_3",),
        "xa-4": ("drug_free",),
        "xa-5": ("unclassified",),
        "xa-6": ("type_2", "type_3", "unclassified"),
    }


# 329 people on file are over 0.2% of 160,000 residents, and under 0.2% of 180,000.
@pytest.mark.parametrize(
    ("residents", "verdict"), [(10_000, "key_province"), (30_000, "unclassified")]
)
def test_the_population_of_one_commune_decides_on_the_province(
    tmp_path: Path, residents: int, verdict: str
) -> None:
    shutil.copytree(FACTS, tmp_path, dirs_exist_ok=True)
    table = tmp_path / "localities.csv"
    told = table.read_text(encoding="utf-8")
    known = told.replace(
        "xã Sáu,commune,tinh-mau,,", f"xã Sáu,commune,tinh-mau,{residents},"
    )
    assert known != told
    table.write_text(known, encoding="utf-8")
    assert judged(tmp_path)["tinh-mau"].verdict == verdict


def test_the_province_counts_the_classes_below_it() -> None:
    province = judged(FACTS)["tinh-mau"]
    share = next(
        check for one in province.criteria for check in one.checks if check.id == "P.d"
    )
    counts = {name: (one.lo, one.hi) for name, one in share.counts.items()}
    assert counts == {"communes_type_1_or_2": (2, 3), "communes": (6, 6)}
