"""Other engines with the eight criteria of `lai-chau/city-2024`, a module each."""

from importlib import import_module
from typing import Final

from benchmarks.peers.contract import Peer

NAMES: Final = (
    "diaban",
    "plain_python",
    "numpy_columns",
    "polars_columns",
    "duckdb_columns",
    "openfisca",
    "openfisca_numbers",
    "zen_engine",
    "cel_rust",
    "datalogic",
    "clips",
    "rule_engine_rules",
    "durable_direct",
    "json_logic",
    "cel_python",
    "rego",
)
"""The modules, in the order of the tables."""


def peer_named(name: str) -> type[Peer]:
    """Return the one engine of a module.

    Raises:
        ImportError: its package is not installed.
    """
    module = import_module(f"benchmarks.peers.{name}")
    (found,) = (
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, Peer)
        and each.__module__ == module.__name__
    )
    return found
