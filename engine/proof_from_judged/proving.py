"""From verdicts in columns to the proofs of localities."""

from collections.abc import Collection
from functools import cache, partial
from typing import NoReturn

import polars as pl

from engine.assessment_from_judged import results_of, told
from engine.checks_from_counts import truth_column
from engine.errors import N_, Problems, QuestionError, nearest
from engine.judged import Judged
from engine.network.settling import what_would_settle
from engine.pack import UNDETERMINED
from engine.proof import CriterionProof, Proof, Settling
from engine.proof_from_judged.checks import Checks
from engine.proof_from_judged.localities import Localities
from engine.proof_from_judged.rows import RowsSeen
from engine.source import Place
from engine.tree import beneath


def proof_of(judged: Judged, locality: str) -> Proof:
    """Return why a locality has its verdict.

    Raises:
        QuestionError: there is no such locality, or the pack does not judge its level.
    """
    return Prover(judged, (locality,)).of(locality)


class Prover:
    """Proves verdicts of one judgement.

    The facts are looked through once, for all the localities that it is made for.
    """

    def __init__(self, judged: Judged, asked: Collection[str] | None = None) -> None:
        """Prepare to prove the verdicts on the localities `asked`, or on all."""
        self._judged = judged
        some, inside, concerned = judged, None, judged
        if asked is not None:
            tree = judged.frame.select("id", "parent").rows()
            known = {each for each, _ in tree}.intersection(
                asked
            )  # `of` refuses others
            inside = beneath(known, tree)
            concerned = judged.among(pl.col("id").is_in(inside))
            some = concerned.among(pl.col("id").is_in([*known]))
        self._localities = Localities(concerned)
        self._checks = Checks(judged, self._localities, RowsSeen(judged, inside))
        frame = told(some)
        self._results = results_of(some, frame)
        self._at = {each: at for at, each in enumerate(frame.get_column("id"))}
        self._readings = {
            name: tuple(e for e in judged.pack.readings if e.criterion == name)
            for name in (None, *(each.id for each in judged.pack.criteria))
        }
        self._settled = cache(partial(_settling, judged))

    def of(self, locality: str) -> Proof:
        """Return why a locality has its verdict.

        Raises:
            QuestionError: there is none such, or the pack does not judge its level.
        """
        if locality not in self._at:
            self._refuse(locality)
        result = self._results[self._at[locality]]
        row = self._localities.row(locality)
        checks = self._judged.pack.checks
        truths = tuple((each.id, row[truth_column(each.id)]) for each in checks)
        is_open = result.verdict == UNDETERMINED
        came_out = {each.id: each for each in result.criteria}
        return Proof(
            locality=result,
            criteria=tuple(
                CriterionProof(
                    criterion=each,
                    outcome=came_out[each.id].outcome,
                    checks=self._checks.of(each, came_out[each.id], row),
                    readings=self._readings[each.id],
                )
                for each in self._judged.pack.criteria
            ),
            readings=self._readings[None],
            settling=self._settled(row["level"], truths) if is_open else (),
        )

    def _refuse(self, locality: str) -> NoReturn:
        judged = self._judged
        known = dict(judged.frame.select("id", "level").iter_rows())
        place = Place(judged.facts.localities.file)
        refuse_unknown(locality, known, place)
        problems = Problems()
        problems.error(
            "level-not-judged",
            place,
            N_("'{locality}' is of the level '{level}', which {pack} does not judge"),
            N_("ask for one of {levels}, or with another pack"),
            locality=locality,
            level=known[locality],
            pack=judged.pack.id,
            levels=", ".join(judged.pack.levels),
        )
        raise problems.as_error(QuestionError)


def refuse_unknown(locality: str, known: Collection[str], place: Place) -> None:
    """Refuse a locality that is none of those known, of which there are some.

    Raises:
        QuestionError: it is none of them; the nearest is named, if any is near.
    """
    if locality in known:
        return
    problems, near = Problems(), nearest(locality, known)
    problems.error(
        "unknown-locality",
        place,
        N_("there is no locality '{locality}'"),
        N_("the nearest is '{nearest}'; the ids stand in the table of localities")
        if near
        else N_("the ids stand in the table of localities"),
        locality=locality,
        nearest=near,
    )
    raise problems.as_error(QuestionError)


def _settling(
    judged: Judged, level: str, truths: tuple[tuple[str, int], ...]
) -> tuple[Settling, ...]:
    ways = what_would_settle(judged.judge, level, dict(truths))
    return tuple(Settling(verdict, answers) for verdict, answers in ways.items())
