"""Localities are counted in pieces, from a file or from memory: the answer is the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from narwhals.exceptions import NarwhalsError

from engine.assess import judge_localities
from engine.errors import FactsError
from engine.facts import Facts, Table
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.library import Library
from engine.measures import measures_from_pack
from engine.proof_from_judged import proof_of
from engine.tallies_from_facts import tallies_from_facts
from engine.unchanged import unchanged
from tests.support.commands import RULES
from tests.support.engine_runner import json_of, read_pack, tables_as_files
from tests.support.facts_files import scanned
from tests.support.strategies import Question, questions

ROOT = Path(__file__).parents[1]
DAY = date(2024, 6, 30)
REVIEW = date(2024, 3, 31)
CITY = Library(ROOT / "rules").find("lai-chau/city-2024")


@contextmanager
def in_pieces(size: int) -> Iterator[None]:
    """Count and tell of so many localities at once, and hold no file in memory."""
    with pytest.MonkeyPatch.context() as patch, scanned():
        patch.setattr("engine.climb._AT_ONCE", size)
        patch.setattr("engine.facts_from_files.typed_table._LONG", 0)
        patch.setattr("engine.assessment_from_judged._TOLD_AT_ONCE", size)
        yield


# --- the answer ---------------------------------------------------------------------


@given(questions(), st.sampled_from(["csv", "parquet"]), st.integers(1, 3))
def test_the_answer_is_the_same_in_pieces(
    question: Question, form: str, size: int
) -> None:
    pack = read_pack(question.vocabulary, question.pack)
    tables = question.vocabulary, question.facts
    with tables_as_files(pack, *tables, form) as facts:
        whole = json_of(pack, facts, question.as_of)
    with in_pieces(size), tables_as_files(pack, *tables, form) as facts:
        told = json_of(pack, facts, question.as_of)
    assert told == whole


@pytest.mark.parametrize("size", [1, 2, 100])
def test_what_is_far_below_is_added_up_through_every_layer(
    tmp_path: Path, size: int
) -> None:
    rows = [
        ("X", "commune", None, None),
        ("X1", "group", "X", None),
        ("X11", "hamlet", "X1", 3),
        ("X2", "group", "X", None),
        ("X12", "hamlet", "X1", 4),
        ("X21", "group", "X2", None),
        ("X211", "hamlet", "X21", 5),
        ("X3", "hamlet", "X", 6),
    ]
    columns = ["id", "level", "parent", "households"]
    pl.DataFrame(rows, columns, orient="row").write_csv(tmp_path / "localities.csv")
    with in_pieces(size):
        judged = judged_in(tmp_path)
    ends = ["lo:households", "hi:households"]
    assert judged.with_counts(ends).select("id", *ends).rows() == [
        ("X", 18, 18),
        ("X1", 7, 7),
        ("X11", 3, 3),
        ("X2", 5, 5),
        ("X12", 4, 4),
        ("X21", 5, 5),
        ("X211", 5, 5),
        ("X3", 6, 6),
    ]


# --- rows of one locality that stand together ------------------------------------------


SIGNED = (True, None, False)


def households_in(folder: Path, named: Sequence[str]) -> Table:
    """Write a row of a register for each locality named, and read it by stream."""
    hamlets_in(folder, 10)
    rows = {
        "locality": pl.Series(named, dtype=pl.String),
        "pledge_signed": pl.Series([SIGNED[at % 3] for at, _ in enumerate(named)]),
        "n": pl.Series([1 + at % 4 for at, _ in enumerate(named)], dtype=pl.Int64),
    }
    # Small groups of rows, which are read apart, so that runs reach across them.
    pl.DataFrame(rows).write_parquet(folder / "households.parquet", row_group_size=7)
    with scanned():
        return facts_from_files(folder, CITY.vocabulary).registers["households"]


@pytest.mark.parametrize(
    ("named", "in_runs"),
    [
        (["X2"] * 33 + ["X1"] * 33, True),
        (["X2"] * 60 + ["X1"] * 6, True),
        (["X1"] * 32 + ["X2"] * 32, False),
        (["X1"] * 50 + ["X2"] * 50 + ["X1"], False),
        (["X1", "X2"] * 100, False),
        ([], False),
    ],
)
def test_long_runs_of_rows_are_found(
    tmp_path: Path, named: Sequence[str], in_runs: bool
) -> None:
    table = households_in(tmp_path, named)
    assert (table.runs is not None) is in_runs
    assert table.held(table.frame).runs is None


def test_rows_are_counted_by_runs_as_by_names(tmp_path: Path) -> None:
    named = ["X2"] * 90 + ["X"] * 40 + ["X1"] * 50
    table = households_in(tmp_path, named)
    assert table.runs is not None
    assert table.runs.to_list() == ["X2", "X", "X1"]
    facts = facts_from_files(tmp_path, CITY.vocabulary)
    by_runs, by_names = (
        replace(facts, registers={"households": each})
        for each in (table, replace(table, runs=None))
    )
    counted = [
        tallies_from_facts(each, measures_from_pack(CITY), DAY).by_register
        for each in (by_runs, by_names)
    ]
    assert counted[0].equals(counted[1])
    lows, highs = (f"rows.{end}:households_pledged" for end in ("lo", "hi"))
    for locality, low, high in counted[0].select("id", lows, highs).iter_rows():
        pledged = {
            signed: sum(
                1 + at % 4
                for at, each in enumerate(named)
                if each == locality and SIGNED[at % 3] is signed
            )
            for signed in SIGNED
        }
        assert (low, high) == (pledged[True], pledged[True] + pledged[None])


# --- a file that changes meanwhile ----------------------------------------------------


def hamlets_in(folder: Path, households: int) -> None:
    pl.DataFrame(
        {
            "id": ["X", "X1", "X2"],
            "level": ["commune", "hamlet", "hamlet"],
            "parent": [None, "X", "X"],
            "households": [None, households, 7],
        }
    ).write_parquet(folder / "localities.parquet")


def judged_in(folder: Path) -> Judged:
    library = Library(RULES)
    facts = facts_from_files(folder, library.vocabulary)
    return judge_localities(library.find("demo/plan"), facts, DAY)


def test_counts_are_made_again_only_where_they_are_asked_for(tmp_path: Path) -> None:
    hamlets_in(tmp_path, 10)
    judged = judged_in(tmp_path).at_level("hamlet")
    asked = judged.with_counts(["hi:households"])
    assert set(asked.columns) - set(judged.frame.columns) == {"hi:households"}
    assert asked.select("id", "hi:households").rows() == [("X1", 10), ("X2", 7)]
    assert not any(name.startswith("below.") for name in judged.counted.columns)


def test_an_answer_about_a_file_that_changed_since_is_refused(tmp_path: Path) -> None:
    hamlets_in(tmp_path, 10)
    with in_pieces(2):
        judged = judged_in(tmp_path)
    assert judged.counted.height == 3
    again = judged.at_level("hamlet")
    hamlets_in(tmp_path, 11)
    with pytest.raises(FactsError, match=r"localities\.parquet: error\[facts-changed"):
        _ = again.counted


def test_an_answer_about_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    hamlets_in(tmp_path, 10)
    with in_pieces(2):
        judged = judged_in(tmp_path)
    (tmp_path / "localities.parquet").unlink()
    with pytest.raises(FactsError, match="facts-changed"):
        _ = judged.counted


def people_in(folder: Path, number: int) -> None:
    rows = pl.DataFrame({"locality": ["X1"] * number})
    rows.write_parquet(folder / "people.parquet")


def one_person_in(folder: Path) -> Facts:
    """Write a register of one person, and read it by stream."""
    hamlets_in(folder, 10)
    people_in(folder, 1)
    with scanned():
        return facts_from_files(folder, CITY.vocabulary)


def test_a_register_that_changes_before_it_is_counted_is_refused(
    tmp_path: Path,
) -> None:
    facts = one_person_in(tmp_path)
    people_in(tmp_path, 2)
    with pytest.raises(FactsError, match=r"people\.parquet: error\[facts-changed"):
        judge_localities(CITY, facts, REVIEW)


@pytest.mark.parametrize("size", [0, 3, 0.5], ids=["nothing", "other bytes", "half"])
def test_a_register_that_is_overwritten_in_place_is_refused(
    tmp_path: Path, size: float
) -> None:
    facts = one_person_in(tmp_path)
    file = tmp_path / "people.parquet"
    there = file.read_bytes()
    file.write_bytes(there[: int(len(there) * size)] if size < 1 else b"not")
    with pytest.raises(FactsError, match=r"people\.parquet: error\[facts-changed"):
        judge_localities(CITY, facts, REVIEW)


@pytest.mark.parametrize("kind", [NarwhalsError, pl.exceptions.PanicException])
def test_whatever_a_file_raises_that_changes_while_it_is_read_it_is_named(
    tmp_path: Path, kind: type[BaseException]
) -> None:
    facts = one_person_in(tmp_path)
    people_in(tmp_path, 2)
    with (
        pytest.raises(FactsError, match="facts-changed"),
        unchanged(facts.registers["people"]),
    ):
        raise kind


def test_a_proof_from_a_register_that_changed_since_is_refused(tmp_path: Path) -> None:
    judged = judge_localities(CITY, one_person_in(tmp_path), REVIEW)
    assert proof_of(judged, "X1").locality.id == "X1"
    people_in(tmp_path, 2)
    with pytest.raises(FactsError, match=r"people\.parquet: error\[facts-changed"):
        proof_of(judged, "X1")


def test_a_table_that_was_held_needs_its_file_no_more(tmp_path: Path) -> None:
    hamlets_in(tmp_path, 10)
    judged = judged_in(tmp_path)
    (tmp_path / "localities.parquet").unlink()
    assert judged.counted.height == 3
