"""Registers, numbers and columns that stand nowhere in the facts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import narwhals as nw
import polars as pl

from engine.desk.finding import Finding, Severity
from engine.errors import N_
from engine.judged import Judged
from engine.measures import fields_named
from engine.source import Place
from engine.unchanged import collected
from engine.vocabulary import LOCALITIES, Text


class Sort(StrEnum):
    """What is missing: a whole register, a typed number, a cell."""

    REGISTER = "register"
    COUNT = "count"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Subject:
    """A register, a count, or a field of the localities, by its id."""

    sort: Sort
    name: str


_ABSENT: Final = {
    Sort.REGISTER: (
        "register-absent",
        N_(
            "“{label}” ({name}): needed, but nowhere is there a row, an inspection or a "
            "typed number"
        ),
        N_("add the table {name}, or inspections of it, or its numbers to localities"),
    ),
    Sort.COUNT: (
        "number-absent",
        N_("“{label}” ({name}): needed, but given for no locality"),
        N_("add the column {name} to the table of localities"),
    ),
    Sort.FIELD: (
        "column-absent",
        N_("“{label}” ({name}): needed, but blank for every locality"),
        N_("fill in the column {name} of the table of localities"),
    ),
}


class Nowhere:
    """Knows what is given for no locality at all."""

    def __init__(self, judged: Judged) -> None:
        """Look through the facts that were judged."""
        self._judged, self._vocabulary = judged, judged.pack.vocabulary

    @cached_property
    def absent(self) -> Collection[Subject]:
        """What no locality has, of all that the pack counts or asks for."""
        measures = self._judged.measures
        registers = dict.fromkeys(each.register for each in measures.counts)
        fields = self._vocabulary.registers[LOCALITIES].fields
        return {
            *(
                Subject(Sort.REGISTER, name)
                for name in registers
                if name not in {None, LOCALITIES} and self._is_unseen(name or "")
            ),
            *(
                Subject(Sort.COUNT, each.id)
                for each in measures.counts
                if each.register is None and self._is_blank(each.id)
            ),
            *(
                Subject(Sort.FIELD, name)
                for name, field in fields.items()
                if any(map(self._is_blank, field.columns))
            ),
        }

    def label(self, subject: Subject) -> Text:
        """Return what people call it."""
        match subject.sort:
            case Sort.REGISTER:
                return self._vocabulary.registers[subject.name].label
            case Sort.COUNT:
                return self._vocabulary.counts[subject.name].label
            case Sort.FIELD:
                return self._vocabulary.registers[LOCALITIES].fields[subject.name].label

    def findings(self, wanted: Collection[Subject]) -> Iterator[Finding]:
        """Yield what is wanted and stands nowhere, then blank columns of registers."""
        file = self._judged.facts.localities.file
        for subject in sorted(self.absent, key=str):
            if subject not in wanted:
                continue
            code, what, cure = _ABSENT[subject.sort]
            yield Finding(
                code,
                Severity.WARNING,
                None,
                None,
                (subject.name,),
                () if subject.sort is Sort.REGISTER else (Place(file),),
                what,
                cure,
                {"label": self.label(subject), "name": subject.name},
            )
        for register in self._judged.facts.registers:
            yield from self._blank_columns(register)

    def _blank_columns(self, register: str) -> Iterator[Finding]:
        """Yield the columns that are blank in every row and leave a count open."""
        table = self._judged.facts.registers[register]
        known = self._vocabulary.registers[register]
        fields = self._fields_in_doubt(register)
        names = table.frame.collect_schema().names()
        columns = [name for each in fields for name in known.fields[each].columns]
        numbers = (nw.col(name).count() for name in columns if name in names)
        counted = collected(table, table.frame.select(numbers))
        filled = {name for name in counted.columns if counted[name][0]}
        for field in fields:
            if filled.issuperset(known.fields[field].columns):
                continue
            yield Finding(
                "column-blank",
                Severity.WARNING,
                None,
                None,
                (register, field),
                (Place(table.file),),
                N_(
                    "“{label}” ({name}): blank in every row of “{register}”, and numbers "
                    "that are needed rest on it"
                ),
                N_("fill in the column {name}"),
                {
                    "label": known.fields[field].label,
                    "name": field,
                    "register": known.label,
                },
            )

    def _fields_in_doubt(self, register: str) -> tuple[str, ...]:
        frame = self._judged.counted
        found: dict[str, None] = {}
        for measure in self._judged.measures.on(register):
            lo, hi = (pl.col(f"rows.{end}:{measure.key}").sum() for end in ("lo", "hi"))
            if frame.select(lo < hi).item():
                found |= dict.fromkeys(fields_named(measure.rows))
        return tuple(found)

    def _is_unseen(self, register: str) -> bool:
        counts = [
            each.id
            for each in self._judged.measures.counts
            if each.register == register
        ]
        surveyed = (f"rows.hi:{count}" for count in counts)
        return all(map(self._is_blank, (*counts, *surveyed)))

    def _is_blank(self, column: str) -> bool:
        frame = self._judged.counted
        return (
            column not in frame.columns
            or frame.get_column(column).null_count() == frame.height
        )
