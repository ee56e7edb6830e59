"""The answer read back from its JSON (LANGUAGE §7)."""

import json
from collections.abc import Mapping
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
from engine.supposition import Supposition
from engine.truth import Truth


def assessment_from_json(text: str) -> Assessment:
    """Read back what `json_from_judged` wrote."""
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
        supposed=tuple(Supposition(**each) for each in read.get("supposed", ())),
    )


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
