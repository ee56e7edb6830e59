"""Truths of checks to verdicts: each distinct case is judged once, in the network.

First each criterion on its own checks, then the verdict on the outcomes. Python only
encodes, asserts, closes the world and reads; what follows is the productions' matter.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Final, Self

import polars as pl

from engine.assessment import Outcome
from engine.checks_from_counts import truth_column
from engine.lookup import Lookup, looked_up
from engine.network.cases import Case, Casebook
from engine.network.productions import POSSIBLE, Input, Kind, Question
from engine.network.productions_from_pack import productions_from_pack
from engine.pack import Pack
from engine.packing import Packing

OUTCOMES: Final = (
    Outcome.NOT_MET,
    Outcome.MET,
    Outcome.UNKNOWN,
    Outcome.NOT_APPLICABLE,
)
"""The outcomes by their codes; the first three are those of `Truth`."""
VERDICT: Final = "judged:verdict"
"""The column that holds the verdict."""

_IS_JUDGED: Final = "is judged"
_REMEMBERED: Final = 8_192


def outcome_column(criterion: str) -> str:
    """Return the name of the column that holds the code of a criterion's outcome.

    Neither this nor `VERDICT` can be the name of a check: no id holds a colon.
    """
    return f"judged:{criterion}.outcome"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One locality, judged."""

    outcomes: Mapping[str, Outcome]
    """By criterion, in the pack's order."""
    verdict: str
    possible: tuple[str, ...]
    """The verdicts still possible; only the verdict itself once it is decided."""
    derivation: tuple[str, ...]
    """What the verdict follows from, in order: `C6a false`, `C6 not_met`, and itself.

    For `undetermined`, the unknown checks and criteria that leave it open.
    """


