"""Engines that diaban is compared with answer the same question, and so do the queries."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.against_peers import by_reference
from benchmarks.by_hand import verdict_query
from benchmarks.generate import write_country
from benchmarks.hamlets import hamlets, in_communes
from benchmarks.one_peer import COMPARED
from benchmarks.peers import NAMES, peer_named
from benchmarks.registers_by_hand import counted_by_hand, names_counted
from engine.assess import judge_localities
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.library import Library
from engine.verdicts_from_checks import VERDICT
from tests.support.commands import ROOT

ROWS = hamlets(200)
REFERENCE = by_reference(ROWS)


def judged(folder: Path) -> Judged:
    library = Library(ROOT / "rules")
    facts = facts_from_files(folder, library.vocabulary)
    return judge_localities(
        library.find("lai-chau/city-2024"), facts, date(2024, 3, 31)
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_agrees_with_the_reference(name: str) -> None:
    try:
        peer = peer_named(name)()
    except ModuleNotFoundError as error:
        pytest.skip(f"{error.name} is only installed for `make bench`")
    assert peer.told(peer.judge(peer.load(ROWS))) == REFERENCE
    alone = [peer.told(peer.judge(peer.load(ROWS.slice(at, 1))))[0] for at in range(5)]
    assert alone == REFERENCE[:5]


def test_the_hamlets_compared_have_every_outcome_of_every_criterion() -> None:
    plain = peer_named("plain_python")()
    found = plain.told(plain.judge(plain.load(hamlets(COMPARED))))
    assert [sorted(set(outcomes)) for outcomes in zip(*found, strict=True)] == [
        [0, 1, 2] for _ in range(8)
    ]


def test_the_same_number_makes_the_same_hamlets() -> None:
    assert hamlets(300).head(200).equals(ROWS)


def test_the_query_by_hand_comes_to_the_same_verdicts(tmp_path: Path) -> None:
    rows = in_communes(hamlets(600))
    rows.write_parquet(tmp_path / "localities.parquet")
    by_hand = verdict_query(rows.lazy()).sort("id").collect()
    ours = judged(tmp_path).frame.select("id", verdict=VERDICT).sort("id")
    assert by_hand.equals(ours)
    assert set(ours["verdict"]) == {"eligible", "not_eligible", "undetermined"}


def test_the_query_by_hand_counts_the_same_in_registers(tmp_path: Path) -> None:
    pytest.importorskip("vietnam_provinces")
    write_country(tmp_path, communes=4, seed=3)
    names = ["id", *names_counted()]
    by_hand = counted_by_hand(tmp_path).select(names).sort("id")
    assert by_hand.equals(judged(tmp_path).counted.select(names).sort("id"))
