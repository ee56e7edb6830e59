"""A dossier encloses the facts that concern it and no others, and they are enough."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.assess import judge_localities
from engine.assessment import LocalityResult
from engine.assessment_from_judged import assessment_from_judged
from engine.errors import QuestionError
from engine.facts import Facts
from engine.pack import Pack
from engine.review.dossier.enclosure import (
    FACTS,
    facts_enclosed,
    facts_from_parts,
    judged_within,
)
from engine.review.dossier.manifest import ASSESSMENT, MANIFEST
from engine.review.dossier.verification import verified
from tests.support.commands import run
from tests.support.dossiers import DAY, EXAMPLE, PACK, WARD, dossier, make
from tests.support.engine_runner import read_facts, read_pack
from tests.support.memos import review
from tests.support.strategies import Question, questions

OTHER = "03386"
QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which takes minutes where an example takes a tenth of a second."""


def tables(parts: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    """Return the enclosed tables by their names, as any other program reads them."""
    return {
        name.removeprefix(f"{FACTS}/"): list(csv.DictReader(io.StringIO(data.decode())))
        for name, data in parts.items()
        if name.startswith(f"{FACTS}/")
    }


def test_the_facts_enclosed_name_no_other_locality() -> None:
    found = tables(dict(dossier().parts))
    assert found.keys() == {each.name for each in EXAMPLE.glob("*.csv")}
    own = re.compile(rf"{WARD}(-\d\d)?")
    city, *localities = found.pop("localities.csv")
    assert {name: text for name, text in city.items() if text} == {
        "id": "105", "level": "district",
    }  # fmt: skip
    assert all(own.fullmatch(each["id"]) for each in localities)
    for rows in found.values():
        assert all(own.fullmatch(each["locality"]) for each in rows)
    assert found["people.csv"]


def test_no_part_of_a_dossier_names_another_ward() -> None:
    for name, data in dossier().parts.items():
        if not name.endswith((".docx", ".xlsx")):
            assert OTHER.encode() not in data, name


def test_no_row_of_its_own_is_left_out() -> None:
    found = tables(dict(dossier().parts))
    for file in EXAMPLE.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as opened:
            rows = csv.DictReader(opened)
            ids = [each.get("locality") or each["id"] for each in rows]
            whole = [each for each in ids if each.startswith(WARD)]
        added = file.name == "localities.csv"  # the city, by its id alone
        assert len(found[file.name]) == len(whole) + added, file.name


def results(
    pack: Pack, facts: Facts, question: Question, locality: str | None = None
) -> dict[str, LocalityResult]:
    """Return how all localities came out, or one and those below it, by their ids."""
    judged = judge_localities(pack, facts, question.as_of)
    if locality is not None:
        judged = judged_within(judged, locality)
    return {each.id: each for each in assessment_from_judged(judged).localities}


def same_below(pack: Pack, facts: Facts, question: Question, locality: str) -> None:
    """Hold what is said of a locality and those below it to what is said of all."""
    whole = results(pack, facts, question)
    parts = facts_enclosed(facts, pack.vocabulary, locality)
    again = facts_from_parts(parts, pack.vocabulary)
    assert facts_enclosed(again, pack.vocabulary, locality) == parts
    for each in results(pack, again, question, locality).values():
        assert each == whole[each.id]


@pytest.mark.parametrize("at", range(0, 80, 7))
def test_what_is_enclosed_leads_to_the_verdicts_of_the_whole(at: int) -> None:
    judged = review()
    ids = judged.frame.get_column("id").to_list()
    question = Question({}, {}, {}, judged.as_of)
    same_below(judged.pack, judged.facts, question, ids[at])


@settings(max_examples=40, phases=QUICKLY)
@given(questions(), st.data())
def test_so_it_is_for_whatever_rules_and_facts(
    question: Question, data: st.DataObject
) -> None:
    pack = read_pack(question.vocabulary, question.pack)
    facts = read_facts(pack, question.vocabulary, question.facts)
    ids = [each["id"] for each in question.facts["localities"]]
    same_below(pack, facts, question, data.draw(st.sampled_from(ids)))


VOCABULARY = {
    "vocabulary": 1,
    "registers": {
        "localities": {"fields": {"size": {"type": "number"}, "told": {"type": "text"}}},
        "homes": {
            "fields": {
                "signed": {"type": "yes_no"},
                "on": {"type": "date"},
                "words": {"type": "text"},
            }
        },
    },
    "counts": {"homes": {"in": "homes"}},
}  # fmt: skip
RULES = {
    "pack": "p", "title": "P", "issuer": "I", "levels": ["hamlet"],
    "criteria": [{"id": "C1", "requires": {"none": "homes"}}],
}  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\",;'=é"))  # fmt: skip


