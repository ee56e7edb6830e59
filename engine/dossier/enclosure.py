"""The rules and the facts that a dossier encloses, and the judgement of them anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from engine.assess import judge_localities
from engine.facts_from_files import facts_from_files
from engine.json_from_judged import json_from_judged
from engine.judged import Judged
from engine.library import Library
from engine.pack import Pack

FACTS: Final = "facts"
RULES: Final = "rules"
_PACK: Final = f"{RULES}/pack.yaml"
_VOCABULARY: Final = f"{RULES}/vocabulary.yaml"
_TABLES: Final = (".csv", ".parquet")
_HIDDEN: Final = (".", "~")


def rules_enclosed(pack: Pack) -> dict[str, bytes]:
    """Return a pack and its vocabulary as parts, as they were read."""
    text = Path(pack.place.file).read_bytes()
    return {_PACK: text, _VOCABULARY: pack.vocabulary.source}


def facts_enclosed(path: Path) -> dict[str, bytes]:
    """Return the files of facts as parts: the tables of a folder, or the one file."""
    if path.is_file():
        return {f"{FACTS}/{FACTS}{path.suffix.lower()}": path.read_bytes()}
    return {
        f"{FACTS}/{each.name}": each.read_bytes()
        for each in sorted(path.iterdir())
        if each.suffix.lower() in _TABLES
        and not each.name.startswith(_HIDDEN)
        and each.is_file()
    }


def judged_within(judged: Judged, locality: str) -> Judged:
    """Return the verdicts on a locality and on those below it, down to the last."""
    below: dict[str, list[str]] = {}
    for each, parent in judged.frame.select("id", "parent").iter_rows():
        below.setdefault(parent, []).append(each)
    inside = [locality]
    for each in inside:  # it grows while it is gone through
        inside.extend(below.get(each, ()))
    return replace(judged, frame=judged.frame.filter(pl.col("id").is_in(inside)))


def assessment_written(judged: Judged) -> bytes:
    """Return the answer as a dossier holds it: LANGUAGE §7."""
    return "".join(json_from_judged(judged)).encode()


def judged_anew(
    parts: Mapping[str, bytes], locality: str, as_of: date, *, outside_force: bool
) -> Judged:
    """Judge the facts that parts enclose by the rules that they enclose.

    Raises:
        EngineError: they cannot be read or judged.
    """
    with TemporaryDirectory(prefix="diaban-") as name:
        folder = Path(name)
        for part, data in parts.items():
            if part.startswith((f"{FACTS}/", f"{RULES}/")):
                file = folder / part
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        pack = Library(folder / RULES).pack_at(folder / _PACK)
        facts = facts_from_files(_where(folder / FACTS), pack.vocabulary)
        judged = judge_localities(pack, facts, as_of, outside_force=outside_force)
        return judged_within(judged, locality)


def _where(folder: Path) -> Path:
    files = list(folder.iterdir()) if folder.is_dir() else []
    alone = len(files) == 1 and files[0].suffix.lower() not in _TABLES
    return files[0] if alone else folder
