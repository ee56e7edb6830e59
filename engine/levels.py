"""Levels of localities that nobody judges or knows, and which one may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl

from engine.errors import nearest
from engine.judged import Judged
from engine.names import folded
from engine.pack import Pack
from engine.units.carried import FORMER, PARTIAL
from engine.verdicts_from_checks import VERDICT

USUAL_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "hamlet": ("tổ dân phố", "khu phố", "thôn", "bản", "ấp", "làng", "xóm", "buôn"),
        "commune": ("xã", "phường", "thị trấn", "đặc khu"),
        "district": ("huyện", "quận", "thị xã"),
        "province": ("tỉnh",),
    }
)
"""What people write for a level; `thành phố` may be two of them."""


@dataclass(frozen=True, slots=True)
class UnknownLevel:
    """A level that the pack does not judge and the vocabulary does not name."""

    level: str
    number: int
    """How many localities are of it."""
    row: int
    """The first of them."""
    meant: str | None
    """The known level that it most resembles, if any."""


def unknown_levels(judged: Judged) -> tuple[UnknownLevel, ...]:
    """Return the levels of the facts that nobody knows, in the order of the facts."""
    known = _known_to(judged.pack)
    found = (
        judged.frame.lazy()
        .filter(pl.col(VERDICT).is_null())
        .group_by("level", maintain_order=True)
        .agg(pl.len(), pl.col("row").first())
        .collect()
    )
    return tuple(
        UnknownLevel(level, number, row, _meant(level, known))
        for level, number, row in found.iter_rows()
        if level.removeprefix(FORMER).removeprefix(PARTIAL) not in known
    )


def _known_to(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Return the levels that a pack judges or has words for, each with its words."""
    labels = pack.vocabulary.levels
    return {
        level: (
            *((labels[level].vi, labels[level].en) if level in labels else ()),
            *USUAL_WORDS.get(level, ()),
        )
        for level in dict.fromkeys((*pack.levels, *labels))
    }


def _meant(level: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    wanted = folded(level)
    for name, words in known.items():
        if wanted in map(folded, (name, *words)):
            return name
    return nearest(wanted, known)
