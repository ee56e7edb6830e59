"""What an answer opens with: by which rules, whose, and for which day."""

from collections.abc import Iterator
from datetime import date

from cli.language import _
from cli.plain import wrapped
from cli.tables import WIDTH
from cli.words.wording import period, said
from engine.pack import Pack


def heading(pack: Pack, as_of: date) -> Iterator[str]:
    """Yield the lines that name the rules and the day."""
    yield from wrapped(said(pack.title), WIDTH, "", "")
    source = f"{said(pack.issuer)} · {pack.id} · {period(pack.in_force)}"
    yield from wrapped(source, WIDTH, "", "")
    yield _("As of {day}").format(day=as_of.isoformat())
    if as_of not in pack.in_force:
        yield _("Note: the rules are not in force on this day.")
