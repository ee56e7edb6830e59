"""Random vocabularies: every type of field, counts within counts, conditions on rows."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.support.plain_conditions import day_before
from tests.support.plain_facts import Doc, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

LEVELS = ["hamlet", "commune", "district", "province"]
VERDICTS = ["eligible", "not_eligible", "class_a", "class_b"]
OPERATORS = ["at_least", "more_than", "at_most", "less_than"]
DATE_WORDS = ["before", "after", "on_or_before", "on_or_after"]
DURATIONS = ["0 days", "1 day", "2 weeks", "1 month", "3 months", "12 months", "1 year"]
CHOICES = ["a", "b", "c"]
FIELDS: Doc = {
    "filed": "yes_no",
    "kind": {"type": "choice", "of": CHOICES},
    "since": "date",
    "until": "date",
    "size": "count",
    "weight": "number",
    "street": "text",
    "well": "assessed",
}
OF_LOCALITIES: Doc = {
    "board": "yes_no",
    "zone": {"type": "choice", "of": CHOICES},
    "founded": "date",
    "target": "count",
    "model": "assessed",
}


def chance(draw: DrawFn, percent: int) -> bool:
    """Draw true so often; false is the simpler."""
    return draw(st.integers(0, 99)) >= 100 - percent


@st.composite
def vocabularies(draw: DrawFn, as_of: date) -> Doc:
    """Draw two registers beside the localities, and counts over all three."""
    registers: Doc = {"localities": {"fields": OF_LOCALITIES}}
    for name in ("people", "homes"):
        names = draw(
            st.lists(st.sampled_from([*FIELDS]), min_size=2, unique=True, max_size=5)
        )
        registers[name] = {"fields": {each: FIELDS[each] for each in names}}
    counts: Doc = {}
    drawn_from: dict[str, str | None] = {}
    for name in draw(st.permutations(["P", "Q", "R", "S", "T", "U"]))[
        : draw(st.integers(3, 6))
    ]:
        counts[name], drawn_from[name] = draw(_counts(registers, drawn_from, as_of))
    return {"vocabulary": 1, "registers": registers, "counts": counts}


@st.composite
def _counts(
    draw: DrawFn, registers: Doc, known: dict[str, str | None], as_of: date
) -> tuple[Doc, str | None]:
    count: Doc = {}
    if known and chance(draw, 50):
        count["within"] = draw(st.sampled_from([*known]))
        register = known[count["within"]]
    elif chance(draw, 70):
        register = count["in"] = draw(
            st.sampled_from(["people", "homes", "localities"])
        )
    else:
        register = None
    if register is not None and chance(draw, 90):
        fields = registers[register]["fields"]
        if register == "localities":
            fields = fields | dict.fromkeys(
                ["level", "verdict", "id", "parent"], "text"
            )
        count["where"] = draw(conditions(fields, as_of))
    return count, register


@st.composite
def conditions(draw: DrawFn, fields: Doc, as_of: date, depth: int = 2) -> Doc:
    """Draw a condition on these fields."""
    kind = draw(st.sampled_from(["field"] * 6 + ["two", "all", "any", "not"]))
    inner = conditions(fields, as_of, depth - 1)
    if kind == "field" or depth == 0:
        return dict([draw(_field_conditions(fields, as_of))])
    if kind == "two":
        return dict(
            draw(st.lists(_field_conditions(fields, as_of), min_size=2, max_size=2))
        )
    if kind == "not":
        return {"not": draw(inner)}
    return {kind: draw(st.lists(inner, min_size=1, max_size=3))}


@st.composite
def _field_conditions(draw: DrawFn, fields: Doc, as_of: date) -> tuple[str, Any]:
    name = draw(st.sampled_from([*fields]))
    kind = kind_of(fields[name])
    value = values(name, kind, as_of)
    if kind == "date" and chance(draw, 80):
        ends = [x for x in fields if kind_of(fields[x]) == "date" and x != name]
        return name, draw(_date_comparisons(ends, as_of))
    if kind in {"count", "number"} and chance(draw, 60):
        return name, draw(bounds(value))
    if kind not in {"yes_no", "assessed"} and chance(draw, 40):
        return name, draw(st.lists(value, min_size=1, max_size=2, unique=True))
    return name, draw(value)


@st.composite
def _date_comparisons(draw: DrawFn, ends: list[str], as_of: date) -> Doc:
    end = st.one_of(st.sampled_from(["as_of", *ends]), days(as_of))
    if chance(draw, 60):
        lasting = draw(bounds(st.sampled_from(DURATIONS)))
        return {**lasting, "before": draw(end)}
    words = draw(
        st.lists(st.sampled_from(DATE_WORDS), min_size=1, max_size=2, unique=True)
    )
    return {word: draw(end) for word in words}


def bounds(values: SearchStrategy[Any]) -> SearchStrategy[Doc]:
    return st.dictionaries(st.sampled_from(OPERATORS), values, min_size=1, max_size=2)


def days(as_of: date) -> SearchStrategy[date]:
    """Draw a day on or beside one that a duration leads to."""
    near = [day_before(as_of, duration) for duration in DURATIONS]
    beside = [day + timedelta(days=step) for day in near for step in (0, -1, 1)]
    return st.sampled_from(beside)


def values(name: str, kind: str, as_of: date) -> SearchStrategy[Any]:
    of_localities = {
        "level": st.sampled_from(LEVELS),
        "verdict": st.sampled_from(VERDICTS),
        "id": st.sampled_from(["L0", "L1", "L2"]),
        "parent": st.sampled_from(["L0", "L1"]),
    }
    of_kind: dict[str, Callable[[], SearchStrategy[Any]]] = {
        "yes_no": st.booleans,
        "assessed": st.booleans,
        "choice": lambda: st.sampled_from(CHOICES),
        "date": lambda: days(as_of),
        "count": lambda: st.integers(0, 3),
        "number": lambda: st.sampled_from([Decimal("0.5"), Decimal(1), Decimal("1.5")]),
        "text": lambda: st.sampled_from(["Lê Lợi", "Quang Trung"]),
    }
    return of_localities[name] if name in of_localities else of_kind[kind]()


def parts_of_wholes(counts: Doc) -> list[tuple[str, str]]:
    """Return each whole with each count that lies within it, directly or not."""
    pairs = []
    for part in counts:
        whole = counts[part].get("within")
        while whole is not None:
            pairs.append((whole, part))
            whole = counts[whole].get("within")
    return pairs
