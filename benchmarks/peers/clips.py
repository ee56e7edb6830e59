"""CLIPS: a template, two rules a criterion, and what they conclude as facts."""

import clips
import polars as pl

from benchmarks.peers.contract import (
    COLUMNS,
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    AtLeastOne,
    Check,
    Every,
    NoneOf,
    Outcomes,
    Peer,
    Yes,
)

_AT_ONCE = 1_000
"""Working memory is emptied after so many hamlets: matching slows down as it fills."""
_CODES = {"failed": NOT_MET, "open": OPEN}

Slots = dict[str, object]


class Clips(Peer):
    """Facts of a template are asserted, the rules run, conclusions are read."""

    title = "CLIPS"
    package = "clipspy"
    way = "a template and two rules a criterion; the symbol `unknown` is tested for"

    def __init__(self) -> None:
        """Build the constructs."""
        self._clips = clips.Environment()
        slots = " ".join(f"(slot {name})" for name in ("at", *COLUMNS))
        self._clips.build(f"(deftemplate hamlet {slots})")
        self._clips.build("(deftemplate outcome (slot at) (slot criterion) (slot is))")
        for criterion, checks in CRITERIA.items():
            for rule in _rules(criterion, checks):
                self._clips.build(rule)

    def load(self, rows: pl.DataFrame) -> list[Slots]:
        """Return the slots of a fact a hamlet."""
        records = rows.select(COLUMNS).iter_rows(named=True)
        return [
            {name: _slot(value) for name, value in each.items()} for each in records
        ]

    def judge(self, loaded: list[Slots]) -> list[Outcomes]:
        """Judge all hamlets, a thousand at a time."""
        answers: list[Outcomes] = []
        for start in range(0, len(loaded), _AT_ONCE):
            answers += self._judged(loaded[start : start + _AT_ONCE])
        return answers

    def _judged(self, hamlets: list[Slots]) -> list[list[int]]:
        self._clips.reset()
        template = self._clips.find_template("hamlet")
        for at, slots in enumerate(hamlets):
            template.assert_fact(at=at, **slots)
        self._clips.run()
        outcomes = [[MET] * len(CRITERIA) for _ in hamlets]
        for fact in self._clips.find_template("outcome").facts():
            outcomes[fact["at"]][_PLACES[fact["criterion"]]] = _CODES[fact["is"]]
        return outcomes


def _slot(value: int | bool | None) -> object:
    match value:
        case None:
            return clips.Symbol("unknown")
        case bool():
            return clips.Symbol("yes" if value else "no")
        case int():
            return value


_PLACES = {criterion: at for at, criterion in enumerate(CRITERIA)}


def _rules(criterion: str, checks: tuple[Check, ...]) -> tuple[str, str]:
    """Return the rule that finds a criterion failed, and the one that finds it open."""
    names = dict.fromkeys(name for check in checks for name in _names(check))
    slots = " ".join(f"({name} ?{name})" for name in names)
    fails = f"(or {' '.join(map(_fails, checks))} FALSE)"
    opens = f"(or {' '.join(map(_open, checks))} FALSE)"
    concludes = f"(assert (outcome (at ?at) (criterion {criterion}) (is"
    return (
        (
            f"(defrule {criterion}-failed (hamlet (at ?at) {slots}) (test {fails})"
            f" => {concludes} failed))))"
        ),
        (
            f"(defrule {criterion}-open (hamlet (at ?at) {slots})"
            f" (test (and (not {fails}) {opens})) => {concludes} open))))"
        ),
    )


def _names(check: Check) -> tuple[str, ...]:
    match check:
        case NoneOf(name) | AtLeastOne(name) | Yes(name):
            return (name,)
        case Every(whole, part):
            return whole, part


def _fails(check: Check) -> str:
    match check:
        case NoneOf(count):
            return f"(and (numberp ?{count}) (> ?{count} 0))"
        case AtLeastOne(count):
            return f"(eq ?{count} 0)"
        case Yes(field):
            return f"(eq ?{field} no)"
        case Every(whole, part):
            known = f"(numberp ?{whole}) (numberp ?{part})"
            return f"(and {known} (< ?{part} ?{whole}))"


def _open(check: Check) -> str:
    match check:
        case NoneOf(name) | AtLeastOne(name) | Yes(name):
            return f"(eq ?{name} unknown)"
        case Every(whole, part, must_be):
            open_ = f"(eq ?{whole} unknown)"
            if must_be:
                return f"(or {open_} (eq ?{part} unknown) (eq ?{whole} 0))"
            some = f"(and (eq ?{part} unknown) (neq ?{whole} 0))"
            return f"(or {open_} {some})"
