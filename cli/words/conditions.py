"""Which rows of a register are counted, in the words of its vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cli.language import _
from cli.words.demands import DAYS, SIZES
from cli.words.wording import Wording, duration, number, said
from engine.errors import N_
from engine.pack import UNDETERMINED
from engine.vocabulary import (
    BUILT_IN,
    AllOf,
    AnyOf,
    AsOf,
    Compared,
    Condition,
    Lasting,
    Not,
    OneOf,
    Operator,
)

_LENGTHS: Final[Mapping[Operator, str]] = {
    Operator.AT_LEAST: N_("{duration} or longer"),
    Operator.MORE_THAN: N_("longer than {duration}"),
    Operator.AT_MOST: N_("{duration} or shorter"),
    Operator.LESS_THAN: N_("shorter than {duration}"),
}
_ASKED: Final[Mapping[Operator, str]] = {
    Operator.AT_LEAST: N_("on or after the day that is asked for"),
    Operator.MORE_THAN: N_("after the day that is asked for"),
    Operator.AT_MOST: N_("on or before the day that is asked for"),
    Operator.LESS_THAN: N_("before the day that is asked for"),
}
_BUILT_IN: Final = dict(
    zip(
        BUILT_IN,
        (N_("Id"), N_("Name"), N_("Level"), N_("Belongs to"), N_("Verdict")),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Says conditions on the rows of one register."""

    wording: Wording
    register: str

    def of(self, condition: Condition) -> str:
        """Return a condition as one phrase."""
        match condition:
            case Not(part):
                return _("not ({part})").format(part=self.of(part))
            case AllOf(()):
                return _("every row")
            case AllOf(parts):
                return _(" and ").join(self._within(each) for each in parts)
            case AnyOf(parts):
                return _(" or ").join(self._within(each) for each in parts)
            case _:
                return f"{self.subject(condition)}: {self.predicate(condition)}"

    def _within(self, part: Condition) -> str:
        return (
            f"({self.of(part)})" if isinstance(part, AllOf | AnyOf) else self.of(part)
        )

    def subject(self, condition: OneOf | Compared | Lasting) -> str:
        """Return what a condition on one field is about."""
        label = f"“{self._label(condition.field)}”"
        if isinstance(condition, Lasting):
            end = self._bound(condition.until)
            return _("the time from {start} to {end}").format(start=label, end=end)
        return label

    def predicate(self, condition: OneOf | Compared | Lasting) -> str:
        """Return what a condition on one field demands of it."""
        match condition:
            case OneOf(field, values):
                return _(" or ").join(self._value(field, each) for each in values)
            case Compared(_field, operator, AsOf()):
                return _(_ASKED[operator])
            case Compared(_field, operator, bound):
                words = SIZES if isinstance(bound, int | Decimal) else DAYS
                return _(words[operator]).format(bound=self._bound(bound))
            case Lasting(_field, operator, length, _until):
                return _(_LENGTHS[operator]).format(duration=duration(length))

    def field(self, name: str) -> str:
        """Return the label of a field of the register."""
        return self._label(name)

    def choices(self, field: str, values: Iterable[str]) -> str:
        """Return what the choices of a field mean."""
        return ", ".join(self._value(field, each) for each in values)

    def _label(self, name: str) -> str:
        fields = self.wording.pack.vocabulary.registers[self.register].fields
        return said(fields[name].label) if name in fields else _(_BUILT_IN[name])

    def _value(self, field: str, value: object) -> str:
        fields = self.wording.pack.vocabulary.registers[self.register].fields
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if field in fields and value in fields[field].labels:
            return said(fields[field].labels[str(value)])
        if field == "level":
            return self.wording.level(str(value))
        known = (*self.wording.pack.verdict_names, UNDETERMINED)
        if field == "verdict" and value in known:
            return self.wording.verdict(str(value))
        return self._bound(value)

    def _bound(self, bound: object) -> str:
        match bound:
            case AsOf():
                return _("the day that is asked for")
            case int():
                return number(bound)
            case date():
                return bound.isoformat()
            case str() if (
                bound in self.wording.pack.vocabulary.registers[self.register].fields
            ):
                return f"“{self._label(bound)}”"
            case _:
                return str(bound)
