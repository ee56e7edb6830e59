"""Packs spelt in another way that means the same, drawn at random."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

Doc = dict[str, Any]

LISTS = ("all", "any")
HEADS = ("none", "every", "share", "falls", "holds", "as_of")


def with_ids(pack: Doc) -> Doc:
    """Return a pack in which every check has an id, which no order can change."""
    named = deepcopy(pack)
    for number, check in enumerate(_checks(named)):
        check["id"] = f"k{number}"
    return named


@st.composite
def spelt_otherwise(draw: DrawFn, pack: Doc) -> Doc:
    """Draw a spelling of a pack whose checks have ids."""
    other = {key: pack[key] for key in draw(st.permutations([*pack]))}
    other["levels"] = draw(st.permutations(pack["levels"]))
    other["criteria"] = [
        {
            key: _criterion(draw, key, each[key])
            for key in draw(st.permutations([*each]))
        }
        for each in draw(st.permutations(pack["criteria"]))
    ]
    if "verdicts" in pack:
        *rules, last = pack["verdicts"]  # which must say `always` as it is
        said = [{**rule, "when": _formula(draw, rule["when"])} for rule in rules]
        other["verdicts"] = [*said, last]
    return other


def _criterion(draw: DrawFn, key: str, value: Any) -> Any:
    match key:
        case "requires" | "when":
            return _formula(draw, value)
        case "levels":
            return draw(st.permutations(value))
        case _:
            return value


def _formula(draw: DrawFn, formula: Any) -> Any:
    said = _inside(draw, formula)
    if draw(st.integers(0, 4)) == 0:
        return {"not": {"not": said}}
    if isinstance(said, dict) and "id" in said and draw(st.booleans()):
        return draw(st.sampled_from([{"all": [said]}, {"at_least": 1, "of": [said]}]))
    return said


def _inside(draw: DrawFn, formula: Any) -> Any:
    if not isinstance(formula, dict):
        return formula
    for word in LISTS:
        if word in formula and isinstance(formula[word], list):
            parts = [
                _formula(draw, each) for each in draw(st.permutations(formula[word]))
            ]
            inner = {word: parts}
            return {word: [inner]} if draw(st.booleans()) else inner
    if "not" in formula:
        return {"not": _formula(draw, formula["not"])}
    if isinstance(formula.get("of"), list):
        parts = [_formula(draw, each) for each in draw(st.permutations(formula["of"]))]
        return {**formula, "of": parts}
    return _check(draw, formula) if "id" in formula else formula


def _check(draw: DrawFn, check: Doc) -> Doc:
    said = {key: check[key] for key in draw(st.permutations([*check]))}
    if "none" in said:
        said["of"] = said.pop("none")
        said |= draw(st.sampled_from([{"at_most": 0}, {"less_than": 1}]))
    elif {"share", *HEADS}.isdisjoint(said):
        for word, other, step in (
            ("at_least", "more_than", -1),
            ("less_than", "at_most", -1),
        ):
            bound = said.get(word)
            if isinstance(bound, int) and bound > 0 and other not in said:
                said[other] = said.pop(word) + step
    return said


def _checks(pack: Doc) -> Iterator[Doc]:
    for criterion in pack["criteria"]:
        yield from _in_formula(criterion["requires"])
        yield from _in_formula(criterion.get("when"))
    for rule in pack.get("verdicts", ()):
        yield from _in_formula(rule["when"])


def _in_formula(part: Any) -> Iterator[Doc]:
    match part:
        case {"all": inner} | {"any": inner} | {"not": inner} | {"of": [*_] as inner}:
            yield from _in_formula(inner)
        case [*parts]:
            for each in parts:
                yield from _in_formula(each)
        case dict() if part.get("of") != "criteria":
            yield part
        case _:
            return
