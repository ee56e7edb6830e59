"""What formulas demand, check by check, in the words of their pack."""

from collections.abc import Iterable
from dataclasses import dataclass

from cli.language import _
from cli.words.demands import Demands
from cli.words.wording import Wording, number
from engine.pack import (
    All,
    Always,
    Any_,
    AtLeast,
    Check,
    CriterionRef,
    Formula,
    Negation,
)


@dataclass(frozen=True, slots=True)
class Formulas:
    """Says the formulas of a pack."""

    wording: Wording

    def of(self, formula: Formula) -> str:
        """Return a formula as one phrase; a check is named and said."""
        match formula:
            case Always():
                return _("always")
            case CriterionRef(name):
                return name
            case Check(name, ask):
                return f"{name} ({Demands(self.wording).of(ask)})"
            case Negation(part):
                return _("not ({part})").format(part=self.of(part))
            case All(parts) | Any_(parts) if self._is_everyone(parts):
                is_all = isinstance(formula, All)
                return _("every criterion") if is_all else _("some criterion")
            case _:
                return self._listed(formula)

    def _listed(self, formula: All | Any_ | AtLeast) -> str:
        parts = [self._within(each) for each in formula.parts]
        match formula:
            case All():
                return _(" and ").join(parts) or _("always")
            case Any_():
                return _(" or ").join(parts) or _("never")
            case AtLeast(least):
                return _("at least {number} of: {parts}").format(
                    number=number(least), parts="; ".join(parts)
                )

    def _within(self, part: Formula) -> str:
        is_list = isinstance(part, All | Any_ | AtLeast)
        return f"({self.of(part)})" if is_list else self.of(part)

    def _is_everyone(self, parts: Iterable[Formula]) -> bool:
        named = {part.id for part in parts if isinstance(part, CriterionRef)}
        everyone = {each.id for each in self.wording.pack.criteria}
        return len(everyone) > 1 and named == everyone == {*map(_name, parts)}


def _name(part: Formula) -> str | None:
    return part.id if isinstance(part, CriterionRef) else None
