"""Facts that lie on a cluster: registers stay there, localities come here.

The table of localities and that of inspections are as small as the answer, so they are
brought here and read as strictly as from a folder. A register is only ever counted where
it lies; here its columns must have types of their own, for nothing is read from text.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import narwhals as nw

from engine.errors import N_
from engine.facts import Facts, Table
from engine.facts_from_files.columns import Column, Shape, shapes_of
from engine.facts_from_files.complaints import report_blank, report_unreadable
from engine.facts_from_files.findings import Findings, listed
from engine.facts_from_files.gathering import Gathering
from engine.facts_from_files.links import check_links
from engine.facts_from_files.parquet_table import (
    parquet_damage_reported,
    raw_from_parquet,
)
from engine.source import Place
from engine.spark import Cluster
from engine.vocabulary import (
    INSPECTIONS,
    LARGEST_COUNT,
    LOCALITIES,
    FieldType,
    Vocabulary,
)

_PARQUET: Final = ".parquet"
_LARGEST_NUMBER: Final = 10**15


def facts_from_cluster(cluster: Cluster, folder: str, vocabulary: Vocabulary) -> Facts:
    """Read facts from a folder of Parquet tables that a cluster can reach.

    Where each table is one file, the fingerprint is that of the same folder here.

    Raises:
        FactsError: with everything that is wrong; of a register's rows, how many.
        ClusterError: the folder cannot be read.
    """
    gathering = Gathering(shapes_of(vocabulary), Findings())
    registers: dict[str, Table] = {}
    digests = cluster.digests(folder)
    for file in digests:
        name, path = file.removesuffix(_PARQUET), f"{folder.rstrip('/')}/{file}"
        if name in {LOCALITIES, INSPECTIONS}:
            gathering.seen.add(name)
            with parquet_damage_reported(path, gathering.findings):
                parts = cluster.contents(path)
                gathering.add(raw_from_parquet(parts, path, name))
        elif name in gathering.shapes:
            reading = _Reading(path, gathering.shapes[name], gathering.findings)
            table = reading.table(cluster.table(path))
            if table is not None:
                registers[name] = table
        else:
            _report_unknown(name, path, gathering)
    if LOCALITIES not in gathering.seen:
        _report_no_localities(folder, gathering.findings)
    if LOCALITIES in gathering.tables:
        check_links(gathering.tables, vocabulary, gathering.findings)
        _check_localities(gathering, registers)
    gathering.findings.raise_if_any()
    tables = gathering.tables
    inspections = tables.get(INSPECTIONS)
    return Facts(tables[LOCALITIES], registers, inspections, _fingerprint(digests))


def _fingerprint(digests: Mapping[str, Mapping[str, str]]) -> str:
    total = sha256()
    for files in digests.values():
        for name, digest in files.items():
            total.update(f"{name}\0{digest}\n".encode())
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a register on a cluster is read: checked in one pass, then only counted."""

    path: str
    shape: Shape
    findings: Findings

    def table(self, frame: "nw.LazyFrame[Any]") -> Table | None:
        """Return the register, or none where its columns are not as they must be."""
        schema = frame.collect_schema()
        if not self._are_sound(schema):
            return None
        columns = [self.shape.columns[name] for name in schema.names()]
        self._report_cells(frame, columns)
        values = frame.select(_value(column).alias(column.name) for column in columns)
        place = Place(self.path)
        return Table(self.shape.name, self.path, values, lambda _row, _column: place)

    def _are_sound(self, schema: nw.Schema) -> bool:
        unknown = [name for name in schema.names() if name not in self.shape.columns]
        if unknown:
            self.findings.error(
                "facts-unknown-column",
                Place(self.path),
                N_("the table '{table}' has no columns such as these: {columns}"),
                N_("leave them out when the table is written: {columns}"),
                table=self.shape.name,
                columns=listed(unknown),
            )
        wrong = [
            name
            for name, kind in schema.items()
            if name not in unknown and not _is_of(kind, self.shape.columns[name])
        ]
        for name in wrong:
            self._report_type(self.shape.columns[name], schema[name])
        missing = [
            column.name
            for column in self.shape.columns.values()
            if column.required and column.name not in schema.names()
        ]
        for name in missing:
            self.findings.error(
                "facts-missing-column",
                Place(self.path),
                N_("the table '{table}' has no column '{column}', and needs it"),
                N_("add the column '{column}' and fill it in for every row"),
                table=self.shape.name,
                column=name,
            )
        return not (unknown or wrong or missing)

    def _report_type(self, column: Column, kind: nw.dtypes.DType) -> None:
        self.findings.error(
            "facts-column-type",
            Place(self.path),
            N_(
                "the column '{column}' is of the type {type}; on a cluster it must be {wanted}"
            ),
            N_("write the table anew with columns of these types"),
            column=column.name,
            type=str(kind),
            wanted=_WANTED[column.type],
        )

    def _report_cells(
        self, frame: "nw.LazyFrame[Any]", columns: Collection[Column]
    ) -> None:
        """Count, in one pass on the cluster, the cells that cannot be values."""
        doubted = {each: _is_amiss(each) for each in columns}
        amiss = {each: where for each, where in doubted.items() if where is not None}
        blank = _many(nw.col("locality").is_null()).alias("blank")
        numbers = (
            _many(where).alias(f"amiss {at}") for at, where in enumerate(amiss.values())
        )
        (found,) = frame.select(*numbers, blank).collect("polars").rows()
        for column, number in zip(amiss, found, strict=False):
            if number:
                report_unreadable(self.findings, Place(self.path), column, None)
                self.findings.also(self.path, number - 1)
        if found[-1]:
            required = self.shape.columns["locality"]
            report_blank(self.findings, Place(self.path), required)
            self.findings.also(self.path, found[-1] - 1)


