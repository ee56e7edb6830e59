"""Whoever follows the manual for policy staff encodes Điều 6 of Decision 28 as it is."""

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from engine.errors import RulesError
from engine.facts_from_files import facts_from_files
from engine.library import Library
from engine.pack import Pack
from engine.policy.schema.order import in_order
from engine.yaml_source.formatting import formatted
from tests.support.commands import run
from tests.support.engine_runner import Doc, answer

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "policy-staff.md"
FILE = re.compile(r"^```yaml\n(# (\S+\.yaml)\n.*?)^```$", re.MULTILINE | re.DOTALL)
COUNTS = (
    "drug_users_residing",
    "drug_users_exempt",
    "violators_residing_in_year",
    "fugitives_hiding",
    "use_points_or_suspected",
)
"""The manual names them as the bundled pack does, so that both read the same facts."""
DESK = ("check", "diff", "explain", "fmt", "impact", "prove", "show", "test")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the files of the first chapter, with nothing but what stands in it."""
    folder = tmp_path_factory.mktemp("manual")
    for text, name in FILE.findall(MANUAL.read_text(encoding="utf-8")):
        if name.startswith("decision-28/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder / "decision-28"


def outcomes(pack: Pack, facts: Path) -> list[Doc]:
    told = answer(pack, facts_from_files(facts, pack.vocabulary), date(2025, 12, 14))
    return [
        {
            each["id"]: each["outcome"]
            for each in one["criteria"]
            if each["id"] in {"F1", "F2", "F3"}
        }
        for one in told["localities"]
    ]


def test_what_the_manual_encodes_judges_as_the_pack_that_comes_along(
    rules: Path, tmp_path: Path
) -> None:
    """Of all communes with none, one, two or nobody knows how many of anything."""
    rows = [
        f"  - {{id: L{number}, level: commune, "
        + ", ".join(
            f"{name}: {value}" for name, value in zip(COUNTS, values, strict=True)
        )
        + "}"
        for number, values in enumerate(product((0, 1, 2, "~"), repeat=len(COUNTS)))
    ]
    facts = tmp_path / "facts.yaml"
    facts.write_text("\n".join(["localities:", *rows, ""]), encoding="utf-8")
    manual = outcomes(Library(rules).find("national/article-6"), facts)
    bundled = outcomes(Library(ROOT / "rules").find("national/qd-28-2025"), facts)
    assert len(manual) == 4 ** len(COUNTS)
    assert manual == bundled


def test_its_cases_are_green_and_hold_all_of_it_fast(rules: Path) -> None:
    said = run("rules", "test", "--rules", rules, "--threshold", "100", "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert "9 cases, all passed" in said.out


def test_its_cases_find_a_slip_in_any_of_its_checks(
    rules: Path, tmp_path: Path
) -> None:
    """A check that is turned about is noticed; so the cases are no decoration."""
    pack = rules / "national" / "article-6.yaml"
    good = pack.read_text(encoding="utf-8")
    slips = [
        good.replace(f"none: {name}", f"at_most: 1, of: {name}") for name in COUNTS[2:]
    ]
    slips.append(
        good.replace(
            "is: drug_users_exempt", "is: drug_users_exempt, if_empty: unknown"
        )
    )
    slips.append(good.replace("every: drug_users_residing", "every: drug_users"))
    try:
        for slip in slips:
            assert slip != good
            pack.write_text(slip, encoding="utf-8")
            assert run("rules", "test", "--rules", rules).code == 1
    finally:
        pack.write_text(good, encoding="utf-8")


def test_its_files_are_in_order_and_nothing_is_to_be_said_against_them(
    rules: Path,
) -> None:
    assert run("rules", "check", "--rules", rules).code == 0
    assert run("rules", "fmt", "--rules", rules, "--check").code == 0


def test_all_yaml_in_the_manual_can_be_read() -> None:
    for text, name in FILE.findall(MANUAL.read_text(encoding="utf-8")):
        try:
            formatted(text.encode(), name, in_order)
        except RulesError as error:
            pytest.fail(f"{name}: {error}")


def test_the_manual_shows_every_command_of_the_desk() -> None:
    shown = MANUAL.read_text(encoding="utf-8")
    assert [name for name in DESK if f"$ diaban rules {name}" not in shown] == []
    assert "$ diaban compare" in shown
