"""The packs that come along, and Decision 28 of the tests, read once."""

from functools import cache
from pathlib import Path
from typing import Any

from engine.pack import Pack
from tests.support import plain_yaml
from tests.support.engine_runner import read_pack

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
PACKS = ROOT / "tests" / "packs"
EXAMPLE = ROOT / "examples" / "lai-chau"

LAI_CHAU = "lai-chau/city-2024"
QD_28 = "national/qd-28-2025"
FOLDERS = {LAI_CHAU: RULES, QD_28: PACKS / "qd-28"}
"""The folder of rules that a pack stands in."""


@cache
def pack_of(name: str) -> Pack:
    """Return a pack by its id."""
    folder = FOLDERS[name]
    vocabulary = (folder / "vocabulary.yaml").read_text(encoding="utf-8")
    return read_pack(vocabulary, (folder / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def documents_of(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a pack's vocabulary and the pack as documents, for the reference."""
    folder = FOLDERS[name]
    vocabulary = plain_yaml.load_file(folder / "vocabulary.yaml")
    return vocabulary, plain_yaml.load_file(folder / f"{name}.yaml")
