"""`rules test --record` turns a locality into a case that passes and names nobody."""

from pathlib import Path

import pytest

from tests.support.commands import FACTS, IN_FORCE, ROOT, facts_with, rules_with, run

PACK = ROOT / "rules" / "lai-chau" / "city-2024.yaml"
EXAMPLE = ROOT / "examples" / "lai-chau"
HEAD = "cases_of: demo/plan\nlocality: {board: yes, plots: 7}\ncases:\n"


def recorded(facts: Path, locality: str, *options: str) -> str:
    said = run(
        "rules", "test", PACK, "--record", facts, "--locality", locality, *options
    )
    assert (said.code, said.err) == (0, "")
    return said.out


@pytest.mark.parametrize("locality", ["03389-02", "03386-01", "03389-05", "03409-03"])
def test_a_recorded_case_passes_and_names_nobody(locality: str, tmp_path: Path) -> None:
    case = recorded(EXAMPLE, locality, "--as-of", "2024-03-31")
    for name in ("localities", "people", "households"):
        words = (EXAMPLE / f"{name}.csv").read_text(encoding="utf-8")
        assert locality in words or name != "localities"
    assert locality not in case
    assert "Tổ dân phố" not in case
    rules = tmp_path / "rules"
    (rules / "lai-chau").mkdir(parents=True)
    for file in ("vocabulary.yaml", "lai-chau/city-2024.yaml"):
        text = (ROOT / "rules" / file).read_text(encoding="utf-8")
        (rules / file).write_text(text, encoding="utf-8")
    cases = f"cases_of: lai-chau/city-2024\ncases:\n{case}"
    (rules / "lai-chau" / "city-2024.tests.yaml").write_text(cases, encoding="utf-8")
    said = run("rules", "test", "--rules", rules)
    assert said.out.startswith("lai-chau/city-2024: 1 case, all passed")


def test_what_is_blank_is_not_filled_in_by_the_common_locality(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules")
    asked = ("rules", "test", "demo/plan", "--rules", rules, "--record", FACTS)
    said = run(*asked, "--locality", "X3", *IN_FORCE, "--case", "what X3 was")
    assert "      plots: ~\n" in said.out or "plots: ~" in said.out
    tests = rules / "demo" / "plan.tests.yaml"
    tests.write_text(HEAD + said.out, encoding="utf-8")
    assert "all passed" in run("rules", "test", "--rules", rules).out


def test_a_number_known_in_part_is_written_as_not_known_and_that_is_said(
    tmp_path: Path,
) -> None:
    rules = rules_with(tmp_path / "rules")
    rows = "locality,signed,n\nX1,yes,40\nX1,no,1\nX1,,2\n"
    facts = facts_with(tmp_path / "facts", households=rows)
    asked = ("rules", "test", "demo/plan", "--rules", rules, "--record", facts)
    said = run(*asked, "--locality", "X1", *IN_FORCE)
    assert "households: 43" in said.out
    assert "households_signed: ~" in said.out
    assert "verdict: undetermined" in said.out
    assert "itself is not_eligible, not undetermined" in said.err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--locality", "X"), 2, "other localities lie below 'X'"),
        (("--locality", "X9"), 2, "there is no locality 'X9'"),
        ((), 2, "--record needs one PACK"),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    options: tuple[str, ...], code: int, words: str, tmp_path: Path
) -> None:
    rules = rules_with(tmp_path / "rules")
    asked = ("rules", "test", "demo/plan", "--rules", rules, "--record", FACTS)
    said = run(*asked, *IN_FORCE, *options)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
