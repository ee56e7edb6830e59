"""One document, cited with two dates."""

from collections.abc import Iterator, Sequence
from unicodedata import normalize

from engine.errors import N_, Diagnostic
from engine.pack import Document, Pack
from engine.policy.findings_from_pack.noted import noted
from engine.policy.findings_from_pack.places import place_of


def findings_about_documents(packs: Sequence[Pack]) -> Iterator[Diagnostic]:
    """Yield documents of which two packs, or two entries of one, tell different dates."""
    first: dict[str, tuple[Pack, Document]] = {}
    for pack in packs:
        for document in pack.documents.values():
            name = _name(document)
            if name is None or document.date is None:
                continue
            other_pack, other = first.setdefault(name, (pack, document))
            if _agree(document.date, other.date or ""):
                continue
            yield noted(
                "document-two-dates",
                place_of(pack, "documents", document.id),
                N_(
                    "'{document}' ({name}) is dated {date} here, but {other_date} in "
                    "'{other}' of {pack}"
                ),
                N_("look the document up, and write its date in both"),
                document=document.id,
                name=document.number or document.title,
                date=document.date,
                other_date=other.date,
                other=other.id,
                pack=other_pack.id,
            )


def _name(document: Document) -> str | None:
    """Return what two entries about one document share: the number, else the title."""
    if document.number is not None:
        words: tuple[str | None, ...] = (document.number,)
    elif document.title is not None:
        words = (document.kind, document.title, document.issuer)
    else:
        return None
    text = "|".join(word or "" for word in words)
    return "".join(normalize("NFC", text).casefold().split())


def _agree(date: str, other: str) -> bool:
    """Tell whether two dates can be one; a month is less exact than a day in it."""
    return date.startswith(other) or other.startswith(date)
