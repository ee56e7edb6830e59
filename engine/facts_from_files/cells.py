"""How a cell becomes a value of its column's type, whole columns at a time.

A blank cell becomes null. So does a cell that cannot be read, but it is not blank: that
is how it is found.
"""

from datetime import date
from typing import Final

import polars as pl

from engine.facts_from_files.columns import Column
from engine.vocabulary import LARGEST_COUNT, MOST_DIGITS, FieldType

YES: Final = ("yes", "true", "có", "x", "1")
NO: Final = ("no", "false", "không", "0")

_WHOLE: Final = r"^[0-9]+$"
_DECIMAL: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
_PLAIN: Final = r" -~\u{a1}-\u{2ff}\u{1e00}-\u{1eff}\u{2010}-\u{2027}"
"""Signs of which no text changes when it is composed, Vietnamese letters among them."""
_CHANGED: Final = rf"^\s|\s$|[^{_PLAIN}]"
_OF_DIGITS: Final = {FieldType.COUNT, FieldType.NUMBER, FieldType.DATE}
_EXACT_FLOAT: Final = 2**53


def prepared(cell: pl.Expr, kind: pl.DataType, column: Column) -> pl.Expr:
    """Return the cells as `typed` takes them: as they are, or as trimmed text.

    Text is composed (NFC) where more than digits is expected. This is a step of its own
    because polars would do it again for each use within one expression.
    """
    if not is_read_as_text(kind, column):
        return cell
    text = _as_text(cell, kind).str.strip_chars()
    return text if column.type in _OF_DIGITS else text.str.normalize("NFC")


def is_read_as_text(kind: pl.DataType, column: Column) -> bool:
    """Return whether cells of this type are understood by what they look like."""
    match column.type:
        case FieldType.YES_NO | FieldType.ASSESSED:
            return kind != pl.Boolean
        case FieldType.COUNT | FieldType.NUMBER:
            return not (kind.is_integer() or kind.is_float())
        case FieldType.DATE:
            return not (kind == pl.Date or isinstance(kind, pl.Datetime))
        case FieldType.CHOICE:
            return True
        case FieldType.TEXT:
            return not kind.is_float()  # NaN is neither blank nor a text


def typed(cell: pl.Expr, kind: pl.DataType, column: Column) -> pl.Expr:
    """Return prepared cells, now of the type `kind`, as values of the column's type."""
    match column.type:
        case FieldType.YES_NO | FieldType.ASSESSED:
            return _yes_no(cell, kind)
        case FieldType.COUNT:
            return _count(cell, kind)
        case FieldType.NUMBER:
            return _number(cell, kind)
        case FieldType.DATE:
            return _date(cell, kind)
        case FieldType.CHOICE:
            return pl.when(cell.is_in(column.of)).then(cell)
        case FieldType.TEXT:
            return _text(cell, kind)


def stands_as_it_is(cell: pl.Expr, kind: pl.DataType, column: Column) -> pl.Expr | None:
    """Return whether cells are surely values, or empty; none where it takes as long.

    To look takes a tenth of the time in which text is trimmed and composed.
    """
    if kind != pl.String:
        return None
    match column.type:
        case FieldType.TEXT:
            return ~cell.str.contains(_CHANGED)
        case FieldType.CHOICE:
            return cell.is_in((*column.of, ""))
        case _:
            return None


def as_it_is(cell: pl.Expr) -> pl.Expr:
    """Return cells that stand as they are as values."""
    return pl.when(cell != "").then(cell)


def is_blank(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Return whether cells are empty or white space."""
    if kind == pl.String:
        return (cell.str.strip_chars() == "").fill_null(value=True)
    return cell.is_null()


def can_be_read(kind: pl.DataType) -> bool:
    """Return whether cells of this type can be values at all."""
    return (
        kind in {pl.String, pl.Boolean, pl.Date, pl.Null}
        or kind.is_numeric()
        or isinstance(kind, pl.Datetime)
        or _is_named(kind)
    )


def _is_named(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.Categorical | pl.Enum)


def _as_text(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind.is_float():
        whole = (cell.abs() < _EXACT_FLOAT) & (cell == cell.floor())
        digits = cell.cast(pl.Int64, strict=False).cast(pl.String)
        return pl.when(whole).then(digits).otherwise(cell.cast(pl.String))
    if kind.is_decimal():
        return cell.cast(pl.String).str.replace(r"\.0*$", "")
    if isinstance(kind, pl.Datetime):
        return pl.coalesce(_day_of(cell).cast(pl.String), cell.cast(pl.String))
    return cell.cast(pl.String)


def _text(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind.is_float():
        return pl.when(cell.is_finite()).then(_as_text(cell, kind))
    return pl.when((cell != "") & ~cell.str.contains(_CONTROL)).then(cell)


def _yes_no(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Boolean:
        return cell
    word = cell.str.to_lowercase()
    return pl.when(word.is_in(YES + NO)).then(word.is_in(YES))


def _count(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    number = cell.cast(pl.Int64, strict=False)
    whole = number.is_between(0, LARGEST_COUNT)
    if kind.is_float():
        whole &= cell == cell.floor()
    elif not kind.is_integer():
        whole &= cell.str.contains(_WHOLE)
    return pl.when(whole).then(number)


def _number(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    number = cell.cast(pl.Float64, strict=False)
    if kind.is_integer() or kind.is_float():
        return pl.when(number.abs() < 10**MOST_DIGITS).then(number)
    digits = cell.str.replace_all("[-.]", "").str.strip_chars_start("0").str.len_bytes()
    sound = cell.str.contains(_DECIMAL) & (digits <= MOST_DIGITS)
    return pl.when(sound).then(number)


def _date(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Date:
        return pl.when(cell.is_between(date.min, date.max)).then(cell)
    if isinstance(kind, pl.Datetime):
        return _day_of(cell)
    day = cell.str.to_date("%Y-%m-%d", strict=False)
    sound = cell.str.contains(_DAY) & (day >= date.min)
    return pl.when(sound).then(day)


def _day_of(moment: pl.Expr) -> pl.Expr:
    """Return the day of a moment that is a midnight, by the clock of its own zone."""
    local = moment.dt.replace_time_zone(None)
    return pl.when(local == local.dt.truncate("1d")).then(local.dt.date())
