"""What ties the tables together: ids, and the localities and registers that rows name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import polars as pl

from engine.errors import N_, nearest
from engine.facts import Table
from engine.facts_from_files.findings import TOLD_PER_FILE, Findings, shown
from engine.facts_from_files.hierarchy import check_hierarchy
from engine.runs import starts_run
from engine.source import Place
from engine.vocabulary import INSPECTIONS, LOCALITIES, Vocabulary

_MOST_COMPARED: Final = 2_000
"""Names that a misspelt one is compared with; beyond, it would take too long."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A column whose values are names that stand elsewhere."""

    table: Table
    column: str
    personal: bool
    known: pl.DataFrame
    """The names (`name`) that there are."""

    @property
    def named(self) -> pl.LazyFrame:
        """The rows (`row`, `name`) that name something."""
        rows = _native(self.table).select("row", name=self.column)
        return rows.drop_nulls("name")

    @property
    def strangers(self) -> pl.LazyFrame:
        """The rows whose name stands nowhere."""
        return self._but_known(self.named)

    @property
    def first_strangers(self) -> pl.LazyFrame:
        """The strangers among `firsts`."""
        return self._but_known(self.firsts)

    @property
    def firsts(self) -> pl.LazyFrame:
        """The first name (`name`) of each run; rows of one mostly stand together."""
        if self.column == "locality" and self.table.named is not None:
            return self.table.named.alias("name").to_frame().lazy()
        name = pl.col("name")
        return self.named.select("name").filter(starts_run(name))

    @property
    def is_at_hand(self) -> bool:
        """Whether no file has to be read for `firsts`."""
        return not self.table.streamed or (
            self.column == "locality" and self.table.named is not None
        )

    def _but_known(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        return rows.join(self.known.lazy(), on="name", how="anti")


def check_links(
    tables: Mapping[str, Table], vocabulary: Vocabulary, findings: Findings
) -> None:
    """Report ids that stand twice, and names of what does not exist."""
    localities = tables[LOCALITIES]
    tree = _native(localities).select("row", "id", "parent").collect()
    ids = tree["id"].drop_nulls().alias("name").to_frame()
    if tree.is_empty():
        _report_empty(localities, findings)
    if _has_twice(ids["name"]):
        _report_twice(localities, tree, findings)
        tree = tree.unique("id", keep="first", maintain_order=True)
    links = [_link(localities, "parent", ids, vocabulary)]
    links += [
        _link(table, "locality", ids, vocabulary)
        for name, table in tables.items()
        if name != LOCALITIES
    ]
    links = _to_look_at(links, ids)
    if INSPECTIONS in tables:
        registers = pl.DataFrame({"name": list(vocabulary.registers)})
        links.append(_link(tables[INSPECTIONS], "register", registers, vocabulary))
    streamed = any(table.streamed for table in tables.values())
    found = pl.collect_all(
        [link.first_strangers.select(pl.len()) for link in links],
        engine="streaming" if streamed else "in-memory",
    )
    for link, number in zip(links, found, strict=True):
        if number.item():
            _report_strangers(link, findings)
    check_hierarchy(localities, tree, findings)


def _has_twice(ids: pl.Series) -> bool:
    """Tell whether an id stands twice; where all hashes differ, so do the ids."""
    return ids.hash().n_unique() < len(ids) and ids.n_unique() < len(ids)


def _to_look_at(links: list[_Link], ids: pl.DataFrame) -> list[_Link]:
    """Leave out the links whose names are at hand, if no stranger is among any of them.

    To look up all names at once takes a quarter of the time of a table after another.
    """
    at_hand = [link.firsts for link in links if link.is_at_hand]
    if not at_hand:
        return links
    strangers = pl.concat(at_hand).join(ids.lazy(), on="name", how="anti")
    if strangers.select(pl.len()).collect().item():
        return links
    return [link for link in links if not link.is_at_hand]


def _native(table: Table) -> pl.LazyFrame:
    return cast("pl.LazyFrame", table.frame.to_native())


def _link(
    table: Table, column: str, known: pl.DataFrame, vocabulary: Vocabulary
) -> _Link:
    register = vocabulary.registers.get(table.name)
    personal = register is not None and register.personal
    return _Link(table, column, personal, known)


def _report_empty(localities: Table, findings: Findings) -> None:
    findings.error(
        "facts-no-localities",
        Place(localities.file),
        N_("the table 'localities' has no rows"),
        N_("add a row for each locality"),
    )


def _report_twice(localities: Table, tree: pl.DataFrame, findings: Findings) -> None:
    first = pl.col("row").min().over("id")
    again = tree.drop_nulls("id").select("row", "id", first=first)
    again = again.filter(pl.col("row") > pl.col("first")).sort("row")
    for row, locality, other in again.head(TOLD_PER_FILE).iter_rows():
        findings.error(
            "facts-id-twice",
            localities.places(row, "id"),
            N_("the id '{id}' already stands at {first}"),
            N_("give each locality an id of its own, and one row"),
            id=shown(locality),
            first=localities.places(other, "id"),
        )
    findings.also(localities.file, max(0, again.height - TOLD_PER_FILE))


def _report_strangers(link: _Link, findings: Findings) -> None:
    number = link.strangers.select(pl.len()).collect(engine="streaming").item()
    found = link.strangers.sort("row").head(TOLD_PER_FILE).collect()
    for row, name in found.iter_rows():
        _report_stranger(link, row, name, findings)
    findings.also(link.table.file, max(0, number - found.height))


def _report_stranger(link: _Link, row: int, name: str, findings: Findings) -> None:
    what = {
        "parent": N_("the parent '{name}' is no id in the table 'localities'"),
        "locality": N_("the locality '{name}' is no id in the table 'localities'"),
        "register": N_("the register '{name}' is not in the vocabulary"),
    }[link.column]
    cure, near = N_("correct it, or add it to the table 'localities'"), None
    if link.personal:
        what = N_("the locality of this row is no id in the table 'localities'")
    elif link.known.height <= _MOST_COMPARED:
        near = nearest(name, link.known["name"])
    if near is not None:
        cure = N_("did you mean '{near}'?")
    elif link.column == "register":
        cure = N_("name a register of the vocabulary")
    findings.error(
        f"facts-unknown-{link.column}",
        link.table.places(row, link.column),
        what,
        cure,
        name="" if link.personal else shown(name),
        near=near,
    )
