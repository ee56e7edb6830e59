"""What became of the units that facts hold, by a table of successors."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from engine.errors import N_, Problems, QuestionError
from engine.source import Place
from engine.units.succession import Succession, Successions

_ASKED: Final = Place("--to")
Changes = Mapping[str, tuple[Succession, ...]]
"""By the code of an old unit: the lines of the table about it."""


def changes_on(successions: Successions, day: date, ids: Collection[str]) -> Changes:
    """Return what became of each old unit in the facts, or beside one in a new unit.

    Raises:
        QuestionError: The table has no change on that day, or none that touches them.
    """
    on_day = [each for each in successions.on(day) if not successions.is_same(each)]
    problems = Problems()
    touched = {row.old_code for row in on_day} & {*ids}
    if not on_day:
        problems.error(
            "units-no-change",
            _ASKED,
            N_("the table of successors has no change on {day}"),
            N_("ask about one of its days: {days}"),
            day=day,
            days=", ".join(map(str, successions.days)),
        )
    elif not touched:
        problems.error(
            "units-none-touched",
            _ASKED,
            N_("no unit of these facts changed on {day} by the table of successors"),
            N_("name a table that holds them with --successors"),
            day=day,
        )
    problems.raise_as(QuestionError)
    new = {row.new_code for row in on_day if row.old_code in touched and row.new_code}
    found: dict[str, tuple[Succession, ...]] = {}
    for row in on_day:
        if row.old_code in touched or row.new_code in new:
            found[row.old_code] = (*found.get(row.old_code, ()), row)
    return found
