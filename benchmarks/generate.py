"""Makes facts of a country as large as wanted, register by register, as Parquet.

    python -m benchmarks.generate FOLDER [--communes N] [--seed N]

Provinces and communes are the real ones of 2025; hamlets and all that is known of them
are made up. Rates of faults and gaps are such as reviews report. 3,321 communes are the
country; more are further countries like it. The same seed makes the same tables.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import polars as pl

DAY: Final = date(2024, 3, 31)
"""The day that the registers are kept up to."""
COUNTRY: Final = 3_321
HAMLETS_A_COMMUNE: Final = 28.6
HOUSEHOLDS_A_HAMLET: Final = 295
PEOPLE_A_HAMLET: Final = 2.4
SPOTLESS: Final = 0.4
"""How many hamlets have neither fault nor, but for stray cells, a gap."""
UNKNOWN: Final = 0.002
"""How many cells of a register are blank."""

Row = dict[str, Any]


class Hamlet(NamedTuple):
    """A hamlet, and how well its registers are kept."""

    id: str
    parent: str
    at: int
    spotless: bool


def main() -> None:
    """Read what is wanted, and make it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--communes", type=int, default=COUNTRY)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for table, rows in write_country(asked.folder, asked.communes, asked.seed).items():
        print(f"{table:12}{rows:12,} rows")


def write_country(folder: Path, communes: int, seed: int) -> dict[str, int]:
    """Write every table of so many communes; return how many rows each has."""
    chance = Random(seed)
    units, hamlets = _units(communes, chance)
    written = {"localities": _write(folder, "localities", units)}
    for table, rows in _REGISTERS.items():
        made = [row for hamlet in hamlets for row in rows(hamlet, chance)]
        written[table] = _write(folder, table, made)
    written["households"] = _write_households(folder, hamlets, chance)
    inspected = [row for hamlet in hamlets for row in _inspections(hamlet, chance)]
    written["inspections"] = _write(folder, "inspections", inspected)
    return written


def _units(communes: int, chance: Random) -> tuple[list[Row], list[Hamlet]]:
    """Return the rows of all localities, and the hamlets among them."""
    rows: list[Row] = []
    hamlets: list[Hamlet] = []
    provinces = set[str]()
    for at in range(communes):
        copy, unit = divmod(at, COUNTRY)
        commune = _official()[unit]
        mark = f"{copy}-" if copy else ""
        province = f"{mark}{commune['province_codename']}"
        if province not in provinces:
            provinces.add(province)
            name = commune["province_name"]
            rows.append({"id": province, "name": name, "level": "province"})
        code = f"{mark}{commune['code']:05}"
        rows.append(
            {
                "id": code,
                "name": commune["name"],
                "level": "commune",
                "parent": province,
            }
        )
        for number in range(1, _about(HAMLETS_A_COMMUNE, chance) + 1):
            hamlet = Hamlet(
                f"{code}-{number:02}", code, len(hamlets), _happens(SPOTLESS, chance)
            )
            hamlets.append(hamlet)
            rows.append(
                {
                    "id": hamlet.id,
                    "name": f"Tổ dân phố, bản số {number}",
                    "level": "hamlet",
                    "parent": code,
                    "hotline_board": _yes(hamlet, chance),
                }
            )
    return rows, hamlets


def _official() -> list[Row]:
    spec = find_spec("vietnam_provinces")
    if spec is None or spec.origin is None:
        raise SystemExit("install diaban with the extra official-list")
    if not _COMMUNES:
        file = Path(spec.origin).parent / "data" / "flat-divisions.json"
        _COMMUNES.extend(json.loads(file.read_bytes()))
    return _COMMUNES


_COMMUNES: Final[list[Row]] = []


def _about(mean: float, chance: Random) -> int:
    """Return a whole number between half of the mean and half more."""
    return round(mean * chance.uniform(0.5, 1.5))


def _happens(rate: float, chance: Random) -> bool:
    return chance.random() < rate


def _yes(hamlet: Hamlet, chance: Random) -> bool | None:
    if _happens(UNKNOWN, chance):
        return None
    return hamlet.spotless or _happens(0.9, chance)


def _past(days: int, chance: Random) -> date:
    return DAY - timedelta(days=chance.randrange(days))


def _people(hamlet: Hamlet, chance: Random) -> Iterator[Row]:
    for _ in range(round(chance.expovariate(1 / PEOPLE_A_HAMLET))):
        standing = chance.choices(("addict", "user", "post_rehab"), (60, 25, 15))[0]
        rehab = chance.choices(
            ("untreated", "home_community", "voluntary_centre", "substitution"),
            (0 if hamlet.spotless else 10, 30, 20, 40),
        )[0]
        on_treatment = rehab == "substitution"
        filed = _yes(hamlet, chance)
        yield {
            "locality": hamlet.id,
            "standing": standing,
            "presence": chance.choices(("present", "away", "detained"), (85, 10, 5))[0],
            "management_file": _file(filed),
            **_judgement("closely_supervised", filed),
            "rehab_form": rehab,
            "rehab_file": _file(_yes(hamlet, chance)),
            **_judgement("rehab_suitable", _yes(hamlet, chance)),
            "substitution_since": _past(2000, chance) if on_treatment else None,
            "last_test_on": _past(90, chance) if on_treatment else None,
            "other_drugs": not _yes(hamlet, chance) if on_treatment else None,
            **_judgement("complies", _yes(hamlet, chance) if on_treatment else None),
        }


