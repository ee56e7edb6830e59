"""Sums that would leave 64 bits are refused: a wrapped number would be a wrong verdict.

The real bound needs millions of rows, so the tests bring the bound down instead.
"""

from datetime import date
from pathlib import Path

import pytest

from engine.assess import judge_localities
from engine.errors import FactsError
from engine.facts_from_files import facts_from_files
from engine.library import Library
from engine.pack import Pack

ROOT = Path(__file__).parents[1]
DAY = date(2024, 3, 31)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Library(ROOT / "rules").find("lai-chau/city-2024")


def test_rows_that_may_add_up_to_too_much_are_refused_by_their_file(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "localities.csv").write_text("id,level\nA,hamlet\n")
    rows = "locality,pledge_signed,n\nA,yes,600\nA,no,1\n"
    (tmp_path / "households.csv").write_text(rows)
    facts = facts_from_files(tmp_path, pack.vocabulary)
    monkeypatch.setattr("engine.reckoning.LARGEST_SUM", 1201)
    judge_localities(pack, facts, DAY)
    monkeypatch.setattr("engine.reckoning.LARGEST_SUM", 1200)
    with pytest.raises(FactsError, match=r"households\.csv: error\[facts-beyond"):
        judge_localities(pack, facts, DAY)


def test_typed_numbers_that_may_add_up_to_too_much_are_refused(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "id,level,parent,households\nX,commune,,\nA,hamlet,X,500\nB,hamlet,X,7\n"
    (tmp_path / "localities.csv").write_text(table)
    facts = facts_from_files(tmp_path, pack.vocabulary)
    monkeypatch.setattr("engine.reckoning.LARGEST_SUM", 1501)
    judge_localities(pack, facts, DAY)
    monkeypatch.setattr("engine.reckoning.LARGEST_SUM", 1500)
    with pytest.raises(FactsError, match=r"localities\.csv: error\[facts-beyond"):
        judge_localities(pack, facts, DAY)
