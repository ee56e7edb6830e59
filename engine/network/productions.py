"""Productions: what is concluded from what, as data that can be read and printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


@dataclass(frozen=True, slots=True)
class Literal:
    """One statement of the rule network: a node has a value, such as `C6a false`.

    A check's node bears its id; every other has a space in its name (`criterion C6`,
    `the verdict`), so that no id can be mistaken for it.
    """

    node: str
    value: str

    def __str__(self) -> str:
        return f"{self.node} {self.value}"


ALWAYS: Final = Literal("every case", "true")
"""What holds in every case."""
NEVER: Final = Literal("every case", "false")
VERDICT: Final = "the verdict"
POSSIBLE: Final = "possible verdict"


@dataclass(frozen=True, slots=True)
class Production:
    """If every antecedent holds, so does the conclusion."""

    name: str
    antecedents: tuple[Literal, ...]
    conclusion: Literal

    def __str__(self) -> str:
        return f"{self.conclusion} ← {', '.join(map(str, self.antecedents))}"


class Kind(Enum):
    """What an input is."""

    CHECK = "check"
    CRITERION = "criterion"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Input:
    """Something a question rests on, with what it asserts if it is known."""

    kind: Kind
    id: str
    """The check's, or the criterion's whose outcome or levels are meant."""
    false: Literal
    true: Literal
    na: Literal | None = None
    levels: tuple[str, ...] = ()
    """Those inside which a `LEVEL` is true."""

    @property
    def node(self) -> str:
        """The node whose value it gives."""
        return self.true.node

    @property
    def by_code(self) -> tuple[Literal, Literal, None, Literal | None]:
        """What each code asserts: false, true, unknown (nothing), not applicable."""
        return self.false, self.true, None, self.na


@dataclass(frozen=True, slots=True)
class Condition:
    """A verdict's condition: if none of `settled` is concluded, `unknown` holds."""

    settled: tuple[Literal, ...]
    unknown: Literal


@dataclass(frozen=True, slots=True)
class Question:
    """What the network is asked at once: one criterion's outcome, or the verdict.

    Each production stands after those that conclude its antecedents.
    """

    about: str
    """The node whose value is asked."""
    inputs: tuple[Input, ...]
    productions: tuple[Production, ...]
    conditions: tuple[Condition, ...] = ()
    """What the world is closed over once nothing new follows (only for the verdict)."""

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.productions)


@dataclass(frozen=True, slots=True)
class Productions:
    """A whole pack, compiled."""

    criteria: Mapping[str, Question]
    """By criterion, in an order in which they can be asked."""
    verdict: Question

    def __str__(self) -> str:
        return "\n\n".join(
            str(each) for each in (*self.criteria.values(), self.verdict)
        )
