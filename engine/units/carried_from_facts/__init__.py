"""From facts of old units and a table of successors to facts of the new units.

Nothing is added up here. A new unit stands above the old ones it was made of, so its
counts are their sums; where a part is missing or was split, an empty unit stands for
it, so the sum is open upwards, and neither the new unit nor those above are judged.
"""

from collections.abc import Iterator
from datetime import date
from typing import cast

import polars as pl

from engine.facts import Facts, Table
from engine.units.carried import FORMER, PARTIAL, Carried, How, NewUnit
from engine.units.carried_from_facts.changes import changes_on
from engine.units.carried_from_facts.new_units import (
    above_unknown,
    new_units_of,
    origin_of,
)
from engine.units.carried_from_facts.old_units import OldUnits, Row
from engine.units.carried_from_facts.refusals import refuse_mixed, refuse_others
from engine.units.succession import Successions
from engine.vocabulary import INSPECTIONS, LOCALITIES

__all__ = ["carried_from_facts"]


def carried_from_facts(facts: Facts, successions: Successions, day: date) -> Carried:
    """Return the facts by the units that there are from `day` on.

    Raises:
        QuestionError: The table has no change on that day, or none that touches them.
        FactsError: The facts are not those of the old units alone.
    """
    frame = _frame(facts.localities)
    rows = {row["id"]: row for row in frame.to_dicts()}
    old = OldUnits(rows, changes_on(successions, day, rows))
    refuse_others(old, facts.localities)
    units = new_units_of(old)
    refuse_mixed(units, old, facts.localities)
    unknown = above_unknown([*units], old)
    tables = {LOCALITIES: _localities(frame, old, units, unknown)}
    others = dict(facts.registers)
    if facts.inspections is not None:
        others[INSPECTIONS] = facts.inspections
    for name, table in others.items():
        home = pl.col("locality").replace(old.homes)
        tables[name] = _frame(table).drop("row").with_columns(home)
    ended = filter(old.has_ended, old.changed)
    return Carried(
        since=day,
        units=units,
        ended=tuple(origin_of(old.changes[name][0], How.ENDED) for name in ended),
        partial_above=tuple(_named(old, unknown - old.changes.keys())),
        kept=tuple(_named(old, _kept(old))),
        tables=tables,
    )


def _frame(table: Table) -> pl.DataFrame:
    return cast("pl.LazyFrame", table.frame.to_native()).sort("row").collect()


def _localities(
    frame: pl.DataFrame, old: OldUnits, units: tuple[NewUnit, ...], unknown: set[str]
) -> pl.DataFrame:
    schema = {name: kind for name, kind in frame.schema.items() if name != "row"}
    found = _rows(old, units, unknown)
    return pl.DataFrame(
        [{each: row.get(each) for each in schema} for row in found], schema
    )


def _rows(
    old: OldUnits, units: tuple[NewUnit, ...], unknown: set[str]
) -> Iterator[Row]:
    """Yield the localities as they are now, a new unit before the old ones in it."""
    waiting = {unit.code: unit for unit in units}
    for name, row in old.rows.items():
        changes = old.changes.get(name, ())
        for change in changes:
            unit = waiting.pop(change.new_code or "", None)
            if unit is not None:
                yield from _of_unit(unit)
        parent, level = old.parent_now(name), row["level"]
        if name in unknown:
            level = PARTIAL + level
        if changes:
            level = FORMER + row["level"]
            if changes[0].is_whole:
                parent = changes[0].new_code
        if not old.has_ended(name) or old.above(name) is None:
            yield {**row, "id": old.now(name), "level": level, "parent": parent}


def _of_unit(unit: NewUnit) -> Iterator[Row]:
    """Yield a new unit, and an empty one for each part that is not known."""
    level = unit.level if unit.is_whole else PARTIAL + unit.level
    yield {"id": unit.code, "name": unit.name, "level": level, "parent": unit.parent}
    for origin in unit.origins:
        if origin.how is not How.WHOLE:
            yield {
                "id": origin.id,
                "name": origin.old_name,
                "level": FORMER + unit.level,
                "parent": unit.code,
            }


def _kept(old: OldUnits) -> set[str]:
    """Return the units that the table does not name, of a level of which it names some."""
    levels = {
        old.rows[name]["level"] for name in old.changed if not old.has_ended(name)
    }
    return {
        name
        for name, row in old.rows.items()
        if row["level"] in levels and name not in old.changes
    }


def _named(old: OldUnits, names: set[str]) -> Iterator[tuple[str, str]]:
    return ((name, row["name"]) for name, row in old.rows.items() if name in names)
