"""OpenFisca: a variable a column, a formula a criterion, over vectors."""

from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.periods import ETERNITY
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers.contract import (
    COLUMNS,
    CRITERIA,
    MET,
    NOT_MET,
    OPEN,
    AtLeastOne,
    Check,
    ColumnPeer,
    Every,
    NoneOf,
    Yes,
)

_DAY = "2024-03-31"
_UNKNOWN = -1
HAMLET = build_entity(key="hamlet", plural="hamlets", label="A hamlet", is_person=True)


class OpenFisca(ColumnPeer):
    """A tax and benefit system whose persons are hamlets."""

    title = "OpenFisca"
    package = "openfisca-core"
    way = "variables with vector formulas; it has no null, so −1 is unknown"

    def __init__(self) -> None:
        """Declare the variables."""
        self._system = TaxBenefitSystem([HAMLET])
        for name in COLUMNS:
            self._system.add_variable(_variable(name, {"default_value": _UNKNOWN}))
        for criterion, checks in CRITERIA.items():
            self._system.add_variable(
                _variable(criterion, {"formula": _formula(checks)})
            )

    def load(self, rows: pl.DataFrame) -> dict[str, Any]:
        """Return an array of whole numbers a column."""
        ints = pl.col(COLUMNS).cast(pl.Int32).fill_null(_UNKNOWN)
        return {each.name: each.to_numpy() for each in rows.select(ints)}

    def judge(self, loaded: dict[str, Any]) -> list[Any]:
        """Give the vectors to a simulation, and calculate the criteria."""
        number = len(loaded[COLUMNS[0]])
        simulation = SimulationBuilder().build_default_simulation(self._system, number)
        for name, values in loaded.items():
            simulation.set_input(name, ETERNITY, values)
        return [simulation.calculate(criterion, _DAY) for criterion in CRITERIA]


def _variable(name: str, more: dict[str, Any]) -> type[Variable]:
    common = {"value_type": int, "entity": HAMLET, "definition_period": ETERNITY}
    return type(name, (Variable,), {**common, **more})


def _formula(checks: tuple[Check, ...]) -> Any:
    def formula(hamlet: Any, period: Any) -> Any:
        sides = [_sides(check, hamlet, period) for check in checks]
        failing = sum(fails for fails, _ in sides) > 0
        opening = sum(opens for _, opens in sides) > 0
        return np.where(failing, NOT_MET, np.where(opening, OPEN, MET))

    return formula


def _sides(check: Check, hamlet: Any, period: Any) -> tuple[Any, Any]:
    """Return where a check fails, and where it is open."""
    match check:
        case NoneOf(count):
            number = hamlet(count, period)
            return number > 0, number < 0
        case AtLeastOne(name) | Yes(name):
            number = hamlet(name, period)
            return number == 0, number < 0
        case Every(whole, part, must_be):
            all_, some = hamlet(whole, period), hamlet(part, period)
            nobody = all_ <= 0 if must_be else all_ < 0
            return (some >= 0) * (some < all_), nobody + (some < 0) * (all_ > 0)
