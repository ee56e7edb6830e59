"""What differs between two packs, as data: the thing, the aspect, before and after."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.pack import (
    Check,
    Criterion,
    Document,
    Formula,
    Period,
    Reading,
    VerdictRule,
)
from engine.source import Citation, Place
from engine.truth import Truth
from engine.vocabulary import Condition, Count, Duration, Field, FieldType, Text


class Matter(StrEnum):
    """What kind of thing differs."""

    PACK = "pack"
    CRITERION = "criterion"
    CHECK = "check"
    VERDICT = "verdict"
    COUNT = "count"
    FIELD = "field"
    REGISTER = "register"
    LEVEL = "level"
    EVIDENCE = "evidence"
    DOCUMENT = "document"
    READING = "reading"


class Aspect(StrEnum):
    """What about it differs; the words are the keys of the language, where it has one."""

    WHOLE = "whole"
    """It stands in one pack only."""
    ID = "id"
    ASK = "ask"
    IF_EMPTY = "if_empty"
    REQUIRES = "requires"
    WHEN = "when"
    LEVELS = "levels"
    PASSES = "passes"
    ORDER = "order"
    IN_FORCE = "in_force"
    WITHIN = "within"
    IN = "in"
    WHERE = "where"
    TYPE = "type"
    CHOICES = "of"
    LABEL = "label"
    LABELS = "labels"
    UNIT = "unit"
    PERSONAL = "personal"
    QUOTE = "quote"
    CITES = "cites"
    EVIDENCE = "evidence"
    REMEDY = "remedy"
    ISSUER = "issuer"
    STALE_AFTER = "stale_after"


_WORDS: Final = frozenset(
    {
        Aspect.LABEL,
        Aspect.LABELS,
        Aspect.UNIT,
        Aspect.PERSONAL,
        Aspect.QUOTE,
        Aspect.CITES,
        Aspect.EVIDENCE,
        Aspect.REMEDY,
        Aspect.ISSUER,
        Aspect.STALE_AFTER,
    }
)
_PAPER: Final = frozenset(
    {Matter.LEVEL, Matter.EVIDENCE, Matter.DOCUMENT, Matter.READING}
)

Value = (
    bool
    | str
    | Text
    | Truth
    | Period
    | Duration
    | Citation
    | Document
    | Reading
    | Formula
    | Criterion
    | VerdictRule
    | Condition
    | Count
    | Field
    | FieldType
    | tuple["Value", ...]
    | None
)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One difference. Of what stands in one pack only, the other side is None."""

    matter: Matter
    aspect: Aspect
    names: tuple[str | None, str | None]
    """Its id before and after; of a field `register.field`."""
    before: Value
    after: Value
    criteria: tuple[str, ...] = ()
    """The criteria that rest on it, by their ids in the second pack, else the first."""
    places: tuple[Place | None, Place | None] = (None, None)

    @property
    def decides(self) -> bool:
        """Whether a verdict may come out differently; else only words differ."""
        if self.matter in _PAPER or self.aspect in _WORDS:
            return False
        return self.aspect is not Aspect.ID or self.matter is Matter.VERDICT

    @property
    def name(self) -> str:
        """Its id in the second pack, else in the first."""
        return self.names[1] or self.names[0] or ""


__all__ = ["Aspect", "Check", "Matter", "RuleChange", "Value"]
