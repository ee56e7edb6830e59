"""Random questions: a vocabulary, a pack, tables of facts and a day.

Small on purpose: few fields, numbers from 0 to 4 and days beside the boundaries, so that
thresholds are hit, every truth is met often, and a failure shrinks to something short.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.reference import Evaluation, day_before
from tests.support.files import yaml_text

if TYPE_CHECKING:
    from collections.abc import Callable

Doc = dict[str, Any]

LEVELS = ["hamlet", "commune", "district", "province"]
VERDICTS = ["eligible", "not_eligible", "class_a", "class_b"]
OPERATORS = ["at_least", "more_than", "at_most", "less_than"]
DATE_WORDS = ["before", "after", "on_or_before", "on_or_after"]
DAYS_ASKED = ["2025-03-14", "2024-02-29", "2025-05-31", "2025-03-31", "2025-03-01"]
DURATIONS = ["0 days", "1 day", "2 weeks", "1 month", "3 months", "12 months", "1 year"]
PERCENTAGES = ["0%", "5%", "12.5%", "33.3%", "50%", "66.67%", "100%"]
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


@dataclass(frozen=True, repr=False)
class Question:
    """What an evaluator is asked; shown as the files one would have to write."""

    vocabulary: Doc
    pack: Doc
    facts: Doc
    as_of: date

    @property
    def parts(self) -> tuple[Doc, Doc, Doc, date]:
        """The arguments of an evaluator."""
        return self.vocabulary, self.pack, self.facts, self.as_of

    def __repr__(self) -> str:
        written = map(yaml_text, (self.vocabulary, self.pack, self.facts, self.as_of))
        return "\n" + "\n".join(written) + "\n"

    def with_facts(self, facts: Doc) -> "Question":
        """Ask the same of other facts."""
        return replace(self, facts=facts)


@st.composite
def questions(draw: DrawFn, *, typed_lies: bool = True) -> Question:
    """Draw a question; `typed_lies` lets typed numbers contradict what is known."""
    as_of = date.fromisoformat(draw(st.sampled_from(DAYS_ASKED)))
    vocabulary = draw(vocabularies(as_of))
    pack = draw(packs(vocabulary))
    facts = draw(tables(vocabulary, as_of))
    question = Question(vocabulary, pack, facts, as_of)
    _type_numbers(draw, question, lies=typed_lies)
    return question


def chance(draw: DrawFn, percent: int) -> bool:
    """Draw true so often; false is the simpler."""
    return draw(st.integers(0, 99)) >= 100 - percent


# --- vocabularies ------------------------------------------------------------------


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
    kind = _kind(fields[name])
    value = values(name, kind, as_of)
    if kind == "date" and chance(draw, 80):
        ends = [x for x in fields if _kind(fields[x]) == "date" and x != name]
        return name, draw(_date_comparisons(ends, as_of))
    if kind in {"count", "number"} and chance(draw, 60):
        return name, draw(_bounds(value))
    if kind not in {"yes_no", "assessed"} and chance(draw, 40):
        return name, draw(st.lists(value, min_size=1, max_size=2, unique=True))
    return name, draw(value)


@st.composite
def _date_comparisons(draw: DrawFn, ends: list[str], as_of: date) -> Doc:
    end = st.one_of(st.sampled_from(["as_of", *ends]), days(as_of))
    if chance(draw, 60):
        lasting = draw(_bounds(st.sampled_from(DURATIONS)))
        return {**lasting, "before": draw(end)}
    words = draw(
        st.lists(st.sampled_from(DATE_WORDS), min_size=1, max_size=2, unique=True)
    )
    return {word: draw(end) for word in words}


def _bounds(values: SearchStrategy[Any]) -> SearchStrategy[Doc]:
    return st.dictionaries(st.sampled_from(OPERATORS), values, min_size=1, max_size=2)


def days(as_of: date) -> SearchStrategy[date]:
    """Draw a day on or beside one that a duration leads to."""
    near = [day_before(as_of, duration) for duration in DURATIONS]
    beside = [day + timedelta(days=step) for day in near for step in (0, -1, 1)]
    return st.sampled_from(beside)


def _kind(field: Any) -> str:
    return str(field["type"] if isinstance(field, dict) else field)


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


# --- facts -------------------------------------------------------------------------


@st.composite
def tables(draw: DrawFn, vocabulary: Doc, as_of: date) -> Doc:
    """Draw localities in trees, registers with rows and blanks, inspections."""
    localities = draw(_localities(as_of))
    facts: Doc = {
        "localities": localities,
        "people": [],
        "homes": [],
        "inspections": [],
    }
    for register in ("people", "homes"):
        fields = vocabulary["registers"][register]["fields"]
        kept = [
            name for name in fields if not chance(draw, 10)
        ]  # or the column is absent
        for unit in localities:
            known = draw(
                st.sampled_from(["rows"] * 4 + ["inspected", "both"] + ["nothing"] * 2)
            )
            if known in {"rows", "both"}:
                rows = _rows({name: fields[name] for name in kept}, as_of)
                for row in draw(st.lists(rows, min_size=1, max_size=3)):
                    facts[register].append({"locality": unit["id"], **row})
            if known in {"inspected", "both"}:
                facts["inspections"].append(
                    {"locality": unit["id"], "register": register}
                )
    return facts


def inspection(locality: str, register: str) -> Doc:
    """Return the row that says that a register was inspected there."""
    signed = {"on": date(2025, 1, 2), "by": "Tổ 1", "document": "BB 7"}
    return {"locality": locality, "register": register, **signed}


@st.composite
def _localities(draw: DrawFn, as_of: date) -> list[Doc]:
    depths: list[int] = []
    rows: list[Doc] = []
    for i in range(draw(st.integers(5, 10))):
        parents = [j for j in range(i) if depths[j] < len(LEVELS) - 1]
        parent = (
            draw(st.sampled_from(parents)) if parents and not chance(draw, 10) else None
        )
        depths.append(0 if parent is None else depths[parent] + 1)
        row: Doc = {"id": f"L{i}", "level": LEVELS[2 - depths[i]]}
        if chance(draw, 15):
            row["level"] = draw(st.sampled_from(LEVELS))
        row["parent"] = None if parent is None else f"L{parent}"
        rows.append(row | draw(_cells(OF_LOCALITIES, as_of)))
    return draw(st.permutations(rows)) if chance(draw, 50) else rows


@st.composite
def _rows(draw: DrawFn, fields: Doc, as_of: date) -> Doc:
    row: Doc = draw(_cells(fields, as_of))
    if chance(draw, 30):
        row["n"] = draw(st.sampled_from([None, 0, 2, 3]))
    return row


@st.composite
def _cells(draw: DrawFn, fields: Doc, as_of: date) -> Doc:
    row: Doc = {}
    for name, field in fields.items():
        kind = _kind(field)
        blank = chance(draw, 15)
        row[name] = None if blank else draw(values(name, kind, as_of))
        if kind == "assessed":
            row[f"{name}_by"] = None if chance(draw, 15) else "Bà A"
            row[f"{name}_reason"] = None if chance(draw, 15) else "đã kiểm tra"
    return row


def _type_numbers(draw: DrawFn, question: Question, *, lies: bool) -> None:
    """Type some numbers in, most of them between what is known to be possible."""
    lies = lies and draw(st.booleans())
    for unit in question.facts["localities"]:
        for name in question.vocabulary["counts"]:
            known = Evaluation(*question.parts)
            only_typed = known.register_of(name) is None
            if not chance(draw, 70 if only_typed else 20):
                continue
            lo, hi = known.value(
                name, next(x for x in known.localities if x["id"] == unit["id"])
            )
            honest = st.integers(lo, int(min(hi, lo + 3)))
            around = st.integers(max(0, lo - 2), lo + 4)
            unit[name] = draw(around if lies and chance(draw, 40) else honest)


# --- packs -------------------------------------------------------------------------


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
        counts = vocabulary["counts"]
        self.counts = [*counts]
        self.pairs: list[tuple[str, str]] = []
        for part in counts:
            whole = counts[part].get("within")
            while whole is not None:
                self.pairs.append((whole, part))
                whole = counts[whole].get("within")

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
            st.builds(lambda x, b: {**b, "of": x}, count, _bounds(number)),
            st.builds(
                lambda xy, b, e: {"share": xy[1], "of": xy[0], **b, **e},
                st.one_of(pairs, two),
                _bounds(share),
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
