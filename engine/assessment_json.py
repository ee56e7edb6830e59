"""The answer as JSON, out and in again (LANGUAGE §7)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.assessment import (
    Assessment,
    CheckResult,
    Conflict,
    ConflictKind,
    CriterionResult,
    LocalityResult,
    Outcome,
)
from engine.interval import Interval
from engine.truth import Truth


def json_lines(assessment: Assessment) -> Iterator[str]:
    """Yield the answer piece by piece, one line a locality; same answer, same bytes."""
    head: dict[str, object] = {
        "diaban": assessment.version,
        "pack": {"id": assessment.pack, "sha256": assessment.pack_sha256},
        "facts": {"sha256": assessment.facts_sha256},
        "as_of": assessment.as_of.isoformat(),
    }
    if assessment.outside_force:
        head["outside_force"] = True
    head["summary"] = assessment.summary
    yield _written(head)[:-1] + ', "localities": ['
    separator = "\n "
    for locality in assessment.localities:
        yield separator + _written(_locality(locality))
        separator = ",\n "
    yield "\n]}\n"


def json_from_assessment(assessment: Assessment) -> str:
    """Return the answer as one text; for a large one write `json_lines` instead."""
    return "".join(json_lines(assessment))


def assessment_from_json(text: str) -> Assessment:
    """Read back what `json_from_assessment` wrote."""
    read = json.loads(text)
    return Assessment(
        version=read["diaban"],
        pack=read["pack"]["id"],
        pack_sha256=read["pack"]["sha256"],
        facts_sha256=read["facts"]["sha256"],
        as_of=date.fromisoformat(read["as_of"]),
        outside_force=read.get("outside_force", False),
        summary=read["summary"],
        localities=tuple(map(_read_locality, read["localities"])),
    )


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _interval(value: Interval) -> list[int | None]:
    return [value.lo, value.hi]


def _locality(one: LocalityResult) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "level": one.level,
        "parent": one.parent,
        "verdict": one.verdict,
        "possible": one.possible,
        "criteria": [
            {
                "id": criterion.id,
                "outcome": criterion.outcome,
                "checks": [_check(check) for check in criterion.checks],
            }
            for criterion in one.criteria
        ],
        "conflicts": [_conflict(conflict) for conflict in one.conflicts],
        "derivation": one.derivation,
    }


def _check(one: CheckResult) -> dict[str, object]:
    written: dict[str, object] = {
        "id": one.id,
        "truth": one.truth.word,
        "vacuous": one.vacuous,
        "counts": {name: _interval(value) for name, value in one.counts.items()},
    }
    if one.exceptions is not None:
        written["exceptions"] = _interval(one.exceptions)
    written["short"] = one.short
    return written


def _conflict(one: Conflict) -> dict[str, object]:
    return {
        "kind": one.kind,
        "counts": one.counts,
        "left": _interval(one.left),
        "right": _interval(one.right),
    }


def _read_locality(read: Mapping[str, Any]) -> LocalityResult:
    return LocalityResult(
        id=read["id"],
        name=read["name"],
        level=read["level"],
        parent=read["parent"],
        verdict=read["verdict"],
        possible=tuple(read["possible"]),
        criteria=tuple(
            CriterionResult(
                each["id"],
                Outcome(each["outcome"]),
                tuple(map(_read_check, each["checks"])),
            )
            for each in read["criteria"]
        ),
        conflicts=tuple(map(_read_conflict, read["conflicts"])),
        derivation=tuple(read["derivation"]),
    )


def _read_check(read: Mapping[str, Any]) -> CheckResult:
    exceptions = read.get("exceptions")
    return CheckResult(
        id=read["id"],
        truth=Truth[read["truth"].upper()],
        vacuous=read["vacuous"],
        counts={name: Interval(*ends) for name, ends in read["counts"].items()},
        exceptions=None if exceptions is None else Interval(*exceptions),
        short=read["short"],
    )


def _read_conflict(read: Mapping[str, Any]) -> Conflict:
    return Conflict(
        kind=ConflictKind(read["kind"]),
        counts=tuple(read["counts"]),
        left=Interval(*read["left"]),
        right=Interval(*read["right"]),
    )
