"""The rule language read plainly: LANGUAGE.md §3–§7 by recursion over dictionaries.

Written from that page alone, for obviousness and not for speed. It shares nothing with
`engine/` and diagnoses nothing: what it is given must be valid. Conditions (§3) and
counts (§4) stand in `tests/support/plain_*.py`; here are checks, criteria and verdicts.
"""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from tests.support.plain_conditions import (
    DATES,
    NUMBERS,
    Doc,
    Truth,
    every,
    negation,
    some,
)
from tests.support.plain_counts import Counting, Interval

NA = "not_applicable"
WORDS: Doc = {"true": True, "false": False, "unknown": None}
OUTCOMES: Doc = {"met": True, "not_met": False, "unknown": None, NA: NA}
ELIGIBLE_OR_NOT: list[Doc] = [
    {"verdict": "eligible", "when": {"all": "criteria"}},
    {"verdict": "not_eligible", "when": "always"},
]


def evaluate(vocabulary: Doc, pack: Doc, facts: Doc, as_of: date) -> Doc:
    """Return LANGUAGE §7's `summary` and `localities`, for tables of typed values."""
    return Evaluation(vocabulary, pack, facts, as_of).answer()


def word_of(words: Doc, truth: Any) -> str:
    return next(word for word, meant in words.items() if meant is truth)


# --- §5, comparing intervals -------------------------------------------------------


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
        least = math.ceil(low) if word == "at_least" else math.floor(low) + 1
        return False, least - hi
    most = math.floor(high) if word == "at_most" else math.ceil(high) - 1
    return False, lo - most


# --- §6, formulas as they are written ----------------------------------------------


def parts_of(formula: Doc) -> Any:
    """The formulas within one, maybe as the word `criteria`; None if it is a check."""
    if "not" in formula:
        return [formula["not"]]
    of = formula.get("of")
    of = of if isinstance(of, list) or of == "criteria" else None
    return formula.get("all", formula.get("any", of))


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


class Evaluation(Counting):
    """One set of facts under one pack on one day."""

    def __init__(self, vocabulary: Doc, pack: Doc, facts: Doc, as_of: date) -> None:
        super().__init__(vocabulary, facts, as_of)
        self.pack = pack
        self.rules: list[Doc] = pack.get("verdicts") or ELIGIBLE_OR_NOT
        self.criteria = {one["id"]: one for one in pack["criteria"]}

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
