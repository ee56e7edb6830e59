"""The rule language read plainly: LANGUAGE.md §3–§7 by recursion over dictionaries.

Written from that page alone, for obviousness and not for speed. It shares nothing with
`engine/` and diagnoses nothing: what it is given must be valid. True, False and None
are the truths (None is unknown); an interval is a pair, its upper end maybe infinite.
"""

import math
import operator
import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Doc = dict[str, Any]
Truth = bool | None
Interval = tuple[int, Any]

NA = "not_applicable"
WORDS: Doc = {"true": True, "false": False, "unknown": None}
OUTCOMES: Doc = {"met": True, "not_met": False, "unknown": None, NA: NA}
AT_LEAST, MORE_THAN = operator.ge, operator.gt
AT_MOST, LESS_THAN = operator.le, operator.lt
NUMBERS = {"at_least": AT_LEAST, "more_than": MORE_THAN}
NUMBERS |= {"at_most": AT_MOST, "less_than": LESS_THAN}
DATES = {"on_or_after": AT_LEAST, "after": MORE_THAN}
DATES |= {"on_or_before": AT_MOST, "before": LESS_THAN}
STARTS = {"at_least": AT_MOST, "more_than": LESS_THAN}  # to last longer, start earlier
STARTS |= {"at_most": AT_LEAST, "less_than": MORE_THAN}
DURATION = re.compile(r"(\d+) (day|week|month|year)s?")
ELIGIBLE_OR_NOT: list[Doc] = [
    {"verdict": "eligible", "when": {"all": "criteria"}},
    {"verdict": "not_eligible", "when": "always"},
]


def evaluate(vocabulary: Doc, pack: Doc, facts: Doc, as_of: date) -> Doc:
    """Return LANGUAGE §7's `summary` and `localities`, for tables of typed values."""
    return Evaluation(vocabulary, pack, facts, as_of).answer()


# --- Kleene's truths ---------------------------------------------------------------


def negation(truth: Truth) -> Truth:
    return None if truth is None else not truth


