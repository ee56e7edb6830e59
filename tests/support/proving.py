"""Proofs asked of packs in texts, and their witnesses held to the plain reference."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.pack import Pack
from engine.policy.properties_from_pack import properties_from_pack
from engine.policy.property import Finding, Kind, Property, Topic, Witness
from tests.reference import evaluate
from tests.support import plain_yaml
from tests.support.engine_runner import read_pack
from tests.support.plain_facts import kind_of

Doc = dict[str, Any]

VOCABULARY = """
vocabulary: 1
registers:
  localities: {fields: {board: yes_no, kept: assessed, target: count}}
counts:
  residents: {}
  users: {}
  filed: {within: users}
  dealers: {}
  points: {}
  hamlets: {in: localities, where: {level: hamlet}}
  hamlets_with_board: {within: hamlets, where: {board: yes}}
  hamlets_without_board: {within: hamlets, where: {not: {board: yes}}}
"""

SOUND = """
pack: demo/sound
levels: [hamlet, commune]
in_force: {from: 2025-01-01, to: 2025-12-31}
criteria:
  - {id: C1, requires: {id: C1a, none: dealers}}
  - {id: C2, requires: {id: C2a, every: users, is: filed}}
  - {id: C3, requires: {id: C3a, every: hamlets, is: hamlets_with_board}}
  - {id: C4, levels: [commune], requires: {id: C4a, holds: kept}}
  - {id: low, requires: {share: users, of: residents, less_than: 0.5%}}
  - {id: middle, requires: {share: users, of: residents, at_least: 0.5%, less_than: 2%}}
  - {id: high, requires: {share: users, of: residents, at_least: 2%}}
  - {id: few, requires: {of: points, at_least: 1, at_most: 4}}
  - {id: many, requires: {of: points, at_least: 5}}
verdicts:
  - {verdict: excellent, when: {all: [C1, C2, C3, C4]}, passes: yes}
  - {verdict: good, when: {all: [C1, C2]}, passes: yes}
  - {verdict: rest, when: always}
"""
"""Nothing is wrong with it: every property is asked of it, and proved."""


def pack_with(*changes: tuple[str, str]) -> tuple[Pack, Doc]:
    """Return the sound pack with texts changed, and as a document for the reference."""
    text = SOUND
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return read_pack(VOCABULARY, text), plain_yaml.load(text)


@cache
def vocabulary_document() -> Doc:
    document: Doc = plain_yaml.load(VOCABULARY)
    document["counts"] = {name: one or {} for name, one in document["counts"].items()}
    return document


@dataclass(frozen=True, slots=True)
class Proved:
    """What was proved of a pack, by what was asked."""

    by_topic: dict[Topic, Property]

    @property
    def faults(self) -> list[tuple[Kind, tuple[str, ...]]]:
        return [(each.kind, each.subjects) for each in self.found if _is_fault(each)]

    @property
    def found(self) -> list[Finding]:
        return [found for each in self.by_topic.values() for found in each.findings]

    @property
    def witnesses(self) -> list[Witness]:
        return [witness for found in self.found for witness in found.witnesses]


def proved(pack: Pack, *, order_decides: bool = False) -> Proved:
    answer = properties_from_pack(pack, order_decides=order_decides)
    return Proved({each.topic: each for each in answer})


def _is_fault(found: Finding) -> bool:
    return found.kind is not Kind.SEEN


def facts_of(witness: Witness, vocabulary: Doc) -> Doc:
    """Return a witness as tables for the reference."""
    row: Doc = {"id": "here", "level": witness.level, **witness.counts}
    fields = vocabulary["registers"]["localities"]["fields"]
    for name, value in witness.fields.items():
        row[name] = value
        if kind_of(fields[name]) == "assessed":
            row |= {f"{name}_by": "A", f"{name}_reason": "B"}
    below = [
        {"id": f"{level}{at}", "level": level, "parent": "here"}
        for level, number in witness.below.items()
        for at in range(number)
    ]
    return {"localities": [row, *below]}


def refuted(witness: Witness, vocabulary: Doc, pack: Doc) -> list[str]:
    """Return what the reference says differently of a witness."""
    facts = facts_of(witness, vocabulary)
    judged = evaluate(vocabulary, pack, facts, witness.as_of)["localities"][0]
    outcomes = {each["id"]: each["outcome"] for each in judged["criteria"]}
    claimed = {name: outcome.value for name, outcome in witness.outcomes.items()}
    wrong = [
        f"{name}: {outcomes[name]}"
        for name in claimed
        if claimed[name] != outcomes[name]
    ]
    if judged["verdict"] != witness.verdict:
        wrong.append(judged["verdict"])
    return wrong
