"""The counts of `lai-chau/city-2024` from registers, as somebody good at Polars would.

One scan and one `group_by` a register, streamed. It does less than diaban: it knows this
pack, this tree of three levels and this day, and believes every cell.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

DAY: Final = date(2024, 3, 31)
YEAR_AGO: Final = date(2023, 3, 31)

Counts = dict[str, pl.Expr]
"""What is counted, with the rows that count: true, false, or null where unknown."""


def counted_by_hand(folder: Path) -> pl.DataFrame:
    """Return `id` and the two ends of every count, for hamlets, communes, provinces."""
    places = pl.read_parquet(folder / "localities.parquet")
    inspected = pl.read_parquet(
        folder / "inspections.parquet", columns=["locality", "register"]
    )
    hamlets = places.lazy().filter(level="hamlet").select("id", "parent", *_board())
    for register, counts in registers().items():
        tally = _tally(folder / f"{register}.parquet", counts)
        seen = inspected.lazy().filter(register=register).select("locality").unique()
        hamlets = hamlets.join(
            tally, left_on="id", right_on="locality", how="left"
        ).join(
            seen.with_columns(seen=pl.lit(0)),
            left_on="id",
            right_on="locality",
            how="left",
        )
        hamlets = hamlets.with_columns(_surveyed(counts)).drop("seen")
    names = names_counted()
    below = hamlets.collect(engine="streaming")
    layers = [below]
    while below.height:
        above = below.group_by(id="parent").agg(_added(name) for name in names)
        below = above.join(places.select("id", "parent"), on="id")
        layers.append(below)
    return pl.concat(layers, how="diagonal").select("id", *names)


def _tally(file: Path, counts: Counts) -> pl.LazyFrame:
    """Return how many rows of a locality count surely, and how many may."""
    rows = pl.scan_parquet(file).select(
        "locality", *(holds.alias(name) for name, holds in counts.items())
    )
    sums = (
        end
        for name in counts
        for end in (
            pl.col(name).sum().cast(pl.Int64).alias(f"lo:{name}"),
            pl.col(name).fill_null(value=True).sum().cast(pl.Int64).alias(f"hi:{name}"),
        )
    )
    tally = rows.group_by("locality").agg(*sums).collect(engine="streaming")
    return tally.lazy()


def _surveyed(counts: Counts) -> Iterator[pl.Expr]:
    """Yield the ends, none where an inspection found no rows, else open."""
    for name in counts:
        yield pl.col(f"lo:{name}").fill_null(0)
        yield pl.coalesce(f"hi:{name}", "seen").cast(pl.Int64).alias(f"hi:{name}")


def _added(name: str) -> pl.Expr:
    """Add an end up; with one open end the sum is open."""
    if name.startswith("lo:"):
        return pl.col(name).sum()
    return pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum())


def names_counted() -> list[str]:
    """Return the columns of the ends of every count."""
    names = [name for counts in registers().values() for name in counts]
    names += ["hamlets", "hamlets_with_board", "hamlets not hamlets_with_board"]
    return [f"{end}:{name}" for name in names for end in ("lo", "hi")]


def _board() -> Iterator[pl.Expr]:
    board, one = pl.col("hotline_board"), pl.lit(1, pl.Int64)
    yield one.alias("lo:hamlets")
    yield one.alias("hi:hamlets")
    for name, holds in (
        ("hamlets_with_board", board),
        ("hamlets not hamlets_with_board", ~board),
    ):
        yield holds.fill_null(value=False).cast(pl.Int64).alias(f"lo:{name}")
        yield holds.fill_null(value=True).cast(pl.Int64).alias(f"hi:{name}")


@cache
def registers() -> dict[str, Counts]:
    """Return what is counted in each register."""
    return {
        "people": _people(),
        "hot_spots": _hot_spots(),
        "offences": _offences(),
        "households": _with_rest(
            {
                "households": pl.lit(value=True),
                "households_pledged": _is("pledge_signed"),
            },
            {"households": "households_pledged"},
        ),
        "models": {
            "models_effective": (pl.col("decided_on") <= DAY)
            & _is("running")
            & _judged("effective")
        },
        "cultivation": {"cultivation_past_year": _is("grown") & _past_year("found_on")},
    }


def _people() -> Counts:
    due = pl.col("management_file").is_in(["opened", "not_opened"])
    opened = pl.col("management_file") == "opened"
    present = pl.col("presence") == "present"
    addict = pl.col("standing") == "addict"
    after = pl.col("standing") == "post_rehab"
    user = pl.col("standing") == "user"
    rehab_due = pl.col("rehab_file").is_in(["opened", "not_opened"])
    forms = ["home_community", "voluntary_centre", "compulsory", "substitution"]
    in_rehab = (
        (pl.col("rehab_file") == "opened")
        & pl.col("rehab_form").is_in(forms)
        & _judged("rehab_suitable")
    )
    long = (
        addict
        & (pl.col("rehab_form") == "substitution")
        & (pl.col("substitution_since") < YEAR_AGO)
    )
    wholes = {
        "addicts_file_due": addict & due,
        "addicts_present_rehab_due": addict & present & rehab_due,
        "post_rehab_file_due": after & due,
        "substitution_over_12_months": long,
        "users_present_file_due": user & present & due,
    }
    parts = {
        "addicts_with_file": ("addicts_file_due", opened),
        "addicts_present_in_rehab": ("addicts_present_rehab_due", in_rehab),
        "post_rehab_with_file": ("post_rehab_file_due", opened),
        "substitution_clean": ("substitution_over_12_months", ~pl.col("other_drugs")),
        "substitution_compliant": ("substitution_over_12_months", _judged("complies")),
        "users_present_supervised": (
            "users_present_file_due",
            opened & _judged("closely_supervised"),
        ),
    }
    counts = wholes | {
        part: wholes[whole] & narrowed for part, (whole, narrowed) in parts.items()
    }
    return counts | {
        f"{whole} not {part}": wholes[whole] & ~counts[part]
        for part, (whole, _) in parts.items()
    }


def _with_rest(counts: Counts, pairs: dict[str, str]) -> Counts:
    return counts | {
        f"{whole} not {part}": counts[whole] & ~counts[part]
        for whole, part in pairs.items()
    }


def _hot_spots() -> Counts:
    active = _is("confirmed") & (
        (pl.col("status") == "active")
        | ((pl.col("status") == "eliminated") & (pl.col("eliminated_on") > DAY))
    )
    return {
        "hot_spots": pl.col("kind").is_in(["hotspot", "complex_point"]) & active,
        "retail_dealers": (pl.col("kind") == "retail_dealer") & active,
        "use_points": (pl.col("kind") == "use_point") & active,
    }


def _offences() -> Counts:
    crime = (
        _is("committed_here")
        & pl.col("status").is_in(["prosecuted", "convicted"])
        & _past_year("committed_on")
    )
    settled = pl.col("residence_since") <= pl.col("committed_on").dt.offset_by("-3mo")
    resident = (pl.col("residence") == "permanent") | (
        (pl.col("residence") == "temporary") & settled
    )
    return {
        "offenders_past_year": (pl.col("actor") == "person") & crime & resident,
        "crime_groups_past_year": (pl.col("actor") == "group") & crime,
        "crime_networks_past_year": (pl.col("actor") == "network") & crime,
    }


def _past_year(field: str) -> pl.Expr:
    return pl.col(field).is_between(YEAR_AGO, DAY)


def _is(field: str) -> pl.Expr:
    return pl.col(field)


def _judged(field: str) -> pl.Expr:
    """Return a judgement that says by whom and why."""
    by, reason = pl.col(f"{field}_by"), pl.col(f"{field}_reason")
    return pl.when(by.is_not_null() & reason.is_not_null()).then(pl.col(field))
