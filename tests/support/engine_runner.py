"""The engine asked as a caller would: texts and files in, LANGUAGE §7's answer out."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from engine.assess import judge_localities
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.json_from_judged import json_from_judged
from engine.pack import Pack
from engine.rules_from_yaml import pack_from_yaml, vocabulary_from_yaml
from tests.support.files import WRITERS, write_texts, yaml_text

Doc = dict[str, Any]


def read_pack(vocabulary: str | Doc, pack: str | Doc) -> Pack:
    """Read the rules, from their texts or from documents that are written out first."""
    known = vocabulary_from_yaml(_text(vocabulary), "vocabulary.yaml")
    return pack_from_yaml(_text(pack), "pack.yaml", known)


@contextmanager
def tables_as_files(
    pack: Pack, vocabulary: Doc, facts: Doc, form: str
) -> Iterator[Facts]:
    """Write the tables in that form and read them as the engine does.

    The files stay until the end of the block, for a Parquet file is read when asked for.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = WRITERS[form](Path(folder) / "facts", facts, vocabulary)
        yield facts_from_files(path, pack.vocabulary)


def read_facts(pack: Pack, vocabulary: Doc, facts: Doc) -> Facts:
    """Read the tables from CSV files, which are not needed afterwards."""
    with tables_as_files(pack, vocabulary, facts, "csv") as read:
        return read


@contextmanager
def texts_as_files(pack: Pack, files: Doc) -> Iterator[Facts]:
    """Write these files into a folder and read it as the engine does."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_texts(Path(folder) / "facts", files)
        yield facts_from_files(path, pack.vocabulary)


def json_of(pack: Pack, facts: Facts, as_of: date) -> str:
    """Return the answer's bytes, as text."""
    return b"".join(json_from_judged(judge_localities(pack, facts, as_of))).decode()


def answer(pack: Pack, facts: Facts, as_of: date) -> Doc:
    """Return the answer as a reader of the JSON has it."""
    told: Doc = json.loads(json_of(pack, facts, as_of))
    return told


def engine_answer(
    vocabulary: Doc, pack: Doc, facts: Doc, as_of: date, form: str = "csv"
) -> Doc:
    """Ask the engine what `tests.reference.evaluate` is asked."""
    rules = read_pack(vocabulary, pack)
    with tables_as_files(rules, vocabulary, facts, form) as read:
        return answer(rules, read, as_of)


def compared(told: Doc) -> Doc:
    """Return what two evaluators must agree on, in one spelling.

    The order of conflicts, of the counts in one and of what is possible says nothing; a
    verdict that a summary does not list was given to nobody.
    """
    return {
        "summary": {
            level: {verdict: n for verdict, n in verdicts.items() if n}
            for level, verdicts in told["summary"].items()
            if any(verdicts.values())
        },
        "localities": [
            {
                "id": one["id"],
                "level": one["level"],
                "verdict": one["verdict"],
                "possible": sorted(one["possible"]),
                "criteria": [_criterion(criterion) for criterion in one["criteria"]],
                "conflicts": sorted(
                    (conflict["kind"], sorted(conflict["counts"]))
                    for conflict in one["conflicts"]
                ),
            }
            for one in told["localities"]
        ],
    }


def _criterion(one: Doc) -> Doc:
    checks = [{"exceptions": None, **check} for check in one["checks"]]
    return {"id": one["id"], "outcome": one["outcome"], "checks": checks}


def _text(rules: str | Doc) -> bytes:
    return (rules if isinstance(rules, str) else yaml_text(rules)).encode()
