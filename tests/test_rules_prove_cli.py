"""`diaban rules prove`: what is said of a proof, and how it ends."""

import json
import sys
from functools import partial
from pathlib import Path

import pytest

from engine.policy.properties_from_pack import properties_from_pack
from tests.support.bundled import FOLDERS, LAI_CHAU, QD_28
from tests.support.commands import RULES, Said, rules_with, run
from tests.support.proving import SOUND, VOCABULARY

OVERLAPPING = ("at_least: 5", "at_least: 4")
PROVED = "✓"


def folder_of(folder: Path, *changes: tuple[str, str], name: str = "sound") -> Path:
    """Write the sound pack, with texts changed, into a folder of rules."""
    text = SOUND.replace("demo/sound", f"demo/{name}")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    folder.mkdir(exist_ok=True)
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def prove(folder: Path, *options: object, pack: str = "demo/sound") -> Said:
    return run("rules", "prove", pack, "--rules", folder, *options)


def test_what_is_proved_whole_ends_with_0(tmp_path: Path) -> None:
    said = prove(folder_of(tmp_path))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("demo/sound: 8 of 8 properties are proved\n")
    assert said.out.count(PROVED) == 8
    assert "judged by the engine" in said.out.replace("\n", " ")


def test_what_fails_ends_with_1_and_shows_a_locality(tmp_path: Path) -> None:
    said = prove(folder_of(tmp_path, OVERLAPPING))
    assert said.code == 1
    assert said.out.startswith("demo/sound: 7 of 8 properties are proved\n")
    assert "✗ Bands of one number neither overlap nor leave a gap.\n" in said.out
    assert "  - The bands of few and many overlap: points.\n" in said.out
    assert "points 4" in said.out


def test_a_check_under_a_not_that_is_punished_is_told_to_become_false(
    tmp_path: Path,
) -> None:
    folder = folder_of(
        tmp_path,
        ("{id: C4a, holds: kept}", "{not: {id: C4a, holds: kept}}"),
        ("verdicts:\n", "verdicts:\n  - {verdict: refused, when: C4}\n"),
    )
    said = prove(folder).out
    assert "C4a (kept) becomes false, as a `not` demands, no other check" in said
    assert "becomes true" not in said


def test_what_is_not_decided_ends_with_4_and_is_not_called_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short = partial(properties_from_pack, effort=1)
    monkeypatch.setattr(
        "engine.policy.properties_from_pack.properties_from_pack", cut_short
    )
    said = prove(folder_of(tmp_path))
    assert said.code == 4
    assert said.out.startswith("demo/sound: 0 of 8 properties are proved\n")
    assert PROVED not in said.out
    assert "not decided: C1" in said.out


def test_a_list_without_an_end_ends_with_3(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, ("  - {verdict: rest, when: always}\n", ""))
    said = prove(folder)
    assert (said.code, said.out) == (3, "")


def test_lai_chau_is_proved() -> None:
    said = run("rules", "prove", LAI_CHAU)
    assert said.code == 0
    assert said.out.startswith(f"{LAI_CHAU}: 6 of 6 properties are proved\n")


def test_the_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, OVERLAPPING)
    one, other = (prove(folder, "--format", "json") for _ in range(2))
    assert one == other


def test_json_holds_what_was_asked_and_found(tmp_path: Path) -> None:
    said = prove(folder_of(tmp_path, OVERLAPPING), "--format", "json")
    told = json.loads(said.out)
    standings = {each["property"]: each["standing"] for each in told["properties"]}
    assert standings == {
        **dict.fromkeys(
            ("ends", "verdicts", "criteria", "pairs", "monotone", "overlaps", "gaps"),
            "holds",
        ),
        "bands": "fails",
    }
    (bands,) = (each for each in told["properties"] if each["property"] == "bands")
    (found,) = bands["findings"]
    assert (found["kind"], found["about"]) == (
        "bands_overlap",
        ["few", "many", "points"],
    )
    (witness,) = found["witnesses"]
    assert witness["counts"]["points"] == 4
    assert (witness["criteria"]["few"], witness["criteria"]["many"]) == ("met", "met")


def test_what_is_recorded_is_a_file_of_cases_that_pass(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules")
    cases = rules / "demo" / "plan.tests.yaml"
    said = run("rules", "prove", "demo/plan", "--rules", rules, "--record", cases)
    assert said.err == ""
    tested = run("rules", "test", "demo/plan", "--rules", rules)
    assert tested.code == 0
    assert "all passed" in tested.out


def test_a_file_that_exists_is_not_recorded_over(tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text("cases of somebody", encoding="utf-8")
    said = prove(folder_of(tmp_path), "--record", kept)
    assert said.code == 2
    assert "exists already" in said.err
    assert kept.read_text(encoding="utf-8") == "cases of somebody"


def test_the_order_may_be_said_to_decide(tmp_path: Path) -> None:
    rest = "  - {verdict: rest, when: always}\n"
    folder = folder_of(tmp_path, (rest, "  - {verdict: risky, when: few}\n" + rest))
    assert prove(folder).code == 1
    assert prove(folder, "--order-decides").code == 0


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("sound", "lax", "demo/sound is stricter than demo/lax.\n"),
        ("lax", "sound", "demo/sound is stricter than demo/lax.\n"),
        ("sound", "sound", "The same localities pass demo/sound and demo/sound.\n"),
    ],
)
def test_the_stricter_of_two_packs_is_named(
    tmp_path: Path, first: str, second: str, told: str
) -> None:
    folder_of(tmp_path)
    folder_of(tmp_path, ("{all: [C1, C2]}", "C1"), name="lax")
    said = prove(tmp_path, "--against", f"demo/{second}", pack=f"demo/{first}")
    assert said.code == 0
    assert said.out.startswith(told)
    assert "The same in both: " in said.out
    assert "free to be anything" not in said.out


def test_two_packs_that_ask_for_other_things_are_compared_honestly() -> None:
    other = FOLDERS[QD_28] / f"{QD_28}.yaml"
    said = run("rules", "prove", LAI_CHAU, "--against", other)
    assert said.code == 1
    assert said.out.startswith(f"Neither of {LAI_CHAU} and {QD_28} is stricter")
    assert "No count and no field of the two means the same.\n" in said.out
    assert "levels that both judge: commune." in said.out
    as_json = run("rules", "prove", LAI_CHAU, "--against", other, "--format", "json")
    told = json.loads(as_json.out)
    assert (told["shared"], told["levels"]) == ([], ["commune"])
    for way, verdicts in (
        ("first_in_second", ["eligible", "unclassified"]),
        ("second_in_first", ["drug_free", "not_eligible"]),
    ):
        (found,) = told[way]["findings"]
        assert [each["verdict"] for each in found["witnesses"]] == verdicts


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--against", "demo/nobody"], "demo/nobody"),
        (["--against", "demo/sound", "--record", "new.yaml"], "leave out --against"),
        (["--against", "demo/other"], "no level in common"),
    ],
)
def test_a_question_that_cannot_be_asked_ends_with_2(
    tmp_path: Path, options: list[str], told: str
) -> None:
    folder_of(tmp_path)
    levels = ("[hamlet, commune]", "[district]"), ("levels: [commune], ", "")
    folder_of(tmp_path, *levels, name="other")
    said = prove(tmp_path, *options)
    assert (said.code, said.out) == (2, "")
    assert told in " ".join(said.err.split())


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [each for each in sys.modules if "properties_from_pack" in each]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    said = run("rules", "prove", "demo/plan", "--rules", RULES)
    assert said.code == 2
    assert "pip install 'diaban[policy]'" in said.err
