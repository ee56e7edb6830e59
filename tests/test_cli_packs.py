"""The rules that come along are listed, for people and for programs."""

import json
from pathlib import Path

from cli.plain import cells
from cli.tables import WIDTH
from tests.support.commands import RULES, rules_with, run


def test_what_comes_along_is_listed() -> None:
    said = run("packs")
    assert (said.code, said.err) == (0, "")
    assert "lai-chau/city-2024" in said.out
    assert "People's Committee of Lai Châu city" in said.out
    assert "in force from 2024-01-01 to 2025-11-30" in said.out
    assert "hamlet; commune; district" in said.out
    assert all(cells(line) <= WIDTH for line in said.out.splitlines())


def test_a_list_for_programs_has_both_languages() -> None:
    listed = json.loads(run("packs", "--rules", RULES, "--format", "json").out)
    kinds, plan = listed["packs"]
    assert kinds["in_force"] == {"from": None, "to": None}
    assert len(plan.pop("sha256")) == 64
    assert plan == {
        "id": "demo/plan",
        "title": {"vi": "Kế hoạch thử", "en": "A plan to try"},
        "issuer": {"vi": "UBND xã Thử", "en": "People's Committee of Thử"},
        "in_force": {"from": "2024-01-01", "to": "2024-12-31"},
        "levels": ["hamlet", "commune"],
    }


def test_an_invalid_pack_is_told_and_nothing_is_listed(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "r", plan=("{none: plots}", "{none: plotz}"))
    said = run("packs", "--rules", rules)
    assert (said.code, said.out) == (3, "")
    assert "did you mean 'plots'?" in said.err


def test_a_folder_without_packs_says_so(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text("vocabulary: 1\n", encoding="utf-8")
    said = run("packs", "--rules", tmp_path)
    assert (said.code, said.out) == (0, "There are no rule packs here.\n")
