"""LANGUAGE.md §3 read plainly: Kleene's truths, durations, conditions on a row.

True, False and None are the truths; None is unknown. Part of `tests/reference.py`.
"""

import operator
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

Doc = dict[str, Any]
Truth = bool | None

AT_LEAST, MORE_THAN = operator.ge, operator.gt
AT_MOST, LESS_THAN = operator.le, operator.lt
NUMBERS = {"at_least": AT_LEAST, "more_than": MORE_THAN}
NUMBERS |= {"at_most": AT_MOST, "less_than": LESS_THAN}
DATES = {"on_or_after": AT_LEAST, "after": MORE_THAN}
DATES |= {"on_or_before": AT_MOST, "before": LESS_THAN}
STARTS = {"at_least": AT_MOST, "more_than": LESS_THAN}  # to last longer, start earlier
STARTS |= {"at_most": AT_LEAST, "less_than": MORE_THAN}
DURATION = re.compile(r"(\d+) (day|week|month|year)s?")


def negation(truth: Truth) -> Truth:
    return None if truth is None else not truth


def every(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return False if False in seen else None if None in seen else True


def some(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return True if True in seen else None if None in seen else False


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
    number, unit = (
        int(duration.split(" ", maxsplit=1)[0]),
        duration.split(" ")[1].rstrip("s"),
    )
    if unit in {"day", "week"}:
        return end - timedelta(days=number * (7 if unit == "week" else 1))
    months = number * (12 if unit == "year" else 1)
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    month += 1
    return date(year, month, min(end.day, monthrange(year, month)[1]))
