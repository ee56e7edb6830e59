"""What is counted, in which register and under which condition; what a field asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cli.language import _
from cli.rules_desk.rulebook import Term
from cli.words.conditions import Conditions
from cli.words.wording import Wording, said
from engine.errors import N_
from engine.pack import Amount, Ask, Check, Holds, counts_named
from engine.vocabulary import LOCALITIES, AllOf, Count, Field, FieldType

_FIELDS: Final[Mapping[FieldType, str]] = {
    FieldType.YES_NO: N_("yes or no, in the locality's own row"),
    FieldType.ASSESSED: N_(
        "a person's judgement, yes or no, in the locality's own row, with who judged and why"
    ),
    FieldType.COUNT: N_("a number in the locality's own row"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """Says what the counts and fields of a pack are."""

    wording: Wording

    def of(self, checks: Iterable[Check]) -> tuple[Term, ...]:
        """Return what checks ask for and what that lies within, each once."""
        found: dict[str, Term] = {}
        for check in checks:
            for term in self._asked(check.ask):
                found.setdefault(term.id, term)
        return tuple(found.values())

    def _asked(self, ask: Ask) -> Iterator[Term]:
        vocabulary = self.wording.pack.vocabulary
        for name in counts_named(ask):
            yield from map(self._count, vocabulary.wholes(name))
        for name in _fields_named(ask):
            yield self._field(vocabulary.registers[LOCALITIES].fields[name])

    def _count(self, count: Count) -> Term:
        label = said(count.label)
        if count.unit is not None:
            label = _("{label} (in {unit})").format(label=label, unit=said(count.unit))
        return Term(count.id, label, self._meaning(count))

    def _meaning(self, count: Count) -> str:
        is_narrowed = count.where != AllOf(())
        condition = ""
        if is_narrowed and count.register is not None:
            condition = Conditions(self.wording, count.register).of(count.where)
        if count.within is not None:
            words = (
                _("of “{whole}”, those with {condition}")
                if is_narrowed
                else _("a part of “{whole}”, typed in as a number")
                if count.register is None
                else _("all of “{whole}”")
            )
            whole = self.wording.count(count.within)
            return words.format(whole=whole, condition=condition)
        if count.register is None:
            return _("a number that is typed in")
        if count.register == LOCALITIES:
            words = (
                _("the locality itself and those below it with {condition}")
                if is_narrowed
                else _("the locality itself and those below it")
            )
            return words.format(condition=condition)
        words = (
            _("rows of “{register}” with {condition}")
            if is_narrowed
            else _("all rows of “{register}”")
        )
        register = self.wording.register(count.register)
        return words.format(register=register, condition=condition)

    @staticmethod
    def _field(field: Field) -> Term:
        return Term(field.id, said(field.label), _(_FIELDS[field.type]))


def _fields_named(ask: Ask) -> Iterator[str]:
    match ask:
        case Holds(field):
            yield field
        case Amount(_count, bounds):
            yield from (bound for _operator, bound in bounds if isinstance(bound, str))
        case _:
            return