def every(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return False if False in seen else None if None in seen else True


def some(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return True if True in seen else None if None in seen else False


def word_of(words: Doc, truth: Any) -> str:
    return next(word for word, meant in words.items() if meant is truth)


# --- §3, conditions ----------------------------------------------------------------


def condition(where: Doc, row: Doc, as_of: date) -> Truth:
    return every(one_key(key, wanted, row, as_of) for key, wanted in where.items())


def one_key(key: str, wanted: Any, row: Doc, as_of: date) -> Truth:
    if key == "all":
        return every(condition(part, row, as_of) for part in wanted)
    if key == "any":
        return some(condition(part, row, as_of) for part in wanted)
    if key == "not":
        return negation(condition(wanted, row, as_of))
    value = row.get(key)
    if isinstance(wanted, dict):
        return every(comparisons(value, wanted, row, as_of))
    values = wanted if isinstance(wanted, list) else [wanted]
    return None if value is None else value in values


def comparisons(value: Any, wanted: Doc, row: Doc, as_of: date) -> Iterator[Truth]:
    def known(bound: Any) -> Any:
        named = as_of if bound == "as_of" else row.get(str(bound))
        return named if isinstance(bound, str) else bound

    durations = {w: d for w, d in wanted.items() if DURATION.fullmatch(str(d))}
    for word, bound in wanted.items():
        if word in durations:
            end = known(wanted["before"])
            missing = value is None or end is None
            yield None if missing else STARTS[word](value, day_before(end, bound))
        elif word != "before" or not durations:
            missing = value is None or known(bound) is None
            yield None if missing else (NUMBERS | DATES)[word](value, known(bound))


def day_before(end: date, duration: str) -> date:
    number, unit = duration.split()
    many = int(number)
    if unit.startswith(("day", "week")):
        return end - timedelta(days=many * (7 if unit.startswith("week") else 1))
    months = (
        end.year * 12 + end.month - 1 - many * (12 if unit.startswith("year") else 1)
    )
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(end.day, monthrange(year, month)[1]))


# --- intervals ---------------------------------------------------------------------


def added(intervals: list[Interval]) -> Interval:
    return sum(lo for lo, _ in intervals), sum(hi for _, hi in intervals)


def shown(interval: Interval) -> list[int | None]:
    lo, hi = interval
    return [lo, None if hi == math.inf else hi]


def times(share: Fraction, end: Any) -> Any:
    """A share of an interval's end; no part of it, were it unbounded, is 0."""
    return 0 if share == 0 else math.inf if end == math.inf else share * end


def percent(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100


def compared(word: str, left: Interval, low: Any, high: Any) -> tuple[Truth, Any]:
    """Whether all in `left` compare so with all from low to high; if none, the gap."""
    lo, hi = left
    surely, never = {
        "at_least": (lo >= high, hi < low),
        "more_than": (lo > high, hi <= low),
        "at_most": (hi <= low, lo > high),
        "less_than": (hi < low, lo >= high),
    }[word]
    if surely or not never:
        return (True if surely else None), 0
    if word in {"at_least", "more_than"}:
        return False, (
            math.ceil(low) if word == "at_least" else math.floor(low) + 1
        ) - hi
    return False, lo - (math.floor(high) if word == "at_most" else math.ceil(high) - 1)


# --- §6, formulas as they are written ----------------------------------------------


def parts_of(formula: Doc) -> Any:
    """The formulas within one, maybe as the word `criteria`; None if it is a check."""
    of = formula.get("of")
    of = of if isinstance(of, list) or of == "criteria" else None
    return (
        [formula["not"]]
        if "not" in formula
        else formula.get("all", formula.get("any", of))
    )


def checks_in(formula: Any) -> list[Doc]:
    """The checks of a formula or of several, left to right."""
    if isinstance(formula, list):
        return [check for part in formula for check in checks_in(part)]
    if not isinstance(formula, dict):
        return []
    parts = parts_of(formula)
    return [formula] if parts is None else checks_in(parts)


def counts_in(check: Doc) -> list[str]:
    words = ("none", "every", "is", "share", "falls", "of", "from")
    return [check[word] for word in words if word in check]


def letters(position: int) -> str:
    before, last = divmod(position, 26)
    return (letters(before - 1) if before else "") + chr(ord("a") + last)


class Evaluation:
    """One set of facts under one pack on one day."""

    def __init__(self, vocabulary: Doc, pack: Doc, facts: Doc, as_of: date) -> None:
        self.pack, self.as_of = pack, as_of
        self.rules: list[Doc] = pack.get("verdicts") or ELIGIBLE_OR_NOT
        self.criteria = {one["id"]: one for one in pack["criteria"]}
        self.counts = {name: one or {} for name, one in vocabulary["counts"].items()}
        self.registers = vocabulary.get("registers") or {}
        self.localities = self.readable("localities", facts)
        self.rows: dict[tuple[str, str], list[Doc]] = defaultdict(list)
        for register in self.registers.keys() - {"localities"}:
            for row in self.readable(register, facts):
                self.rows[register, row["locality"]].append(row)
        inspected = facts.get("inspections") or []
        self.surveyed = {
            *self.rows,
            *((x["register"], x["locality"]) for x in inspected),
        }
        self.verdicts: dict[str, str] = {}  # so far; undetermined ones are missing
        self.conflicts: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)

    def readable(self, table: str, facts: Doc) -> list[Doc]:
        """The rows of a table, where a judgement without name or reason is blank."""
        fields = (self.registers.get(table) or {}).get("fields") or {}
        rows = [dict(row) for row in facts.get(table) or []]
        for row in rows:
            for field, kind in fields.items():
                signed = row.get(f"{field}_by") and row.get(f"{field}_reason")
                if kind_of(kind) == "assessed" and not signed:
                    row[field] = None
            if table == "localities":
                row["name"] = row.get("name") or row["id"]
        return rows

    def children(self, unit: Doc) -> list[Doc]:
        return [row for row in self.localities if row.get("parent") == unit["id"]]

    # --- §4, the value of a count at a locality

    def register_of(self, name: str) -> Any:
        count = self.counts[name]
        return (
            self.register_of(count["within"]) if "within" in count else count.get("in")
        )

    def counted(self, name: str, row: Doc) -> Truth:
        """A row of a part is a row of its whole too."""
        count = self.counts[name]
        whole = self.counted(count["within"], row) if "within" in count else True
        return every([whole, condition(count.get("where") or {}, row, self.as_of)])

    def own_rows(self, name: str, but_not: str | None, unit: Doc) -> Interval:
        """Step 1: a locality's own rows of a count (that another does not count)."""
        register, at = self.register_of(name), unit["id"]
        if register == "localities":
            rows = [unit | {"n": 1, "verdict": self.verdicts.get(at)}]
        elif (register, at) in self.surveyed:
            rows = self.rows.get((register, at), [])
        else:
            return (0, 0) if self.children(unit) else (0, math.inf)
        lo = hi = 0
        for row in rows:
            truth = self.counted(name, row)
            if but_not is not None:
                truth = every([truth, negation(self.counted(but_not, row))])
            n = 1 if row.get("n") is None else row["n"]
            lo, hi = lo + n * (truth is True), hi + n * (truth is not False)
        return lo, hi

    def value(self, name: str, unit: Doc) -> Interval:
        """Steps 2 to 4: the subtree, the typed number, the part in its whole."""
        below = [self.value(name, child) for child in self.children(unit)]
        found = added([self.own_rows(name, None, unit), *below])
        typed, whole = unit.get(name), self.counts[name].get("within")
        if typed is not None:
            found = self.meet("typed", (name,), unit, (typed, typed), found)
        if whole is not None:
            room = (0, self.value(whole, unit)[1])
            found = self.meet("part_whole", (name, whole), unit, found, room)
        return found

    def exceptions(self, whole: str, part: str, unit: Doc) -> Interval:
        """How many of the whole are not of the part."""
        below = [self.exceptions(whole, part, child) for child in self.children(unit)]
        found = added([self.own_rows(whole, part, unit), *below])
        (lo, hi), (part_lo, part_hi) = self.value(whole, unit), self.value(part, unit)
        bounds = (max(0, lo - part_hi), max(0, hi - part_lo))
        return self.meet("exceptions", (part, whole), unit, found, bounds)

    def meet(
        self, kind: str, names: tuple[str, ...], unit: Doc, a: Interval, b: Interval
    ) -> Interval:
        """What two statements allow together; in conflict, all from one to the other."""
        lo, hi = max(a[0], b[0]), min(a[1], b[1])
        if lo <= hi:
            return lo, hi
        self.conflicts[unit["id"]].add((kind, names))
        return min(a[0], b[0]), max(a[1], b[1])

    # --- §5, checks

    def check(self, check: Doc, unit: Doc) -> Doc:
        """What §7 tells about a check at a locality."""
        values = {name: self.value(name, unit) for name in counts_in(check)}
        exceptions = None
        if "every" in check:
            exceptions = self.exceptions(check["every"], check["is"], unit)
        bounds = list(self.bounds(check, unit, values, exceptions))
        truth = every(truth for truth, _ in bounds)
        short = max((short for truth, short in bounds if truth is False), default=0)
        population = {"every": "every", "share": "of", "falls": "from"}
        nobody = [check[of] for kind, of in population.items() if kind in check]
        vacuous = any(values[name] == (0, 0) for name in nobody)
        if vacuous:
            truth, short = OUTCOMES[check.get("if_empty", "met")], 1
        if any(values.keys() & names for _, names in self.conflicts[unit["id"]]):
            truth = None
        if truth is None or ("as_of" in check and not truth):
            short = None
        return {
            "truth": word_of(WORDS, truth),
            "vacuous": vacuous,
            "counts": {name: shown(value) for name, value in values.items()},
            "exceptions": None if exceptions is None else shown(exceptions),
            "short": 0 if truth else short,
        }

    def bounds(
        self, check: Doc, unit: Doc, values: dict[str, Interval], exceptions: Any
    ) -> Iterator[tuple[Truth, Any]]:
        """Yield the truth of each of a check's comparisons, and how short it is."""
        if "holds" in check:
            yield unit.get(check["holds"]), 1
        elif "as_of" in check:
            yield from (
                (DATES[w](self.as_of, day), 1) for w, day in check["as_of"].items()
            )
        elif "none" in check:
            yield compared("at_most", values[check["none"]], 0, 0)
        elif "every" in check:
            yield compared("at_most", exceptions, 0, 0)
        elif "falls" in check:
            rest, (lo, hi) = 1 - percent(check["by_at_least"]), values[check["from"]]
            left = values[check["falls"]]
            yield compared("at_most", left, times(rest, lo), times(rest, hi))
        else:
            for word in NUMBERS.keys() & check.keys():
                yield self.number(word, check, unit, values)

    def number(
        self, word: str, check: Doc, unit: Doc, values: dict[str, Interval]
    ) -> tuple[Truth, Any]:
        """One bound of an amount or of a share."""
        bound, of = check[word], values[check["of"]]
        if "share" in check:
            low, high = (times(percent(bound), end) for end in of)
            return compared(word, values[check["share"]], low, high)
        target = unit.get(bound) if isinstance(bound, str) else bound
        return (None, 0) if target is None else compared(word, of, target, target)

    # --- §6, formulas, criteria, verdicts

    def truth(self, formula: Any, unit: Doc) -> Any:
        """True, false, unknown or not applicable."""
        if isinstance(formula, str):
            return formula == "always" or OUTCOMES[self.outcome(formula, unit)]
        parts = parts_of(formula)
        if parts is None:
            return WORDS[self.check(formula, unit)["truth"]]
        parts = self.criteria if parts == "criteria" else parts
        truths = [t for part in parts if (t := self.truth(part, unit)) != NA]
        if "not" in formula:
            return negation(truths[0]) if truths else NA
        if "all" in formula:
            return every(truths)
        if "any" in formula:
            return some(truths)
        met, open_ = truths.count(True), truths.count(None)
        k = formula["at_least"]
        return True if met >= k else False if met + open_ < k else None

    def outcome(self, criterion: str, unit: Doc) -> str:
        one = self.criteria[criterion]
        if unit["level"] not in one.get("levels", self.pack["levels"]):
            return NA
        applies = self.truth(one.get("when", "always"), unit)
        if applies is None:
            return "unknown"
        required = self.truth(one["requires"], unit) if applies is True else NA
        return word_of(OUTCOMES, required)

    def judge(self, unit: Doc) -> Doc:
        """Judge a locality; those below it have been judged."""
        formulas = [rule["when"] for rule in self.rules]
        for one in self.pack["criteria"]:
            formulas += [one["requires"], one.get("when")]
        self.conflicts[unit["id"]].clear()
        for check in checks_in(formulas):
            self.check(check, unit)  # finds every conflict before any is decided
        criteria = [self.criterion(one, unit) for one in self.pack["criteria"]]
        verdict, possible = self.decide(unit)
        conflicts = sorted(self.conflicts[unit["id"]])
        if verdict != "undetermined":
            self.verdicts[unit["id"]] = verdict
        return {
            "id": unit["id"],
            "level": unit["level"],
            "verdict": verdict,
            "possible": possible,
            "criteria": criteria,
            "conflicts": [{"kind": kind, "counts": [*c]} for kind, c in conflicts],
        }

    def criterion(self, one: Doc, unit: Doc) -> Doc:
        checks = [
            {"id": check.get("id", one["id"] + letters(i)), **self.check(check, unit)}
            for i, check in enumerate(checks_in([one["requires"], one.get("when")]))
        ]
        outcome = self.outcome(one["id"], unit)
        return {"id": one["id"], "outcome": outcome, "checks": checks}

    def decide(self, unit: Doc) -> tuple[str, list[str]]:
        """Walk the decision list: the verdict, and the verdicts still possible."""
        possible, undetermined = [], False
        for rule in self.rules:
            truth = self.truth(rule["when"], unit)
            if truth is True or truth is None:
                possible.append(rule["verdict"])
            if truth is True:
                break
            undetermined = undetermined or truth is None
        verdict = "undetermined" if undetermined else possible[0]
        return verdict, list(dict.fromkeys(possible))

    def height(self, unit: Doc) -> int:
        return max((1 + self.height(child) for child in self.children(unit)), default=0)

    def answer(self) -> Doc:
        """Judge from the bottom up and tell in the order of the table."""
        judged = [row for row in self.localities if row["level"] in self.pack["levels"]]
        told = {row["id"]: self.judge(row) for row in sorted(judged, key=self.height)}
        summary = {
            level: Counter(x["verdict"] for x in told.values() if x["level"] == level)
            for level in self.pack["levels"]
        }
        return {"summary": summary, "localities": [told[row["id"]] for row in judged]}


def kind_of(field: Any) -> Any:
    return field["type"] if isinstance(field, dict) else field