@settings(max_examples=60)
@given(
    told=TEXTS,
    size=st.integers(-(10**15) + 1, 10**15 - 1),
    places=st.integers(0, 9),
    day=st.dates(),
    signed=st.none() | st.booleans(),
)
def test_what_is_written_is_read_back_as_it_was(
    told: str, size: int, places: int, day: object, signed: bool | None
) -> None:
    pack = read_pack(VOCABULARY, RULES)
    number = f"{size / 10**places:.{places}f}"
    number = number if len(re.sub(r"[-.]", "", number).lstrip("0")) <= 15 else "0"
    facts = read_facts(
        pack,
        VOCABULARY,
        {
            "localities": [
                {"id": "A", "level": "hamlet", "size": number, "told": told},
            ],
            "homes": [{"locality": "A", "signed": signed, "on": day, "words": told}],
            "inspections": [],
        },
    )
    parts = facts_enclosed(facts, pack.vocabulary, "A")
    again = facts_from_parts(parts, pack.vocabulary)
    pairs = zip(
        (facts.localities, facts.registers["homes"]),
        (again.localities, again.registers["homes"]),
        strict=True,
    )
    for one, other in pairs:
        frames = (each.frame.collect().to_native() for each in (one, other))
        first, second = (each.sort("row") for each in frames)
        names = sorted(first.columns)
        assert second.select(names).rows() == first.select(names).rows()


def test_the_manifest_says_from_which_facts_they_were_taken() -> None:
    asked = run("assess", EXAMPLE, *PACK, *DAY, "--format", "json")
    whole = json.loads(asked.out)["facts"]["sha256"]
    manifest = dossier().manifest
    assert manifest.taken_from == whole
    assert manifest.facts_sha256 != whole
    assert json.loads(dossier().parts[ASSESSMENT])["facts"] == {
        "sha256": manifest.facts_sha256
    }
    public = dossier("--public").manifest
    assert public.facts_sha256 == public.taken_from == whole


def test_one_wards_dossier_does_not_change_with_anothers_facts(tmp_path: Path) -> None:
    """But for the digest of all in its manifest."""
    facts = tmp_path / "facts"
    facts.mkdir()
    for each in EXAMPLE.glob("*.csv"):
        lines = each.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(f"{OTHER}-")]
        assert len(kept) < len(lines) or each.name not in {"people.csv", "models.csv"}
        (facts / each.name).write_text("".join(kept), encoding="utf-8")
    assert make(tmp_path / "d.zip", facts=facts).code == 0
    found = verified((tmp_path / "d.zip").read_bytes(), "d.zip")
    own = {MANIFEST: dossier().parts[MANIFEST]}
    assert {**found.parts, **own} == dossier().parts
    assert found.manifest.taken_from != dossier().manifest.taken_from


def test_a_locality_that_is_not_there_is_told_with_the_nearest() -> None:
    judged = review()
    with pytest.raises(QuestionError, match="the nearest is '03389'"):
        facts_enclosed(judged.facts, judged.pack.vocabulary, "3389")


def test_what_is_wrong_is_told_of_the_files_that_were_named(tmp_path: Path) -> None:
    """And not of files that are laid out only while a dossier is made."""
    said = make(tmp_path / "d.zip", "--as-of", "2030-01-01")
    assert said.code == 2
    assert "lai-chau" in said.err
    assert "diaban-" not in said.err
