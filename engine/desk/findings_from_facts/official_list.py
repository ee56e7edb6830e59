"""Communes compared with the official list, as the package vietnam-provinces has it.

The package is an extra of its own licence (GPL): it is not imported, only the list that
it carries is read, and only where it is installed.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import polars as pl

from engine.desk.finding import Finding, Severity
from engine.errors import N_
from engine.judged import Judged
from engine.names import folded
from engine.source import Place

SINCE: Final = date(2025, 7, 1)
"""The list holds the units since this day; before, the same codes meant others."""
COMMUNE: Final = "commune"
_CODE: Final = r"^[0-9]{5}$"
_PACKAGE: Final = "vietnam_provinces"
_DATA: Final = ("data", "flat-divisions.json")
_KINDS: Final = tuple(map(folded, ("đặc khu", "phường", "thị trấn", "xã")))


def strangers_to_the_list(judged: Judged) -> Iterator[Finding]:
    """Yield the communes whose code or name the official list does not have.

    Only a commune with a code of five digits is compared, and only for a day on which
    the list holds: the key of a unit is its code and the day.
    """
    if judged.as_of < SINCE:
        return
    coded = (pl.col("level") == COMMUNE) & pl.col("id").str.contains(_CODE)
    communes = judged.frame.filter(coded).select("row", "id", "name")
    if communes.is_empty():
        return
    known = _official_names()
    if known is None:
        yield _not_at_hand(communes.height)
        return
    table = judged.facts.localities
    for row, code, name in communes.iter_rows():
        official = known.get(code)
        if official is None:
            yield _unknown(code, name, table.places(row, "id"))
        elif name != code and not _is_same(name, official):
            yield _named_otherwise(code, name, official, table.places(row, "name"))


def _official_names() -> Mapping[str, str] | None:
    """Return the names of the communes by their codes, if the list is installed."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).parent.joinpath(*_DATA)
    if not file.is_file():
        return None
    units = json.loads(file.read_bytes())
    return {f"{unit['code']:05}": " ".join(unit["name"].split()) for unit in units}


def _is_same(name: str, official: str) -> bool:
    """Tell whether two names mean one unit; either may go without its kind."""
    kind, rest = _apart(folded(name))
    other_kind, other_rest = _apart(folded(official))
    return rest == other_rest and (not kind or not other_kind or kind == other_kind)


def _apart(name: str) -> tuple[str, str]:
    for kind in _KINDS:
        if name.startswith(f"{kind} "):
            return kind, name.removeprefix(f"{kind} ")
    return "", name


def _not_at_hand(number: int) -> Finding:
    return Finding(
        "official-list-absent",
        Severity.NOTE,
        None,
        None,
        (),
        (),
        N_("the official list of communes is not installed; {number} codes unchecked"),
        N_("install diaban with the extra official-list to have them compared"),
        {"number": number},
    )


def _unknown(code: str, name: str, place: Place) -> Finding:
    return Finding(
        "commune-unknown",
        Severity.WARNING,
        code,
        name,
        (),
        (place,),
        N_("the code {code} is not in the official list of communes since {since}"),
        N_("look the code up; codes from before that day were given up or reused"),
        {"code": code, "since": SINCE},
    )


def _named_otherwise(code: str, name: str, official: str, place: Place) -> Finding:
    return Finding(
        "commune-named-otherwise",
        Severity.WARNING,
        code,
        name,
        (),
        (place,),
        N_("since {since} the code {code} is that of “{official}”, not of “{name}”"),
        N_("correct the code or the name; lists disagree, so look it up"),
        {"code": code, "since": SINCE, "official": official, "name": name},
    )
