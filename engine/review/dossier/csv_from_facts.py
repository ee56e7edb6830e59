"""Facts about some localities only, as CSV files written in one way only.

What is written is what was understood, not what stood in the files: a column a field in
the vocabulary's order, days as 2024-03-31, yes and no, blank where nothing is known.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import narwhals as nw

from engine.facts import Facts, Table
from engine.facts_from_files.columns import shapes_of
from engine.unchanged import collected
from engine.vocabulary import INSPECTIONS, LOCALITIES, Vocabulary

_QUOTED: Final = re.compile(r'[",;\t\r\n]')
_BARE: Final = frozenset({"id", "level"})


def csv_from_facts(
    facts: Facts, vocabulary: Vocabulary, localities: Collection[str]
) -> Mapping[str, bytes]:
    """Return the tables by their names, with the rows of these localities alone.

    Of a parent that is not among them only its id and level are told: a rule may ask
    to what a locality belongs.
    """
    tables = {LOCALITIES: facts.localities, **facts.registers}
    if facts.inspections is not None:
        tables[INSPECTIONS] = facts.inspections
    shapes, inside = shapes_of(vocabulary), frozenset(localities)
    return {
        name: "".join(_lines(table, shapes[name].columns, inside)).encode()
        for name, table in tables.items()
    }


def _lines(
    table: Table, columns: Collection[str], inside: frozenset[str]
) -> Iterator[str]:
    known = table.frame.collect_schema().names()
    names = [each for each in columns if each in known]
    rows = table.frame.filter(_concern(table, inside)).select("row", *names)
    yield _line(names)
    for _row, *values in collected(table, rows).sort("row").iter_rows():
        cells = dict(zip(names, map(_written, values), strict=True))
        if cells.get("id", cells.get("locality")) not in inside:
            cells = {name: cells[name] if name in _BARE else "" for name in names}
        yield _line([*cells.values()])


def _concern(table: Table, inside: frozenset[str]) -> nw.Expr:
    if table.name != LOCALITIES:
        return nw.col("locality").is_in([*inside])
    own = nw.col("id").is_in([*inside])
    named = table.frame.filter(own).select("parent")
    above = collected(table, named).get_column("parent")
    return own | nw.col("id").is_in(above.drop_nulls().unique().to_list())


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            # So many digits a number in facts may have, and a Float64 holds exactly.
            return format(Decimal(f"{value:.15g}"), "f")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text
