"""Conditions as columns: true, false, or null for unknown (Kleene, as in SQL)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import narwhals as nw

from engine.vocabulary import (
    AllOf,
    AnyOf,
    AsOf,
    Compared,
    Condition,
    Duration,
    Field,
    FieldType,
    Lasting,
    Not,
    OneOf,
    Unit,
)

_IN_DAYS: Final = {Unit.DAYS: 1, Unit.WEEKS: 7}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table has, with the fields they belong to, and the day."""

    names: Collection[str]
    fields: Mapping[str, Field]
    as_of: date

    def truth(self, condition: Condition) -> nw.Expr:
        """Return a Boolean column, null where the condition is unknown."""
        match condition:
            case OneOf(field, values):
                return self._one_of(field, tuple(map(_plain, values)))
            case Compared(field, operator, bound):
                held: nw.Expr = operator.compare(self.value(field), self._bound(bound))
                return held
            case Lasting(field, operator, duration, until):
                # The longer ago, the earlier the date: the comparison turns round.
                end = self._earlier(duration, until)
                lasted: nw.Expr = operator.compare(end, self.value(field))
                return lasted
            case AllOf(parts):
                all_of = [self.truth(part) for part in parts if part != AllOf(())]
                return _joined(nw.all_horizontal, all_of, of_nothing=True)
            case AnyOf(parts):
                met = [self.truth(part) for part in parts]
                return _joined(nw.any_horizontal, met, of_nothing=False)
            case Not(part):
                return ~self.truth(part)

    def value(self, field: str) -> nw.Expr:
        """Return a field's column; unknown where it is blank or has no column.

        A person's judgement counts only with who judged and why (LANGUAGE §3).
        """
        known = self.fields.get(field)
        needed = known.columns if known else (field,)
        if not all(name in self.names for name in needed):
            kind = nw.String() if known is None else _DTYPES[known.type]
            return nw.lit(None, dtype=kind)
        if len(needed) == 1:
            return nw.col(field)
        signed = [~nw.col(name).is_null() for name in needed[1:]]
        return nw.when(*signed).then(nw.col(field))

    def _one_of(self, field: str, values: tuple[object, ...]) -> nw.Expr:
        column = self.value(field)
        equal = [column == value for value in values]
        return _joined(nw.any_horizontal, equal, of_nothing=False)

    def _bound(self, bound: int | Decimal | date | str | AsOf) -> object:
        match bound:
            case AsOf():
                return self.as_of
            case str():
                return self.value(bound)
            case _:
                return _plain(bound)

    def _earlier(self, duration: Duration, until: date | str | AsOf) -> nw.Expr:
        if isinstance(until, str):
            return self.value(until).dt.offset_by(f"-{_offset(duration)}")
        day = self.as_of if isinstance(until, AsOf) else until
        return nw.lit(duration.before(day), dtype=nw.Date)


_DTYPES: Final[Mapping[FieldType, nw.dtypes.DType]] = {
    FieldType.YES_NO: nw.Boolean(),
    FieldType.ASSESSED: nw.Boolean(),
    FieldType.CHOICE: nw.String(),
    FieldType.TEXT: nw.String(),
    FieldType.DATE: nw.Date(),
    FieldType.COUNT: nw.Int64(),
    FieldType.NUMBER: nw.Float64(),
}


def _joined(
    join: Callable[..., nw.Expr], truths: list[nw.Expr], *, of_nothing: bool
) -> nw.Expr:
    match truths:
        case []:
            return nw.lit(of_nothing, dtype=nw.Boolean)
        case [only]:
            return only
        case _:
            return join(*truths, ignore_nulls=False)


def _offset(duration: Duration) -> str:
    days = _IN_DAYS.get(duration.unit)
    return f"{duration.months}mo" if days is None else f"{duration.number * days}d"


def _plain(value: object) -> object:
    # A number field holds at most 15 significant digits, which a float keeps apart.
    return float(value) if isinstance(value, Decimal) else value
