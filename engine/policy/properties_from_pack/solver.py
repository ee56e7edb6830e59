"""The one door to z3: conditions over whole numbers, and numbers that satisfy them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import z3  # noqa: TID251  (this is the door)

Number = Any
"""A whole number still to be found; it is added, multiplied and compared as usual."""
Condition = Any
"""What may hold of numbers."""

_EFFORT: Final = 20_000_000
"""Of one search, in z3's own steps: the same on every machine, unlike seconds."""


class UndecidedError(Exception):
    """The search was ended before it found an answer."""


class Model:
    """Numbers and truths that satisfy what was asked for."""

    def __init__(self, model: z3.ModelRef) -> None:
        self._model = model

    def number(self, of: Number) -> int:
        """Return the value of a number."""
        return int(self._model.eval(of, model_completion=True).as_long())

    def holds(self, condition: Condition) -> bool:
        """Tell whether a condition holds."""
        return bool(z3.is_true(self._model.eval(condition, model_completion=True)))


class Solver:
    """Finds numbers that satisfy conditions, or proves that there are none."""

    def __init__(self, effort: int = _EFFORT) -> None:
        self._context = z3.Context()
        self._solver = z3.Solver(ctx=self._context)
        self._solver.set("rlimit", effort)

    def number(self, name: str) -> Number:
        """Name a whole number; equal names are one number."""
        return z3.Int(name, self._context)

    def truth(self, name: str) -> Condition:
        """Name something that holds or does not."""
        return z3.Bool(name, self._context)

    def fixed(self, *, value: bool) -> Condition:
        """Return a condition that always holds, or never."""
        return z3.BoolVal(value, self._context)

    def all(self, *conditions: Condition) -> Condition:
        """Return that every one holds; of none, always."""
        return z3.And(*conditions) if conditions else self.fixed(value=True)

    def any(self, *conditions: Condition) -> Condition:
        """Return that some one holds; of none, never."""
        return z3.Or(*conditions) if conditions else self.fixed(value=False)

    def no(self, condition: Condition) -> Condition:
        """Return that it does not hold."""
        return z3.Not(condition)

    def one_if(self, condition: Condition) -> Number:
        """Return 1 where the condition holds, else 0."""
        one, zero = z3.IntVal(1, self._context), z3.IntVal(0, self._context)
        return z3.If(condition, one, zero)

    def assume(self, condition: Condition) -> None:
        """Let the condition hold in every answer from now on."""
        self._solver.add(condition)

    def find(self, *conditions: Condition) -> Model | None:
        """Return numbers that satisfy the conditions, or None: it is proved, none do.

        Raises:
            UndecidedError: neither was found with the effort allowed.
        """
        self._solver.push()
        try:
            self._solver.add(*conditions)
            answer = self._solver.check()
            if answer == z3.unknown:
                raise UndecidedError
            return Model(self._solver.model()) if answer == z3.sat else None
        finally:
            self._solver.pop()

    def find_simple(
        self, condition: Condition, wishes: Iterable[Sequence[Condition]]
    ) -> Model | None:
        """Return numbers that also meet, wish by wish, what the others leave possible.

        Of each wish the first alternative that can be met is kept.

        Raises:
            UndecidedError: it is open whether there are such numbers at all.
        """
        if (model := self.find(condition)) is None:
            return None
        self._solver.push()
        try:
            self._solver.add(condition)
            for wish in wishes:
                model = self._granted(wish, model)
        finally:
            self._solver.pop()
        return model

    def _granted(self, wish: Sequence[Condition], model: Model) -> Model:
        """Grant the first alternative that can be, and return numbers that meet it."""
        for alternative in wish:
            found = model if model.holds(alternative) else self._tried(alternative)
            if found is not None:
                self._solver.add(alternative)
                return found
        return model

    def _tried(self, condition: Condition) -> Model | None:
        try:
            return self.find(condition)
        except UndecidedError:
            return None