_WANTED: Final[Mapping[FieldType, str]] = {
    FieldType.YES_NO: "boolean",
    FieldType.ASSESSED: "boolean",
    FieldType.COUNT: "integer",
    FieldType.NUMBER: "integer, double",
    FieldType.DATE: "date",
    FieldType.CHOICE: "string",
    FieldType.TEXT: "string",
}
_KINDS: Final[Mapping[FieldType, Callable[[nw.dtypes.DType], bool]]] = {
    FieldType.YES_NO: lambda kind: kind == nw.Boolean,
    FieldType.ASSESSED: lambda kind: kind == nw.Boolean,
    FieldType.COUNT: lambda kind: kind.is_integer(),
    FieldType.NUMBER: lambda kind: kind.is_integer() or kind.is_float(),
    FieldType.DATE: lambda kind: kind == nw.Date,
    FieldType.CHOICE: lambda kind: kind == nw.String,
    FieldType.TEXT: lambda kind: kind == nw.String,
}


def _is_of(kind: nw.dtypes.DType, column: Column) -> bool:
    return _KINDS[column.type](kind)


def _many(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _is_amiss(column: Column) -> nw.Expr | None:
    """Return where a cell holds what is no value of its column; none where all are."""
    cell = nw.col(column.name)
    match column.type:
        case FieldType.COUNT:
            return ~cell.is_between(0, LARGEST_COUNT)
        case FieldType.NUMBER:
            return ~(cell.abs() < _LARGEST_NUMBER)
        case FieldType.CHOICE:
            text = cell.str.strip_chars()
            return (text != "") & ~text.is_in(column.of)
        case _:
            return None


def _value(column: Column) -> nw.Expr:
    """Return the cells as a table holds them: blank text is null, a blank `n` is 1."""
    cell = nw.col(column.name)
    match column.type:
        case FieldType.COUNT:
            number = cell.cast(nw.Int64)
            return number.fill_null(1) if column.name == "n" else number
        case FieldType.NUMBER:
            return cell.cast(nw.Float64)
        case FieldType.CHOICE | FieldType.TEXT:
            text = cell.str.strip_chars()
            return nw.when(text != "").then(text)
        case _:
            return cell


def _check_localities(gathering: Gathering, registers: Mapping[str, Table]) -> None:
    """Report rows of registers that name no locality: each such name comes here once."""
    localities = gathering.tables[LOCALITIES].frame.collect().to_native()
    known = set(localities["id"])
    for name, table in registers.items():
        named = table.frame.select("locality").unique().collect("polars").to_native()
        strangers = set(named["locality"].drop_nulls()) - known
        if strangers:
            gathering.findings.error(
                "facts-unknown-locality",
                Place(table.file),
                N_(
                    "{number} localities of the table '{table}' are no ids in 'localities'"
                ),
                N_("correct them, or add them to the table 'localities'"),
                number=len(strangers),
                table=name,
            )


def _report_unknown(name: str, path: str, gathering: Gathering) -> None:
    gathering.findings.error(
        "facts-unknown-table",
        Place(path),
        N_("'{table}' is no table of the vocabulary"),
        N_("move the file elsewhere, or name it as one of these: {tables}"),
        table=name,
        tables=listed(gathering.shapes),
    )


def _report_no_localities(folder: str, findings: Findings) -> None:
    findings.error(
        "facts-no-localities",
        Place(folder),
        N_("there is no table 'localities'"),
        N_(
            "add localities.parquet, with a row for each locality (id, name, level, parent)"
        ),
    )
