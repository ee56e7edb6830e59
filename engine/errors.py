"""What is wrong, as data: code, place, what, cure, clause; all problems at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from engine.source import Citation, Place

Severity = Literal["error", "warning"]
_LONGEST_NAME: Final = 200


def N_(message: str) -> str:  # noqa: N802  (the name every gettext extractor knows)
    """Mark a message for the catalogues without translating it yet."""
    return message


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: `what` and `cure` are English templates filled from `values`.

    The command line translates the templates before it fills them, so the engine
    stays free of languages. `values` must never hold a value of a personal register.
    """

    code: str
    place: Place
    what: str
    cure: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    citation: Citation | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        what, cure = (
            self.what.format_map(self.values),
            self.cure.format_map(self.values),
        )
        return f"{self.place}: {self.severity}[{self.code}]: {what}; {cure}"


class EngineError(Exception):
    """The work cannot be done; `diagnostics` says why, all of it at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(one) for one in self.diagnostics))


class RulesError(EngineError):
    """A vocabulary or a pack is not valid."""


class FactsError(EngineError):
    """Facts cannot be read, or are not valid."""


class QuestionError(EngineError):
    """The rules and the facts are sound, but this question cannot be asked of them."""


class RenderingError(EngineError):
    """A document cannot be made, because a template is broken."""


class UnverifiedError(EngineError):
    """A digest, a signature or a chain of records does not verify."""


class Problems:
    """Collects diagnostics while a reader goes on, so that all are told at once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def error(
        self,
        code: str,
        place: Place,
        what: str,
        cure: str,
        citation: Citation | None = None,
        **values: object,
    ) -> None:
        """Record an error; `what` and `cure` are templates over `values`."""
        self._found.append(Diagnostic(code, place, what, cure, values, citation))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Record problems found elsewhere."""
        self._found.extend(diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found, in order of place."""
        return tuple(sorted(self._found, key=_by_place))

    def as_error(self, kind: type[EngineError]) -> EngineError:
        """Return everything found as one `kind`, in order of place."""
        return kind(self.diagnostics)

    def raise_as(self, kind: type[EngineError]) -> None:
        """Raise everything found as one `kind`, in order of place, or return."""
        if self._found:
            raise self.as_error(kind)


def _by_place(one: Diagnostic) -> tuple[str, str, int, int]:
    place = one.place
    return place.file, place.sheet or "", place.line or 0, place.column or 0


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a misspelt one most resembles, if any does.

    A text longer than any name is none misspelt, and to compare it could take hours.
    """
    if len(name) > _LONGEST_NAME:
        return None
    from difflib import get_close_matches  # only a mistake needs it

    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
