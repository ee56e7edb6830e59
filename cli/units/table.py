"""The table of successors that is meant: one's own, or the one that comes along."""

from pathlib import Path

import click

from cli.rules import library_in
from engine.errors import N_
from engine.units.succession import Successions
from engine.units.successions_from_csv import successions_from_csv

successors_option = click.option(
    "--successors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_(
        "A CSV file that says which unit came after which; by default diaban's own, "
        "which holds Lai Châu city alone."
    ),
)


def successions_at(file: Path | None) -> Successions:
    """Read a table of successors.

    Raises:
        FactsError: It is not valid.
    """
    bundled = library_in(None).folder / "units" / "successors.csv"
    return successions_from_csv(file or bundled)
