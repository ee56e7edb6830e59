"""Makes localities whose numbers were all typed in, for `lai-chau/city-2024`."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

NONE: Final = (
    "hot_spots",
    "retail_dealers",
    "use_points",
    "offenders_past_year",
    "crime_groups_past_year",
    "crime_networks_past_year",
    "cultivation_past_year",
)
"""What there must be none of."""

EVERY: Final = (
    ("addicts_file_due", "addicts_with_file"),
    ("addicts_present_rehab_due", "addicts_present_in_rehab"),
    ("post_rehab_file_due", "post_rehab_with_file"),
    ("substitution_over_12_months", "substitution_clean"),
    ("substitution_over_12_months", "substitution_compliant"),
    ("users_present_file_due", "users_present_supervised"),
    ("households", "households_pledged"),
)
"""Wholes, and the part that must be all of it."""

MODELS: Final = "models_effective"
BOARD: Final = "hotline_board"
COLUMNS: Final = tuple(dict.fromkeys((*NONE, *sum(EVERY, ()), MODELS, BOARD)))
HAMLETS_A_COMMUNE: Final = 29

Row = dict[str, str | int | None]


def write_localities(folder: Path, number: int) -> None:
    """Write `localities.csv`: communes of 29 hamlets each, `number` rows in all."""
    with (folder / "localities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "name", "level", "parent", *COLUMNS])
        writer.writeheader()
        writer.writerows(_localities(Random(number), number))


def _localities(chance: Random, number: int) -> Iterator[Row]:
    """Yield communes, each with its hamlets; a third have neither fault nor gap."""
    spotless = False
    for at in range(number):
        commune = at - at % (HAMLETS_A_COMMUNE + 1)
        if at == commune:
            spotless = chance.random() < 1 / 3
            yield {"id": f"C{at}", "name": f"Xã {at}", "level": "commune"}
        else:
            place: Row = {"id": f"H{at}", "name": f"Bản {at}", "level": "hamlet"}
            numbers = _spotless(chance) if spotless else _troubled(chance)
            yield place | {"parent": f"C{commune}"} | numbers


def _spotless(chance: Random) -> Row:
    wholes = {whole: chance.randrange(10) for whole, _ in EVERY}
    wholes["households"] = chance.randrange(40, 200)
    parts = {part: wholes[whole] for whole, part in EVERY}
    return {**dict.fromkeys(NONE, 0), **wholes, **parts, MODELS: 1, BOARD: "yes"}


def _troubled(chance: Random) -> Row:
    """Return numbers of which some are wrong and some are not known."""
    row = _spotless(chance)
    for column in NONE:
        row[column] = chance.choices((0, 1, None), (97, 1, 2))[0]
    for whole, part in EVERY:
        missing = chance.choices((0, 1), (97, 3))[0]
        all_of_them = row[whole]
        if isinstance(all_of_them, int) and all_of_them:
            row[part] = all_of_them - missing
    for column in chance.sample(COLUMNS, chance.choices((0, 1, 2), (80, 15, 5))[0]):
        row[column] = None
    row[MODELS] = chance.choices((1, 0, row[MODELS]), (90, 5, 5))[0]
    row[BOARD] = chance.choices(("yes", "no", row[BOARD]), (90, 5, 5))[0]
    return row
