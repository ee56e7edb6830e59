"""What a pack needs counted: counts with their wholes, and exceptions of `every`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from engine.pack import Amount, Check, Every, Holds, Pack, counts_named
from engine.vocabulary import (
    LOCALITIES,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Count,
    Lasting,
    Not,
    OneOf,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something tallied over the rows of a register."""

    key: str
    """A count's id, or the two ids of an exception joined by a word no id can hold."""
    register: str | None
    """None where the count is only ever typed in."""
    rows: Condition


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Those of `whole` that are not `part`."""

    whole: str
    part: str

    @property
    def key(self) -> str:
        """The name of its measure."""
        return f"{self.whole} not {self.part}"


@dataclass(frozen=True)
class Measures:
    """All that one pack needs counted."""

    counts: tuple[Count, ...]
    """Each whole stands before its parts."""
    exceptions: tuple[Exceptions, ...]
    fields: tuple[str, ...]
    """The fields of a locality's own row that checks ask for, or take as a bound."""
    vocabulary: Vocabulary

    @cached_property
    def all(self) -> tuple[Measure, ...]:
        """The counts, then the exceptions."""
        return (*map(self._of_count, self.counts), *map(self._of_pair, self.exceptions))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The name of every measure."""
        return tuple(measure.key for measure in self.all)

    def on(self, register: str | None) -> tuple[Measure, ...]:
        """Return the measures over one register's rows (None: only typed in)."""
        return tuple(measure for measure in self.all if measure.register == register)

    def stages_on(self, register: str) -> tuple[tuple[Count, ...], ...]:
        """Return the counts over one register's rows, wholes before their parts."""
        stages: dict[int, list[Count]] = {}
        for count in self.counts:
            if count.register == register:
                depth = sum(1 for _ in self.vocabulary.wholes(count.id))
                stages.setdefault(depth, []).append(count)
        return tuple(tuple(stages[depth]) for depth in sorted(stages))

    def exceptions_on(self, register: str) -> tuple[Exceptions, ...]:
        """Return the exceptions over one register's rows."""
        counts = self.vocabulary.counts
        return tuple(
            pair for pair in self.exceptions if counts[pair.whole].register == register
        )

    def count_every_row(self, key: str) -> bool:
        """Whether a measure counts each row of its register, whatever the row says."""
        if key not in self.vocabulary.counts:
            return False
        return all(each.where == AllOf(()) for each in self.vocabulary.wholes(key))

    @cached_property
    def use_verdicts(self) -> bool:
        """Whether a count asks for the verdicts on the localities below."""
        return any("verdict" in fields_named(each.rows) for each in self.on(LOCALITIES))

    def _of_count(self, count: Count) -> Measure:
        return Measure(count.id, count.register, self.vocabulary.rows_of(count.id))

    def _of_pair(self, pair: Exceptions) -> Measure:
        whole, part = map(self.vocabulary.rows_of, (pair.whole, pair.part))
        register = self.vocabulary.counts[pair.whole].register
        return Measure(pair.key, register, AllOf((whole, Not(part))))


def measures_of_counts(vocabulary: Vocabulary, names: Iterable[str]) -> Measures:
    """Return what counting these needs: they and the wholes that they lie within."""
    return Measures(_with_wholes(vocabulary, names), (), (), vocabulary)


def measures_from_pack(pack: Pack) -> Measures:
    """Return what the checks of a pack need counted."""
    vocabulary = pack.vocabulary
    named = (name for check in pack.checks for name in counts_named(check.ask))
    pairs = (
        Exceptions(check.ask.whole, check.ask.part)
        for check in pack.checks
        if isinstance(check.ask, Every)
    )
    return Measures(
        _with_wholes(vocabulary, named),
        tuple(dict.fromkeys(pairs)),
        tuple(dict.fromkeys(chain.from_iterable(map(fields_asked, pack.checks)))),
        vocabulary,
    )


def _with_wholes(vocabulary: Vocabulary, names: Iterable[str]) -> tuple[Count, ...]:
    """Return the counts, each whole before its parts."""
    needed: dict[str, Count] = {}
    for name in names:
        for count in reversed(list(vocabulary.wholes(name))):
            needed.setdefault(count.id, count)
    return tuple(needed.values())


def own_column(field: str) -> str:
    """Return the name of the column that holds a locality's own value of a field."""
    return f"own:{field}"


def fields_asked(check: Check) -> Iterator[str]:
    """Yield the fields of the locality's own row that a check asks for."""
    match check.ask:
        case Holds(field):
            yield field
        case Amount(_, bounds):
            yield from (bound for _, bound in bounds if isinstance(bound, str))
        case _:
            return


def fields_named(condition: Condition) -> tuple[str, ...]:
    """Return the fields that a condition asks about, each once."""
    return tuple(dict.fromkeys(_fields(condition)))


def _fields(condition: Condition) -> Iterator[str]:
    match condition:
        case OneOf(field, _) | Compared(field, _, _) | Lasting(field, _, _, _):
            yield field
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _fields(part)
        case Not(part):
            yield from _fields(part)
