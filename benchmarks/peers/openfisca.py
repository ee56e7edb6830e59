"""OpenFisca: a variable a column, a formula a criterion, over vectors.

Written as openfisca.org/doc/coding-the-legislation has it: what has "a limited set of
possible values" is an enumeration (20_input_variables), as outcomes are in the systems
of New South Wales, say; `select` decides between cases, `*` is and, `+` is or
(25_vectorial_computing, 30_case_disjunction).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.model_api import ETERNITY, Enum, Variable, select
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from benchmarks.peers.contract import (
    COLUMNS,
    CRITERIA,
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
OUTCOME: Final[Any] = Enum("Outcome", ["not_met", "met", "unknown"])
"""The outcomes, in the order of the contract's numbers."""


class OpenFisca(ColumnPeer):
    """A tax and benefit system whose persons are hamlets."""

    title = "OpenFisca"
    package = "openfisca-core"
    way = (
        "variables with vector formulas, outcomes as an enumeration; "
        "it has no null, so −1 is unknown"
    )
    outcome: ClassVar[Mapping[str, Any]] = {
        "value_type": Enum,
        "possible_values": OUTCOME,
        "default_value": OUTCOME.unknown,
    }
    """What declares the variable of a criterion."""
    values: ClassVar[tuple[Any, Any, Any]] = (
        OUTCOME.not_met,
        OUTCOME.unknown,
        OUTCOME.met,
    )
    """What a formula gives where a check fails, else where one is open, else."""

    def __init__(self) -> None:
        """Declare the variables."""
        self._system = TaxBenefitSystem([HAMLET])
        for name in COLUMNS:
            number = {"value_type": int, "default_value": _UNKNOWN}
            self._system.add_variable(_variable(name, number))
        for criterion, checks in CRITERIA.items():
            formula = _formula(checks, self.values)
            more = {**self.outcome, "formula": formula}
            self._system.add_variable(_variable(criterion, more))

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
    return type(
        name, (Variable,), {"entity": HAMLET, "definition_period": ETERNITY, **more}
    )


def _formula(checks: tuple[Check, ...], values: tuple[Any, Any, Any]) -> Any:
    not_met, unknown, met = values

    def formula(hamlet: Any, period: Any) -> Any:
        sides = [_sides(check, hamlet, period) for check in checks]
        failing = sum(fails for fails, _ in sides) > 0
        opening = sum(opens for _, opens in sides) > 0
        return select([failing, opening], [not_met, unknown], met)

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
