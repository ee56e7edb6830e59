"""What differs between two packs as a text to read, as Markdown, and as JSON."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cli.json_document import json_document
from cli.language import _, ngettext
from cli.plain import wrapped
from cli.rules_desk.change_in_words import Telling, Told
from cli.tables import WIDTH
from cli.words.wording import said
from engine.pack import Pack
from engine.policy.rule_change import RuleChange
from engine.policy.spelling import spelt
from engine.source import Place
from engine.version import VERSION

_DIGEST = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """Two packs, and what differs."""

    before: Pack
    after: Pack
    changes: Sequence[RuleChange]

    @property
    def decisive(self) -> tuple[RuleChange, ...]:
        """What may change a verdict."""
        return tuple(each for each in self.changes if each.decides)

    @property
    def verbal(self) -> tuple[RuleChange, ...]:
        """What changes no verdict."""
        return tuple(each for each in self.changes if not each.decides)


def rule_changes_as_text(compared: Compared) -> Iterator[str]:
    """Yield the lines to read."""
    for line in _heading(compared):
        yield from _lines(line, "", "  ")
    yield "\n"
    yield from _lines(_summary(compared), "", "  ")
    telling = Telling(compared.before, compared.after)
    for title, changes in _chapters(compared):
        yield f"\n{title}\n"
        for change in changes:
            told = telling.told(change)
            yield from _lines(f"{told.who}: {told.what}", "  ", "    ")
            if told.about:
                yield from _lines(told.about, "      ", "      ")


def rule_changes_as_markdown(compared: Compared) -> Iterator[str]:
    """Yield a document for whoever is asked to agree to the change."""
    from cli.rendering import markdown

    def safe(text: str) -> str:
        return str(markdown(text))

    title = _("What changes in “{title}”").format(title=said(compared.after.title))
    yield f"# {safe(title)}\n\n"
    for line in _heading(compared):
        yield f"- {safe(line)}\n"
    yield f"\n{safe(_summary(compared))}\n"
    telling = Telling(compared.before, compared.after)
    for title, changes in _chapters(compared):
        yield f"\n## {title}\n\n"
        yield from (_item(telling.told(each), safe) for each in changes)


def _item(told: Told, safe: Callable[[str], str]) -> str:
    about = f" *({safe(told.about)})*" if told.about else ""
    return f"- **{safe(told.who)}**: {safe(told.what)}{about}\n"


def _lines(text: str, first: str, others: str) -> Iterator[str]:
    yield from (f"{line}\n" for line in wrapped(text, WIDTH, first, others))


def _heading(compared: Compared) -> Iterator[str]:
    for words, pack in (
        (_("First: {title} · {id} · rules {digest}"), compared.before),
        (_("Second: {title} · {id} · rules {digest}"), compared.after),
    ):
        title, digest = said(pack.title), pack.sha256[:_DIGEST]
        yield words.format(title=title, id=pack.id, digest=digest)


def _summary(compared: Compared) -> str:
    if not compared.changes:
        return _("Both mean the same.")
    decisive, verbal = len(compared.decisive), len(compared.verbal)
    may = ngettext(
        "{number} difference may change a verdict",
        "{number} differences may change a verdict",
        decisive,
    ).format(number=decisive)
    words = ngettext(
        "{number} is in words only", "{number} are in words only", verbal
    ).format(number=verbal)
    return f"{may}; {words}."


def _chapters(compared: Compared) -> Iterator[tuple[str, Sequence[RuleChange]]]:
    if compared.decisive:
        yield _("What may change a verdict"), compared.decisive
    if compared.verbal:
        yield _("What changes in words only"), compared.verbal


def rule_changes_as_json(compared: Compared) -> Iterator[str]:
    """Return one JSON document, a line a difference; same input, same bytes."""
    head = {
        "diaban": VERSION,
        "before": {"id": compared.before.id, "sha256": compared.before.sha256},
        "after": {"id": compared.after.id, "sha256": compared.after.sha256},
    }
    telling = Telling(compared.before, compared.after)
    documents = (_document(each, telling) for each in compared.changes)
    return json_document(head, "changes", documents)


def _document(change: RuleChange, telling: Telling) -> dict[str, object]:
    told = telling.told(change)
    return {
        "matter": change.matter.value,
        "aspect": change.aspect.value,
        "name": {"before": change.names[0], "after": change.names[1]},
        "criteria": change.criteria,
        "decides": change.decides,
        "before": spelt(change.before),
        "after": spelt(change.after),
        "places": {
            "before": _place(change.places[0]),
            "after": _place(change.places[1]),
        },
        "words": {"who": told.who, "what": told.what, "about": told.about},
    }


def _place(place: Place | None) -> str | None:
    return None if place is None else str(place)
