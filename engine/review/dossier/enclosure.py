"""The rules and the facts that a dossier encloses, and the judgement of them anew."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from engine.assess import judge_localities
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.json_from_judged import json_from_judged
from engine.judged import Judged
from engine.library import Library
from engine.pack import Pack
from engine.proof_from_judged import refuse_unknown
from engine.review.dossier.csv_from_facts import csv_from_facts
from engine.source import Place
from engine.tree import beneath
from engine.vocabulary import Vocabulary

FACTS: Final = "facts"
RULES: Final = "rules"
_PACK: Final = f"{RULES}/pack.yaml"
_VOCABULARY: Final = f"{RULES}/vocabulary.yaml"


def rules_enclosed(pack: Pack) -> dict[str, bytes]:
    """Return a pack and its vocabulary as parts, as they were read."""
    text = Path(pack.place.file).read_bytes()
    return {_PACK: text, _VOCABULARY: pack.vocabulary.source}


def facts_enclosed(
    facts: Facts, vocabulary: Vocabulary, locality: str
) -> dict[str, bytes]:
    """Return what facts say of a locality and of those below it, as parts.

    Nothing is said of any other, but the id and the level of the one above: another
    ward's register of people concerns nobody who reads this one's dossier.

    Raises:
        QuestionError: there is no such locality.
    """
    tree = facts.localities.frame.select("id", "parent").collect()
    refuse_unknown(
        locality, tree.get_column("id").to_list(), Place(facts.localities.file)
    )
    inside = beneath((locality,), tree.iter_rows())
    written = csv_from_facts(facts, vocabulary, inside)
    return {f"{FACTS}/{name}.csv": data for name, data in written.items()}


def judged_within(judged: Judged, locality: str) -> Judged:
    """Return the verdicts on a locality and on those below it, down to the last."""
    inside = beneath((locality,), judged.frame.select("id", "parent").iter_rows())
    return judged.among(pl.col("id").is_in(inside))


def assessment_written(judged: Judged) -> bytes:
    """Return the answer as a dossier holds it: LANGUAGE §7."""
    return b"".join(json_from_judged(judged))


def rules_from_parts(parts: Mapping[str, bytes]) -> Pack:
    """Read the rules that parts enclose.

    Raises:
        RulesError: they are not valid.
    """
    with _unpacked(parts, RULES) as folder:
        return Library(folder / RULES).pack_at(folder / _PACK)


def facts_from_parts(parts: Mapping[str, bytes], vocabulary: Vocabulary) -> Facts:
    """Read the facts that parts enclose.

    Raises:
        FactsError: they are not valid.
    """
    with _unpacked(parts, FACTS) as folder:
        return facts_from_files(folder / FACTS, vocabulary)


def judged_anew(
    parts: Mapping[str, bytes], locality: str, as_of: date, *, outside_force: bool
) -> Judged:
    """Judge the facts that parts enclose by the rules that they enclose.

    Raises:
        EngineError: they cannot be read or judged.
    """
    pack = rules_from_parts(parts)
    facts = facts_from_parts(parts, pack.vocabulary)
    judged = judge_localities(pack, facts, as_of, outside_force=outside_force)
    return judged_within(judged, locality)


@contextmanager
def _unpacked(parts: Mapping[str, bytes], below: str) -> Iterator[Path]:
    """Lay the parts below a name out as files meanwhile."""
    with TemporaryDirectory(prefix="diaban-") as name:
        folder = Path(name)
        (folder / below).mkdir()
        for part, data in parts.items():
            if part.startswith(f"{below}/"):
                file = folder / part
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        yield folder
