"""Random packs: every check, nested formulas, criteria on criteria, decision lists."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.support.plain_facts import Doc
from tests.support.vocabulary_strategies import (
    DATE_WORDS,
    LEVELS,
    VERDICTS,
    bounds,
    chance,
    parts_of_wholes,
)

PERCENTAGES = ["0%", "5%", "12.5%", "33.3%", "50%", "66.67%", "100%"]


@st.composite
def packs(draw: DrawFn, vocabulary: Doc) -> Doc:
    """Draw criteria that may rest on each other, and a decision list."""
    levels = draw(st.permutations(LEVELS[:3]))[: draw(st.sampled_from([3, 3, 3, 2, 1]))]
    criteria: list[Doc] = []
    checks = _Checks(vocabulary)
    for i in range(draw(st.integers(2, 4))):
        refs = [one["id"] for one in criteria]
        criterion: Doc = {"id": f"C{i}", "requires": draw(formulas(checks, refs))}
        if chance(draw, 30):
            criterion["when"] = draw(formulas(checks, refs, depth=1))
        if chance(draw, 30):
            criterion["levels"] = draw(
                st.lists(st.sampled_from(levels), min_size=1, unique=True)
            )
        criteria.append(criterion)
    pack: Doc = {"pack": "test/random", "levels": levels, "criteria": criteria}
    if chance(draw, 60):
        refs = [one["id"] for one in criteria]
        conditions_ = draw(
            st.lists(formulas(checks, refs, depth=1, of_all=True), max_size=3)
        )
        verdicts = st.sampled_from(VERDICTS)
        rules = [{"verdict": draw(verdicts), "when": each} for each in conditions_]
        pack["verdicts"] = [*rules, {"verdict": draw(verdicts), "when": "always"}]
    pack["criteria"] = draw(st.permutations(criteria))
    return pack


@st.composite
def formulas(
    draw: DrawFn,
    checks: "_Checks",
    refs: list[str],
    depth: int = 2,
    *,
    of_all: bool = False,
) -> Any:
    """Draw a formula over new checks and the criteria named."""
    kind = draw(
        st.sampled_from(
            ["check"] * 4 + ["ref"] * 2 + ["all", "any", "not", "k", "always"]
        )
    )
    if of_all and chance(draw, 50):
        k = draw(st.integers(1, len(refs)))
        every_one: list[Doc] = [{"all": "criteria"}, {"any": "criteria"}]
        return draw(st.sampled_from([*every_one, {"at_least": k, "of": "criteria"}]))
    if kind == "always":
        return "always"
    if kind == "ref" and refs:
        return draw(st.sampled_from(refs))
    if kind in {"check", "ref"} or depth == 0:
        return draw(checks.strategy())
    inner = formulas(checks, refs, depth - 1)
    if kind == "not":
        return {"not": draw(inner)}
    parts = draw(st.lists(inner, min_size=1, max_size=3))
    return (
        {"at_least": draw(st.integers(1, len(parts))), "of": parts}
        if kind == "k"
        else {kind: parts}
    )


class _Checks:
    """The checks that a vocabulary allows."""

    def __init__(self, vocabulary: Doc) -> None:
        self.counts = [*vocabulary["counts"]]
        self.pairs = parts_of_wholes(vocabulary["counts"])

    def strategy(self) -> SearchStrategy[Doc]:
        """Draw a check."""
        count, share = st.sampled_from(self.counts), st.sampled_from(PERCENTAGES)
        two = st.tuples(count, count)
        pairs = st.sampled_from(self.pairs) if self.pairs else two
        number = st.one_of(st.integers(0, 4), st.just("target"))
        empty = st.sampled_from(
            [{}, {}, *({"if_empty": x} for x in ("met", "not_met", "unknown"))]
        )
        day = st.sampled_from([date(2025, 3, 13), date(2025, 3, 14), date(2025, 3, 15)])
        kinds: list[SearchStrategy[Doc]] = [
            count.map(lambda x: {"none": x}),
            st.builds(lambda x, b: {**b, "of": x}, count, bounds(number)),
            st.builds(
                lambda xy, b, e: {"share": xy[1], "of": xy[0], **b, **e},
                st.one_of(pairs, two),
                bounds(share),
                empty,
            ),
            st.builds(
                lambda xy, p, e: {"falls": xy[0], "from": xy[1], "by_at_least": p, **e},
                two,
                share,
                empty,
            ),
            st.sampled_from([{"holds": "board"}, {"holds": "model"}]),
            st.dictionaries(
                st.sampled_from(DATE_WORDS), day, min_size=1, max_size=2
            ).map(lambda bounds: {"as_of": bounds}),
        ]
        if self.pairs:
            every = st.builds(
                lambda xy, e: {"every": xy[0], "is": xy[1], **e}, pairs, empty
            )
            kinds = [every, every, *kinds]
        return st.one_of(kinds)