class Judge:
    """Judges localities under one pack, and remembers every case it has met."""

    def __init__(self, pack: Pack) -> None:
        """Compile the pack."""
        self.pack = pack
        self.productions = productions_from_pack(pack)
        self._criteria = {
            criterion: Casebook(question)
            for criterion, question in self.productions.criteria.items()
        }
        self._verdict = Casebook(self.productions.verdict)
        self._waves = [
            [_Asked.of_criterion(each, self._criteria[each]) for each in wave]
            for wave in _waves(self.productions.criteria)
        ]
        self._asked_last = _Asked(self._verdict, VERDICT, pl.String, str)
        self._checks = tuple(dict.fromkeys(check.id for check in pack.checks))
        self._judgement = lru_cache(_REMEMBERED)(self._judge_one)

    def judge(self, truths: pl.DataFrame) -> pl.DataFrame:
        """Return the outcomes and verdicts of localities, row by row.

        `truths` has the String column `level` and, for each check, `truth_column`.
        Returned are for each criterion an Int8 `outcome_column`, a code of `OUTCOMES`,
        and the String `VERDICT`, which is one of the pack's or `undetermined`; null
        where the pack does not judge the level.
        """
        frame = self._marked(truths)
        for wave in self._waves:
            frame = frame.with_columns(self._told(frame, wave))
        verdicts = self._told(frame, [self._asked_last])
        return frame.select(map(outcome_column, self._criteria)).with_columns(verdicts)

    def verdicts(self, outcomes: pl.DataFrame) -> pl.Series:
        """Return what the decision list concludes, row by row, as `judge` does.

        `outcomes` has what `judge` takes and, for each criterion, `outcome_column`.
        """
        (verdicts,) = self._told(self._marked(outcomes), [self._asked_last])
        return verdicts

    def ask(self, level: str, truths: Mapping[str, int]) -> Judgement:
        """Judge one locality, of a level that the pack judges, and say why.

        `truths` holds a `Truth` (or its integer) for every check of the pack.
        """
        if level not in self.pack.levels:
            message = f"the pack does not judge the level {level!r}"
            raise ValueError(message)
        return self._judgement(level, tuple(truths[check] for check in self._checks))

    def _judge_one(self, level: str, truths: tuple[int, ...]) -> Judgement:
        known = dict(zip(self._checks, truths, strict=True))
        outcomes: dict[str, int] = {}
        cases: dict[str, Case] = {}
        for criterion, book in self._criteria.items():
            case = book.case(_pattern(book.question, level, known, outcomes))
            outcomes[criterion], cases[criterion] = _code(case.answer), case
        question = self.productions.verdict
        case = self._verdict.case(_pattern(question, level, known, outcomes))
        left = set(case.concluded(POSSIBLE))
        ids = [criterion.id for criterion in self.pack.criteria]
        return Judgement(
            outcomes={each: OUTCOMES[outcomes[each]] for each in ids},
            verdict=case.answer,
            possible=tuple(each for each in self.pack.verdict_names if each in left),
            derivation=(*_reasons(case, cases, ids, set()), case.answer),
        )

    def _marked(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Mark the rows that the pack judges; in one piece, for the many passes."""
        return frame.with_columns(
            _is_level(self.pack.levels).alias(_IS_JUDGED)
        ).rechunk()

    def _told(self, frame: pl.DataFrame, asked: Sequence["_Asked"]) -> list[pl.Series]:
        """Return the answers to several questions, row by row."""
        keys = frame.with_columns(
            each.packing.keys(frame, _IS_JUDGED).alias(each.column) for each in asked
        ).select(each.column for each in asked)
        return looked_up(keys, [each.answers for each in asked]).get_columns()


class _Asked:
    """A question about every row: what is packed, and the answers that are known."""

    def __init__(
        self,
        book: Casebook,
        column: str,
        kind: type[pl.DataType],
        told: Callable[[str], int | str],
    ) -> None:
        """Prepare to ask; answers are `told` as values of a type."""
        self.book, self.column, self._value = book, column, told
        self.packing = Packing([_column(each) for each in book.question.inputs])
        self.answers = Lookup(kind, self._answers)

    @classmethod
    def of_criterion(cls, criterion: str, book: Casebook) -> Self:
        """Ask for the codes of a criterion's outcomes."""
        return cls(book, outcome_column(criterion), pl.Int8, _code)

    def _answers(self, keys: Sequence[int]) -> Mapping[int, int | str]:
        patterns = {key: self.packing.pattern(key) for key in keys}
        answers = self.book.answers(patterns.values())
        return {key: self._value(answers[patterns[key]]) for key in keys}


def _column(what: Input) -> pl.Expr:
    """Return the codes of an input as `Packing` takes them; none is below zero."""
    match what.kind:
        case Kind.CHECK:
            return pl.col(truth_column(what.id)).reinterpret(signed=False)
        case Kind.CRITERION:
            return pl.col(outcome_column(what.id)).reinterpret(signed=False)
        case Kind.LEVEL:
            return _is_level(what.levels)


def _is_level(levels: Collection[str]) -> pl.Expr:
    # For a few short words this takes a sixth of the time of `is_in`.
    one_of = (pl.col("level") == each for each in levels)
    return reduce(or_, one_of, pl.lit(value=False))


def _pattern(
    question: Question,
    level: str,
    truths: Mapping[str, int],
    outcomes: Mapping[str, int],
) -> int:
    def code(what: Input) -> int:
        match what.kind:
            case Kind.CHECK:
                return truths[what.id]
            case Kind.CRITERION:
                return outcomes[what.id]
            case Kind.LEVEL:
                return int(level in what.levels)

    pattern = 0
    for each in question.inputs:
        pattern = pattern * 4 + code(each)
    return pattern


def _waves(criteria: Mapping[str, Question]) -> list[list[str]]:
    """Return the criteria in groups, each after those that its members ask about."""
    waves: list[list[str]] = []
    place: dict[str, int] = {}
    for criterion, question in criteria.items():
        named = (each.id for each in question.inputs if each.kind is Kind.CRITERION)
        at = place[criterion] = max((place[each] for each in named), default=-1) + 1
        if at == len(waves):
            waves.append([])
        waves[at].append(criterion)
    return waves


def _code(answer: str) -> int:
    return OUTCOMES.index(Outcome(answer))


def _reasons(
    case: Case, criteria: Mapping[str, Case], ids: Sequence[str], told: set[str]
) -> Iterator[str]:
    """Yield what a case rests on: criteria, each after its own reasons, then checks."""
    values = {(each.kind, each.id): value for each, value in case.rests_on}
    for criterion in ids:
        if (Kind.CRITERION, criterion) in values and criterion not in told:
            told.add(criterion)
            yield from _reasons(criteria[criterion], criteria, ids, told)
            yield f"{criterion} {criteria[criterion].answer}"
    for (kind, check), value in values.items():
        if kind is Kind.CHECK:
            yield f"{check} {value}"
