"""Packs built by hand, formula by formula, for tests of what follows from checks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from hypothesis import assume
from hypothesis import strategies as st

from engine.pack import (
    All,
    Always,
    Any_,
    AtLeast,
    Check,
    Criterion,
    CriterionRef,
    Formula,
    Holds,
    Negation,
    Pack,
    Period,
    VerdictRule,
)
from engine.source import Place
from engine.truth import Truth
from engine.vocabulary import Text, Vocabulary

LEVELS = ("hamlet", "commune")
HERE = Place("tests/support/packs.py")
NOTHING = Vocabulary(registers={}, counts={}, evidence={}, levels={}, source=b"")


def check(name: str) -> Check:
    """A check; what it asks does not matter here, only its truth does."""
    return Check(name, Holds(name), Truth.TRUE, HERE)


def ref(name: str) -> CriterionRef:
    return CriterionRef(name)


def criterion(
    name: str,
    requires: Formula,
    when: Formula | None = None,
    levels: Sequence[str] = LEVELS,
) -> Criterion:
    title = Text(name, name)
    return Criterion(
        name, tuple(levels), when, requires, None, None, title, (), None, HERE
    )


def pack(
    *criteria: Criterion,
    verdicts: Sequence[tuple[str, Formula]] | None = None,
    levels: Sequence[str] = LEVELS,
) -> Pack:
    """A pack with these criteria; without `verdicts` it has LANGUAGE's default list."""
    every = All(tuple(ref(each.id) for each in criteria))
    listed = verdicts or [("eligible", every), ("not_eligible", Always())]
    return Pack(
        id="test/pack",
        title=Text("", ""),
        issuer=Text("", ""),
        documents={},
        in_force=Period(None, None),
        levels=tuple(levels),
        readings=(),
        criteria=criteria,
        verdicts=tuple(
            VerdictRule(verdict, when, i == 0, Text(verdict, verdict), HERE)
            for i, (verdict, when) in enumerate(listed)
        ),
        vocabulary=NOTHING,
        sha256="",
        place=HERE,
    )


def truths(**known: bool | None) -> Mapping[str, Truth]:
    """Truths by check, from True, False and None for unknown."""
    words = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
    return {name: words[truth] for name, truth in known.items()}


def lai_chau_like() -> Pack:
    """Eight criteria with fifteen checks between them, all of which must be met."""
    sizes = {"C1": 1, "C2": 3, "C3": 2, "C4": 2, "C5": 2, "C6": 1, "C7": 2, "C8": 2}
    return pack(
        *(
            criterion(name, All(tuple(check(f"{name}{'abc'[i]}") for i in range(size))))
            for name, size in sizes.items()
        )
    )


def names() -> Iterator[str]:
    """Yield names of checks that nobody has used yet."""
    return (f"k{i}" for i in count())


@st.composite
def formulas(
    draw: st.DrawFn, free: Iterator[str], refs: Sequence[str], depth: int = 3
) -> Formula:
    """Formulas over checks of their own (`free` names them) and other criteria."""
    leaf = draw(
        st.sampled_from(("check", "check", "ref" if refs else "check", "always"))
    )
    kind = draw(st.sampled_from((leaf, leaf, "all", "any", "not", "at_least")))
    if depth == 0:
        kind = leaf
    match kind:
        case "check":
            return check(next(free))
        case "ref":
            return ref(draw(st.sampled_from(refs)))
        case "always":
            return Always()
        case "not":
            return Negation(draw(formulas(free, refs, depth - 1)))
        case _:
            size = draw(st.integers(0, 4))
            parts = tuple(draw(formulas(free, refs, depth - 1)) for _ in range(size))
            if kind == "at_least":
                return AtLeast(draw(st.integers(0, size + 1)), parts)
            return All(parts) if kind == "all" else Any_(parts)


@st.composite
def packs(draw: st.DrawFn, most_checks: int = 40) -> Pack:
    """Packs of up to four criteria, some limited, and up to four verdicts."""
    free, criteria = names(), list[Criterion]()
    for i in range(draw(st.integers(1, 4))):
        refs = [each.id for each in criteria]
        requires = draw(formulas(free, refs))
        when = draw(st.none() | formulas(free, refs, 1))
        levels = draw(st.sampled_from((LEVELS, LEVELS, ("hamlet",), ("commune",))))
        criteria.append(criterion(f"C{i}", requires, when, levels))
    shuffled = draw(st.permutations(criteria))
    refs = [each.id for each in criteria]
    rules = [
        (draw(st.sampled_from("uvw")), draw(formulas(free, refs, 2)))
        for _ in range(draw(st.integers(0, 3)))
    ]
    made = pack(*shuffled, verdicts=[*rules, ("last", Always())])
    assume(len(made.checks) <= most_checks)
    return made


def patterns(made: Pack) -> st.SearchStrategy[dict[str, Truth]]:
    """Truths for every check of a pack."""
    return st.fixed_dictionaries(
        {each.id: st.sampled_from(Truth) for each in made.checks}
    )
