"""From numbers that were found to witnesses: localities that the engine has judged.

A witness is written as a worked case and read and judged as any other; what the case
expects is what the search says of it. One that is not judged so is no witness.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from engine.assessment import Outcome
from engine.errors import RulesError
from engine.pack import Pack
from engine.policy.case_runs_from_cases import case_runs_from_cases
from engine.policy.properties_from_pack.locality import Known
from engine.policy.property import Witness
from engine.policy.worked_cases_from_yaml import worked_cases_from_yaml
from engine.vocabulary import LOCALITIES, FieldType

_HERE: Final = "here"
_MOST_BELOW: Final = 2_000
"""How many rows below it a witness may have; more would not be read by anybody."""


def witness_from_known(
    pack: Pack, known: Known, expected: Mapping[str, object]
) -> Witness | None:
    """Judge a locality; None where the engine does not say what is expected of it.

    `expected` has the keys of a worked case's `expect`.
    """
    if sum(known.below.values()) > _MOST_BELOW:
        return None
    case = "\n".join(_case(pack, known, expected))
    text = f"cases_of: {pack.id}\ncases:\n  - case: found by a search\n{case}\n"
    try:
        (read,) = worked_cases_from_yaml(text.encode(), "witness", pack)
        (run,) = case_runs_from_cases(pack, [read])
    except RulesError:
        return None
    if not run.has_passed:
        return None
    return Witness(
        pack=pack.id,
        as_of=known.as_of,
        level=known.level,
        counts=known.counts,
        fields=known.fields,
        below=known.below,
        verdict=run.answer.verdict,
        outcomes={each.id: Outcome(each.outcome) for each in run.answer.criteria},
        case=case,
    )


def _case(pack: Pack, known: Known, expected: Mapping[str, object]) -> Iterator[str]:
    yield f"    as_of: {known.as_of.isoformat()}"
    row = {"id": _HERE, "level": known.level, **known.counts}
    fields = pack.vocabulary.registers[LOCALITIES].fields
    for name, value in known.fields.items():
        row[name] = value
        if fields[name].type is FieldType.ASSESSED:
            row |= {f"{name}_by": _HERE, f"{name}_reason": _HERE}
    yield f"    locality: {_flow(row)}"
    if known.below:
        yield "    tables:"
        yield f"      {LOCALITIES}:"
        for level, number in known.below.items():
            for at in range(1, number + 1):
                name = f"{_HERE}-{level}-{at}"
                below = {"id": name, "level": level, "parent": _HERE}
                yield f"        - {_flow(below)}"
    yield f"    expect: {_flow(expected)}"


def _flow(value: object) -> str:
    match value:
        case Mapping():
            pairs = (f"{name}: {_flow(one)}" for name, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case date():
            return value.isoformat()
        case _:
            return _scalar(value)


def _scalar(value: object) -> str:
    """Write a number, yes or no, or text in quotes; JSON's is YAML's too."""
    return json.dumps(value, ensure_ascii=False)
