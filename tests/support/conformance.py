"""Conformance cases: how tests/conformance/*.yaml are written, read and filled out.

A file is a feature. `section` says which part of LANGUAGE.md it covers, `given` holds
what its cases share, and each case is a `name` in a sentence, what differs from `given`,
and exactly one expectation. Whatever a case leaves out is the smallest thing that works:
one hamlet `A`, a pack with one criterion `C`, the day 2025-03-14.

    registers, counts   parts of the vocabulary, added to those given
    vocabulary          its other keys
    check | requires | criteria   what is asked; a `check` is C's only one
    pack                the pack's other keys
    facts               tables; a row without a `locality` belongs to the first one
    typed               numbers in the first locality's own row
    values              {X: [lo, hi]}: a count X that has this interval at A (hi may be
                        null where lo is 0: not surveyed)
    vocabulary_text, pack_text, files     the same as they stand in files, byte by byte
    at                  the locality that the expectation is about (the first one)
    expect              one of LOOKS (what §7 says there), or <kind>_error: a code that
                        the refusal must carry (engine only)
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.support import plain_yaml
from tests.support.plain_facts import typed

Doc = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "conformance"
VOCABULARY_KEYS = {"registers", "counts", "vocabulary", "vocabulary_text"}
ASKED = {"check", "requires", "criteria"}
FACTS_KEYS = {"facts", "typed", "values", "files"}
CASE_KEYS = VOCABULARY_KEYS | ASKED | FACTS_KEYS
CASE_KEYS |= {"name", "pack", "pack_text", "as_of", "at", "expect"}
ERRORS = ("rules_error", "facts_error", "question_error")


@dataclass(frozen=True, slots=True)
class Case:
    """One question and the one thing that its answer must say."""

    name: str
    vocabulary: str | Doc
    pack: str | Doc
    facts: Doc
    files: Doc | None
    as_of: date
    at: str
    want: str
    expected: Any

    @property
    def is_refused(self) -> bool:
        """Whether there is to be an error instead of an answer."""
        return self.want in ERRORS

    def plainly(self) -> tuple[Doc, Doc, Doc]:
        """Return the vocabulary, the pack and the facts as the reference takes them."""
        vocabulary = self.vocabulary
        if isinstance(vocabulary, str):
            vocabulary = plain_yaml.load(vocabulary)
        pack = plain_yaml.load(self.pack) if isinstance(self.pack, str) else self.pack
        return vocabulary, pack, typed(vocabulary, self.facts)


def cases() -> dict[str, Case]:
    """Return every case by the name of its file and its own."""
    found: dict[str, Case] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        document = plain_yaml.load_file(file)
        if document.keys() - {"given"} != {"section", "cases"}:
            message = f"{file.name} must have a section and cases"
            raise ValueError(message)
        for written in document["cases"]:
            name = f"{file.stem}: {written['name']}"
            if name in found:
                message = f"two cases are called {name!r}"
                raise ValueError(message)
            found[name] = _case(name, document.get("given") or {}, written)
    return found


def _case(name: str, given: Doc, written: Doc) -> Case:
    if strange := (given.keys() | written.keys()) - CASE_KEYS:
        message = f"{name}: unknown keys {sorted(strange)}"
        raise ValueError(message)
    ((want, expected),) = written["expect"].items()
    if written.keys() & ASKED:
        given = {key: value for key, value in given.items() if key not in ASKED}
    merged = {**given, **written}
    for key in ("registers", "counts", "vocabulary", "pack", "facts", "values"):
        merged[key] = {**(given.get(key) or {}), **(written.get(key) or {})}
    facts = _facts(merged)
    return Case(
        name=name,
        vocabulary=merged.get("vocabulary_text") or _vocabulary(merged),
        pack=merged.get("pack_text") or _pack(merged),
        facts=facts,
        files=merged.get("files"),
        as_of=merged.get("as_of", date(2025, 3, 14)),
        at=merged.get("at", facts["localities"][0]["id"]),
        want=want,
        expected=expected,
    )


def _vocabulary(merged: Doc) -> Doc:
    registers, counts = merged["registers"], merged["counts"]
    for count in merged["values"]:
        registers[f"rows_of_{count}"] = {"fields": {"counted": "yes_no"}}
        counts.setdefault(count, {"in": f"rows_of_{count}", "where": {"counted": True}})
    document: Doc = {"vocabulary": 1, "registers": registers, "counts": counts}
    return {**document, **merged["vocabulary"]}


def _pack(merged: Doc) -> Doc:
    requires = merged.get("check") or merged.get("requires") or "always"
    criteria = merged.get("criteria") or [{"id": "C", "requires": requires}]
    document = {"pack": "test/one", "levels": ["hamlet"], "criteria": criteria}
    return {**document, **merged["pack"]}


def _facts(merged: Doc) -> Doc:
    facts = {
        table: [dict(row) for row in rows] for table, rows in merged["facts"].items()
    }
    localities = facts.setdefault("localities", [{"id": "A", "level": "hamlet"}])
    localities[0].update(merged.get("typed") or {})
    for count, (lo, hi) in merged["values"].items():
        if hi is not None:
            surely, maybe = {"counted": True, "n": lo}, {"counted": None, "n": hi - lo}
            facts[f"rows_of_{count}"] = [surely, maybe]
    for row in facts.get("inspections", []):
        row.update({"on": date(2025, 1, 2), "by": "Tổ 1", "document": "BB 7"} | row)
    for table, rows in facts.items():
        for row in rows:
            if table != "localities":
                row.setdefault("locality", localities[0]["id"])
    return facts
