"""What differs between two formulas and the checks in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.pack import Check, CriterionRef, Formula, leaves
from engine.policy.rule_change import Aspect, Matter, RuleChange, Value
from engine.policy.rule_changes_from_packs.matching import (
    Matched,
    Pair,
    ids_of,
    of_each,
)
from engine.policy.rule_changes_from_packs.meaning import (
    Meaning,
    meaning_of_ask,
    meaning_of_check,
    meaning_of_formula,
)
from engine.source import Place


@dataclass(frozen=True, slots=True)
class Both:
    """One thing as it stands in two packs; it yields what differs."""

    matter: Matter
    names: tuple[str | None, str | None]
    places: tuple[Place | None, Place | None] = (None, None)
    criteria: tuple[str, ...] = ()

    def differ(
        self, aspect: Aspect, before: Value, after: Value, *, same: bool | None = None
    ) -> Iterator[RuleChange]:
        """Yield the change of an aspect, unless it is the `same` (by default: equal)."""
        if before == after if same is None else same:
            return
        yield RuleChange(
            self.matter, aspect, self.names, before, after, self.criteria, self.places
        )


class Checks:
    """The checks of one criterion or verdict, matched, as formulas name them."""

    def __init__(self, pairs: Sequence[Pair[Check]], matched: Matched) -> None:
        """Take the checks side by side, and the criteria that formulas may name."""
        self.pairs, self._names = pairs, matched.names
        self._everyone = ids_of(matched.before), ids_of(matched.after)
        self._before: dict[str, Meaning] = {}
        self._after: dict[str, Meaning] = {}
        for old, new in pairs:
            if new is not None:
                token = ("check", new.id) if old else ("check", new.id, "added")
                self._after[new.id] = token
            if old is not None:
                token = ("check", new.id) if new else ("check", old.id, "removed")
                self._before[old.id] = token

    def meanings(self, before: Formula | None, after: Formula | None) -> list[Meaning]:
        """Return what two formulas mean, in the second pack's names."""
        return [
            () if formula is None else meaning_of_formula(formula, leaf, everyone)
            for formula, leaf, everyone in (
                (before, self._leaf_before, self._everyone[0]),
                (after, self._leaf_after, self._everyone[1]),
            )
        ]

    def _leaf_before(self, part: Check | CriterionRef) -> Meaning:
        if isinstance(part, Check):
            return self._before[part.id]
        return ("criterion", self._names.get(part.id, f"removed {part.id}"))

    def _leaf_after(self, part: Check | CriterionRef) -> Meaning:
        return (
            self._after[part.id] if isinstance(part, Check) else ("criterion", part.id)
        )

    def only_add_or_remove(self, before: Formula, after: Formula) -> bool:
        """Tell whether the formulas differ in checks that all must hold, and no more."""
        old, new = (_demanded(each) for each in self.meanings(before, after))
        return all(_stands_alone(part) for part in old ^ new)

    def changes(
        self, stems: tuple[str, str], criteria: tuple[str, ...]
    ) -> Iterator[RuleChange]:
        """Yield what differs in the checks that stand in both packs.

        `stems` are the ids of their owner: a check called after it is not renamed
        where only its owner is.
        """
        for old, new in self.pairs:
            if old is not None and new is not None:
                yield from _check_changes(old, new, stems, criteria)

    def lone(
        self, formulas: tuple[Formula, Formula], criteria: tuple[str, ...]
    ) -> Iterator[RuleChange]:
        """Yield the checks in these formulas that stand in one pack only."""
        named = {leaf.id for formula in formulas for leaf in leaves(formula)}
        for old, new in self.pairs:
            names = of_each((old, new), lambda each: each.id)
            if None in names and not named.isdisjoint(names):
                places = of_each((old, new), lambda each: each.place)
                both = Both(Matter.CHECK, names, places, criteria)
                yield from both.differ(Aspect.WHOLE, old, new)


def _check_changes(
    old: Check, new: Check, stems: tuple[str, str], criteria: tuple[str, ...]
) -> Iterator[RuleChange]:
    both = Both(Matter.CHECK, (old.id, new.id), (old.place, new.place), criteria)
    is_called_alike = _rest(old.id, stems[0]) == _rest(new.id, stems[1])
    yield from both.differ(
        Aspect.ID, old.id, new.id, same=old.id == new.id or is_called_alike
    )
    is_same = meaning_of_ask(old.ask) == meaning_of_ask(new.ask)
    yield from both.differ(Aspect.ASK, old, new, same=is_same)
    if is_same and meaning_of_check(old) != meaning_of_check(new):
        yield from both.differ(Aspect.IF_EMPTY, old.if_empty, new.if_empty)


def _rest(name: str, stem: str) -> str:
    """Return what follows the owner's id; a name of its own is no such rest."""
    return name.removeprefix(stem) if name.startswith(stem) else f" {name}"


def _demanded(meaning: Meaning) -> set[object]:
    """Return the parts of what must hold all together."""
    is_list = meaning[:1] == ("all",) and meaning[1:] != ("criteria",)
    return set(meaning[1:] if is_list else (meaning,))


def _stands_alone(part: object) -> bool:
    return isinstance(part, tuple) and part[0] == "check" and part[2:] != ()
