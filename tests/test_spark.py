"""A cluster that counts the registers gives the same bytes as this machine."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.generate import write_country
from engine.assess import judge_localities
from engine.errors import FactsError
from engine.facts import Facts
from engine.facts_from_cluster import facts_from_cluster
from engine.facts_from_files import facts_from_files
from engine.json_from_judged import json_from_judged
from engine.library import Library
from engine.pack import Pack
from engine.spark import Cluster, cluster
from tests.support.commands import ROOT
from tests.support.system import needed

DAY = date(2024, 3, 31)
QUICK = "--conf spark.sql.shuffle.partitions=3 --conf spark.ui.enabled=false"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Library(ROOT / "rules").find("lai-chau/city-2024")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts")
    write_country(folder, communes=3, seed=5)
    return folder


@pytest.fixture(scope="module")
def spark() -> Iterator[Cluster]:
    needed("java")
    before = os.environ.get("PYSPARK_SUBMIT_ARGS")
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{QUICK} pyspark-shell"
    try:
        with cluster("local[2]") as reached:
            yield reached
    finally:
        os.environ.pop("PYSPARK_SUBMIT_ARGS")
        if before is not None:
            os.environ["PYSPARK_SUBMIT_ARGS"] = before


def told(pack: Pack, facts: Facts) -> str:
    return b"".join(json_from_judged(judge_localities(pack, facts, DAY))).decode()


def in_parts(country: Path, folder: Path, number: int) -> Path:
    """Write the same rows again, those of registers mixed and in several files each."""
    for file in country.iterdir():
        rows = pl.read_parquet(file)
        if file.stem in {"localities", "inspections"}:
            rows.write_parquet(folder / file.name)
            continue
        (folder / file.name).mkdir()
        mixed = rows.sample(fraction=1, shuffle=True, seed=3)
        for at in range(number):
            part = mixed.gather_every(number, at)
            part.write_parquet(folder / file.name / f"part-{at}.parquet")
    return folder


def test_the_same_files_give_the_same_bytes(
    spark: Cluster, pack: Pack, country: Path
) -> None:
    here = told(pack, facts_from_files(country, pack.vocabulary))
    there = told(pack, facts_from_cluster(spark, str(country), pack.vocabulary))
    assert json.loads(here)["summary"]["hamlet"]["undetermined"] > 0
    assert there == here


def test_rows_in_any_order_and_in_many_files_give_the_same_verdicts(
    spark: Cluster, pack: Pack, country: Path, tmp_path: Path
) -> None:
    parts = in_parts(country, tmp_path, 4)
    there = told(pack, facts_from_cluster(spark, str(parts), pack.vocabulary))
    here = told(pack, facts_from_files(country, pack.vocabulary))
    assert without_fingerprint(there) == without_fingerprint(here)


def without_fingerprint(answer: str) -> Any:
    read = json.loads(answer)
    assert len(read.pop("facts")["sha256"]) == 64
    return read


def changed(country: Path, folder: Path, table: str, *columns: pl.Expr) -> Path:
    for file in country.iterdir():
        rows = pl.read_parquet(file)
        kept = rows.with_columns(columns) if file.stem == table else rows
        kept.write_parquet(folder / file.name)
    return folder


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("households", pl.lit("có").alias("pledge_signed")), "facts-column-type"),
        (("households", pl.lit(-1).alias("n")), "facts-not-a-count"),
        (("households", pl.lit("x").alias("colour")), "facts-unknown-column"),
        (("households", pl.lit("nowhere").alias("locality")), "facts-unknown-locality"),
        (("people", pl.lit("saint").alias("standing")), "facts-not-a-choice"),
        (("localities", pl.lit("twice").alias("id")), "facts-id-twice"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_table(
    spark: Cluster,
    pack: Pack,
    country: Path,
    tmp_path: Path,
    change: tuple[str, pl.Expr],
    code: str,
) -> None:
    folder = changed(country, tmp_path, *change)
    with pytest.raises(FactsError) as caught:
        facts_from_cluster(spark, str(folder), pack.vocabulary)
    found = [each for each in caught.value.diagnostics if each.code == code]
    assert found
    assert all(f"{change[0]}.parquet" in each.place.file for each in found)
    assert "saint" not in str(caught.value)


def test_a_table_of_localities_that_is_damaged_is_named(
    spark: Cluster, pack: Pack, country: Path, tmp_path: Path
) -> None:
    folder = changed(country, tmp_path, "none")
    (folder / "localities.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(FactsError, match=r"localities\.parquet: error\[facts-not-parq"):
        facts_from_cluster(spark, str(folder), pack.vocabulary)


def test_a_blank_row_number_counts_as_one_and_blank_text_as_unknown(
    spark: Cluster, pack: Pack, country: Path, tmp_path: Path
) -> None:
    blank = pl.lit(None, dtype=pl.Int64).alias("n")
    folder = changed(country, tmp_path, "people", blank, pl.lit(" ").alias("presence"))
    there = told(pack, facts_from_cluster(spark, str(folder), pack.vocabulary))
    assert there == told(pack, facts_from_files(folder, pack.vocabulary))
