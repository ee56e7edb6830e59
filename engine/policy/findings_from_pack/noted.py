"""How lint is told: as a diagnostic that only warns."""

from engine.errors import Diagnostic
from engine.source import Place


def noted(
    code: str, place: Place, what: str, cure: str, /, **values: object
) -> Diagnostic:
    """Return a warning; `what` and `cure` are templates over `values`."""
    return Diagnostic(code, place, what, cure, values, severity="warning")
