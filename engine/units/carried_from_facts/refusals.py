"""What keeps facts from being carried: they are not those of the old units alone."""

from engine.errors import N_, FactsError, Problems
from engine.facts import Table
from engine.units.carried import NewUnit
from engine.units.carried_from_facts.old_units import OldUnits
from engine.units.succession import Unit


def refuse_others(old: OldUnits, table: Table) -> None:
    """Complain about units that are not those of the table, or are new already.

    Raises:
        FactsError: with all of them.
    """
    problems = Problems()
    for name in old.changed:
        row, change = old.rows[name], old.changes[name][0]
        unit = Unit(name, change.old_name, None, change.until)
        if row["name"] != name and not unit.goes_by(row["name"]):
            problems.error(
                "units-other-name",
                table.places(row["row"], "name"),
                N_("{unit} was {name} until {until}, and has another name here"),
                N_("carry facts of the old units only; their names are in the table"),
                unit=name,
                name=change.old_name,
                until=change.until,
            )
    new = {each.new_code for parts in old.changes.values() for each in parts}
    for name, row in old.rows.items():
        if name in new and name not in old.changes:
            problems.error(
                "units-new-already",
                table.places(row["row"], "id"),
                N_("the new unit {unit} stands beside old ones"),
                N_("carry facts of the old units only; their names are in the table"),
                unit=name,
            )
    problems.raise_as(FactsError)


def refuse_mixed(units: tuple[NewUnit, ...], old: OldUnits, table: Table) -> None:
    """Complain about new units of several levels, or below several others.

    Raises:
        FactsError: with all of them.
    """
    problems = Problems()
    for unit in units:
        present = [e.old_code for e in unit.origins if e.old_code in old.rows]
        kinds = {(old.rows[name]["level"], old.parent_now(name)) for name in present}
        if len(kinds) > 1:
            problems.error(
                "units-mixed",
                table.places(old.rows[present[0]]["row"], "id"),
                N_("the old units of {unit} have several levels or belong to several"),
                N_("give them one level, and end the units between in the table"),
                unit=unit.code,
            )
    problems.raise_as(FactsError)
