"""Where localities stand: at a level that is known, and below one that is higher."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from engine.desk.finding import Finding, Severity
from engine.desk.findings_from_facts.gaps import Gap, Kind, Telling
from engine.errors import N_
from engine.judged import Judged
from engine.levels import unknown_levels

_NO_PARENT: Final = Kind(
    "parent-missing",
    Severity.WARNING,
    N_("no parent, although other localities of the level {level} have one"),
    N_(
        "no parent for {number} localities ({names}), although others of the level "
        "{level} have one"
    ),
    N_("write the id of what it belongs to; without it, it is counted nowhere above"),
)
_BELOW_EQUAL: Final = Kind(
    "parent-not-higher",
    Severity.WARNING,
    N_("a locality of the level {level} below one of the level {above}"),
    N_(
        "{number} of the {all} localities below are of the level {level}, and this one "
        "of the level {above} ({names})"
    ),
    N_("correct the parent, or whichever of the two levels is wrong"),
)


def misplaced_localities(judged: Judged, telling: Telling) -> Iterator[Finding]:
    """Yield the localities that stand where they would be judged or counted wrongly."""
    yield from _of_unknown_level(judged)
    frame = judged.frame.select("row", "id", "level", "parent")
    for kind, found in (
        (_NO_PARENT, _without_parent(frame)),
        (_BELOW_EQUAL, _below_no_higher(frame, judged.pack.levels)),
    ):
        # Those of two levels are told apart, as their words are.
        for alike in found.partition_by("level", "above", maintain_order=True):
            yield from telling.findings(kind, _gaps(alike, judged))


def _of_unknown_level(judged: Judged) -> Iterator[Finding]:
    for each in unknown_levels(judged):
        yield Finding(
            "level-unknown",
            Severity.WARNING,
            None,
            None,
            (),
            (judged.facts.localities.places(each.row, "level"),),
            N_(
                "the level “{level}” ({number} localities) is none that the pack judges "
                "or the vocabulary names, so none of them is judged"
            ),
            N_("did you mean '{near}'?")
            if each.meant
            else N_("write one of these, if one is meant: {levels}"),
            {
                "level": each.level,
                "number": each.number,
                "near": each.meant or "",
                "levels": judged.pack.levels,
            },
        )


def _without_parent(frame: pl.DataFrame) -> pl.DataFrame:
    above = pl.col("parent")
    alone = above.is_null() & above.is_not_null().any().over("level")
    return frame.filter(alone).with_columns(above=pl.lit(""))


def _below_no_higher(frame: pl.DataFrame, levels: tuple[str, ...]) -> pl.DataFrame:
    """Return the localities whose parent is of their own level or of a lower one."""
    ranks = {level: rank for rank, level in enumerate(levels)}

    def rank(level: str) -> pl.Expr:
        return pl.col(level).replace_strict(ranks, default=None, return_dtype=pl.Int64)

    parents = frame.select(parent="id", above="level")
    joined = frame.join(parents, on="parent", maintain_order="left")
    equal = pl.col("level") == pl.col("above")
    return joined.filter(equal | (rank("above") < rank("level")))


def _gaps(found: pl.DataFrame, judged: Judged) -> Iterator[Gap]:
    places = judged.facts.localities.places
    for row, level, above in found.select("row", "level", "above").iter_rows():
        values = {"level": level, "above": above}
        yield Gap(row, ("parent",), (), (places(row, "parent"),), values)
