"""The answer as JSON in the plainest way: what `json_from_judged` must also write."""

import json
from collections.abc import Iterator

from engine.assessment import Assessment, CheckResult, Conflict, LocalityResult
from engine.interval import Interval


def _pieces(assessment: Assessment) -> Iterator[str]:
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
    """Return the answer as one text, a line a locality."""
    return "".join(_pieces(assessment))


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