def _file(opened: bool | None) -> str | None:
    return None if opened is None else ("opened" if opened else "not_opened")


def _judgement(field: str, value: bool | None) -> Row:
    if value is None:
        return {field: None, f"{field}_by": None, f"{field}_reason": None}
    return {field: value, f"{field}_by": "Công an xã", f"{field}_reason": "đã kiểm tra"}


def _hot_spots(hamlet: Hamlet, chance: Random) -> Iterator[Row]:
    if _happens(0.02 if hamlet.spotless else 0.08, chance):
        gone = hamlet.spotless or _happens(0.3, chance)
        found = _past(700, chance)
        yield {
            "locality": hamlet.id,
            "kind": chance.choice(("hotspot", "retail_dealer", "use_point")),
            "confirmed": True if gone else chance.choice((True, True, None)),
            "status": "eliminated" if gone else "active",
            "found_on": found,
            "eliminated_on": found if gone else None,
        }


def _offences(hamlet: Hamlet, chance: Random) -> Iterator[Row]:
    if not hamlet.spotless and _happens(0.15, chance):
        yield {
            "locality": hamlet.id,
            "actor": chance.choices(("person", "group"), (95, 5))[0],
            "residence": chance.choices(("permanent", "temporary", "none"), (7, 2, 1))[
                0
            ],
            "residence_since": _past(3000, chance),
            "committed_on": _past(500, chance),
            "committed_here": _happens(0.8, chance),
            "status": chance.choice(("reported", "prosecuted", "convicted")),
        }


def _models(hamlet: Hamlet, chance: Random) -> Iterator[Row]:
    if hamlet.spotless or _happens(0.7, chance):
        kept = _yes(hamlet, chance)
        decided = _past(900, chance)
        yield {
            "locality": hamlet.id,
            "kind": chance.choice(("drug_free_hamlet", "camera", "other")),
            "decision": f"{hamlet.at % 400 + 1}/QĐ-UBND",
            "decided_on": decided,
            "running": kept,
            "last_activity_on": max(decided, _past(60, chance)),
            **_judgement("effective", kept),
        }


def _cultivation(hamlet: Hamlet, chance: Random) -> Iterator[Row]:
    if not hamlet.spotless and _happens(0.01, chance):
        yield {
            "locality": hamlet.id,
            "species": chance.choice(("opium_poppy", "cannabis")),
            "grown": True,
            "found_on": _past(500, chance),
            "plants": chance.randrange(1, 500),
            "area_m2": round(chance.uniform(1, 200), 1),
            "destroyed": True,
        }


_REGISTERS: Final[dict[str, Callable[[Hamlet, Random], Iterator[Row]]]] = {
    "people": _people,
    "hot_spots": _hot_spots,
    "offences": _offences,
    "models": _models,
    "cultivation": _cultivation,
}


def _inspections(hamlet: Hamlet, chance: Random) -> Iterator[Row]:
    for register in _REGISTERS:
        if _happens(1 if hamlet.spotless else 0.97, chance):
            yield {
                "locality": hamlet.id,
                "register": register,
                "on": _past(30, chance),
                "by": f"Tổ kiểm tra {hamlet.at % 40 + 1}",
                "document": f"BB {hamlet.at + 1:02}",
            }


def _write_households(folder: Path, hamlets: list[Hamlet], chance: Random) -> int:
    """Write a row a household. They are spread out by Polars, never held as rows."""
    numbers = [_about(HOUSEHOLDS_A_HAMLET, chance) for _ in hamlets]
    refused = [
        0 if each.spotless else chance.choices((0, 1, 3, 9), (6, 2, 1, 1))[0]
        for each in hamlets
    ]
    unasked = [0 if each.spotless else _happens(0.05, chance) for each in hamlets]
    ends = pl.DataFrame(
        {"number": numbers, "refused": refused, "unasked": list(map(int, unasked))}
    ).with_columns(locality=pl.Series([each.id for each in hamlets]))
    at, signed = pl.col("at"), pl.lit(value=True)
    (
        ends.lazy()
        .with_columns(at=pl.int_ranges(0, "number"))
        .explode("at")
        .select(
            "locality",
            pledge_signed=pl.when(at < pl.col("refused"))
            .then(~signed)
            .when(at >= pl.col("refused") + pl.col("unasked"))
            .then(signed),
        )
        .sink_parquet(folder / "households.parquet", row_group_size=2**18)
    )
    return sum(numbers)


def _write(folder: Path, table: str, rows: list[Row]) -> int:
    if rows:  # no rows have no columns
        frame = pl.DataFrame(rows, infer_schema_length=None)
        frame.write_parquet(folder / f"{table}.parquet")
    return len(rows)


if __name__ == "__main__":
    main()
