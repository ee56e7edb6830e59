"""The new units that old ones went into, and whether all that is in them is known."""

from dataclasses import replace

from engine.units.carried import How, NewUnit, Origin
from engine.units.carried_from_facts.old_units import OldUnits, former_id
from engine.units.succession import Succession


def new_units_of(old: OldUnits) -> tuple[NewUnit, ...]:
    """Return the units that the old ones went into, in the order of the facts."""
    made: dict[str, list[Succession]] = {}
    for name in (*old.changed, *old.changes):
        for change in old.changes[name]:
            parts = made.setdefault(change.new_code or "", [])
            if change not in parts:
                parts.append(change)
    made.pop("", None)
    units = [_unit(code, parts, old) for code, parts in made.items()]
    doubtful = above_unknown(units, old)
    return tuple(
        replace(unit, is_whole=unit.is_whole and doubtful.isdisjoint(_inside(unit)))
        for unit in units
    )


def above_unknown(units: list[NewUnit], old: OldUnits) -> set[str]:
    """Return the localities above a new unit of which something is not known."""
    return {
        above
        for unit in units
        if not unit.is_whole
        for name in _inside(unit) & old.rows.keys()
        for above in old.all_above(name)
    }


def _inside(unit: NewUnit) -> set[str]:
    return {origin.old_code for origin in unit.origins}


def _unit(code: str, parts: list[Succession], old: OldUnits) -> NewUnit:
    origins = tuple(origin_of(each, _how(each, old)) for each in parts)
    first = next(each.old_code for each in parts if each.old_code in old.rows)
    return NewUnit(
        code=code,
        name=parts[0].new_name,
        level=old.rows[first]["level"],
        parent=old.parent_now(first),
        origins=origins,
        is_whole=all(each.how is How.WHOLE for each in origins),
    )


def _how(change: Succession, old: OldUnits) -> How:
    if not change.is_whole:
        return How.PART
    return How.WHOLE if change.old_code in old.rows else How.MISSING


def origin_of(change: Succession, how: How) -> Origin:
    """Return an old unit as one that a new one was made of, or that ended."""
    of_new = f".{change.new_code}" if how is How.PART else ""
    return Origin(
        id=former_id(change) + of_new,
        old_code=change.old_code,
        old_name=change.old_name,
        how=how,
        source=change.source,
    )
