"""From several judgements on the same facts to who passes where."""

from collections.abc import Iterator, Sequence

import polars as pl

from engine.assessment import Outcome
from engine.checks_from_counts import truth_column
from engine.judged import Judged
from engine.pack import UNDETERMINED, CriterionRef, Pack, leaves
from engine.policy.comparison import DIFFERS, Comparison, Standing
from engine.verdicts_from_checks import OUTCOMES, VERDICT, outcome_column

_KEPT = ("id", "name", "level", "parent")
_IN_THE_WAY = [OUTCOMES.index(each) for each in (Outcome.NOT_MET, Outcome.UNKNOWN)]
_BARRED = [Standing.FAILS.value, Standing.UNDETERMINED.value]
_NO_CRITERIA = pl.lit([], dtype=pl.List(pl.String))


def comparison_from_judged(judgements: Sequence[Judged]) -> Comparison:
    """Put judgements on the same facts, at least one, side by side.

    A locality differs if some of those that judge its level let it pass and some do
    not, or if only some can tell. In the way are the criteria that a passing verdict
    asks for and that are not met or not known; of one that rests on others, those.
    """
    frame = judgements[0].frame.select(_KEPT)
    for at, judged in enumerate(judgements):
        verdicts = judged.frame.get_column(VERDICT)
        ways = judged.frame.with_columns(_in_the_way(judged.pack).alias("way"))
        frame = frame.with_columns(
            verdicts.alias(f"verdict:{at}"),
            _standing(judged).alias(f"standing:{at}"),
            ways.get_column("way").alias(f"way:{at}"),
        )
    places = range(len(judgements))
    frame = frame.with_columns(_differs(places).alias(DIFFERS)).with_columns(
        pl.when(pl.col(f"standing:{at}").is_in(_BARRED))
        .then(f"way:{at}")
        .otherwise(_NO_CRITERIA)
        .alias(f"way:{at}")
        for at in places
    )
    judged_anywhere = pl.any_horizontal(
        pl.col(f"verdict:{at}").is_not_null() for at in places
    )
    return Comparison(tuple(judgements), frame.filter(judged_anywhere))


def _standing(judged: Judged) -> pl.Series:
    """Return what each verdict comes to.

    One that is undetermined between verdicts of which none passes is a failure.
    """
    pack = judged.pack
    standings = {
        rule.verdict: (Standing.PASSES if rule.passes else Standing.FAILS).value
        for rule in pack.verdicts
    }
    known = judged.frame.select(
        pl.col(VERDICT).replace_strict(standings, default=None, return_dtype=pl.String)
    ).to_series()
    is_open = judged.frame.get_column(VERDICT) == UNDETERMINED
    is_open = is_open.fill_null(value=False)
    checks = tuple(dict.fromkeys(check.id for check in pack.checks))
    cases = judged.frame.filter(is_open).select(
        "level", *(truth_column(each) for each in checks)
    )
    found: dict[tuple[str | int, ...], str] = {}
    for case in cases.unique().iter_rows():
        truths = dict(zip(checks, case[1:], strict=True))
        left = judged.judge.ask(case[0], truths).possible
        may_pass = any(standings[each] == Standing.PASSES.value for each in left)
        standing = Standing.UNDETERMINED if may_pass else Standing.FAILS
        found[case] = standing.value
    told = pl.Series([found[case] for case in cases.iter_rows()], dtype=pl.String)
    return known.scatter(is_open.arg_true(), told).fill_null(Standing.NOT_JUDGED.value)


def _differs(places: range) -> pl.Expr:
    """Return where those that judge a locality disagree."""
    opinions = [
        pl.any_horizontal(pl.col(f"standing:{at}") == each.value for at in places)
        for each in (Standing.PASSES, Standing.FAILS, Standing.UNDETERMINED)
    ]
    return pl.sum_horizontal(opinions) > 1


def _in_the_way(pack: Pack) -> pl.Expr:
    """Return the criteria that keep a locality from a verdict that passes."""
    refers = {each.id: each.refers_to for each in pack.criteria}
    asked = dict.fromkeys(_asked(pack, refers))
    open_ = {each: pl.col(outcome_column(each)).is_in(_IN_THE_WAY) for each in asked}
    named = []
    for each in (one.id for one in pack.criteria if one.id in asked):
        deeper = [~open_[other] for other in refers[each]]
        is_meant = pl.all_horizontal(open_[each], *deeper)
        named.append(pl.when(is_meant).then(pl.lit(each)))
    return pl.concat_list(named).list.drop_nulls() if named else _NO_CRITERIA


def _asked(pack: Pack, refers: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the criteria that passing verdicts ask for, and those that these rest on."""
    waiting = [
        leaf.id
        for rule in pack.verdicts
        if rule.passes
        for leaf in leaves(rule.when)
        if isinstance(leaf, CriterionRef)
    ]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(refers[name])
            yield name
